//! A verdict as it is printed: the words of the page, or JSON.

use std::io::{self, Write};

use netsplit_checkers::history::Row;
use netsplit_checkers::model::Model;
use netsplit_checkers::verdict::{Consistency, Verdict, Witness};
use netsplit_checkers::words;
use netsplit_view::format;
use netsplit_view::history::words::spoken;
use serde_json::{Value, json};

use crate::case::Case;

/// What a history is, in a line.
pub(crate) fn head(case: &Case, out: &mut dyn Write) -> io::Result<()> {
    let history = &case.account.history;
    let operations = format::count(history.operations().len() as u64, "operation", "operations");
    let people = case.account.people.iter().flat_map(|person| &person.processes).count();
    let processes = format::count(people as u64, "process", "processes");
    let faults = format::count(case.account.faults.len() as u64, "fault", "faults");
    writeln!(out, "{}: {operations} of {processes}, {faults}, model {}", case.title, case.model.name())
}

/// What is to be said of a claim.
pub(crate) struct Judged<'a> {
    pub(crate) case: &'a Case,
    pub(crate) claim: Consistency,
    pub(crate) verdict: &'a Verdict,
}

impl Judged<'_> {
    /// The verdict as a sentence, and its proof.
    pub(crate) fn told(&self, out: &mut dyn Write) -> io::Result<()> {
        let sign = match self.verdict {
            Verdict::Ok(_) => '✓',
            Verdict::Violation(_) => '✗',
            Verdict::Unknown(_) => '?',
        };
        writeln!(out, "{sign} {}", self.sentence())?;
        let Some(witness) = self.verdict.witness() else { return Ok(()) };
        // The first reason is in the verdict.
        for reason in self.proof(witness).iter().skip(1) {
            writeln!(out, "  {}", format::capital(reason))?;
        }
        writeln!(out, "  These operations alone prove it:")?;
        for row in &witness.rows {
            let mark = if *row == witness.stuck { '→' } else { ' ' };
            writeln!(out, "  {mark} {}{}", self.place(*row), spoken(&self.case.account, *row))?;
        }
        Ok(())
    }

    /// Everything, as one JSON object.
    pub(crate) fn json(&self) -> Value {
        let history = &self.case.account.history;
        let (answered, unanswered) = words::counts(history);
        let mut object = json!({
            "history": self.case.title,
            "claim": self.claim.name(),
            "model": self.claim.model().map(Model::name),
            "verdict": self.verdict.name(),
            "sentence": self.sentence(),
            "answered": answered,
            "unanswered": unanswered,
            "order": self.verdict.order().0,
        });
        if let Some(witness) = self.verdict.witness() {
            object["proof"] = self.proof(witness).into();
            object["witness"] = witness.rows.iter().map(|row| self.row(*row)).collect();
            object["stuck"] = witness.stuck.into();
        }
        object
    }

    fn sentence(&self) -> String {
        words::verdict(&self.case.account, self.claim, &self.case.account.history, self.verdict)
    }

    fn proof(&self, witness: &Witness) -> Vec<String> {
        words::proof(&self.case.account, &self.case.account.history, witness)
    }

    /// Where an operation stands in its file.
    fn place(&self, row: Row) -> String {
        match self.case.lines(row) {
            Some(lines) => match lines.returned {
                Some(returned) => format!("lines {} and {returned}: ", lines.called),
                None => format!("line {}: ", lines.called),
            },
            None => String::new(),
        }
    }

    fn row(&self, row: Row) -> Value {
        let lines = self.case.lines(row);
        let mut object = json!({ "row": row, "told": spoken(&self.case.account, row) });
        if let Some(lines) = lines {
            object["called"] = lines.called.into();
            object["returned"] = lines.returned.into();
        }
        object
    }
}

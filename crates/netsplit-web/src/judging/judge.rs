//! Searching: one claim at a time, in steps, with what was found before.

use std::sync::Arc;

use netsplit_checkers::history::{History, Operation, Row};
use netsplit_checkers::search::{Budget, Search, begin, begin_with};
use netsplit_checkers::session::Sessions;
use netsplit_checkers::verdict::{Consistency, Verdict, Witness};
use netsplit_sim::id::Step;
use netsplit_view::history::claims::Standing;

use super::found::Findings;
use super::print::Print;

/// A history to be judged.
#[derive(Clone, Debug)]
pub struct Here {
    /// What tells it from others.
    pub print: Print,
    /// The step it goes up to.
    pub step: Step,
    /// The history.
    pub history: Arc<History>,
    /// Whose its processes are.
    pub sessions: Sessions,
}

/// What a stretch of searching led to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Searched {
    /// Whether something is still to be found.
    pub pending: bool,
    /// Whether something was found.
    pub found: bool,
}

/// Claims that are asked about, what was found, and the search for the next.
#[derive(Default)]
pub struct Judge {
    asked: Vec<Consistency>,
    findings: Findings,
    under_way: Option<Box<UnderWay>>,
}

struct UnderWay {
    what: Consistency,
    print: Print,
    step: Step,
    history: Arc<History>,
    search: Box<dyn Search>,
    /// A violation that was found without an order of what came before it; that order is being looked for.
    proof: Option<Witness>,
}

/// So many steps lie between two looks at the clock.
const STEPS: u64 = 512;

impl Judge {
    /// Asks about these claims, the most important first.
    pub fn ask(&mut self, asked: Vec<Consistency>) {
        self.asked = asked;
    }

    /// What is asked about.
    pub fn asked(&self) -> &[Consistency] {
        &self.asked
    }

    /// What can be said of a claim about a history; `is_past` says whether a history as it was after some
    /// step is a past of it.
    pub fn standing(
        &self,
        what: Consistency,
        here: &Here,
        is_past: &dyn Fn(Step, Print) -> bool,
    ) -> Standing<'_> {
        if here.print.is_empty() {
            return Standing::Nothing;
        }
        self.findings.of(what, here.print, is_past).map_or(Standing::Checking, Standing::Known)
    }

    /// Searches for as long as `goes_on`. A search of an earlier history ends before the next begins, since
    /// a violation it finds stays one; one of another past is given up.
    pub fn search(
        &mut self,
        here: &Here,
        is_past: &dyn Fn(Step, Print) -> bool,
        goes_on: &dyn Fn() -> bool,
    ) -> Searched {
        self.under_way.take_if(|under_way| !is_past(under_way.step, under_way.print));
        let mut found = false;
        loop {
            if self.under_way.is_none() {
                self.under_way = self.next(here, is_past);
            }
            let Some(mut under_way) = self.under_way.take() else {
                return Searched { pending: false, found };
            };
            let UnderWay { what, print, step, .. } = *under_way;
            self.under_way = match under_way.search.run(STEPS) {
                None => Some(under_way),
                Some(verdict) => match under_way.end(verdict) {
                    Ok(verdict) => {
                        self.findings.keep(what, print, step, verdict);
                        found = true;
                        None
                    }
                    Err(further) => Some(further),
                },
            };
            if !goes_on() {
                return Searched {
                    pending: self.under_way.is_some() || self.wanted(here, is_past).is_some(),
                    found,
                };
            }
        }
    }

    /// The first claim that nothing is known of.
    fn wanted(&self, here: &Here, is_past: &dyn Fn(Step, Print) -> bool) -> Option<Consistency> {
        let unknown = |what: &Consistency| self.standing(*what, here, is_past) == Standing::Checking;
        self.asked.iter().copied().find(unknown)
    }

    fn next(&self, here: &Here, is_past: &dyn Fn(Step, Print) -> bool) -> Option<Box<UnderWay>> {
        let what = self.wanted(here, is_past)?;
        let history = Arc::clone(&here.history);
        let search = begin_with(what, Arc::clone(&history), &here.sessions, Budget::USUAL);
        let (print, step) = (here.print, here.step);
        Some(Box::new(UnderWay { what, print, step, history, search, proof: None }))
    }
}

impl UnderWay {
    /// The answer; or a further search, for the order that explains what came before a violation.
    fn end(mut self: Box<Self>, verdict: Verdict) -> Result<Verdict, Box<Self>> {
        match (self.proof.take(), verdict) {
            (Some(proof), Verdict::Ok(best)) => Ok(Verdict::Violation(Witness { best, ..proof })),
            (Some(proof), _) => Ok(Verdict::Violation(proof)),
            (None, Verdict::Violation(proof))
                if proof.best.0.is_empty() && matches!(self.what, Consistency::Linearizable(_)) =>
            {
                let Some(before) = before(&self.history, proof.stuck) else {
                    return Ok(Verdict::Violation(proof));
                };
                self.search = begin(self.what, Arc::new(before), Budget::USUAL);
                self.proof = Some(proof);
                Err(self)
            }
            (None, verdict) => Ok(verdict),
        }
    }
}

/// What was known right before an operation was answered. Rows keep their places.
fn before(history: &History, stuck: Row) -> Option<History> {
    let (end, _) = history.operations().get(stuck)?.returned.clone()?;
    let called = history.operations().iter().take_while(|operation| operation.called < end).enumerate();
    let known = called.map(|(row, operation)| {
        let returned = operation.returned.clone().filter(|(at, _)| row != stuck && *at <= end);
        Operation { returned, ..operation.clone() }
    });
    History::new(known.collect()).ok()
}

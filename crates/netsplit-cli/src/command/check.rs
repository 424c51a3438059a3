//! `netsplit check`: what a history proves, and whether it keeps what is claimed of it.

use std::io::Write;

use anyhow::Result;
use netsplit_checkers::search::{Budget, begin_with};
use netsplit_checkers::verdict::{Consistency, Verdict};

use crate::arguments::CheckArguments;
use crate::case::Case;
use crate::exit::Exit;
use crate::judged::{self, Judged};
use crate::progress::Progress;
use crate::report;
use crate::source::{self, Found};
use crate::target::Target;

pub(super) fn check(arguments: &CheckArguments, out: &mut dyn Write) -> Result<Exit> {
    let case = case(arguments)?;
    if !arguments.json {
        judged::head(&case, out)?;
    }
    let mut exit = Exit::Fine;
    for claim in arguments.claims(case.model) {
        let verdict = judge(&case, claim, Budget(arguments.budget));
        let judged = Judged { case: &case, claim, verdict: &verdict };
        match arguments.json {
            true => writeln!(out, "{}", judged.json())?,
            false => judged.told(out)?,
        }
        exit = exit.with(Exit::of_verdict(&verdict));
    }
    if !arguments.json {
        case.losses.iter().try_for_each(|told| writeln!(out, "{told}"))?;
    }
    Ok(exit)
}

fn case(arguments: &CheckArguments) -> Result<Case> {
    match source::find(&arguments.what)? {
        Found::History { name, text } => Case::of_text(&name, &text, arguments.model),
        Found::Run(mut opened) => {
            let run = Target::settle(arguments.seed, arguments.until, &mut opened).run(&opened)?;
            Case::of_run(report::name(&opened), &opened.record.scenario, &*run, arguments.model)
        }
    }
}

/// In slices, so that somebody who waits sees how far it is.
fn judge(case: &Case, claim: Consistency, budget: Budget) -> Verdict {
    const SLICE: u64 = 100_000;
    let mut search = begin_with(claim, case.account.history.clone(), &case.sessions, budget);
    let mut progress = Progress::begin();
    let mut done = 0;
    loop {
        if let Some(verdict) = search.run(SLICE) {
            return verdict;
        }
        done += SLICE;
        progress.counted(done, budget.0, "steps");
    }
}

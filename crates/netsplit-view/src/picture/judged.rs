//! What the client history of a run has come to at its cursor: the headline claim, searched to its end.

use std::sync::Arc;

use netsplit_checkers::search::{self, Budget};
use netsplit_checkers::verdict::{Consistency, Verdict};
use netsplit_scenarios::judge;

use crate::history::Account;
use crate::history::claims::{self, Standing};
use crate::verdict::Chip;

use super::Subject;

/// A history and its verdict.
pub(super) struct Judged {
    /// What is claimed.
    pub(super) what: Consistency,
    /// What clients saw.
    pub(super) account: Account,
    /// What was found; nothing if nothing was asked.
    pub(super) verdict: Option<Verdict>,
}

impl Judged {
    /// Judges as the page does, with the same budget; nothing if the protocol stores nothing that can be
    /// judged, or if operations were forgotten.
    pub(super) fn of(subject: &Subject<'_>) -> Option<Self> {
        let run = subject.run;
        let what = Consistency::Linearizable(judge::model(&subject.record.scenario)?);
        let account = Account::of_run(run, Arc::new(judge::history(run, run.step())?));
        let answered = account.operations().iter().any(|operation| operation.returned.is_some());
        let judged = || search::judge_with(what, &account.history, &judge::sessions(run), Budget::USUAL);
        let verdict = answered.then(judged);
        Some(Self { what, account, verdict })
    }

    /// How the claim stands.
    pub(super) fn standing(&self) -> Standing<'_> {
        self.verdict.as_ref().map_or(Standing::Nothing, Standing::Known)
    }

    /// What the stage claims of it.
    pub(super) fn claims(subject: &Subject<'_>) -> Vec<Chip> {
        let Some(judged) = Self::of(subject) else { return Vec::new() };
        claims::claims(subject.run, &judged.account, judged.what, judged.standing())
    }
}

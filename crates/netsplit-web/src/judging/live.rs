//! Following the cursor of a run.

use std::sync::Arc;

use netsplit_checkers::verdict::Consistency;
use netsplit_scenarios::judge;
use netsplit_sim::history::OpRow;
use netsplit_sim::id::Step;
use netsplit_sim::run::Run;
use netsplit_view::history::Account;
use netsplit_view::history::claims::Standing;

use super::judge::{Here, Judge, Searched};
use super::print::Print;

/// What is known of a run's history up to its cursor.
#[derive(Default)]
pub struct Live {
    judge: Judge,
    here: Option<(Seen, Here)>,
}

/// What the history up to the cursor was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    print: Print,
    asked: usize,
    ended: usize,
}

impl Live {
    /// Asks about these claims, the headline first.
    pub fn ask(&mut self, asked: Vec<Consistency>) {
        self.judge.ask(asked);
    }

    /// What is asked about.
    pub fn asked(&self) -> &[Consistency] {
        self.judge.asked()
    }

    /// The history up to the cursor, once it was followed there.
    pub fn here(&self) -> Option<&Here> {
        self.here.as_ref().map(|(_, here)| here)
    }

    /// What its picture is made of.
    pub fn account(&self, run: &dyn Run) -> Option<Account> {
        // Between two events a history says nothing of its own about how far it goes.
        let here = self.here().filter(|here| here.history.operations().len() == run.history().len());
        here.map(|here| Account::of_run(run, Arc::clone(&here.history)))
    }

    /// What can be said of a claim at the cursor.
    pub fn standing(&self, run: &dyn Run, what: Consistency) -> Standing<'_> {
        match self.here() {
            Some(here) => self.judge.standing(what, here, &is_past(run.history(), run.step())),
            None => Standing::Nothing,
        }
    }

    /// Follows the cursor, and searches for as long as `goes_on`.
    pub fn follow(&mut self, run: &dyn Run, goes_on: &dyn Fn() -> bool) -> Searched {
        let moved = self.come(run);
        let Some((_, here)) = &self.here else { return Searched::default() };
        let searched = self.judge.search(here, &is_past(run.history(), run.step()), goes_on);
        Searched { found: moved || searched.found, ..searched }
    }

    /// Takes in the history up to the cursor; says whether it is another.
    fn come(&mut self, run: &dyn Run) -> bool {
        let (rows, step) = (run.history(), run.step());
        let print = Print::of(rows, step);
        let ended = rows.iter().filter(|row| row.returned_by(step).is_some()).count();
        let seen = Seen { print, asked: rows.len(), ended };
        if self.here.as_ref().is_some_and(|(before, _)| *before == seen) {
            return false;
        }
        let history = judge::history(run, step).map(Arc::new);
        self.here =
            history.map(|history| (seen, Here { print, step, history, sessions: judge::sessions(run) }));
        true
    }
}

/// Whether a history as it was after some step is a past of these rows.
fn is_past(rows: &[OpRow], cursor: Step) -> impl Fn(Step, Print) -> bool {
    move |step, print| step <= cursor && Print::of(rows, step) == print
}

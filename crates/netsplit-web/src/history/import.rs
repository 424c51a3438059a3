//! A history from a file: shown without a run, and judged here.

use std::sync::Arc;

use netsplit_checkers::history::{History, Time};
use netsplit_checkers::model::Model;
use netsplit_checkers::session::Sessions;
use netsplit_checkers::verdict::Consistency;
use netsplit_formats::history::bad::BadHistory;
use netsplit_formats::history::{self, Band, Imported, Names};
use netsplit_sim::id::Step;
use netsplit_view::history::Account;
use netsplit_view::history::account::{Fault, FaultKind};
use netsplit_view::history::claims::Standing;
use netsplit_view::history::naming::Clock;

use super::looking::Look;
use crate::judging::print::Print;
use crate::judging::{Here, Judge, Searched};

/// A history from a file.
pub struct Import {
    /// What the file is called.
    pub name: String,
    /// What its picture is made of.
    pub account: Account,
    /// The model that it is judged by.
    pub model: Model,
    /// The stretch in sight.
    pub window: (Time, Time),
    imported: Imported,
    judge: Judge,
    here: Here,
}

/// The shortest stretch.
const SHORTEST: u64 = 4;

impl Import {
    /// Reads a file.
    pub fn read(name: &str, text: &str) -> Result<Self, BadHistory> {
        let imported = history::read(text)?;
        let history = Arc::new(imported.history.clone());
        let account = account(&imported, &history);
        let model = imported.model.unwrap_or(Model::Register);
        let mut judge = Judge::default();
        judge.ask(Consistency::all(model).to_vec());
        let here = Here { print: print(&history), step: Step(0), history, sessions: Sessions::default() };
        Ok(Self { name: name.to_owned(), window: whole(&account), model, account, imported, judge, here })
    }

    /// Whether a text looks like a history rather than a document or a link: an EDN map, vector or tag, a comment
    /// of EDN, or a line of a log.
    pub fn looks_like_one(text: &str) -> bool {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let after_brace = text.strip_prefix('{').map(str::trim_start);
        after_brace.is_some_and(|rest| rest.starts_with(':'))
            || text.starts_with(['[', ';', '('])
            || ["#jepsen", "INFO", "WARN", "DEBUG"].iter().any(|head| text.starts_with(head))
    }

    /// The models whose objects have all its operations.
    pub fn models(&self) -> impl Iterator<Item = Model> {
        Model::ALL.into_iter().filter(|model| self.imported.fits(*model).is_ok())
    }

    /// What is asked about, the strongest claim first.
    pub fn asked(&self) -> &[Consistency] {
        self.judge.asked()
    }

    /// What can be said of a claim.
    pub fn standing(&self, what: Consistency) -> Standing<'_> {
        self.judge.standing(what, &self.here, &|_, print| print == self.here.print)
    }

    /// Searches for as long as `goes_on`.
    pub fn search(&mut self, goes_on: &dyn Fn() -> bool) -> Searched {
        let print = self.here.print;
        self.judge.search(&self.here, &|_, other| other == print, goes_on)
    }

    /// Looks elsewhere, or judges by another model.
    pub fn look(&mut self, look: Look) {
        let (from, to) = self.window;
        match look {
            Look::Whole => self.window = whole(&self.account),
            Look::Zoom(about, factor) => {
                let scaled = |part: u64| (part as f64 * factor) as u64;
                let from = about.0.saturating_sub(scaled(about.0.saturating_sub(from.0)));
                let to = about.0 + scaled(to.0.saturating_sub(about.0));
                self.window = self.within(from, to.max(from + SHORTEST) - from);
            }
            Look::Pan(by) => self.window = self.within(from.0.saturating_add_signed(by), to.0 - from.0),
            Look::Model(model) => {
                self.model = model;
                self.judge.ask(Consistency::all(model).to_vec());
            }
        }
    }

    /// A stretch of this length, from as near to `from` as there is something to see.
    fn within(&self, from: u64, length: u64) -> (Time, Time) {
        let (first, last) = whole(&self.account);
        let length = length.min(last.0 - first.0);
        let from = from.clamp(first.0, last.0 - length);
        (Time(from), Time(from + length))
    }
}

/// Nothing to judge if nothing was answered.
fn print(history: &History) -> Print {
    let (answered, _) = netsplit_checkers::words::counts(history);
    Print::from(u64::from(answered > 0))
}

fn account(imported: &Imported, history: &Arc<History>) -> Account {
    let Names { keys, processes } = &imported.names;
    let faults = imported.bands.iter().map(fault).collect();
    Account::of_file(Arc::clone(history), keys, processes, clock(imported.clock), faults)
}

const fn clock(clock: history::Clock) -> Clock {
    match clock {
        history::Clock::Nanoseconds => Clock::Nanoseconds,
        history::Clock::Lines => Clock::Lines,
        history::Clock::Rows => Clock::Rows,
    }
}

fn fault(band: &Band) -> Fault {
    Fault { kind: FaultKind::Other, label: band.label.clone(), from: band.from, to: band.to }
}

/// From the first call to the last end, with a little room on both sides.
fn whole(account: &Account) -> (Time, Time) {
    let first = account.operations().iter().map(|operation| operation.called.0).min().unwrap_or(0);
    let room = (account.until.0 - first) / 50 + 1;
    (Time(first.saturating_sub(room)), Time((account.until.0 + room).max(first + SHORTEST)))
}

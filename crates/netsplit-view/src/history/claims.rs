//! What is claimed of a client history: the verdict as the stage shows it, and whether replicas agree.

use netsplit_checkers::history::{Outcome, Row, Time};
use netsplit_checkers::verdict::{Consistency, Reason, Verdict, Witness};
use netsplit_checkers::words::{self, Names};
use netsplit_scenarios::judge;
use netsplit_sim::history::Moment;
use netsplit_sim::intervention::Intervention;
use netsplit_sim::run::Run;
use netsplit_words::{say, told};

use super::account::Account;
use super::losses::Losses;
use crate::format;
use crate::verdict::{Chip, Mood};

/// What can be said of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// Nothing was answered.
    Nothing,
    /// The search has not ended.
    Checking,
    /// What it found.
    Known(&'a Verdict),
}

/// What the stage claims of a run's history: the verdict, whether replicas agree, and what was lost. Once a wall has gone and
/// they agree again, both in one, since agreement does not take back what clients saw.
pub fn claims(run: &dyn Run, account: &Account, what: Consistency, standing: Standing<'_>) -> Vec<Chip> {
    let replicas = replicas(run);
    let losses = Losses::of(run, account).and_then(|losses| losses.chip(account));
    if let Standing::Known(Verdict::Violation(witness)) = standing
        && replicas.as_ref().is_some_and(|replicas| replicas.mood == Mood::Good)
        && is_healed(run)
    {
        return [healed(account, what, witness)].into_iter().chain(losses).collect();
    }
    [verdict(account, what, standing)].into_iter().chain(replicas).chain(losses).collect()
}

/// The verdict.
pub fn verdict(account: &Account, what: Consistency, standing: Standing<'_>) -> Chip {
    let plain = |mood, text: String| Chip {
        mood,
        text: format::capital(&text),
        moment: None,
        meaning: say!("What the clients saw up to this moment; the tab History shows it.").to_owned(),
        history: true,
    };
    match standing {
        Standing::Nothing => plain(Mood::Waiting, told(words::NOTHING).to_owned()),
        Standing::Checking => plain(Mood::Waiting, words::checking(account, account.until)),
        Standing::Known(Verdict::Violation(witness)) => {
            let text = say!(
                "{not} since {time}",
                not = not(what),
                time = account.time(since(account, witness.stuck))
            );
            Chip { text, ..violation(account, witness) }
        }
        Standing::Known(known) => {
            let mood = if matches!(known, Verdict::Ok(_)) { Mood::Good } else { Mood::Waiting };
            plain(mood, words::verdict(account, what, &account.history, known))
        }
    }
}

fn violation(account: &Account, witness: &Witness) -> Chip {
    let moment = account.moments.get(witness.stuck).map(|(invoked, returned)| returned.unwrap_or(*invoked));
    let why = witness.reasons.first().map(|reason| words::reason(account, &account.history, reason));
    Chip {
        mood: Mood::Bad,
        text: String::new(),
        moment,
        meaning: why.map_or_else(String::new, |why| why + "."),
        history: true,
    }
}

/// When the answer came that cannot be explained.
pub fn since(account: &Account, stuck: Row) -> Time {
    let operation = account.operations().get(stuck);
    let returned = operation.and_then(|operation| operation.returned.as_ref()).map(|(at, _)| *at);
    returned.or(operation.map(|operation| operation.called)).unwrap_or_default()
}

/// `Not linearizable`.
pub fn not(what: Consistency) -> &'static str {
    match what {
        Consistency::Linearizable(_) => say!("Not linearizable"),
        Consistency::Sequential(_) => say!("Not sequentially consistent"),
        Consistency::Causal => say!("Not causally consistent"),
        Consistency::ReadYourWrites => say!("Own writes not read"),
        Consistency::MonotonicReads => say!("Reads not monotonic"),
        Consistency::MonotonicWrites => say!("Writes not monotonic"),
        Consistency::WritesFollowReads => say!("Writes do not follow reads"),
    }
}

fn healed(account: &Account, what: Consistency, witness: &Witness) -> Chip {
    let what = match witness.reasons.first() {
        Some(Reason::Missed { .. }) => say!("stale read"),
        Some(Reason::NobodyWrote { .. }) => say!("read of what nobody wrote"),
        _ if is_read(account, witness.stuck) => say!("read"),
        _ => not(what),
    };
    let at = account.time(since(account, witness.stuck));
    let text = say!("Replicas agree again. The {what} at {at} stays a violation", what, at);
    Chip { text, ..violation(account, witness) }
}

fn is_read(account: &Account, row: Row) -> bool {
    let returned = account.operations().get(row).and_then(|operation| operation.returned.as_ref());
    matches!(returned, Some((_, Outcome::Ok(Some(_)))))
}

/// Whether a wall stood, and none does.
fn is_healed(run: &dyn Run) -> bool {
    let done = run.script().iter().take(run.applied());
    run.walls().is_empty() && done.into_iter().any(|line| matches!(line.what, Intervention::SetWall(..)))
}

/// Whether replicas agree, where the protocol tells what they hold.
fn replicas(run: &dyn Run) -> Option<Chip> {
    let replicas = run.replicas();
    if replicas.is_empty() {
        return None;
    }
    let differing = judge::differing(&replicas).len() as u64;
    let mut flights = Vec::new();
    run.flights(&mut flights);
    let (mood, text) = match differing {
        0 => (Mood::Good, say!("Replicas equal now").to_owned()),
        _ => {
            let text = say!(
                "Replicas differ on {keys, plural, one {# key} other {# keys}}, {messages, plural, one {# message} other {# messages}} under way",
                keys = format::grouped(differing),
                messages = format::grouped(flights.len() as u64)
            );
            (Mood::Waiting, text)
        }
    };
    let meaning = say!("Whether those servers that should hold a key hold the same of it.").to_owned();
    Some(Chip { mood, text, moment: None::<Moment>, meaning, history: false })
}

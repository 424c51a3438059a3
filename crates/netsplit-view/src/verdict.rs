//! Verdicts at the cursor. They are claims, so the wording is that of the interface's table.

use std::collections::BTreeSet;

use netsplit_sim::describe::{Assumption, Violation};
use netsplit_sim::history::{Moment, OpRow, Outcome};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::run::Run;

use crate::format;
use crate::script;

/// One claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Chip {
    /// How it is meant.
    pub mood: Mood,
    /// What it says.
    pub text: String,
    /// The moment it is about: a click goes there.
    pub moment: Option<Moment>,
    /// One more sentence: what the property says, which rule is broken on purpose; may be empty.
    pub meaning: String,
}

/// How a claim is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Nothing wrong so far.
    Good,
    /// Something is broken.
    Bad,
    /// An answer is missing.
    Waiting,
    /// A condition under which all claims stand.
    Note,
}

/// All claims at the cursor, conditions last. `flaws` are the names of the flaws switched on.
pub fn chips<'a>(run: &dyn Run, flaws: impl IntoIterator<Item = &'a str>) -> Vec<Chip> {
    let mut chips = safety(run);
    chips.extend(operations(run));
    chips.extend(modified(run, flaws));
    chips.extend(assumptions(run));
    chips
}

/// That no safety property is broken, or each broken one by the first violation found.
fn safety(run: &dyn Run) -> Vec<Chip> {
    let mut seen = BTreeSet::new();
    let first = run.violations().iter().filter(|(_, found)| seen.insert(found.property));
    let broken: Vec<Chip> = first.map(|(moment, found)| broken(run, *moment, found)).collect();
    if broken.is_empty() { none_broken(run).into_iter().collect() } else { broken }
}

fn none_broken(run: &dyn Run) -> Option<Chip> {
    let headline: Vec<_> = run.about().properties.iter().filter(|property| property.headline).collect();
    let title = run.about().title;
    let checked = format::count(run.events().len() as u64, "event", "events");
    let what = match headline.len() {
        0 => return None,
        1 => format!("{title}'s safety property: not broken in {checked}"),
        many => format!("{title}'s {many} safety properties: none broken in {checked}"),
    };
    let names: Vec<String> = headline.iter().map(|property| property.title.to_owned()).collect();
    let meaning = format!("{}.", format::joined(&names));
    Some(Chip { mood: Mood::Good, text: what, moment: None, meaning })
}

fn broken(run: &dyn Run, moment: Moment, found: &Violation) -> Chip {
    let property = run.about().properties.get(usize::from(found.property));
    let title = property.map_or("A property", |property| property.title);
    let how = run.about().sentence(&found.note);
    Chip {
        mood: Mood::Bad,
        text: format!("{title} broken at {}: {}", moment.time, how.trim_end_matches('.')),
        moment: Some(moment),
        meaning: property.map_or_else(String::new, |property| property.meaning.to_owned()),
    }
}

/// How the clients' operations stand: one by one while few are open, and in total.
fn operations(run: &dyn Run) -> Vec<Chip> {
    const MOST: usize = 2;
    let rows = run.history();
    let pending: Vec<&OpRow> = rows.iter().filter(|row| row.returned_by(run.step()).is_none()).collect();
    let mut chips: Vec<Chip> = pending.iter().take(MOST).map(|row| waiting(run, row)).collect();
    chips.extend(total(run, rows));
    chips
}

fn waiting(run: &dyn Run, row: &OpRow) -> Chip {
    let age = format::duration(run.now().since(row.invoked.time));
    let what = format::function(row.operation.function);
    Chip {
        mood: Mood::Waiting,
        text: format!("{}'s {what}: no answer yet, {age}", row.client),
        moment: Some(row.invoked),
        meaning: format!("{} asked at {}.", format::operation(&row.operation), row.invoked.time),
    }
}

fn total(run: &dyn Run, rows: &[OpRow]) -> Option<Chip> {
    if rows.is_empty() {
        return None;
    }
    let outcome = |row: &OpRow| row.returned_by(run.step()).map(|(_, outcome)| outcome);
    let answered =
        rows.iter().filter(|row| matches!(outcome(row), Some(Outcome::Ok(_) | Outcome::Fail))).count();
    let unanswered = rows.len() - answered;
    let tail = if unanswered == 0 { "" } else { " (may or may not have happened)" };
    Some(Chip {
        mood: if unanswered == 0 { Mood::Good } else { Mood::Waiting },
        text: format!("{answered} answered, {unanswered} unanswered{tail}"),
        moment: None,
        meaning: "Operations that clients asked for, up to this moment.".to_owned(),
    })
}

fn modified<'a>(run: &dyn Run, flaws: impl IntoIterator<Item = &'a str>) -> Option<Chip> {
    let described = run.about().flaws;
    let meanings: Vec<&str> = flaws
        .into_iter()
        .map(|name| described.iter().find(|flaw| flaw.name == name).map_or(name, |flaw| flaw.meaning))
        .collect();
    (!meanings.is_empty()).then(|| Chip {
        mood: Mood::Note,
        text: "modified protocol".to_owned(),
        moment: None,
        meaning: meanings.join(" "),
    })
}

/// Assumptions of the protocol that something done to the system has broken.
fn assumptions(run: &dyn Run) -> Vec<Chip> {
    let mut seen = BTreeSet::new();
    let done = run.script().iter().enumerate().take(run.applied());
    let broken = done.filter_map(|(index, entry)| {
        let (assumption, what) = breaks(&entry.what)?;
        let (_, banner) = run.about().intolerable.iter().find(|(known, _)| *known == assumption)?;
        let event = script::known_event(run, index).filter(|event| script::refusal(event).is_none())?;
        let text = format!("assumption broken ({what})");
        let moment = Some(Moment { step: event.step, time: event.time });
        seen.insert(text.clone()).then(|| Chip {
            mood: Mood::Note,
            text,
            moment,
            meaning: (*banner).to_owned(),
        })
    });
    broken.collect()
}

/// Which assumption an intervention breaks, and of what.
fn breaks(what: &Intervention) -> Option<(Assumption, String)> {
    match what {
        Intervention::Crash(id, CrashKind::LoseDisk) => {
            Some((Assumption::StableStorage, format!("disk of {id}")))
        }
        Intervention::ClockDrift(id, ppm) if *ppm != 0 => {
            Some((Assumption::BoundedDrift, format!("clock of {id}")))
        }
        _ => None,
    }
}

//! Verdicts at the cursor. They are claims, so the wording is that of the interface's table.

use std::collections::BTreeSet;

use netsplit_sim::describe::{Assumption, Violation};
use netsplit_sim::history::{Moment, OpRow, Outcome};
use netsplit_sim::intervention::{CrashKind, Intervention, Scheduled};
use netsplit_sim::run::Run;
use netsplit_sim::time::SimDuration;
use netsplit_words::say;

use crate::format;
use crate::order::set_of;
use crate::wall;

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
    /// Whether it is about what the clients saw, which the history shows.
    pub history: bool,
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
    chips_with(run, flaws, Vec::new())
}

/// All claims, with those that `judged` makes of the client history, which count its operations, too.
pub fn chips_with<'a>(
    run: &dyn Run,
    flaws: impl IntoIterator<Item = &'a str>,
    judged: Vec<Chip>,
) -> Vec<Chip> {
    let mut chips = safety(run);
    let counted = !judged.is_empty();
    chips.extend(judged);
    chips.extend(operations(run, counted));
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
    let count = format::grouped(run.step().0);
    let what = match headline.len() {
        0 => return None,
        1 => say!(
            "{title}'s safety property: not broken in {count, plural, one {# event} other {# events}}",
            title,
            count
        ),
        many => say!(
            "{title}'s {many} safety properties: none broken in {count, plural, one {# event} other {# events}}",
            title,
            many,
            count
        ),
    };
    let names: Vec<String> = headline.iter().map(|property| property.title.to_owned()).collect();
    let meaning = format!("{}.", format::joined(&names));
    Some(Chip { mood: Mood::Good, text: what, moment: None, meaning, history: false })
}

fn broken(run: &dyn Run, moment: Moment, found: &Violation) -> Chip {
    let property = run.about().properties.get(usize::from(found.property));
    let title = property.map_or(say!("A property"), |property| property.title);
    let how = run.about().sentence(&found.note);
    Chip {
        mood: Mood::Bad,
        text: say!("{title} broken at {at}: {how}", title, at = moment.time, how = how.trim_end_matches('.')),
        moment: Some(moment),
        meaning: property.map_or_else(String::new, |property| property.meaning.to_owned()),
        history: false,
    }
}

/// How the clients' operations stand: those that have waited long one by one while they are few, and
/// all of them in numbers.
fn operations(run: &dyn Run, counted: bool) -> Vec<Chip> {
    const MOST: usize = 2;
    let rows = run.history();
    let patience = patience(run);
    let long =
        |row: &&OpRow| row.returned_by(run.step()).is_none() && run.now().since(row.invoked.time) >= patience;
    let mut waiting: Vec<Chip> = rows.iter().filter(long).map(|row| self::waiting(run, row)).collect();
    let overdue = !waiting.is_empty();
    waiting.truncate(MOST);
    if !counted {
        waiting.extend(total(run, rows, overdue));
    }
    waiting
}

/// An operation that waits longer than a few ways there and back would take deserves a word of its
/// own; a shorter wait is how every operation begins.
fn patience(run: &dyn Run) -> SimDuration {
    const WAYS: u64 = 8;
    let link = wall::links(run.topology()).next();
    let way = link.map_or(SimDuration::ZERO, |link| run.link_model(link).delay.median());
    SimDuration(way.0.saturating_mul(WAYS))
}

fn waiting(run: &dyn Run, row: &OpRow) -> Chip {
    let age = format::duration(run.now().since(row.invoked.time));
    let what = format::function(row.operation.function);
    Chip {
        mood: Mood::Waiting,
        text: say!("{client}'s {what}: no answer yet, {age}", client = row.client, what, age),
        moment: Some(row.invoked),
        meaning: say!(
            "{operation} asked at {time}.",
            operation = format::operation(&row.operation),
            time = row.invoked.time
        ),
        history: false,
    }
}

fn total(run: &dyn Run, rows: &[OpRow], overdue: bool) -> Option<Chip> {
    if rows.is_empty() {
        return None;
    }
    let outcomes = rows.iter().map(|row| row.returned_by(run.step()).map(|(_, outcome)| outcome));
    let (mut answered, mut given_up) = (0, 0);
    for outcome in outcomes.flatten() {
        *if outcome == Outcome::Info { &mut given_up } else { &mut answered } += 1;
    }
    let unanswered = rows.len() - answered;
    let text = if unanswered == 0 {
        say!("{answered} answered, 0 unanswered", answered)
    } else {
        say!(
            "{answered} answered, {unanswered} unanswered (may or may not have happened)",
            answered,
            unanswered
        )
    };
    Some(Chip {
        mood: if overdue || given_up > 0 { Mood::Waiting } else { Mood::Good },
        text,
        moment: None,
        meaning: say!("Operations that clients asked for, up to this moment.").to_owned(),
        history: false,
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
        text: say!("modified protocol").to_owned(),
        moment: None,
        meaning: meanings.join(" "),
        history: false,
    })
}

/// Assumptions of the protocol that something done to the system has broken, or puts to the test.
fn assumptions(run: &dyn Run) -> Vec<Chip> {
    let mut chips = lost_disks(run);
    chips.extend(drift(run));
    chips.extend(forged(run));
    chips
}

/// What the protocol says of an assumption, if it makes it.
fn banner(run: &dyn Run, assumption: Assumption) -> Option<&'static str> {
    let found = run.about().intolerable.iter().find(|(known, _)| *known == assumption);
    found.map(|(_, banner)| *banner)
}

fn lost_disks(run: &dyn Run) -> Vec<Chip> {
    let Some(banner) = banner(run, Assumption::StableStorage) else { return Vec::new() };
    let mut seen = BTreeSet::new();
    let done = run.script().iter().enumerate().take(run.applied());
    let lost = done.filter_map(|(index, entry)| match entry.what {
        Intervention::Crash(id, CrashKind::LoseDisk) => Some((index, id)),
        _ => None,
    });
    lost.filter_map(|(index, id)| {
        let applied = run.outcome(index).filter(|applied| applied.refused.is_none())?;
        seen.insert(id).then(|| Chip {
            mood: Mood::Note,
            text: say!("assumption broken (disk of {id})", id),
            moment: Some(applied.moment),
            meaning: format!("{}.", format::capital(banner)),
            history: false,
        })
    })
    .collect()
}

/// The first message that somebody tampered with.
fn forged(run: &dyn Run) -> Option<Chip> {
    let banner = banner(run, Assumption::GenuineMessages)?;
    let tampered = |(index, entry): (usize, &Scheduled)| {
        let Intervention::Tamper(id, _) = entry.what else { return None };
        let applied = run.outcome(index).filter(|applied| applied.refused.is_none())?;
        Some((id, applied.moment))
    };
    let (id, moment) = run.script().iter().enumerate().take(run.applied()).find_map(tampered)?;
    Some(Chip {
        mood: Mood::Note,
        text: say!("assumption broken (a message {link})", link = id.link),
        moment: Some(moment),
        meaning: format!("{}.", format::capital(banner)),
        history: false,
    })
}

/// Clocks that run fast or slow, now or earlier. How much is too much is the protocol's own
/// parameter, so this only says that they do.
fn drift(run: &dyn Run) -> Option<Chip> {
    let banner = banner(run, Assumption::BoundedDrift)?;
    let made = run.script().iter().take(run.applied()).filter_map(|entry| match entry.what {
        Intervention::ClockDrift(id, ppm) if ppm != 0 => Some(id),
        _ => None,
    });
    let now = run.topology().servers().filter(|&id| run.clock(id).1 != 0);
    let who = set_of(made.chain(now));
    (!who.is_empty()).then(|| Chip {
        mood: Mood::Note,
        text: say!("clocks drift ({who})", who = format::names(who)),
        moment: None,
        meaning: format!("{}.", format::capital(banner)),
        history: false,
    })
}

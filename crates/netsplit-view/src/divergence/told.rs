//! Where two runs part, in sentences.

use netsplit_sim::event::{Event, EventKind, Fate, Loss, Sent};
use netsplit_sim::history::Moment;
use netsplit_sim::id::{MessageId, Step};
use netsplit_sim::intervention::Scheduled;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;

use super::walk::Instant;
use super::{Difference, Named};
use crate::doing;
use crate::kept;
use crate::sentence::{self, wall_stood};

/// The first line of the scripts that only one run has. What takes no part any more, such as a line
/// after the time compared, does not count.
pub(super) fn done(one: Named<'_>, other: Named<'_>, until: SimTime) -> Option<Difference> {
    let (here, there) = (one.run.script(), other.run.script());
    let shared = here.iter().zip(there).take_while(|(mine, theirs)| mine == theirs).count();
    let line = |script: &[Scheduled]| script.get(shared).filter(|line| line.at <= until).map(|line| line.at);
    let at = [line(here), line(there)].into_iter().flatten().min()?;
    let of = |named: Named<'_>| -> Option<(Option<Moment>, String)> {
        let scheduled = named.run.script().get(shared).filter(|line| line.at == at)?;
        let moment = named.run.outcome(shared).map(|applied| applied.moment);
        let told = doing::told(&scheduled.what, named.run, wall_stood(named.run.script(), shared));
        Some((moment, format!("{told} In “{}” only.", named.name)))
    };
    let (mine, theirs) = (of(one), of(other));
    let sentences = [&mine, &theirs].into_iter().flatten().map(|(_, told)| told.clone());
    Some(Difference {
        at,
        sentence: sentences.collect::<Vec<_>>().join(" "),
        here: mine.and_then(|(moment, _)| moment),
        there: theirs.and_then(|(moment, _)| moment),
    })
}

fn moment(event: &Event) -> Moment {
    Moment { step: event.step, time: event.time }
}

/// The first event that differs.
pub(super) fn event(one: Named<'_>, other: Named<'_>, instant: &Instant) -> Difference {
    let sentence = match (&instant.here, &instant.there) {
        (Some(here), Some(there)) if here.kind == there.kind => both(one, here, other, there),
        (Some(here), Some(there)) => {
            format!("{} {}", in_one(one, here), in_one(other, there))
        }
        (Some(event), None) => format!("{}{}", in_one(one, event), instead(event, other)),
        (None, Some(event)) => format!("{}{}", in_one(other, event), instead(event, one)),
        (None, None) => String::new(),
    };
    Difference {
        at: instant.time,
        here: instant.here.as_ref().map(moment),
        there: instant.there.as_ref().map(moment),
        sentence,
    }
}

fn in_one(named: Named<'_>, event: &Event) -> String {
    format!("{} In “{}” only.", sentence::line(named.run, event).text, named.name)
}

/// The same event with another effect: in what it did, or else in what became of what it sent.
fn both(one: Named<'_>, here: &Event, other: Named<'_>, there: &Event) -> String {
    let text = |named: Named<'_>, event: &Event| sentence::line(named.run, event).text;
    if one.run.notes(here.step) != other.run.notes(there.step) {
        let (mine, theirs) = (text(one, here), text(other, there));
        return format!("In “{}”: {mine} In “{}”: {theirs}", one.name, other.name);
    }
    let sent = |named: Named<'_>, event: &Event| named.run.sent(event.step).to_vec();
    let (mine, theirs) = (sent(one, here), sent(other, there));
    let differs = mine.iter().find_map(|row| {
        let twin = theirs.iter().find(|twin| twin.id == row.id)?;
        (twin != row).then_some((row, twin))
    });
    let text = text(one, here);
    match differs {
        Some((row, twin)) => {
            let name = message(one.run, row.id, row.kind);
            let [mine, theirs] = [row, twin].map(becomes);
            format!("{text} Its {name} {mine} in “{}” and {theirs} in “{}”.", one.name, other.name)
        }
        None => format!("{text} It sends other messages in “{}” than in “{}”.", one.name, other.name),
    }
}

fn message(run: &dyn Run, id: MessageId, kind: u8) -> String {
    let kind = run.about().messages.get(usize::from(kind)).map_or("message", |kind| kind.name);
    format!("{kind} {}", id.link)
}

fn becomes(row: &Sent) -> String {
    match row.fate {
        Fate::Deliver => format!("arrives at {}", row.deliver_at),
        Fate::Held => "is held by a cut".to_owned(),
        Fate::Lost(why) => lost(why).to_owned(),
    }
}

fn lost(why: Loss) -> &'static str {
    match why {
        Loss::Random => "is lost by the network",
        Loss::Cut => "is lost at a cut",
        Loss::Dropped => "is dropped by hand",
    }
}

/// What happened in the other run to a message that arrived in one only.
fn instead(event: &Event, other: Named<'_>) -> String {
    let EventKind::Deliver { message, .. } = event.kind else { return String::new() };
    let what = match found_later(other.run, message, event.time) {
        Some(Found::Arrives(at)) => format!("it arrives at {at}"),
        Some(Found::Becomes(fate)) => becomes(&fate).replacen("is", "it is", 1),
        None => return String::new(),
    };
    format!(" In “{}” {what}.", other.name)
}

enum Found {
    Arrives(SimTime),
    Becomes(Sent),
}

/// A message of a run: what an intervention or its sending made of it, or when it arrived, looked for
/// round a time.
fn found_later(run: &dyn Run, id: MessageId, about: SimTime) -> Option<Found> {
    const ROUND: u64 = 2_000;
    let middle = kept::first_at(run, about).0;
    let last = (middle + ROUND).min(run.known().step.0);
    let arrival = kept::events(run, middle.saturating_sub(ROUND)..=last)
        .find(|event| matches!(event.kind, EventKind::Deliver { message, .. } if message == id));
    if let Some(event) = arrival {
        return Some(Found::Arrives(event.time));
    }
    let mut steps = (middle.saturating_sub(ROUND)..=last).rev().map(Step);
    let row = |step: Step| run.changed(step).iter().chain(run.sent(step)).find(|row| row.id == id).copied();
    steps.find_map(row).filter(|row| row.fate != Fate::Deliver).map(Found::Becomes)
}

/// All of it in one or two sentences.
pub(super) fn sentence(
    one: Named<'_>,
    other: Named<'_>,
    done: Option<&Difference>,
    event: Option<&Difference>,
    until: SimTime,
) -> String {
    let told = |first: &str, difference: &Difference| {
        format!("{first} at {}: {}", difference.at, difference.sentence)
    };
    match (done, event) {
        (None, None) => format!(
            "“{}” and “{}” are the same up to {until}, as far as both are known.",
            one.name, other.name
        ),
        (Some(done), None) => {
            format!("{} No event differs yet, up to {until}.", told("What is done differs", done))
        }
        (None, Some(event)) => told("The first event that differs comes", event),
        (Some(done), Some(event)) => {
            format!(
                "{} {}",
                told("What is done differs", done),
                told("The first event that differs comes", event)
            )
        }
    }
}

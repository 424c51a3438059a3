//! Where two runs part, in sentences.

use netsplit_sim::event::{Event, EventKind, Fate, Loss, Sent};
use netsplit_sim::history::Moment;
use netsplit_sim::id::{MessageId, Step};
use netsplit_sim::intervention::Scheduled;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;
use netsplit_words::say;

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
        Some((moment, say!("{told} In “{name}” only.", told, name = named.name)))
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
        (Some(event), None) => [in_one(one, event), instead(event, other)].join(" ").trim_end().to_owned(),
        (None, Some(event)) => [in_one(other, event), instead(event, one)].join(" ").trim_end().to_owned(),
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
    say!("{told} In “{name}” only.", told = sentence::line(named.run, event).text, name = named.name)
}

/// The same event with another effect: in what it did, or else in what became of what it sent.
fn both(one: Named<'_>, here: &Event, other: Named<'_>, there: &Event) -> String {
    let text = |named: Named<'_>, event: &Event| sentence::line(named.run, event).text;
    if one.run.notes(here.step) != other.run.notes(there.step) {
        let (mine, theirs) = (text(one, here), text(other, there));
        return say!(
            "In “{one}”: {mine} In “{other}”: {theirs}",
            one = one.name,
            mine,
            other = other.name,
            theirs
        );
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
            let [mine, theirs] = [row, twin].map(|sent| becomes(&name, sent));
            say!(
                "{text} In “{one}” {mine}; in “{other}” {theirs}.",
                text,
                one = one.name,
                mine,
                other = other.name,
                theirs
            )
        }
        None => say!(
            "{text} It sends other messages in “{one}” than in “{other}”.",
            text,
            one = one.name,
            other = other.name
        ),
    }
}

fn message(run: &dyn Run, id: MessageId, kind: u8) -> String {
    let kind = run.about().messages.get(usize::from(kind)).map_or(say!("message"), |kind| kind.name);
    say!("its {kind} {link}", kind, link = id.link)
}

/// What becomes of a message, as a clause: `its AppendEntries n1→n2 is lost at a cut`.
fn becomes(what: &str, row: &Sent) -> String {
    match row.fate {
        Fate::Deliver => say!("{what} arrives at {at}", what, at = row.deliver_at),
        Fate::Held => say!("{what} is held by a cut", what),
        Fate::Lost(Loss::Random) => say!("{what} is lost by the network", what),
        Fate::Lost(Loss::Cut) => say!("{what} is lost at a cut", what),
        Fate::Lost(Loss::Dropped) => say!("{what} is dropped by hand", what),
    }
}

/// What happened in the other run to a message that arrived in one only.
fn instead(event: &Event, other: Named<'_>) -> String {
    let EventKind::Deliver { message, .. } = event.kind else { return String::new() };
    let what = match found_later(other.run, message, event.time) {
        Some(Found::Arrives(at)) => say!("{what} arrives at {at}", what = say!("it"), at),
        Some(Found::Becomes(fate)) => becomes(say!("it"), &fate),
        None => return String::new(),
    };
    say!("In “{name}” {what}.", name = other.name, what)
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
    let first = |found: &Difference| {
        say!(
            "The first event that differs comes at {at}: {sentence}",
            at = found.at,
            sentence = found.sentence
        )
    };
    let script = |found: &Difference| {
        say!("What is done differs at {at}: {sentence}", at = found.at, sentence = found.sentence)
    };
    match (done, event) {
        (None, None) => say!(
            "“{one}” and “{other}” are the same up to {until}, as far as both are known.",
            one = one.name,
            other = other.name,
            until
        ),
        (Some(done), None) => {
            say!("{done} No event differs yet, up to {until}.", done = script(done), until)
        }
        (None, Some(event)) => first(event),
        (Some(done), Some(event)) => [script(done), first(event)].join(" "),
    }
}

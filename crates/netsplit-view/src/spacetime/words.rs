//! Names of what is in the picture, for tips and for those who listen. Made when somebody asks.

use netsplit_sim::describe::Mark;
use netsplit_sim::event::Loss;
use netsplit_sim::run::Run;
use netsplit_words::say;

use super::SpaceTime;
use super::arrows::Arrow;
use super::course::End;
use super::dots::MarkDot;
use super::hit::Target;
use crate::format;
use crate::sentence;

/// What is under a pointer, in words; nothing if it is no longer there.
pub fn target(run: &dyn Run, picture: &SpaceTime, target: Target) -> Option<String> {
    match target {
        Target::Event(step) => {
            let line = sentence::line(run, run.event(step)?);
            Some(format!("{} {}", line.time, line.text))
        }
        Target::Message(id) => picture.arrows.iter().find(|arrow| arrow.id == id).map(|a| arrow(run, a)),
        Target::Mark(moment) => picture.marks.iter().find(|mark| mark.moment == moment).map(|m| mark(run, m)),
        Target::Lane(id) => {
            picture.lanes.iter().find(|lane| lane.id == id).map(|lane| lane.accessible.clone())
        }
        Target::Band(kind) => {
            let band = picture.bands.iter().find(|band| band.kind == kind)?;
            let (label, from) = (&band.label, band.from);
            Some(match band.to {
                None => say!("{label}, from {from} on", label, from),
                Some(to) => say!("{label}, from {from} to {to}", label, from, to),
            })
        }
    }
}

/// `AppendEntries n1→n2, sent 1.190 s, lost at the wall, 1.204 s`.
pub fn arrow(run: &dyn Run, arrow: &Arrow) -> String {
    let kind = run.about().messages.get(usize::from(arrow.kind)).map_or(say!("message"), |kind| kind.name);
    let mut told = say!("{kind} {link}", kind, link = arrow.id.link);
    if arrow.count > 1 {
        told = say!("{count} × {told}", count = format::grouped(u64::from(arrow.count)), told);
    }
    if arrow.id.copy > 0 {
        told = say!("{told}, a copy", told);
    }
    let (sent, end) = (arrow.sent.time, end(arrow));
    if arrow.changed {
        say!("{told}, sent {sent}, held or re-timed on its way, {end}", told, sent, end)
    } else {
        say!("{told}, sent {sent}, {end}", told, sent, end)
    }
}

/// How a message ended: `lost at the wall, 1.204 s`.
pub fn end(arrow: &Arrow) -> String {
    let to = arrow.id.link.to;
    let at = arrow.ended;
    match arrow.end {
        End::Arrived => say!("arrived {at}", at),
        End::Waited => say!("waits at {to}, which is paused, from {at}", to, at),
        End::NobodyThere => say!("found {to} crashed and was lost, {at}", to, at),
        End::Lost(Loss::Cut) => say!("lost at the wall, {at}", at),
        End::Lost(Loss::Random) => say!("lost by the network, {at}", at),
        End::Lost(Loss::Dropped) => say!("dropped by hand, {at}", at),
        End::Held => say!("held back by the wall").to_owned(),
        End::UnderWay => say!("under way").to_owned(),
    }
}

/// A moment people look for: its event in sentences, or what was found broken, and how many more it
/// stands for.
pub fn mark(run: &dyn Run, mark: &MarkDot) -> String {
    let happened = || run.event(mark.moment.step).map(|event| sentence::line(run, event).text);
    let found = run.violations().iter().find(|(moment, _)| *moment == mark.moment);
    let told = match (mark.mark, found) {
        (Mark::Violation, Some((_, found))) => Some(run.about().sentence(&found.note)),
        _ => happened(),
    };
    let (name, told) = (format::capital(netsplit_words::told(mark.mark.name())), told.unwrap_or_default());
    let at = mark.moment.time;
    if mark.count > 1 {
        say!("{name} at {at}: {told} And {more} more.", name, at, told, more = mark.count - 1)
    } else {
        say!("{name} at {at}: {told}", name, at, told)
    }
}

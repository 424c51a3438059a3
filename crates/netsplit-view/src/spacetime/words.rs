//! Names of what is in the picture, for tips and for those who listen. Made when somebody asks.

use netsplit_sim::describe::Mark;
use netsplit_sim::event::Loss;
use netsplit_sim::run::Run;

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
            let to = band.to.map_or_else(|| "on".to_owned(), |to| format!("to {to}"));
            Some(format!("{}, from {} {to}", band.label, band.from))
        }
    }
}

/// `AppendEntries n1→n2, sent 1.190 s, lost at the wall, 1.204 s`.
pub fn arrow(run: &dyn Run, arrow: &Arrow) -> String {
    let kind = run.about().messages.get(usize::from(arrow.kind)).map_or("message", |kind| kind.name);
    let several = if arrow.count > 1 {
        format!("{} × ", format::grouped(u64::from(arrow.count)))
    } else {
        String::new()
    };
    let copy = if arrow.id.copy > 0 { ", a copy" } else { "" };
    let changed = if arrow.changed { ", held or re-timed on its way" } else { "" };
    format!("{several}{kind} {}{copy}, sent {}{changed}, {}", arrow.id.link, arrow.sent.time, end(arrow))
}

/// How a message ended: `lost at the wall, 1.204 s`.
pub fn end(arrow: &Arrow) -> String {
    let to = arrow.id.link.to;
    match arrow.end {
        End::Arrived => format!("arrived {}", arrow.ended),
        End::Waited => format!("waits at {to}, which is paused, from {}", arrow.ended),
        End::NobodyThere => format!("found {to} crashed and was lost, {}", arrow.ended),
        End::Lost(Loss::Cut) => format!("lost at the wall, {}", arrow.ended),
        End::Lost(Loss::Random) => format!("lost by the network, {}", arrow.ended),
        End::Lost(Loss::Dropped) => format!("dropped by hand, {}", arrow.ended),
        End::Held => "held back by the wall".to_owned(),
        End::UnderWay => "under way".to_owned(),
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
    let more = if mark.count > 1 { format!(" And {} more.", mark.count - 1) } else { String::new() };
    let name = format::capital(mark.mark.name());
    format!("{name} at {}: {}{more}", mark.moment.time, told.unwrap_or_default())
}

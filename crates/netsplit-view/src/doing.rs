//! Interventions in words.

use netsplit_sim::history::{Function, Operation};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::network::LinkModel;
use netsplit_sim::run::Run;

use crate::format;
use crate::groups;
use crate::sentence;

/// What an intervention does, as a sentence: `A wall goes up: n1, n5, c1 | n2, n3, n4, c2.` `moved`
/// says that the wall stood already.
pub fn told(what: &Intervention, run: &dyn Run, moved: bool) -> String {
    format!("{}.", format::capital(&phrase(what, run, moved)))
}

fn phrase(what: &Intervention, run: &dyn Run, moved: bool) -> String {
    match what {
        Intervention::Crash(id, kind) => format!("{id} crashes{}", crash(*kind)),
        Intervention::Restart(id) => format!("{id} restarts"),
        Intervention::Pause(id) => format!("{id} is paused"),
        Intervention::Resume(id) => format!("{id} goes on"),
        Intervention::ClockOffset(id, nanos) => {
            let way = if *nanos < 0 { "back" } else { "ahead" };
            let length = netsplit_sim::time::SimDuration(nanos.unsigned_abs());
            format!("the clock of {id} is set {way} by {length}")
        }
        Intervention::ClockDrift(id, 0) => format!("the clock of {id} runs true again"),
        Intervention::ClockDrift(id, ppm) => {
            let way = if *ppm < 0 { "slow" } else { "fast" };
            format!("the clock of {id} now runs {} {way}", format::percent(ppm.unsigned_abs()))
        }
        Intervention::SetWall(_, cuts) => {
            let verb = if moved { "a wall moves" } else { "a wall goes up" };
            format!("{verb}: {}", groups::words(cuts, run.topology()))
        }
        Intervention::RemoveWall(_) => "the wall goes away".to_owned(),
        Intervention::SetLink(link, model) => format!("the link {link} {}", link_words(model)),
        Intervention::ResetLink(link) => format!("the link {link} is as it was"),
        Intervention::Drop(id) => format!("a message {} is lost", id.link),
        Intervention::Duplicate(id) => format!("a message {} is sent twice", id.link),
        Intervention::DeliverNow(id) => format!("a message {} arrives at once", id.link),
        Intervention::Retime(id, to) => format!("a message {} is to arrive at {to}", id.link),
        Intervention::Tamper(id, how) => {
            format!("somebody tampers with a message {}: {}", id.link, sentence::tamper_name(run, *how))
        }
        Intervention::FireTimer(id, timer) => {
            format!("the {} of {id} is made due", sentence::timer_name(run, *timer))
        }
        Intervention::Order(id, order) => format!("{id} is told to {}", sentence::order_name(run, *order)),
        Intervention::Request { client, operation, via } => {
            let whom = via.map_or(String::new(), |id| format!(" of {id}"));
            format!("{client} asks{whom} for {}", asked(operation))
        }
    }
}

fn crash(kind: CrashKind) -> &'static str {
    match kind {
        CrashKind::KeepWritten => "",
        CrashKind::LoseUnsynced => " and loses what was not yet on its disk",
        CrashKind::LoseDisk => " and loses its disk",
    }
}

/// What a link now does, as the end of a sentence.
pub fn link_words(model: &LinkModel) -> String {
    let mut parts = vec![format!("takes {}", model.delay.median())];
    for (ppm, verb) in
        [(model.loss_ppm, "loses"), (model.duplicate_ppm, "doubles"), (model.reorder_ppm, "reorders")]
    {
        if ppm > 0 {
            parts.push(format!("{verb} {}", format::percent(ppm)));
        }
    }
    parts.extend(model.bandwidth.map(|bytes| format!("carries {} bytes a second", format::grouped(bytes))));
    format::joined(&parts)
}

/// An operation as the object of a sentence: `the write x=D`.
pub fn asked(operation: &Operation) -> String {
    let shown = format::operation(operation);
    match operation.function {
        Function::Read => format!("a {shown}"),
        function => format!("the {} {shown}", format::function(function)),
    }
}

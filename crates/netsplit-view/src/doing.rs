//! Interventions in words.

use netsplit_sim::history::{Function, Operation};
use netsplit_sim::id::NodeId;
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::network::LinkModel;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimDuration;
use netsplit_words::say;

use crate::format;
use crate::groups;
use crate::sentence;

/// What an intervention does, as a sentence: `A wall goes up: n1, n5, c1 | n2, n3, n4, c2.` `moved`
/// says that the wall stood already.
pub fn told(what: &Intervention, run: &dyn Run, moved: bool) -> String {
    match what {
        Intervention::Crash(id, kind) => crash(*id, *kind),
        Intervention::Restart(id) => say!("{id} restarts.", id),
        Intervention::Pause(id) => say!("{id} is paused.", id),
        Intervention::Resume(id) => say!("{id} goes on.", id),
        Intervention::ClockOffset(id, nanos) => {
            let length = SimDuration(nanos.unsigned_abs());
            if *nanos < 0 {
                say!("The clock of {id} is set back by {length}.", id, length)
            } else {
                say!("The clock of {id} is set ahead by {length}.", id, length)
            }
        }
        Intervention::ClockDrift(id, 0) => say!("The clock of {id} runs true again.", id),
        Intervention::ClockDrift(id, ppm) => {
            let share = format::percent(ppm.unsigned_abs());
            if *ppm < 0 {
                say!("The clock of {id} now runs {share} slow.", id, share)
            } else {
                say!("The clock of {id} now runs {share} fast.", id, share)
            }
        }
        Intervention::SetWall(_, cuts) => {
            let groups = groups::words(cuts, run.topology());
            if moved {
                say!("A wall moves: {groups}.", groups)
            } else {
                say!("A wall goes up: {groups}.", groups)
            }
        }
        Intervention::RemoveWall(_) => say!("The wall goes away.").to_owned(),
        Intervention::SetLink(link, model) => say!("The link {link} {does}.", link, does = link_words(model)),
        Intervention::ResetLink(link) => say!("The link {link} is as it was.", link),
        Intervention::Drop(id) => say!("A message {link} is lost.", link = id.link),
        Intervention::Duplicate(id) => say!("A message {link} is sent twice.", link = id.link),
        Intervention::DeliverNow(id) => say!("A message {link} arrives at once.", link = id.link),
        Intervention::Retime(id, at) => say!("A message {link} is to arrive at {at}.", link = id.link, at),
        Intervention::Tamper(id, how) => {
            let how = sentence::tamper_name(run, *how);
            say!("Somebody tampers with a message {link}: {how}.", link = id.link, how)
        }
        Intervention::FireTimer(id, timer) => {
            say!("The {timer} of {id} is made due.", timer = sentence::timer_name(run, *timer), id)
        }
        Intervention::Order(id, order) => {
            say!("{id} is told to {order}.", id, order = sentence::order_name(run, *order))
        }
        Intervention::Request { client, operation, via: None } => {
            say!("{client} asks for {what}.", client, what = asked(operation))
        }
        Intervention::Request { client, operation, via: Some(server) } => {
            say!("{client} asks of {server} for {what}.", client, server, what = asked(operation))
        }
    }
}

fn crash(id: NodeId, kind: CrashKind) -> String {
    match kind {
        CrashKind::KeepWritten => say!("{id} crashes.", id),
        CrashKind::LoseUnsynced => say!("{id} crashes and loses what was not yet on its disk.", id),
        CrashKind::LoseDisk => say!("{id} crashes and loses its disk.", id),
    }
}

/// What a link now does, as the end of a sentence.
pub fn link_words(model: &LinkModel) -> String {
    let shown = |ppm: u32| (ppm > 0).then(|| format::percent(ppm));
    let mut parts = vec![say!("takes {delay}", delay = model.delay.median())];
    parts.extend(shown(model.loss_ppm).map(|share| say!("loses {share}", share)));
    parts.extend(shown(model.duplicate_ppm).map(|share| say!("doubles {share}", share)));
    parts.extend(shown(model.reorder_ppm).map(|share| say!("reorders {share}", share)));
    parts.extend(
        model.bandwidth.map(|bytes| say!("carries {bytes} bytes a second", bytes = format::grouped(bytes))),
    );
    format::joined(&parts)
}

/// An operation as the object of a sentence: `the write x=D`.
pub fn asked(operation: &Operation) -> String {
    let shown = format::operation(operation);
    match operation.function {
        Function::Read => say!("a {shown}", shown),
        function => say!("the {kind} {shown}", kind = format::function(function), shown),
    }
}

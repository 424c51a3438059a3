//! Script entries: `{"at": …, "rank": 0, "do": {"crash": "n1"}}`.

use netsplit_sim::clock::MAX_DRIFT_PPM;
use netsplit_sim::id::{Link, MessageId, NodeId, OrderName, TamperName, TimerName, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::network::LinkModel;
use serde_json::Value;

use super::{At, Form, Read, object, write_if_any};
use crate::limits;
use crate::run_record::Entry;
use crate::sketch::Sketch;

impl Form for Entry {
    fn read_at(at: &At<'_>) -> Read<Self> {
        let fields = at.fields(&["at", "rank", "do", "muted"])?;
        let (what, sketch) = read_what(&fields.get("do")?)?;
        let rank = fields.number("rank", 0, u64::from(u32::MAX))? as u32;
        Ok(Self { at: fields.read("at")?, rank, what, sketch, muted: fields.switch("muted")? })
    }

    fn written(&self) -> Value {
        let (verb, what) = write_what(&self.what, &self.sketch);
        object([
            ("at", self.at.written()),
            ("rank", self.rank.into()),
            ("do", object([(verb, what)])),
            ("muted", self.muted.into()),
        ])
    }
}

const VERBS: [&str; 20] = [
    "crash",
    "crash_losing_unsynced",
    "crash_losing_disk",
    "restart",
    "pause",
    "resume",
    "clock_offset",
    "clock_drift",
    "wall",
    "remove_wall",
    "link",
    "reset_link",
    "drop",
    "duplicate",
    "deliver_now",
    "retime",
    "tamper",
    "fire_timer",
    "order",
    "request",
];

/// Reads what is done, by its verb.
pub(crate) fn read_what(at: &At<'_>) -> Read<(Intervention, Option<Sketch>)> {
    let (verb, at) = at.choice(&VERBS)?;
    let what = match verb {
        "crash" => Intervention::Crash(NodeId::read_at(&at)?, CrashKind::KeepWritten),
        "crash_losing_unsynced" => Intervention::Crash(NodeId::read_at(&at)?, CrashKind::LoseUnsynced),
        "crash_losing_disk" => Intervention::Crash(NodeId::read_at(&at)?, CrashKind::LoseDisk),
        "restart" => Intervention::Restart(NodeId::read_at(&at)?),
        "pause" => Intervention::Pause(NodeId::read_at(&at)?),
        "resume" => Intervention::Resume(NodeId::read_at(&at)?),
        "clock_offset" => read_offset(&at)?,
        "clock_drift" => read_drift(&at)?,
        "wall" => return read_wall(&at),
        "remove_wall" => Intervention::RemoveWall(WallId::read_at(&at)?),
        "link" => read_link(&at)?,
        "reset_link" => Intervention::ResetLink(Link::read_at(&at)?),
        "drop" => Intervention::Drop(MessageId::read_at(&at)?),
        "duplicate" => Intervention::Duplicate(MessageId::read_at(&at)?),
        "deliver_now" => Intervention::DeliverNow(MessageId::read_at(&at)?),
        "retime" => read_retime(&at)?,
        "tamper" => read_tamper(&at)?,
        "fire_timer" => read_timer(&at)?,
        "order" => read_order(&at)?,
        _ => read_request(&at)?,
    };
    Ok((what, None))
}

fn write_what(what: &Intervention, sketch: &Option<Sketch>) -> (&'static str, Value) {
    match what {
        Intervention::Crash(id, CrashKind::KeepWritten) => ("crash", id.written()),
        Intervention::Crash(id, CrashKind::LoseUnsynced) => ("crash_losing_unsynced", id.written()),
        Intervention::Crash(id, CrashKind::LoseDisk) => ("crash_losing_disk", id.written()),
        Intervention::Restart(id) => ("restart", id.written()),
        Intervention::Pause(id) => ("pause", id.written()),
        Intervention::Resume(id) => ("resume", id.written()),
        Intervention::ClockOffset(id, by) => {
            ("clock_offset", object([("node", id.written()), ("by", (*by).into())]))
        }
        Intervention::ClockDrift(id, ppm) => {
            ("clock_drift", object([("node", id.written()), ("ppm", (*ppm).into())]))
        }
        Intervention::SetWall(id, links) => {
            let sketch = write_if_any(sketch);
            ("wall", object([("id", id.written()), ("cuts", links.written()), ("sketch", sketch)]))
        }
        Intervention::RemoveWall(id) => ("remove_wall", id.written()),
        Intervention::SetLink(link, model) => {
            ("link", object([("on", link.written()), ("link", model.written())]))
        }
        Intervention::ResetLink(link) => ("reset_link", link.written()),
        Intervention::Drop(id) => ("drop", id.written()),
        Intervention::Duplicate(id) => ("duplicate", id.written()),
        Intervention::DeliverNow(id) => ("deliver_now", id.written()),
        Intervention::Retime(id, to) => ("retime", object([("message", id.written()), ("to", to.written())])),
        Intervention::Tamper(id, how) => {
            ("tamper", object([("message", id.written()), ("how", how.0.into())]))
        }
        Intervention::FireTimer(id, timer) => {
            ("fire_timer", object([("node", id.written()), ("timer", timer.0.into())]))
        }
        Intervention::Order(id, order) => {
            ("order", object([("node", id.written()), ("order", order.0.into())]))
        }
        Intervention::Request { client, operation, via } => {
            let op = operation.written();
            ("request", object([("client", client.written()), ("op", op), ("via", write_if_any(via))]))
        }
    }
}

fn read_offset(at: &At<'_>) -> Read<Intervention> {
    let fields = at.fields(&["node", "by"])?;
    let by = fields.signed("by", limits::UNTIL as i64)?;
    Ok(Intervention::ClockOffset(fields.read("node")?, by))
}

fn read_drift(at: &At<'_>) -> Read<Intervention> {
    let fields = at.fields(&["node", "ppm"])?;
    let ppm = fields.signed("ppm", i64::from(MAX_DRIFT_PPM))? as i32;
    Ok(Intervention::ClockDrift(fields.read("node")?, ppm))
}

impl Form for WallId {
    fn read_at(at: &At<'_>) -> Read<Self> {
        at.number(0, u64::from(u32::MAX)).map(|id| Self(id as u32))
    }

    fn written(&self) -> Value {
        self.0.into()
    }
}

fn read_wall(at: &At<'_>) -> Read<(Intervention, Option<Sketch>)> {
    let fields = at.fields(&["id", "cuts", "sketch"])?;
    let wall = Intervention::SetWall(fields.read("id")?, fields.read("cuts")?);
    Ok((wall, fields.read_if_any("sketch")?))
}

fn read_link(at: &At<'_>) -> Read<Intervention> {
    let (link, model) = <(Link, LinkModel)>::read_at(at)?;
    Ok(Intervention::SetLink(link, model))
}

fn read_retime(at: &At<'_>) -> Read<Intervention> {
    let fields = at.fields(&["message", "to"])?;
    Ok(Intervention::Retime(fields.read("message")?, fields.read("to")?))
}

fn read_tamper(at: &At<'_>) -> Read<Intervention> {
    let fields = at.fields(&["message", "how"])?;
    let how = TamperName(fields.number("how", 0, 255)? as u8);
    Ok(Intervention::Tamper(fields.read("message")?, how))
}

fn read_timer(at: &At<'_>) -> Read<Intervention> {
    let fields = at.fields(&["node", "timer"])?;
    let timer = TimerName(fields.number("timer", 0, 255)? as u8);
    Ok(Intervention::FireTimer(fields.read("node")?, timer))
}

fn read_order(at: &At<'_>) -> Read<Intervention> {
    let fields = at.fields(&["node", "order"])?;
    let order = OrderName(fields.number("order", 0, 255)? as u8);
    Ok(Intervention::Order(fields.read("node")?, order))
}

fn read_request(at: &At<'_>) -> Read<Intervention> {
    let fields = at.fields(&["client", "op", "via"])?;
    Ok(Intervention::Request {
        client: fields.read("client")?,
        operation: fields.read("op")?,
        via: fields.read_if_any("via")?,
    })
}

//! Script entries: `{"at": …, "rank": 0, "do": {"crash": "n1"}}`.

use netsplit_sim::clock::MAX_DRIFT_PPM;
use netsplit_sim::id::{Link, MessageId, NodeId, TimerName, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::network::LinkModel;
use serde_json::{Value, json};

use super::{At, Form};
use crate::error::OpenError;
use crate::limits;
use crate::run_record::Entry;
use crate::sketch::Sketch;

impl Form for Entry {
    fn read_at(at: &At<'_>) -> Result<Self, OpenError> {
        let fields = at.fields(&["at", "rank", "do"])?;
        let (what, sketch) = read_what(&fields.get("do")?)?;
        let rank = fields.get("rank")?.number(0, u64::from(u32::MAX))? as u32;
        Ok(Self { at: fields.read("at")?, rank, what, sketch })
    }

    fn written(&self) -> Value {
        let what = match &self.what {
            Intervention::SetWall(id, links) => {
                let sketch = self.sketch.as_ref().map(Form::written);
                json!({ "wall": { "id": id.written(), "cuts": links.written(), "sketch": sketch } })
            }
            other => write_what(other),
        };
        json!({ "at": self.at.0, "rank": self.rank, "do": what })
    }
}

const VERBS: [&str; 17] = [
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
    "fire_timer",
    "request",
];

fn read_what(at: &At<'_>) -> Result<(Intervention, Option<Sketch>), OpenError> {
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
        "fire_timer" => read_timer(&at)?,
        _ => read_request(&at)?,
    };
    Ok((what, None))
}

fn write_what(what: &Intervention) -> Value {
    match what {
        Intervention::Crash(id, CrashKind::KeepWritten) => json!({ "crash": id.written() }),
        Intervention::Crash(id, CrashKind::LoseUnsynced) => json!({ "crash_losing_unsynced": id.written() }),
        Intervention::Crash(id, CrashKind::LoseDisk) => json!({ "crash_losing_disk": id.written() }),
        Intervention::Restart(id) => json!({ "restart": id.written() }),
        Intervention::Pause(id) => json!({ "pause": id.written() }),
        Intervention::Resume(id) => json!({ "resume": id.written() }),
        Intervention::ClockOffset(id, by) => json!({ "clock_offset": { "node": id.written(), "by": by } }),
        Intervention::ClockDrift(id, ppm) => json!({ "clock_drift": { "node": id.written(), "ppm": ppm } }),
        Intervention::SetWall(id, links) => {
            json!({ "wall": { "id": id.written(), "cuts": links.written(), "sketch": null } })
        }
        Intervention::RemoveWall(id) => json!({ "remove_wall": id.written() }),
        Intervention::SetLink(link, model) => {
            json!({ "link": { "on": link.written(), "link": model.written() } })
        }
        Intervention::ResetLink(link) => json!({ "reset_link": link.written() }),
        Intervention::Drop(id) => json!({ "drop": id.written() }),
        Intervention::Duplicate(id) => json!({ "duplicate": id.written() }),
        Intervention::DeliverNow(id) => json!({ "deliver_now": id.written() }),
        Intervention::FireTimer(id, timer) => {
            json!({ "fire_timer": { "node": id.written(), "timer": timer.0 } })
        }
        Intervention::Request { client, operation, via } => {
            json!({ "request": { "client": client.written(), "op": operation.written(), "via": via.map(|id| id.written()) } })
        }
    }
}

fn read_offset(at: &At<'_>) -> Result<Intervention, OpenError> {
    let fields = at.fields(&["node", "by"])?;
    let by = fields.get("by")?.signed(limits::UNTIL as i64)?;
    Ok(Intervention::ClockOffset(fields.read("node")?, by))
}

fn read_drift(at: &At<'_>) -> Result<Intervention, OpenError> {
    let fields = at.fields(&["node", "ppm"])?;
    let ppm = fields.get("ppm")?.signed(i64::from(MAX_DRIFT_PPM))? as i32;
    Ok(Intervention::ClockDrift(fields.read("node")?, ppm))
}

impl Form for WallId {
    fn read_at(at: &At<'_>) -> Result<Self, OpenError> {
        at.number(0, u64::from(u32::MAX)).map(|id| Self(id as u32))
    }

    fn written(&self) -> Value {
        self.0.into()
    }
}

fn read_wall(at: &At<'_>) -> Result<(Intervention, Option<Sketch>), OpenError> {
    let fields = at.fields(&["id", "cuts", "sketch"])?;
    let wall = Intervention::SetWall(fields.read("id")?, fields.read("cuts")?);
    Ok((wall, fields.read_if_any("sketch")?))
}

fn read_link(at: &At<'_>) -> Result<Intervention, OpenError> {
    let (link, model) = <(Link, LinkModel)>::read_at(at)?;
    Ok(Intervention::SetLink(link, model))
}

fn read_timer(at: &At<'_>) -> Result<Intervention, OpenError> {
    let fields = at.fields(&["node", "timer"])?;
    let timer = TimerName(fields.get("timer")?.number(0, 255)? as u8);
    Ok(Intervention::FireTimer(fields.read("node")?, timer))
}

fn read_request(at: &At<'_>) -> Result<Intervention, OpenError> {
    let fields = at.fields(&["client", "op", "via"])?;
    Ok(Intervention::Request {
        client: fields.read("client")?,
        operation: fields.read("op")?,
        via: fields.read_if_any("via")?,
    })
}

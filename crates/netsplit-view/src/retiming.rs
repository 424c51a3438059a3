//! A message dragged along its path: the farther from its destination it is put, the later it arrives.

use netsplit_sim::event::Fate;
use netsplit_sim::id::MessageId;
use netsplit_sim::run::{FlightView, Run};
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_words::say;

use crate::flights::Way;
use crate::format;
use crate::geometry::Point;
use crate::scene::Scene;

/// What dropping a message somewhere would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Retiming {
    /// When it would arrive.
    pub at: SimTime,
    /// The nearest point of its path, which goes on behind its sender.
    pub place: Point,
    /// Its destination's end of the path.
    pub end: Point,
    /// `arrives at 1.303 s, 12 ms later`.
    pub label: String,
}

/// So many times the length of its path a message can be put behind its sender.
const FARTHEST: f64 = -8.0;
/// A message almost there would hardly move the time however far it is dragged.
const LEAST_WAY: f64 = 0.05;

/// When a message would arrive if it were at `to` now and went on as fast as it does; nothing for one
/// that is not under way or lost already.
pub fn retiming(run: &dyn Run, scene: &Scene, id: MessageId, to: Point) -> Option<Retiming> {
    let flight = under_way(run, id)?;
    let way = Way::new(scene, scene.layout.sizes(scene.size), id.link);
    let wanted = way.progress(way.nearest(scene, to)).clamp(FARTHEST, 1.0);
    let (now, left) = (run.now(), flight.deliver_at.since(run.now()));
    let ahead = (1.0 - flight.progress(now)).max(LEAST_WAY);
    let wait = left.0.max(1) as f64 * (1.0 - wanted) / ahead;
    let at = now + SimDuration(wait as u64);
    let (place, end) = (way.at(way.along(wanted)), way.at(way.along(1.0)));
    Some(Retiming { at, place, end, label: label(flight.deliver_at, at) })
}

/// When a message under way arrives, or would if nothing held it; nothing for one that is lost.
pub fn arrival(run: &dyn Run, id: MessageId) -> Option<SimTime> {
    under_way(run, id).map(|flight| flight.deliver_at)
}

fn under_way(run: &dyn Run, id: MessageId) -> Option<FlightView> {
    let mut flights = Vec::new();
    run.flights(&mut flights);
    flights.into_iter().find(|flight| flight.id == id && !matches!(flight.fate, Fate::Lost(_)))
}

fn label(was: SimTime, at: SimTime) -> String {
    if at < was {
        say!("arrives at {at}, {by} earlier", at, by = format::duration(was - at))
    } else {
        say!("arrives at {at}, {by} later", at, by = format::duration(at - was))
    }
}

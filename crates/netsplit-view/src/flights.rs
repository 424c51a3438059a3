//! Messages under way as dots: drawn on a canvas each frame, found again under a pointer.

use std::collections::BTreeMap;

use netsplit_sim::describe::Tone;
use netsplit_sim::event::{Arrival, EventKind, Fate, Loss};
use netsplit_sim::id::{Link, MessageId, WallId};
use netsplit_sim::intervention::Intervention;
use netsplit_sim::run::{FlightView, Run};
use netsplit_sim::time::SimTime;

use crate::geometry::Point;
use crate::layout::{Sizes, StageSize};
use crate::scene::Scene;
use crate::wall;

/// A message to draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Which message; of a crowded link the one that is farthest along.
    pub id: MessageId,
    /// Where, in stage coordinates.
    pub at: Point,
    /// Its direction of travel in radians, as seen in pixels, clockwise from the right.
    pub heading: f64,
    /// Colour role.
    pub tone: Tone,
    /// The letter of its kind.
    pub letter: char,
    /// How visible it is, from 1 to 0 for one that dies away.
    pub fade: f64,
    /// What it looks like.
    pub look: DotLook,
    /// How many messages it stands for: more than one on a crowded link.
    pub count: u32,
}

/// What a dot looks like besides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DotLook {
    /// It is on its way.
    Plain,
    /// A second copy; drawn as a ring.
    Duplicate,
    /// It waits for a cut to end.
    Held,
    /// It died where it is drawn; a cross goes over it.
    Dying,
}

/// How messages move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Motion {
    /// They glide.
    #[default]
    Glide,
    /// They sit in three places: sent, under way, delivered.
    Slots,
}

/// Where messages die on each link, and memory that frames reuse. Make a new one whenever the step
/// changes by an intervention, the layout or a sketch changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flights {
    deaths: BTreeMap<Link, Death>,
    dropped: BTreeMap<MessageId, SimTime>,
    views: Vec<FlightView>,
}

/// Where, and since when, messages die on a link.
#[derive(Clone, Debug, Default, PartialEq)]
struct Death {
    /// How far along the link the wall stands.
    at: f64,
    /// Since when the link is cut, or when it was last.
    since: SimTime,
    /// The walls that cut it now.
    walls: Vec<WallId>,
}

impl Flights {
    /// Ready to draw the run as it is.
    pub fn new(run: &dyn Run, scene: &Scene) -> Self {
        let mut flights = Self::default();
        for scheduled in run.script().iter().take(run.applied()) {
            match &scheduled.what {
                Intervention::SetWall(id, cuts) => {
                    flights.release(*id);
                    for &link in cuts {
                        flights.note_cut(scene, *id, link, scheduled.at);
                    }
                }
                Intervention::RemoveWall(id) => flights.release(*id),
                Intervention::Drop(id) => drop(flights.dropped.insert(*id, scheduled.at)),
                _ => {}
            }
        }
        flights
    }

    /// A link is cut since the first of the walls that hold it; messages die at the latest.
    fn note_cut(&mut self, scene: &Scene, id: WallId, link: Link, since: SimTime) {
        let (a, b) = (scene.layout.at(link.from), scene.layout.at(link.to));
        let crossing = scene.sketches.get(&id).and_then(|sketch| wall::crossing(sketch, a, b));
        let death = self.deaths.entry(link).or_default();
        if death.walls.is_empty() {
            death.since = since;
        }
        death.at = crossing.unwrap_or(0.5);
        death.walls.push(id);
    }

    /// The wall no longer holds what it held.
    fn release(&mut self, id: WallId) {
        for death in self.deaths.values_mut() {
            death.walls.retain(|wall| *wall != id);
        }
    }

    /// Fills `dots` with what is under way at `now`, which may lie a little after the run's cursor.
    pub fn dots(&mut self, run: &dyn Run, scene: &Scene, now: SimTime, motion: Motion, dots: &mut Vec<Dot>) {
        dots.clear();
        self.views.clear();
        run.flights(&mut self.views);
        let sizes = scene.layout.sizes(scene.size);
        let limit = if self.views.len() > MANY { 2 } else { CROWD };
        let mut start = 0;
        while let Some(first) = self.views.get(start) {
            let link = first.id.link;
            let length = self.views[start..].iter().take_while(|flight| flight.id.link == link).count();
            let crowd = &self.views[start..start + length];
            let way = Way::new(scene, sizes, link);
            if length > limit {
                dots.push(self.crowded(run, &way, crowd, now));
            } else {
                dots.extend(crowd.iter().map(|flight| self.dot(run, &way, flight, now, motion)));
            }
            start += length;
        }
        if motion == Motion::Slots {
            dots.extend(delivered(run, scene, sizes));
        }
    }

    fn dot(&self, run: &dyn Run, way: &Way, flight: &FlightView, now: SimTime, motion: Motion) -> Dot {
        let gliding = way.along(flight.progress(now));
        let along = match motion {
            Motion::Glide => gliding,
            Motion::Slots if flight.cause == run.step() => SENT,
            Motion::Slots => UNDER_WAY,
        };
        let mut dot = blank(run, flight.id, flight.kind, way, along);
        if flight.fate == Fate::Held {
            dot.look = DotLook::Held;
        }
        if let Some(end) = self.end(way, flight) {
            dot.at = way.at(along.min(end));
            if gliding >= end {
                dot.look = DotLook::Dying;
                dot.at = way.at(end);
                dot.fade = fade(way, end, gliding);
            }
        }
        dot
    }

    /// Where on the whole link a message that will not arrive dies.
    fn end(&self, way: &Way, flight: &FlightView) -> Option<f64> {
        Some(match flight.fate {
            Fate::Deliver | Fate::Held => return None,
            Fate::Lost(Loss::Random) => 0.5,
            Fate::Lost(Loss::Cut) => self.cut_end(way, flight),
            Fate::Lost(Loss::Dropped) => {
                let at = self.dropped.get(&flight.id).copied().unwrap_or(flight.sent_at);
                way.along(flight.progress(at))
            }
        })
    }

    /// At the wall; one that was past it already when the wall went up dies where it was then.
    fn cut_end(&self, way: &Way, flight: &FlightView) -> f64 {
        let death = self.deaths.get(&flight.id.link);
        let Some(death) = death else { return 0.5 };
        if flight.sent_at >= death.since {
            return death.at;
        }
        death.at.max(way.along(flight.progress(death.since)))
    }

    /// One dot for all messages of a crowded link, with their number.
    fn crowded(&self, run: &dyn Run, way: &Way, crowd: &[FlightView], now: SimTime) -> Dot {
        let lead = crowd.iter().max_by(|a, b| a.progress(now).total_cmp(&b.progress(now)));
        let lead = lead.unwrap_or(&crowd[0]);
        Dot { count: crowd.len() as u32, ..blank(run, lead.id, lead.kind, way, CROWD_PLACE) }
    }
}

/// Lost messages are known until they would have arrived, by when they must have faded.
fn fade(way: &Way, end: f64, along: f64) -> f64 {
    let fading = FADING.min(way.along(1.0) - end).max(0.01);
    (1.0 - (along - end) / fading).clamp(0.0, 1.0)
}

/// More messages than this on one directed link are drawn as one with a number.
const CROWD: usize = 10;
/// With more than this under way in total, three on one link are enough for that.
const MANY: usize = 600;
/// Where the number of a crowded link stands; short of the middle, so that both directions show.
const CROWD_PLACE: f64 = 0.42;
/// A dying message fades over this share of its link.
const FADING: f64 = 0.35;
/// Slots of messages under reduced motion.
const SENT: f64 = 0.25;
const UNDER_WAY: f64 = 0.5;
const DELIVERED: f64 = 0.75;

/// The way of messages on one link, from rim to rim.
pub(crate) struct Way {
    from: Point,
    to: Point,
    heading: f64,
    rims: (f64, f64),
}

impl Way {
    pub(crate) fn new(scene: &Scene, sizes: Sizes, link: Link) -> Self {
        let (from, to) = (scene.layout.at(link.from), scene.layout.at(link.to));
        let arm = scene.size.to_px(to) - scene.size.to_px(from);
        let length = arm.length().max(1.0);
        let rim = |client: bool| (if client { sizes.client } else { sizes.node } / length).min(0.4);
        let rims = (rim(link.from.is_client()), rim(link.to.is_client()));
        Self { from, to, heading: arm.y.atan2(arm.x), rims }
    }

    /// The point at this share of the whole link.
    pub(crate) fn at(&self, along: f64) -> Point {
        self.from.towards(self.to, along)
    }

    /// The share of the whole link at this progress.
    pub(crate) fn along(&self, progress: f64) -> f64 {
        self.rims.0 + (1.0 - self.rims.0 - self.rims.1) * progress
    }

    /// The progress at this share of the whole link; below zero behind the sender's rim.
    pub(crate) fn progress(&self, along: f64) -> f64 {
        (along - self.rims.0) / (1.0 - self.rims.0 - self.rims.1)
    }

    /// The share of the whole link that lies nearest to a point, as seen in pixels.
    pub(crate) fn nearest(&self, scene: &Scene, at: Point) -> f64 {
        let from = scene.size.to_px(self.from);
        let (arm, reach) = (scene.size.to_px(self.to) - from, scene.size.to_px(at) - from);
        (reach.x * arm.x + reach.y * arm.y) / (arm.x * arm.x + arm.y * arm.y).max(1.0)
    }
}

fn blank(run: &dyn Run, id: MessageId, kind: u8, way: &Way, along: f64) -> Dot {
    let kind = run.about().messages.get(usize::from(kind));
    Dot {
        id,
        at: way.at(along),
        heading: way.heading,
        tone: kind.map_or(Tone::Plain, |kind| kind.tone),
        letter: kind.map_or('?', |kind| kind.letter),
        fade: 1.0,
        look: if id.copy == 0 { DotLook::Plain } else { DotLook::Duplicate },
        count: 1,
    }
}

/// The message that the last event delivered, for the third slot.
fn delivered(run: &dyn Run, scene: &Scene, sizes: Sizes) -> Option<Dot> {
    let EventKind::Deliver { message, kind, arrival } = run.event(run.step())?.kind else { return None };
    let way = Way::new(scene, sizes, message.link);
    let dot = blank(run, message, kind, &way, DELIVERED);
    Some(if arrival == Arrival::NobodyThere { Dot { look: DotLook::Dying, fade: 0.5, ..dot } } else { dot })
}

/// The message under a pointer: the nearest whose target of at least 24 px holds the point, in pixels.
pub fn dot_at(dots: &[Dot], point_px: Point, size: StageSize, radius_px: f64) -> Option<MessageId> {
    let reach = radius_px.max(12.0);
    let near = dots.iter().map(|dot| (size.to_px(dot.at).distance(point_px), dot.id));
    let near = near.filter(|(distance, _)| *distance <= reach);
    near.min_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, id)| id)
}

//! The space-time diagram: a window of virtual time with a lane for each participant and a slanted
//! arrow for each message.
//!
//! | concept | room |
//! |---|---|
//! | what is shown, and the whole picture | here |
//! | which stretch, and from time to place | [`paging`], [`scale`] |
//! | lanes, roles along them, operations of clients | [`lanes`] |
//! | walls, crashes, pauses while they last | [`bands`] |
//! | messages | [`arrows`], [`course`], `messages`; many together `bundle` |
//! | events that are no arrival | [`dots`] |
//! | drawing it, on a canvas or in a picture | [`draw`] |
//! | what is under a pointer, and its name | [`hit`], [`words`] |
//!
//! Places are per-mille of the window's width across and lanes down: lane 0 lies at 0, the next at 1.
//! A picture costs what its window holds, not what the run holds.

pub mod arrows;
pub mod bands;
mod bundle;
pub mod course;
pub mod dots;
pub mod draw;
pub mod hit;
pub mod lanes;
mod messages;
pub mod paging;
pub mod scale;
pub mod words;

use std::collections::BTreeSet;

use netsplit_scenarios::run_record::Entry;
use netsplit_sim::event::Event;
use netsplit_sim::history::Moment;
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::Run;
use netsplit_words::say;

use crate::format;
use crate::kept;
use crate::layout::Layout;
use crate::timeline::{Tick, Window};

use arrows::Arrow;
use bands::{Band, Walls};
use dots::{Dot, MarkDot};
use lanes::{Lane, Lanes};
use scale::{Break, Scale};

/// What is shown, and how it is laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The stretch of time.
    pub window: Window,
    /// What a step to the right means.
    pub spacing: Spacing,
    /// Participants without a lane.
    pub hidden: BTreeSet<NodeId>,
    /// Whether what is known to come after the cursor is shown.
    pub reach: Reach,
    /// How many arrows, and how many dots, are drawn one by one; more are drawn together, with their
    /// number.
    pub room: usize,
}

/// What a step to the right means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spacing {
    /// Always the same time.
    #[default]
    Even,
    /// Time, but stretches in which nothing happens are narrow.
    Quiet,
    /// One event later in the longest chain of causes.
    Causal,
}

/// How far the picture goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// To the end of what is known.
    #[default]
    Known,
    /// To the cursor: what comes is still to be predicted.
    Cursor,
}

/// A window of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct SpaceTime {
    /// From time to place.
    pub scale: Scale,
    /// Who is shown, from the top.
    pub lanes: Vec<Lane>,
    /// Who is not: `n4, n5 and c2 are hidden`.
    pub hidden: Option<String>,
    /// Labelled times.
    pub ticks: Vec<Tick>,
    /// Quiet stretches drawn narrow.
    pub breaks: Vec<Break>,
    /// Faults while they last.
    pub bands: Vec<Band>,
    /// Messages.
    pub arrows: Vec<Arrow>,
    /// Events that are no arrival.
    pub dots: Vec<Dot>,
    /// Moments people look for, violations included.
    pub marks: Vec<MarkDot>,
    /// How many events lie where, if there are too many to draw any message.
    pub density: Vec<Density>,
    /// Where the cursor crosses each lane.
    pub cursor: Vec<f64>,
    /// How far the run is shown.
    pub horizon_x: f64,
    /// What is left out, in sentences.
    pub remarks: Vec<String>,
}

/// How many events lie in a part of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Density {
    /// Where the part begins.
    pub from_x: f64,
    /// Where it ends.
    pub to_x: f64,
    /// How many events.
    pub events: u64,
}

/// With more events than this in a window no message is drawn.
pub const MOST_EVENTS: u64 = 20_000;

impl View {
    /// Everybody over this window, as far as it is known.
    pub fn new(window: Window) -> Self {
        Self { window, spacing: Spacing::Even, hidden: BTreeSet::new(), reach: Reach::Known, room: 2_000 }
    }
}

/// The run as far as the picture goes, and the steps of its window.
#[derive(Clone, Copy)]
pub(crate) struct Shown<'a> {
    pub(crate) run: &'a dyn Run,
    /// The first step of the window.
    pub(crate) first: Step,
    /// The step after the window's last.
    pub(crate) end: Step,
    /// How far the picture goes: no later event is shown, nor anything it tells.
    pub(crate) horizon: Moment,
}

impl<'a> Shown<'a> {
    fn new(run: &'a dyn Run, view: &View) -> Self {
        let horizon = match view.reach {
            Reach::Cursor => Moment { step: run.step(), time: run.now() },
            Reach::Known => {
                let known = run.known();
                Moment { time: known.time.max(run.now()), ..known }
            }
        };
        let after = Step(horizon.step.0 + 1);
        let first = kept::first_at(run, view.window.from).min(after);
        let end = kept::end_after(run, view.window.to).min(after);
        Self { run, first, end, horizon }
    }

    /// How many events the window holds.
    fn events(self) -> u64 {
        self.end.0 - self.first.0
    }

    /// The events of the window.
    fn kept(self) -> impl DoubleEndedIterator<Item = &'a Event> {
        kept::events(self.run, self.first.0..=self.end.0 - 1)
    }

    /// Whether some events of the window were forgotten.
    fn has_holes(self) -> bool {
        self.kept().count() as u64 != self.events()
    }
}

/// A window of the run. `layout` and the record's `script` say where on its link a message meets a
/// wall.
pub fn space_time(run: &dyn Run, view: &View, layout: &Layout, script: &[Entry]) -> SpaceTime {
    let shown = Shown::new(run, view);
    let crowded = shown.events() > MOST_EVENTS;
    let spacing = if crowded { Spacing::Even } else { view.spacing };
    let scale = Scale::new(shown, view.window, spacing);
    let order = Lanes::new(run.topology(), &view.hidden);
    let walls = Walls::new(shown, layout, script);
    let (arrows, dots) = if crowded {
        (Vec::new(), Vec::new())
    } else {
        let (arrows, late) = arrows::arrows(shown, &scale, &order, &walls);
        let dots = dots::dots(shown, &scale, &order, &late);
        (bundle::arrows(arrows, view.room), bundle::dots(dots, view.room))
    };
    SpaceTime {
        lanes: lanes::lanes(shown, &scale, &order),
        hidden: order.hidden_words(),
        ticks: scale.ticks(),
        breaks: scale.breaks(),
        bands: bands::bands(shown, &scale, &order),
        arrows,
        dots,
        marks: dots::marks(shown, &scale, &order),
        density: if crowded { density(shown, view.window, &scale) } else { Vec::new() },
        cursor: cursor(shown, &scale, &order),
        horizon_x: scale.x(shown.horizon.time),
        remarks: remarks(shown, view, crowded),
        scale,
    }
}

/// How many events lie in each of some parts of the window; none is looked at.
fn density(shown: Shown<'_>, window: Window, scale: &Scale) -> Vec<Density> {
    const PARTS: u32 = 200;
    let edge = |part: u32| 1_000.0 * f64::from(part) / f64::from(PARTS);
    let step = |x: f64| kept::first_after(shown.run, window.at(x)).min(shown.end);
    let part = |part: u32| {
        let (from_x, to_x) = (edge(part), edge(part + 1));
        let events = step(to_x).0 - step(from_x).0;
        Density { from_x: scale.x(window.at(from_x)), to_x: scale.x(window.at(to_x)), events }
    };
    (0..PARTS).map(part).filter(|part| part.events > 0).collect()
}

/// Where the cursor crosses each lane. Under causal spacing it is a cut: behind it lies, on every lane,
/// what happened before.
fn cursor(shown: Shown<'_>, scale: &Scale, order: &Lanes) -> Vec<f64> {
    order.shown().iter().map(|&id| scale.cursor_x(shown, id)).collect()
}

fn remarks(shown: Shown<'_>, view: &View, crowded: bool) -> Vec<String> {
    let mut remarks = Vec::new();
    if crowded {
        let count = format::grouped(shown.events());
        remarks.push(say!(
            "{count, plural, one {# event} other {# events}} here: zoom in to see messages.",
            count
        ));
    }
    if shown.has_holes() {
        remarks
            .push(say!("Some events of this stretch were forgotten: go there to see them again.").to_owned());
    }
    if view.window.to > shown.horizon.time && view.reach == Reach::Cursor {
        remarks.push(say!("What comes next is not shown.").to_owned());
    }
    remarks
}

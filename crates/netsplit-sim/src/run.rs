//! `dyn Run`: a run of any protocol, as the page, the command line and the scenarios see it.

use std::collections::BTreeSet;

use netsplit_words::say;
use thiserror::Error;

use crate::clock::LocalTime;
use crate::describe::{
    About, Answer, Ask, Mark, MessageView, NodeView, Question, Replicas, SideView, Subject, TimerView,
    Violation, Window,
};
use crate::encode::Digest;
use crate::event::{Event, Fate, Sent};
use crate::footprint::Footprint;
use crate::history::{Moment, OpRow};
use crate::id::{Link, MessageId, NodeId, Step, Topology, WallId};
use crate::intervention::{BadIntervention, Intervention, NoEffect, Scheduled};
use crate::network::LinkModel;
use crate::note::Note;
use crate::time::SimTime;

/// A live execution with a cursor in it. What lies behind the cursor's furthest point is known:
/// events, notes, history and violations are kept, and going back and forth changes none of them.
pub trait Run {
    /// The protocol.
    fn about(&self) -> &'static About;
    /// Who takes part.
    fn topology(&self) -> Topology;

    /// Where the cursor stands. Virtual time may lie after the last event.
    fn now(&self) -> SimTime;
    /// How many events and interventions lie behind the cursor.
    fn step(&self) -> Step;
    /// The time of the next event or intervention; `None` if nothing will ever happen.
    fn next_at(&self) -> Option<SimTime>;
    /// The end of the run; the cursor never passes it.
    fn until(&self) -> SimTime;
    /// Moves over one event or intervention.
    fn step_forward(&mut self) -> Result<Progress, Stopped>;
    /// Moves forward towards `target`, over at most `budget` events and interventions. Everything up
    /// to and including `target` has happened once this reports [`Progress::Arrived`].
    fn run_until(&mut self, target: SimTime, budget: u32) -> Result<Progress, Stopped>;
    /// Moves forward towards this step, over at most `budget` events and interventions.
    fn run_to_step(&mut self, step: Step, budget: u32) -> Result<Progress, Stopped>;
    /// Puts the cursor at the latest kept instant that is not after `time`, at once: a keyframe, or
    /// where it stands if that is nearer. [`run_until`](Self::run_until) goes the rest of the way.
    fn approach(&mut self, time: SimTime) -> Result<(), Stopped>;
    /// The same for a step; [`run_to_step`](Self::run_to_step) goes the rest of the way.
    fn approach_step(&mut self, step: Step) -> Result<(), Stopped>;
    /// Puts the cursor right after this step, wherever it stood.
    fn seek_step(&mut self, step: Step) -> Result<(), Stopped>;
    /// Puts the cursor at this time, wherever it stood.
    fn seek(&mut self, time: SimTime) -> Result<(), Stopped>;

    /// The script: every intervention, past and to come.
    fn script(&self) -> &[Scheduled];
    /// How many interventions lie behind the cursor.
    fn applied(&self) -> usize;
    /// Does this now. What the script held for later is discarded and returned, since it was made
    /// for another future.
    fn intervene(&mut self, what: Intervention) -> Result<Vec<Scheduled>, BadIntervention>;
    /// Replaces the script. What the old and the new one have in common stays known; if the cursor
    /// stood later than that, it moves back to the latest kept instant that both share.
    fn edit(&mut self, script: Vec<Scheduled>) -> Result<(), BadIntervention>;
    /// Another run with the same past, script and cursor. It shares what is kept of the past.
    fn fork(&self) -> Box<dyn Run>;

    /// The latest step ever computed.
    fn known(&self) -> Moment;
    /// How much is kept, and what was forgotten.
    fn memory(&self) -> Memory;
    /// Sets how much may be kept. Forgets what is too much at once.
    fn limit(&mut self, limits: Limits);
    /// All events that are kept, in order, also those after the cursor: each slice is without gaps.
    fn pages(&self) -> Vec<&[Event]>;
    /// An event by its number, also after the cursor; `None` if it is not known, or was forgotten.
    fn event(&self, step: Step) -> Option<&Event>;
    /// The notes of an event; none if it was forgotten.
    fn notes(&self, step: Step) -> &[Note];
    /// The messages an event sent; none if it was forgotten.
    fn sent(&self, step: Step) -> &[Sent];
    /// The messages under way to which an intervention did something, as they were after it: lost,
    /// held, released, re-timed; none if it was forgotten.
    fn changed(&self, step: Step) -> &[Sent];
    /// How many messages of each kind were sent in all that is known.
    fn sent_by_kind(&self) -> &[u32];
    /// What was sent up to the cursor, by kind of message.
    fn traffic(&self) -> &[Traffic];
    /// The moments people look for, in order, also those after the cursor.
    fn known_marks(&self) -> &[Marked];
    /// The moments at which a server's role changed, with the new one, from the boot on; also those after
    /// the cursor. None of a client.
    fn roles(&self, id: NodeId) -> &[(Moment, u16)];
    /// What came of an intervention, by its position in the script; `None` if that is not known yet.
    fn outcome(&self, index: usize) -> Option<Applied>;
    /// Violations found up to the cursor.
    fn violations(&self) -> &[(Moment, Violation)];
    /// Operations invoked up to the cursor; see [`OpRow::returned_by`] for their outcome there.
    fn history(&self) -> &[OpRow];

    /// A participant's state, with the end of its log.
    fn node(&self, id: NodeId) -> NodeView {
        self.node_in(id, Window::END)
    }
    /// A participant's state, with what the window shows of its log.
    fn node_in(&self, id: NodeId, window: Window) -> NodeView;
    /// The step that last changed a participant: what it shows is the same while this is.
    fn changed_at(&self, id: NodeId) -> Step;
    /// Whether a participant runs.
    fn status(&self, id: NodeId) -> Status;
    /// What a participant's clock reads, and by how many parts per million it runs fast.
    fn clock(&self, id: NodeId) -> (LocalTime, i32);
    /// The timers that run at a participant.
    fn timers(&self, id: NodeId) -> Vec<TimerView>;
    /// Fills `out` with the messages under way, ordered by identity; lost ones stay until they would
    /// have arrived.
    fn flights(&self, out: &mut Vec<FlightView>);
    /// The content of a message under way.
    fn message(&self, id: MessageId) -> Option<MessageView>;
    /// The walls that stand, and what each cuts.
    fn walls(&self) -> Vec<(WallId, BTreeSet<Link>)>;
    /// Whether any wall cuts the link.
    fn is_cut(&self, link: Link) -> bool;
    /// How the link behaves.
    fn link_model(&self, link: Link) -> &LinkModel;
    /// Whether the link still behaves as the scenario set it up.
    fn link_is_original(&self, link: Link) -> bool;
    /// What the replicas hold, key by key; nothing if the protocol does not tell.
    fn replicas(&self) -> Replicas;
    /// What these servers can do among themselves.
    fn side(&self, members: &BTreeSet<NodeId>) -> SideView;

    /// What can be asked at the cursor about something that has not happened.
    fn questions(&self, about: Subject) -> Vec<Question>;
    /// The protocol's answer at the cursor.
    fn answer(&self, ask: Ask) -> Answer;

    /// The digest of everything that has happened and of the state it led to.
    fn digest(&self) -> Digest;
}

impl dyn Run + '_ {
    /// The events behind the cursor, in order, without those that were forgotten.
    pub fn past<'a>(&'a self) -> impl DoubleEndedIterator<Item = &'a Event> {
        let here = self.step();
        let behind = move |page: &'a [Event]| &page[..page.partition_point(|event| event.step <= here)];
        self.pages().into_iter().flat_map(behind)
    }

    /// All events ever computed, in order, without those that were forgotten.
    pub fn known_events(&self) -> impl DoubleEndedIterator<Item = &Event> {
        self.pages().into_iter().flatten()
    }

    /// The first moment of note after a step.
    pub fn mark_after(&self, step: Step) -> Option<&Marked> {
        let marks = self.known_marks();
        marks.get(marks.partition_point(|marked| marked.moment.step <= step))
    }

    /// The last moment of note before a step.
    pub fn mark_before(&self, step: Step) -> Option<&Marked> {
        let marks = self.known_marks();
        marks[..marks.partition_point(|marked| marked.moment.step < step)].last()
    }
}

/// How much of a run may be kept in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Steps from one keyframe to the next, as long as the budget allows. Later only narrower budgets
    /// widen it.
    pub stride: u64,
    /// Bytes of keyframes: beyond, every second one is dropped, and in the end the oldest but the first.
    pub keyframe_bytes: usize,
    /// Bytes of events, notes and messages: beyond, those farthest from the cursor are forgotten.
    pub log_bytes: usize,
}

impl Default for Limits {
    /// A run of a million events fits into 96 MB.
    fn default() -> Self {
        Self { stride: 1_024, keyframe_bytes: 28 << 20, log_bytes: 16 << 20 }
    }
}

/// What is kept of a run in memory, and what was forgotten.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// What was allowed.
    pub limits: Limits,
    /// Number of keyframes, the start included.
    pub keyframes: usize,
    /// Steps from one keyframe to the next.
    pub stride: u64,
    /// Bytes of keyframes; what several of them share counts once.
    pub keyframe_bytes: usize,
    /// Between the start and this step keyframes were given up: seeking there replays from the start.
    pub slow_before: Option<Step>,
    /// Bytes of events, notes and messages.
    pub log_bytes: usize,
    /// Bytes of marks and operations.
    pub row_bytes: usize,
    /// Bytes of the state at the cursor that no keyframe before it shares.
    pub state_bytes: usize,
    /// How many known events are not kept; a replay brings those on its way back.
    pub events_forgotten: u64,
    /// How many marks were forgotten, from the oldest on.
    pub marks_forgotten: u64,
    /// How many operations were forgotten, from the oldest on.
    pub operations_forgotten: u64,
}

/// Messages of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// How many were sent, copies that the network made included.
    pub messages: u32,
    /// Their size on the wire.
    pub bytes: u64,
}

impl Footprint for Traffic {}

/// A moment that people look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// When.
    pub moment: Moment,
    /// What kind of moment.
    pub mark: Mark,
    /// At whom; `None` for an intervention.
    pub node: Option<NodeId>,
}

/// An intervention that was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// When.
    pub moment: Moment,
    /// Why it changed nothing, if it changed nothing.
    pub refused: Option<NoEffect>,
}

/// How far a move got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Where it was asked to go.
    Arrived,
    /// The budget ran out before.
    Underway,
    /// Nothing is left to happen before the end of the run.
    Ended,
}

/// Why a run cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Stopped {
    /// Too much happens at one instant: the system is busy without getting anywhere.
    #[error("{}", say!("livelock: more than {limit} events at {at}; time no longer advances", limit, at))]
    Livelock {
        /// When.
        at: SimTime,
        /// How many are allowed.
        limit: u32,
    },
    /// A replay came to a keyframe and was not as the first time.
    #[error("{}", say!("step {number} of this run was not replayed the same; please report this as a bug", number = step.0))]
    NotTheSame {
        /// The keyframe's.
        step: Step,
    },
    /// Asked for a step that the run does not have.
    #[error("{}", say!("this run has {has} steps; step {asked} does not exist", has, asked))]
    NoSuchStep {
        /// The step asked for.
        asked: u64,
        /// The number of steps there are.
        has: u64,
    },
}

/// Whether a participant runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// It runs.
    #[default]
    Up,
    /// It is frozen.
    Paused,
    /// It is down.
    Crashed,
}

/// A message under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlightView {
    /// Which.
    pub id: MessageId,
    /// Position in [`About::messages`].
    pub kind: u8,
    /// When it was sent.
    pub sent_at: SimTime,
    /// When it arrives, or would have.
    pub deliver_at: SimTime,
    /// The event that sent it.
    pub cause: Step,
    /// What becomes of it.
    pub fate: Fate,
    /// When its arrival was last changed, and how far along it was then, in parts per million: a dot
    /// drawn from here never jumps back.
    pub retimed: (SimTime, u32),
}

impl FlightView {
    /// How far along it is, from 0 to 1. While held it stays where it was caught.
    pub fn progress(&self, now: SimTime) -> f64 {
        let start = f64::from(self.retimed.1) / 1e6;
        if self.fate == Fate::Held {
            return start;
        }
        let span = self.deliver_at.since(self.retimed.0).0.max(1) as f64;
        let along = (now.since(self.retimed.0).0 as f64 / span).min(1.0);
        start + (1.0 - start) * along
    }
}

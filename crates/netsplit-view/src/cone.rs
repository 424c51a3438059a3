//! What could have influenced what: the causal past and future of an event, and what a participant can
//! know. Influence travels along a participant's own events and from the sending of a message to its
//! handling (Lamport's happened-before); a wall, a lost message or a clock carries none.
//!
//! The past of an event holds, of each participant, everything up to some event, and its future
//! everything from some event on. So a cone is one step for each participant, and asking whether
//! something lies in it is one comparison.

use netsplit_sim::event::{Arrival, Event, EventKind};
use netsplit_sim::id::{NodeId, Step, Topology};
use netsplit_sim::run::Run;
use netsplit_words::say;

use crate::format;
use crate::kept;

/// How something lies to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Influence {
    /// It could have influenced the event.
    Past,
    /// It is the event.
    Itself,
    /// The event could have influenced it.
    Future,
    /// Neither knew of the other.
    Apart,
}

/// The causal past and future of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cone {
    topology: Topology,
    /// The event.
    pub of: Step,
    /// The past of this event, itself included; of a message the event that sent it.
    past: Past,
    /// By position of the participant: the first event in the future, if there is one.
    future: Vec<Option<Step>>,
    /// Whether the future was followed only so far, or through a stretch that was forgotten.
    pub future_is_cut_short: bool,
}

/// By position of the participant: the last event in the past.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Past {
    latest: Vec<Option<Step>>,
    cut_short: bool,
}

/// More events than this are not followed in either direction.
const MOST: u64 = 50_000;

impl Cone {
    /// The cone of an event; nothing if it was forgotten. What is done to the whole system, such as a
    /// wall, has neither past nor future.
    pub fn of(run: &dyn Run, step: Step) -> Option<Self> {
        run.event(step)?;
        Some(Self::between(run, step, step))
    }

    /// The cone of a message: the past of its sending and the future of its handling. Nothing comes of
    /// one that was not handled.
    pub fn of_message(run: &dyn Run, sent: Step, arrived: Option<Step>) -> Self {
        match arrived {
            Some(arrived) => Self::between(run, sent, arrived),
            None => Self { future: vec![None; run.topology().len()], ..Self::between(run, sent, sent) },
        }
    }

    fn between(run: &dyn Run, first: Step, last: Step) -> Self {
        let (future, future_is_cut_short) = future(run, last);
        Self { topology: run.topology(), of: last, past: Past::of(run, first), future, future_is_cut_short }
    }

    /// Whether the past was followed only so far, or through a stretch that was forgotten.
    pub fn past_is_cut_short(&self) -> bool {
        self.past.cut_short
    }

    /// How an event lies to it.
    pub fn event(&self, run: &dyn Run, event: &Event) -> Influence {
        if event.step == self.of {
            return Influence::Itself;
        }
        match kept::participant(run, event) {
            Some(id) if acts(event) => self.at(id, event.step),
            // It came of its cause, and nothing came of it.
            _ => match event.cause.and_then(|cause| run.event(cause)).map(|cause| self.event(run, cause)) {
                Some(Influence::Itself | Influence::Future) => Influence::Future,
                _ => Influence::Apart,
            },
        }
    }

    /// How a message lies to it: one whose handling could have influenced it, or whose sending it could
    /// have influenced.
    pub fn message(&self, from: (NodeId, Step), handled: Option<(NodeId, Step)>) -> Influence {
        let lies =
            |(id, step): (NodeId, Step)| if step == self.of { Influence::Itself } else { self.at(id, step) };
        match (lies(from), handled.map(lies)) {
            (Influence::Itself, Some(Influence::Itself)) => Influence::Itself,
            (_, Some(Influence::Past | Influence::Itself)) => Influence::Past,
            (Influence::Future | Influence::Itself, _) => Influence::Future,
            _ => Influence::Apart,
        }
    }

    fn at(&self, id: NodeId, step: Step) -> Influence {
        let position = self.topology.position(id);
        if self.past.latest[position].is_some_and(|latest| step <= latest) {
            Influence::Past
        } else if self.future[position].is_some_and(|first| step >= first) {
            Influence::Future
        } else {
            Influence::Apart
        }
    }

    /// The last event of a participant in the past, and the first in the future.
    pub fn reach(&self, id: NodeId) -> (Option<Step>, Option<Step>) {
        let position = self.topology.position(id);
        (self.past.latest[position], self.future[position])
    }

    /// Both in a sentence each: `Could have been influenced by n1 up to 0.412 s and c1 up to 0.398 s.`
    pub fn words(&self, run: &dyn Run) -> [String; 2] {
        let of = run.event(self.of).and_then(|event| kept::participant(run, event));
        let (mut past, mut future) = (Vec::new(), Vec::new());
        for id in self.topology.everyone().filter(|id| Some(*id) != of) {
            let (latest, first) = self.reach(id);
            let time = |step: Step| run.moment(step).time;
            past.extend(latest.map(|step| say!("{id} up to {time}", id, time = time(step))));
            future.extend(first.map(|step| say!("{id} from {time}", id, time = time(step))));
        }
        let past = match past.as_slice() {
            [] => say!("Could have been influenced by nobody else.").to_owned(),
            who => say!("Could have been influenced by {who}.", who = format::joined(who)),
        };
        let future = match future.as_slice() {
            [] => say!("Could influence nobody else.").to_owned(),
            who => say!("Could influence {who}.", who = format::joined(who)),
        };
        [far(past, self.past.cut_short), far(future, self.future_is_cut_short)]
    }
}

fn far(sentence: String, cut_short: bool) -> String {
    if cut_short { say!("{sentence} It was not followed any farther.", sentence) } else { sentence }
}

/// Whether a participant did or learnt anything by this event. What waits at a paused server, or finds
/// a crashed one, told it nothing.
fn acts(event: &Event) -> bool {
    match event.kind {
        EventKind::Deliver { arrival, .. } => arrival == Arrival::Handled,
        EventKind::Timer { waits, .. } => !waits,
        EventKind::Intervene { refused, .. } => refused.is_none(),
        EventKind::Durable { .. } | EventKind::Request { .. } => true,
    }
}

/// Who sent what this event handles, and by which event.
fn sender(event: &Event) -> Option<(NodeId, Step)> {
    let EventKind::Deliver { message, arrival: Arrival::Handled, .. } = event.kind else { return None };
    Some((message.link.from, event.cause?))
}

impl Past {
    /// Everything up to and including this event.
    fn of(run: &dyn Run, step: Step) -> Self {
        let topology = run.topology();
        let mut past = Self { latest: vec![None; topology.len()], cut_short: false };
        let Some(event) = run.event(step) else { return past };
        if !acts(event) {
            return event.cause.map_or(past, |cause| Self::of(run, cause));
        }
        let Some(own) = kept::participant(run, event) else { return past };
        past.latest[topology.position(own)] = Some(step);
        let floor = step.0.saturating_sub(MOST);
        for earlier in (floor + 1..=step.0).rev().map(Step) {
            // Nothing found below this step could be later than what is found already.
            if past.latest.iter().all(|latest| latest.is_some_and(|latest| latest > earlier)) {
                return past;
            }
            past.take(run, topology, earlier);
        }
        past.cut_short |= floor > 0;
        past
    }

    /// Takes in what an event learnt of, if the event belongs to the past.
    fn take(&mut self, run: &dyn Run, topology: Topology, step: Step) {
        let Some(event) = run.event(step) else {
            self.cut_short = true;
            return;
        };
        let Some(((from, cause), to)) = sender(event).zip(event.kind.node()) else { return };
        if self.latest[topology.position(to)].is_some_and(|latest| step <= latest) {
            let latest = &mut self.latest[topology.position(from)];
            *latest = (*latest).max(Some(cause));
        }
    }
}

/// The first event of each participant after this one that it could have influenced.
fn future(run: &dyn Run, step: Step) -> (Vec<Option<Step>>, bool) {
    let topology = run.topology();
    let mut first = vec![None; topology.len()];
    let acting = run.event(step).filter(|event| acts(event));
    let Some(own) = acting.and_then(|event| kept::participant(run, event)) else { return (first, false) };
    first[topology.position(own)] = Some(step);
    let (known, mut cut_short) = (run.known().step.0, false);
    let end = known.min(step.0.saturating_add(MOST));
    for later in (step.0 + 1..=end).map(Step) {
        if first.iter().all(Option::is_some) {
            return (first, cut_short);
        }
        let Some(event) = run.event(later) else {
            cut_short = true;
            continue;
        };
        let Some(((from, cause), to)) = sender(event).zip(event.kind.node()) else { continue };
        let reached = first[topology.position(from)].is_some_and(|first| cause >= first);
        let entry = &mut first[topology.position(to)];
        if reached && entry.is_none() {
            *entry = Some(later);
        }
    }
    (first, cut_short || end < known)
}

/// What a participant can know at the cursor: its causal past. It sees no wall, no crash and nothing
/// that nobody told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knowledge {
    topology: Topology,
    /// Who.
    pub of: NodeId,
    past: Past,
}

impl Knowledge {
    /// What `id` can know at the cursor.
    pub fn of(run: &dyn Run, id: NodeId) -> Self {
        let topology = run.topology();
        let own = |event: &&Event| acts(event) && kept::participant(run, event) == Some(id);
        let cursor = run.step().0;
        let last = kept::events(run, cursor.saturating_sub(MOST) + 1..=cursor).rev().find(own);
        let past = match last {
            Some(event) => Past::of(run, event.step),
            None => Past { latest: vec![None; topology.len()], cut_short: cursor > MOST },
        };
        Self { topology, of: id, past }
    }

    /// The latest event of a participant that it can know of; nothing before the boot is done.
    pub fn latest(&self, id: NodeId) -> Option<Step> {
        self.past.latest[self.topology.position(id)]
    }

    /// Whether it can know of an event of a participant.
    pub fn knows(&self, id: NodeId, step: Step) -> bool {
        id == self.of || step == Step(0) || self.latest(id).is_some_and(|latest| step <= latest)
    }

    /// Whether it can know of an event.
    pub fn knows_event(&self, run: &dyn Run, event: &Event) -> bool {
        kept::participant(run, event).is_some_and(|id| acts(event) && self.knows(id, event.step))
    }

    /// Whether a participant is still as it can know it to be.
    pub fn is_current(&self, run: &dyn Run, id: NodeId) -> bool {
        self.knows(id, run.changed_at(id))
    }

    /// Of each other participant, how far it can be known: `n3 as it was at 0.912 s, 188 ms ago`.
    pub fn words(&self, run: &dyn Run) -> Vec<(NodeId, String)> {
        let others = self.topology.everyone().filter(|id| *id != self.of);
        others.map(|id| (id, self.words_of(run, id))).collect()
    }

    fn words_of(&self, run: &dyn Run, id: NodeId) -> String {
        let Some(event) = self.latest(id).and_then(|step| run.event(step)) else {
            return if self.past.cut_short {
                say!("nothing of {id} for long", id)
            } else {
                say!("nothing of {id} yet", id)
            };
        };
        let (time, ago) = (event.time, run.now().since(event.time));
        let ago = format::elapsed(ago);
        if self.is_current(run, id) {
            say!("{id} as it was at {time}, {ago} ago, and it is still so", id, time, ago)
        } else {
            say!("{id} as it was at {time}, {ago} ago", id, time, ago)
        }
    }
}

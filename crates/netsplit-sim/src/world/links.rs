//! Links, the walls that cut them, and what they do to a message.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::encode::{Encode, Encoder};
use crate::event::{Fate, Loss};
use crate::footprint::Footprint;
use crate::id::{Link, MessageId, Step, Topology, WallId};
use crate::latency::Delay;
use crate::network::LinkModel;
use crate::protocol::Message;
use crate::random::{Draw, Purpose, Stream};
use crate::setup::Setup;
use crate::time::{SimDuration, SimTime};

use super::flight::Flight;

/// Every directed link, every wall, and the messages that no event is waiting for.
#[derive(Clone)]
pub(crate) struct Links<M> {
    seed: u64,
    topology: Topology,
    /// By kind of message: what it takes on top of its link's delay.
    legs: Rc<[Option<Delay>]>,
    /// By position of the sender, then of the receiver.
    states: Rc<Vec<LinkState>>,
    walls: Rc<BTreeMap<WallId, BTreeSet<Link>>>,
    /// Caught by a cut, waiting for its end.
    held: Vec<Flight<M>>,
    /// Lost, kept to be shown until they would have arrived. They influence nothing.
    lost: Vec<Flight<M>>,
    /// Number of copies ever made by hand.
    copies: u32,
}

#[derive(Clone)]
struct LinkState {
    model: Rc<LinkModel>,
    original: Rc<LinkModel>,
    /// Number of messages ever sent on it: the index of the next.
    sent: u32,
    /// When its sender has put the last message on the wire.
    free_at: SimTime,
    /// When the last message in order arrives.
    last_arrival: SimTime,
    /// How many walls cut it.
    cuts: u16,
}

/// Copies made by hand are numbered from here.
const FIRST_COPY_BY_HAND: u32 = 2;

impl<M: Message> Links<M> {
    pub(super) fn new(topology: Topology, setup: &Setup) -> Self {
        let default = Rc::new(setup.link.clone());
        let fresh = |model: &Rc<LinkModel>| LinkState {
            model: Rc::clone(model),
            original: Rc::clone(model),
            sent: 0,
            free_at: SimTime::ZERO,
            last_arrival: SimTime::ZERO,
            cuts: 0,
        };
        let mut states = vec![fresh(&default); topology.len() * topology.len()];
        for (link, model) in &setup.links {
            states[position(topology, *link)] = fresh(&Rc::new(model.clone()));
        }
        let walls = Rc::new(BTreeMap::new());
        let states = Rc::new(states);
        let legs = legs(&setup.kinds);
        Self {
            seed: setup.seed,
            topology,
            legs,
            states,
            walls,
            held: Vec::new(),
            lost: Vec::new(),
            copies: 0,
        }
    }

    pub(crate) fn walls(&self) -> &BTreeMap<WallId, BTreeSet<Link>> {
        &self.walls
    }

    pub(crate) fn is_cut(&self, link: Link) -> bool {
        self.state(link).cuts > 0
    }

    pub(crate) fn model(&self, link: Link) -> &LinkModel {
        &self.state(link).model
    }

    pub(crate) fn is_original(&self, link: Link) -> bool {
        let state = self.state(link);
        state.model == state.original
    }

    pub(super) fn set_model(&mut self, link: Link, model: LinkModel) {
        self.state_mut(link).model = Rc::new(model);
    }

    pub(super) fn reset_model(&mut self, link: Link) {
        let state = self.state_mut(link);
        state.model = Rc::clone(&state.original);
    }

    pub(super) fn held(&self) -> impl Iterator<Item = &Flight<M>> {
        self.held.iter()
    }

    pub(super) fn held_mut(&mut self) -> &mut Vec<Flight<M>> {
        &mut self.held
    }

    pub(super) fn lost(&self) -> impl Iterator<Item = &Flight<M>> {
        self.lost.iter()
    }

    /// Keeps a lost message for show; those that would have arrived by now are forgotten.
    pub(super) fn lose(&mut self, mut flight: Flight<M>, why: Loss, now: SimTime) {
        flight.fate = Fate::Lost(why);
        if self.lost.len() == self.lost.capacity() {
            self.lost.retain(|old| old.deliver_at >= now);
        }
        self.lost.push(flight);
    }

    /// Sets what a wall cuts (nothing, to take it away) and returns the links newly cut and newly free.
    pub(super) fn set_wall(&mut self, wall: WallId, cuts: Option<BTreeSet<Link>>) -> (Vec<Link>, Vec<Link>) {
        let walls = Rc::make_mut(&mut self.walls);
        let before = walls.remove(&wall).unwrap_or_default();
        let after = cuts.clone().unwrap_or_default();
        if let Some(cuts) = cuts {
            walls.insert(wall, cuts);
        }
        let mut newly_cut = Vec::new();
        let mut newly_free = Vec::new();
        for &link in after.iter().filter(|link| !before.contains(link)) {
            let state = self.state_mut(link);
            state.cuts += 1;
            if state.cuts == 1 {
                newly_cut.push(link);
            }
        }
        for &link in before.iter().filter(|link| !after.contains(link)) {
            let state = self.state_mut(link);
            state.cuts -= 1;
            if state.cuts == 0 {
                newly_free.push(link);
            }
        }
        (newly_cut, newly_free)
    }

    /// A number for a copy made by hand, never given twice.
    pub(super) fn next_copy(&mut self) -> u32 {
        self.copies += 1;
        FIRST_COPY_BY_HAND + self.copies - 1
    }

    /// Puts a message on its link and decides its fate: one flight, or two if the network duplicates it.
    pub(super) fn send(
        &mut self,
        link: Link,
        message: M,
        now: SimTime,
        cause: Step,
    ) -> (Flight<M>, Option<Flight<M>>) {
        let seed = self.seed;
        let legs = Rc::clone(&self.legs);
        let leg = legs.get(usize::from(message.kind())).and_then(Option::as_ref);
        let state = self.state_mut(link);
        let model = Rc::clone(&state.model);
        let index = state.sent;
        state.sent += 1;
        let draw = |purpose| Draw::keyed(seed, Stream::Link(link), purpose, u64::from(index));

        let departure = state.departure(&model, now, message.wire_size());
        let wait = reordering(&model, &draw);
        let fate = if state.cuts > 0 {
            Fate::Lost(Loss::Cut)
        } else if model.loss_ppm > 0 && draw(Purpose::Loss).chance(model.loss_ppm) {
            Fate::Lost(Loss::Random)
        } else {
            Fate::Deliver
        };
        let mut fly = |copy: u32, message: M| {
            // No message takes no time at all, so that an instant always ends.
            let own = leg.map_or(SimDuration::ZERO, |leg| leg.sample(&mut draw(Purpose::Leg(copy))));
            let delay = (model.delay.sample(&mut draw(Purpose::Delay(copy))) + own).max(SimDuration(1));
            let mut deliver_at = departure + delay + wait;
            if model.fifo && fate == Fate::Deliver {
                deliver_at = deliver_at.max(state.last_arrival);
                state.last_arrival = deliver_at;
            }
            let id = MessageId { link, index, copy };
            Flight { id, message, sent_at: now, deliver_at, cause, fate, retimed: (now, 0) }
        };
        let twice = model.duplicate_ppm > 0
            && fate == Fate::Deliver
            && draw(Purpose::Duplicate).chance(model.duplicate_ppm);
        let duplicate = twice.then(|| message.clone());
        (fly(0, message), duplicate.map(|message| fly(1, message)))
    }

    fn state(&self, link: Link) -> &LinkState {
        &self.states[position(self.topology, link)]
    }

    fn state_mut(&mut self, link: Link) -> &mut LinkState {
        &mut Rc::make_mut(&mut self.states)[position(self.topology, link)]
    }
}

/// The delays of kinds by number; a later entry wins.
fn legs(kinds: &[(u8, Delay)]) -> Rc<[Option<Delay>]> {
    let count = kinds.iter().map(|(kind, _)| usize::from(*kind) + 1).max().unwrap_or(0);
    let mut legs = vec![None; count];
    for (kind, delay) in kinds {
        legs[usize::from(*kind)] = Some(delay.clone());
    }
    legs.into()
}

fn position(topology: Topology, link: Link) -> usize {
    topology.position(link.from) * topology.len() + topology.position(link.to)
}

/// How much longer a message waits so that later ones may overtake it.
fn reordering(model: &LinkModel, draw: &impl Fn(Purpose) -> Draw) -> SimDuration {
    if model.reorder_ppm == 0 {
        return SimDuration::ZERO;
    }
    let mut draw = draw(Purpose::Reorder);
    if draw.chance(model.reorder_ppm) {
        SimDuration(draw.between(0, model.reorder_by.0))
    } else {
        SimDuration::ZERO
    }
}

impl LinkState {
    /// When the last byte has left: at once, or after what the bandwidth asks.
    fn departure(&mut self, model: &LinkModel, now: SimTime, size: u32) -> SimTime {
        let Some(bytes_per_second) = model.bandwidth else { return now };
        let takes = u64::from(size) * 1_000_000_000 / bytes_per_second.max(1);
        self.free_at = self.free_at.max(now) + SimDuration(takes);
        self.free_at
    }
}

impl Encode for LinkState {
    fn encode(&self, out: &mut Encoder) {
        self.sent.encode(out);
        (self.free_at, self.last_arrival).encode(out);
        if self.model != self.original {
            self.model.encode(out);
        }
    }
}

impl<M: Message> Encode for Links<M> {
    fn encode(&self, out: &mut Encoder) {
        self.states.encode(out);
        self.walls.encode(out);
        self.held.encode(out);
        self.copies.encode(out);
    }
}

// What a model holds besides, the parts of a mixture, is shared by all links that never changed.
impl Footprint for LinkState {
    fn heap(&self, other: Option<&Self>) -> usize {
        let is_shared = other.is_some_and(|other| Rc::ptr_eq(&self.model, &other.model));
        if is_shared { 0 } else { size_of::<LinkModel>() }
    }
}

impl<M: Footprint> Footprint for Links<M> {
    fn heap(&self, other: Option<&Self>) -> usize {
        self.states.heap(other.map(|other| &other.states))
            + self.walls.heap(other.map(|other| &other.walls))
            + self.held.heap(None)
            + self.lost.heap(None)
    }
}

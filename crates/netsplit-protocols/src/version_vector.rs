//! Who has seen what of one key: version vectors, dotted versions, and sets of concurrent siblings
//! (Preguiça, Baquero, Almeida, Fonte and Gonçalves, *Dotted Version Vectors*, 2010; Almeida and
//! others, *Scalable and Accurate Causality Tracking for Eventually Consistent Stores*, 2014).
//!
//! A plain version vector cannot tell two writes apart that reached one server with the same context.
//! A *dotted* version has a name of its own, the [`Dot`], beside the [`VersionVector`] of what its
//! writer had read. One version follows another if and only if its past covers the other's dot.
//!
//! A vector stands for *all* events of an actor up to the last. That is exact as long as whoever names
//! a write tells it together with everything it holds: see [`Siblings::write`].

use std::mem::size_of_val;
use std::rc::Rc;

use netsplit_sim::encode::{Encode, Encoder};
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::{Footprint, RC_HEADER};
use netsplit_sim::id::NodeId;

/// Whose events are counted: one life of a server. A server that forgot how far it had counted takes a
/// new epoch, so that no two writes ever have one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Actor {
    /// The server.
    pub node: NodeId,
    /// Which of its lives.
    pub epoch: u16,
}

/// One event: the name of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dot {
    /// Who counted it.
    pub actor: Actor,
    /// Which of the actor's events, from one; they need not follow each other without gaps.
    pub counter: u32,
}

impl Dot {
    /// The `counter`-th event of a server in its first life.
    pub const fn new(node: NodeId, counter: u32) -> Self {
        Self { actor: Actor { node, epoch: 0 }, counter }
    }
}

/// Per actor the last event that was seen, and with it all before. Cloning shares; the empty vector
/// allocates nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionVector(Option<Rc<[Dot]>>);

/// How two vectors, or two versions, stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Causality {
    /// The same.
    Equal,
    /// The left one is seen by the right one.
    Before,
    /// The left one has seen the right one.
    After,
    /// Neither has seen the other.
    Concurrent,
}

impl Causality {
    fn of(left_has_right: bool, right_has_left: bool) -> Self {
        match (left_has_right, right_has_left) {
            (true, true) => Self::Equal,
            (true, false) => Self::After,
            (false, true) => Self::Before,
            (false, false) => Self::Concurrent,
        }
    }
}

impl VersionVector {
    /// The last event of each actor, ordered by actor.
    pub fn entries(&self) -> &[Dot] {
        self.0.as_deref().unwrap_or_default()
    }

    /// Whether nothing was seen.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The last event seen of an actor; zero if none.
    pub fn counter(&self, actor: Actor) -> u32 {
        let entries = self.entries();
        entries.binary_search_by_key(&actor, |dot| dot.actor).map_or(0, |found| entries[found].counter)
    }

    /// Whether this event was seen.
    pub fn covers(&self, dot: Dot) -> bool {
        self.counter(dot.actor) >= dot.counter
    }

    /// Whether everything that the other has seen was seen.
    pub fn dominates(&self, other: &Self) -> bool {
        other.entries().iter().all(|dot| self.covers(*dot))
    }

    /// How they stand to each other.
    pub fn compare(&self, other: &Self) -> Causality {
        Causality::of(self.dominates(other), other.dominates(self))
    }

    /// What was seen, and this event.
    #[must_use]
    pub fn with(&self, dot: Dot) -> Self {
        self.merge(&Self(Some(Rc::new([dot]))))
    }

    /// What either has seen.
    #[must_use]
    pub fn merge(&self, other: &Self) -> Self {
        if self.dominates(other) {
            return self.clone();
        }
        if other.dominates(self) {
            return other.clone();
        }
        let (left, right) = (self.entries(), other.entries());
        let own = left.iter().map(|dot| Dot { counter: dot.counter.max(other.counter(dot.actor)), ..*dot });
        let theirs = right.iter().filter(|dot| self.counter(dot.actor) == 0).copied();
        Self(Some(ordered(own.chain(theirs), |dot| *dot).into()))
    }
}

/// A value that was written, with the name of the write and what its writer had seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version<T> {
    /// The name of the write.
    pub dot: Dot,
    /// What its writer had read; never covers `dot`.
    pub past: VersionVector,
    /// What was written.
    pub value: T,
}

impl<T> Version<T> {
    /// Whether its writer had seen the other.
    pub fn follows(&self, other: &Self) -> bool {
        self.past.covers(other.dot)
    }

    /// How they stand to each other.
    pub fn compare(&self, other: &Self) -> Causality {
        let same = self.dot == other.dot;
        Causality::of(same || self.follows(other), same || other.follows(self))
    }

    /// What somebody has seen who read it.
    pub fn context(&self) -> VersionVector {
        self.past.with(self.dot)
    }
}

/// The versions of a key of which none follows another, ordered by name. Cloning shares; no version at
/// all allocates nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siblings<T>(Option<Rc<[Version<T>]>>);

impl<T> Default for Siblings<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Siblings<T> {
    /// One version alone.
    pub fn single(version: Version<T>) -> Self {
        Self(Some(Rc::new([version])))
    }

    /// The versions, ordered by name.
    pub fn versions(&self) -> &[Version<T>] {
        self.0.as_deref().unwrap_or_default()
    }

    /// Whether nothing was ever written.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// What somebody has seen who read them all.
    pub fn context(&self) -> VersionVector {
        self.versions().iter().fold(VersionVector::default(), |seen, version| seen.merge(&version.context()))
    }

    /// Whether every version of the other is here, or is followed by one that is: whether the other is
    /// no news.
    pub fn covers(&self, other: &Self) -> bool {
        self.shares(other) || other.versions().iter().all(|version| self.has_or_follows(version))
    }

    /// How they stand to each other.
    pub fn compare(&self, other: &Self) -> Causality {
        Causality::of(self.covers(other), other.covers(self))
    }

    fn has_or_follows(&self, version: &Version<T>) -> bool {
        self.versions().iter().any(|own| own.dot == version.dot || own.follows(version))
    }

    /// Whether both are the same memory.
    fn shares(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(left), Some(right)) => Rc::ptr_eq(left, right),
            (None, None) => true,
            _ => false,
        }
    }
}

impl<T: Clone> Siblings<T> {
    /// What its server holds after a write of somebody who had seen `context`. The dot must be later
    /// than all of that actor's here. Told to others, these versions go together: a version alone would
    /// let its reader claim to have seen the actor's earlier ones.
    #[must_use]
    pub fn write(&self, context: &VersionVector, dot: Dot, value: T) -> Self {
        let written = Version { dot, past: context.clone(), value };
        if self.versions().iter().all(|version| written.follows(version)) {
            return Self::single(written);
        }
        self.merge(&Self::single(written))
    }

    /// What is left of both: every version that no other follows.
    #[must_use]
    pub fn merge(&self, other: &Self) -> Self {
        if self.covers(other) {
            return self.clone();
        }
        if other.covers(self) {
            return other.clone();
        }
        let own = self.versions().iter().filter(|version| !other.overtakes(version));
        let theirs = other.versions().iter().filter(|version| !self.has_or_follows(version));
        Self(Some(ordered(own.chain(theirs).cloned(), |version| version.dot).into()))
    }

    /// Whether a version here follows this one.
    fn overtakes(&self, version: &Version<T>) -> bool {
        self.versions().iter().any(|own| own.follows(version))
    }
}

/// A few items, each put where its dot belongs.
fn ordered<T>(items: impl Iterator<Item = T>, dot: impl Fn(&T) -> Dot) -> Vec<T> {
    let mut sorted: Vec<T> = Vec::new();
    for item in items {
        let place = sorted.partition_point(|before| dot(before) < dot(&item));
        sorted.insert(place, item);
    }
    sorted
}

encode_fields!(Actor { node, epoch });
encode_fields!(Dot { actor, counter });

impl Encode for VersionVector {
    fn encode(&self, out: &mut Encoder) {
        self.entries().encode(out);
    }
}

impl<T: Encode> Encode for Version<T> {
    fn encode(&self, out: &mut Encoder) {
        self.dot.encode(out);
        self.past.encode(out);
        self.value.encode(out);
    }
}

impl<T: Encode> Encode for Siblings<T> {
    fn encode(&self, out: &mut Encoder) {
        self.versions().encode(out);
    }
}

impl Footprint for Dot {}

impl Footprint for VersionVector {
    fn heap(&self, other: Option<&Self>) -> usize {
        match (&self.0, other.and_then(|other| other.0.as_ref())) {
            (None, _) => 0,
            (Some(own), Some(other)) if Rc::ptr_eq(own, other) => 0,
            (Some(own), _) => RC_HEADER + size_of_val(&**own),
        }
    }
}

impl<T: Footprint> Footprint for Version<T> {
    fn heap(&self, other: Option<&Self>) -> usize {
        self.past.heap(other.map(|other| &other.past)) + self.value.heap(other.map(|other| &other.value))
    }
}

impl<T: Footprint> Footprint for Siblings<T> {
    fn heap(&self, other: Option<&Self>) -> usize {
        if self.is_empty() || other.is_some_and(|other| self.shares(other)) {
            return 0;
        }
        let versions = self.versions();
        RC_HEADER + size_of_val(versions) + versions.iter().map(|version| version.heap(None)).sum::<usize>()
    }
}

#[cfg(test)]
mod tests;

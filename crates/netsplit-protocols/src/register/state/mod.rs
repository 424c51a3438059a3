//! What a replica keeps under one key. Every kind of state knows how to join another of its kind:
//! joining is commutative, associative and idempotent, so replicas that were told the same are the
//! same, however often and in whatever order they were told. The designs differ in how many replicas
//! they wait for, and in which state comes out on top.

mod counter;
mod or_set;

use std::rc::Rc;

use netsplit_sim::encode::{Encode, Encoder};
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::history::{Function, Value};

use super::types::{Stamp, Tag, View};
use crate::version_vector::Siblings;

pub use counter::{Counter, Tally};
pub use or_set::OrSet;

/// What is kept under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// A value under the highest tag (Lynch and Shvartsman 1997).
    Tagged(Tagged),
    /// A value under the latest clock reading: the last writer wins.
    Stamped(Stamped),
    /// All values of which none was written by somebody who had seen the other.
    Siblings(Siblings<i64>),
    /// A counter that knows who added what.
    Counter(Rc<Counter>),
    /// A set in which an addition wins over a removal that had not seen it.
    Set(Rc<OrSet>),
    /// A value as the primary of a view numbered it.
    Numbered(Numbered),
}

/// Which kind of state a run's keys have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// [`State::Tagged`].
    Tagged,
    /// [`State::Stamped`].
    Stamped,
    /// [`State::Siblings`].
    Siblings,
    /// [`State::Counter`].
    Counter,
    /// [`State::Set`].
    Set,
    /// [`State::Numbered`].
    Numbered,
}

/// A value and its tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tagged {
    /// Never decreases at a replica.
    pub tag: Tag,
    /// What was written under it.
    pub value: Value,
}

/// A value and when it was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamped {
    /// `None` before the first write; never decreases at a replica.
    pub stamp: Option<Stamp>,
    /// What was written then.
    pub value: Value,
}

/// A value and its place in the order of the primaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbered {
    /// The view in which it was written.
    pub view: View,
    /// Which of the primary's writes it is, from one; zero before the first.
    pub number: u64,
    /// What was written.
    pub value: Value,
}

/// What a state shows to a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// One value, or none yet.
    One(Value),
    /// Several numbers in ascending order.
    Many(Rc<[i64]>),
}

impl Kind {
    /// Whether keys of this kind can do that. A compare-and-set solves consensus, which registers
    /// cannot (Herlihy 1991); a primary can, since it decides alone.
    pub fn supports(self, function: Function) -> bool {
        match function {
            Function::Read => true,
            Function::Write => !matches!(self, Self::Counter | Self::Set),
            Function::Cas => self == Self::Numbered,
            Function::Add => matches!(self, Self::Counter | Self::Set),
            Function::Remove => self == Self::Set,
        }
    }
}

impl State {
    /// What is there before the first update.
    pub fn empty(kind: Kind) -> Self {
        match kind {
            Kind::Tagged => Self::Tagged(Tagged::default()),
            Kind::Stamped => Self::Stamped(Stamped::default()),
            Kind::Siblings => Self::Siblings(Siblings::default()),
            Kind::Counter => Self::Counter(Rc::default()),
            Kind::Set => Self::Set(Rc::default()),
            Kind::Numbered => Self::Numbered(Numbered::default()),
        }
    }

    /// Whether the other is no news to a replica that keeps this.
    pub fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Tagged(own), Self::Tagged(other)) => own.tag >= other.tag,
            (Self::Stamped(own), Self::Stamped(other)) => own.stamp >= other.stamp,
            (Self::Siblings(own), Self::Siblings(other)) => own.covers(other),
            (Self::Counter(own), Self::Counter(other)) => own.covers(other),
            (Self::Set(own), Self::Set(other)) => own.covers(other),
            (Self::Numbered(own), Self::Numbered(other)) => own.order() >= other.order(),
            _ => unreachable!("all states of a run are of one kind"),
        }
    }

    /// What a replica keeps that has been told both.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        match (self, other) {
            _ if self.covers(other) => self.clone(),
            (Self::Siblings(own), Self::Siblings(other)) => Self::Siblings(own.merge(other)),
            (Self::Counter(own), Self::Counter(other)) => Self::Counter(Rc::new(own.join(other))),
            (Self::Set(own), Self::Set(other)) => Self::Set(Rc::new(own.join(other))),
            _ => other.clone(),
        }
    }

    /// What a reader sees.
    pub fn reading(&self) -> Reading {
        match self {
            Self::Tagged(tagged) => Reading::One(tagged.value),
            Self::Stamped(stamped) => Reading::One(stamped.value),
            Self::Numbered(numbered) => Reading::One(numbered.value),
            Self::Counter(counter) => Reading::One(Value::Number(counter.total())),
            Self::Set(set) => Reading::Many(set.elements().into()),
            Self::Siblings(siblings) => match siblings.versions() {
                [] => Reading::One(Value::Absent),
                [only] => Reading::One(Value::Number(only.value)),
                several => {
                    let mut values: Vec<i64> = several.iter().map(|version| version.value).collect();
                    values.sort_unstable();
                    Reading::Many(values.into())
                }
            },
        }
    }

    /// The numbers a reader sees, in ascending order.
    pub fn numbers(&self) -> Vec<i64> {
        match self.reading() {
            Reading::One(Value::Absent) => Vec::new(),
            Reading::One(Value::Number(number)) => vec![number],
            Reading::Many(numbers) => numbers.to_vec(),
        }
    }

    /// The tag, if this is a tagged value.
    pub fn tag(&self) -> Option<Tag> {
        match self {
            Self::Tagged(tagged) => Some(tagged.tag),
            _ => None,
        }
    }

    /// Bytes on the wire: 8 per number.
    pub fn wire_size(&self) -> u32 {
        match self {
            Self::Tagged(_) => 32,
            Self::Stamped(_) | Self::Numbered(_) => 24,
            Self::Counter(counter) => 16 * counter.tallies().len() as u32,
            Self::Set(set) => set.wire_size(),
            Self::Siblings(siblings) => {
                let sizes = siblings.versions().iter().map(|version| 20 + 12 * version.past.entries().len());
                sizes.sum::<usize>() as u32
            }
        }
    }
}

impl Numbered {
    /// A later view goes before a higher number.
    fn order(self) -> (View, u64) {
        (self.view, self.number)
    }
}

impl Footprint for State {
    fn heap(&self, other: Option<&Self>) -> usize {
        match (self, other) {
            (Self::Siblings(own), Some(Self::Siblings(other))) => own.heap(Some(other)),
            (Self::Counter(own), Some(Self::Counter(other))) => own.heap(Some(other)),
            (Self::Set(own), Some(Self::Set(other))) => own.heap(Some(other)),
            (Self::Siblings(own), _) => own.heap(None),
            (Self::Counter(own), _) => own.heap(None),
            (Self::Set(own), _) => own.heap(None),
            (Self::Tagged(_) | Self::Stamped(_) | Self::Numbered(_), _) => 0,
        }
    }
}

encode_fields!(Tagged { tag, value });
encode_fields!(Stamped { stamp, value });
encode_fields!(Numbered { view, number, value });

impl Encode for State {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Tagged(tagged) => (0u8, *tagged).encode(out),
            Self::Stamped(stamped) => (1u8, *stamped).encode(out),
            Self::Siblings(siblings) => (2u8, siblings.clone()).encode(out),
            Self::Counter(counter) => (3u8, Rc::clone(counter)).encode(out),
            Self::Set(set) => (4u8, Rc::clone(set)).encode(out),
            Self::Numbered(numbered) => (5u8, *numbered).encode(out),
        }
    }
}

#[cfg(test)]
mod tests;

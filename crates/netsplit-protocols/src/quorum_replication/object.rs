//! §4.4: what is stored under a key: versions, and how two replicas' versions become one.

use netsplit_sim::clock::LocalTime;
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::history::{Outcome, Value};

use crate::version_vector::{Dot, Siblings, Version, VersionVector};

/// A value as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stored {
    /// What the coordinator's clock read, right or wrong.
    pub at: LocalTime,
    /// The value.
    pub number: i64,
}

encode_fields!(Stored { at, number });
impl Footprint for Stored {}

/// The versions under a key.
pub type Object = Siblings<Stored>;

/// How versions that differ become one object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reconciliation {
    /// Concurrent versions stay side by side until a client that read them writes.
    Siblings,
    /// The latest timestamp wins, whoever had seen what.
    LastWriterWins,
}

impl Reconciliation {
    /// What is left of two replicas' versions.
    pub fn join(self, own: &Object, other: &Object) -> Object {
        match self {
            Self::Siblings => own.merge(other),
            Self::LastWriterWins if rank(other) > rank(own) => other.clone(),
            Self::LastWriterWins => own.clone(),
        }
    }

    /// Whether the other is no news.
    pub fn covers(self, own: &Object, other: &Object) -> bool {
        match self {
            Self::Siblings => own.covers(other),
            Self::LastWriterWins => rank(own) >= rank(other),
        }
    }

    /// What its coordinator holds after a write of somebody who had seen `context`.
    pub fn write(self, own: &Object, context: &VersionVector, dot: Dot, stored: Stored) -> Object {
        match self {
            Self::Siblings => own.write(context, dot, stored),
            Self::LastWriterWins => {
                Object::single(Version { dot, past: VersionVector::default(), value: stored })
            }
        }
    }
}

/// Where an object stands among those of which the last writer wins; equal times are told apart by name.
fn rank(object: &Object) -> Option<(LocalTime, Dot)> {
    object.versions().iter().map(|version| (version.value.at, version.dot)).max()
}

/// The values side by side, in ascending order.
pub fn numbers(object: &Object) -> Vec<i64> {
    let mut sorted = Vec::new();
    for version in object.versions() {
        let place = sorted.partition_point(|other| *other < version.value.number);
        sorted.insert(place, version.value.number);
    }
    sorted
}

/// What a client is told that reads this.
pub fn outcome(object: &Object) -> Outcome {
    match object.versions() {
        [] => Outcome::Ok(Value::Absent),
        [only] => Outcome::Ok(Value::Number(only.value.number)),
        _ => Outcome::Many(numbers(object).into()),
    }
}

//! Plain registers whose writes are distinct, in time n log n (Gibbons & Korach 1997, §4).
//!
//! A value with the write and the reads of it is a cluster, which takes effect as a whole: the write, then the
//! reads. If one of its operations ends before another is called, the time between is its *forward zone*: the
//! register held the value all that time. Else all its operations have a time in common, its *backward zone*, and
//! it may have held the value for an instant anywhere there. So the history is linearizable if and only if no
//! read ends before its write is called, no two forward zones overlap, and no forward zone contains a backward one.

use std::collections::BTreeMap;

use super::timeline::{Op, OpId, Timeline};
use crate::history::{Request, Value};
use crate::model::Model;

/// A value with its operations. Times count twice the answers before: a call is even, the answer after it odd.
struct Cluster {
    write: Option<OpId>,
    reads: Vec<OpId>,
    /// The earliest end of one of its operations.
    ended: i64,
    /// The latest call of one.
    called: i64,
}

/// Whether the operations are those of a plain register that writes no value twice, with all answers known.
pub(super) fn apply(model: Model, timeline: &Timeline) -> bool {
    let mut written = Vec::new();
    let plain = matches!(model, Model::Register | Model::CasRegister)
        && timeline.ops.iter().all(|op| match &op.request {
            Request::Read => op.answer.is_some() && op.after.is_none(),
            Request::Write(value) => {
                written.push(value);
                *value != Value::Absent && op.after.is_none()
            }
            _ => false,
        });
    written.sort_unstable();
    plain && written.windows(2).all(|pair| pair[0] != pair[1])
}

/// The clusters of the values, each the write, if there is one, and the reads.
pub(super) fn clusters(timeline: &Timeline) -> Vec<Vec<OpId>> {
    let clusters = by_value(timeline);
    clusters.into_values().map(|cluster| cluster.write.into_iter().chain(cluster.reads).collect()).collect()
}

/// An order that explains everything, if there is one.
pub(super) fn order(timeline: &Timeline) -> Option<Vec<OpId>> {
    let mut clusters = by_value(timeline);
    clusters.retain(|_, cluster| !cluster.reads.is_empty() || cluster.ended < NEVER);
    if clusters.iter().any(|(value, cluster)| !cluster.starts_with_its_write(value, timeline)) {
        return None;
    }
    let (forward, backward): (Vec<Cluster>, Vec<Cluster>) =
        clusters.into_values().partition(|cluster| cluster.ended < cluster.called);
    let forward = apart(forward)?;
    // Where both stand at one time the backward one is first: it could not be after the end it stands at.
    let mut line = Vec::new();
    for cluster in backward {
        line.push((instant(&cluster, &forward)?, 0, cluster));
    }
    line.extend(forward.into_iter().map(|cluster| (cluster.ended, 1, cluster)));
    line.sort_by_key(|(time, rank, _)| (*time, *rank));
    Some(line.into_iter().flat_map(|(_, _, cluster)| cluster.in_order(timeline)).collect())
}

/// After all calls.
const NEVER: i64 = i64::MAX;

fn by_value(timeline: &Timeline) -> BTreeMap<&Value, Cluster> {
    let mut clusters = BTreeMap::new();
    for (id, op) in timeline.ops.iter().enumerate() {
        let value = match (&op.request, &op.answer) {
            (Request::Write(value), _) | (_, Some(value)) => value,
            _ => continue,
        };
        let cluster: &mut Cluster = clusters.entry(value).or_insert_with(|| Cluster::of(value));
        cluster.add(id, op);
    }
    clusters
}

impl Cluster {
    /// Nothing is there from the start, as if it had been written before everything.
    fn of(value: &Value) -> Self {
        let ended = if *value == Value::Absent { -1 } else { NEVER };
        Self { write: None, reads: Vec::new(), ended, called: 0 }
    }

    fn add(&mut self, id: OpId, op: &Op) {
        if op.request == Request::Read {
            self.reads.push(id);
        } else {
            self.write = Some(id);
        }
        self.ended = self.ended.min(op.ended.map_or(NEVER, |end| 2 * i64::from(end) + 1));
        self.called = self.called.max(2 * i64::from(op.called));
    }

    fn starts_with_its_write(&self, value: &Value, timeline: &Timeline) -> bool {
        let before = |read: &OpId, write: OpId| timeline.precedes(*read, write);
        match (value, self.write) {
            (Value::Absent, _) => true,
            (Value::Many(_), _) => self.reads.is_empty(),
            (_, None) => false,
            (_, Some(write)) => !self.reads.iter().any(|read| before(read, write)),
        }
    }

    fn in_order(mut self, timeline: &Timeline) -> impl Iterator<Item = OpId> {
        self.reads.sort_by_key(|read| timeline.ops[*read].called);
        self.write.into_iter().chain(self.reads)
    }
}

/// Forward zones one after another, if none overlap.
fn apart(mut forward: Vec<Cluster>) -> Option<Vec<Cluster>> {
    forward.sort_by_key(|cluster| cluster.ended);
    let apart = forward.windows(2).all(|pair| pair[0].called < pair[1].ended);
    apart.then_some(forward)
}

/// A time in a backward zone at which no forward zone is, if there is one.
fn instant(cluster: &Cluster, forward: &[Cluster]) -> Option<i64> {
    let begun = forward.partition_point(|other| other.ended < cluster.called);
    let over = begun.checked_sub(1).map(|last| &forward[last]).filter(|last| cluster.called <= last.called);
    let time = over.map_or(cluster.called, |over| over.called + 1);
    (time <= cluster.ended).then_some(time)
}

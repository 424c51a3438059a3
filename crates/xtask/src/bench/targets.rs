//! What the project wants of its numbers. The table says what is missed; nothing fails by it.

use std::fmt;

use super::row::Row;
use super::table::shown;

/// A bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Target {
    AtLeast(f64),
    AtMost(f64),
}

use Target::{AtLeast, AtMost};

/// A row's name, its place (empty: any), and its bound.
const TARGETS: [(&str, &str, Target); 35] = [
    ("Raft, 5 nodes, steady: world alone", "native", AtLeast(4e6)),
    ("Raft, 5 nodes, steady: world alone", "wasm, level 3", AtLeast(2e6)),
    ("Raft, 5 nodes, steady: run", "native", AtLeast(4e6)),
    ("Raft, 5 nodes, steady: run", "wasm, level 3", AtLeast(2e6)),
    ("Raft, 5 nodes, elections: world alone", "native", AtLeast(4e6)),
    ("Raft, 5 nodes, elections: world alone", "wasm, level 3", AtLeast(2e6)),
    ("Raft, 5 nodes, steady: commits", "native", AtLeast(275_000.0)),
    ("allocations, heartbeats: world alone", "native", AtMost(0.0)),
    ("seek: p99", "", AtMost(50.0)),
    // The same frame.
    ("seek: nearest keyframe, p99", "", AtMost(16.0)),
    ("seek: what is kept of it", "", AtMost(96.0)),
    ("weight until the first movement", "", AtMost(200.0)),
    ("frame script, 5 nodes at ×1: p95", "page", AtMost(4.0)),
    ("frame script, 5 nodes at ×10: p95", "page", AtMost(4.0)),
    ("frame script, 50 nodes, 2,000 messages at ×1: p95", "page", AtMost(8.0)),
    ("frame script, 50 nodes, 2,000 messages at ×10: p95", "page", AtMost(8.0)),
    ("main thread busy, 5 nodes, playing at the opening speed", "page", AtMost(15.0)),
    ("main thread busy, 5 nodes, playing at ×1", "page", AtMost(15.0)),
    ("main thread busy, 5 nodes, paused", "page", AtMost(1.0)),
    ("memory, 5 nodes, after an hour: module", "page", AtMost(96.0)),
    ("memory, 5 nodes, after an hour: script heap", "page", AtMost(96.0)),
    ("bounded staleness, SSD: sampler", "native", AtLeast(5e6)),
    ("bounded staleness, SSD: sampler", "wasm, level 3", AtLeast(4e6)),
    ("bounded staleness, SSD: sampler", "wasm, as shipped", AtLeast(4e6)),
    ("bounded staleness, disks: sampler", "native", AtLeast(5e6)),
    ("bounded staleness, disks: sampler", "wasm, level 3", AtLeast(4e6)),
    ("bounded staleness, disks: sampler", "wasm, as shipped", AtLeast(4e6)),
    // A million in six seconds.
    ("bounded staleness, disks: 100,000 trials of the protocol", "native", AtMost(0.6)),
    ("bounded staleness, disks: 100,000 trials of the protocol", "", AtMost(1.5)),
    ("linearizability: 2,000 operations of 50 clients on 10 keys", "", AtMost(0.3)),
    ("linearizability: 2,000 operations of 10 clients on one key", "", AtMost(0.3)),
    ("linearizability: 90 operations, 20 unanswered, cas-register, valid", "", AtMost(0.3)),
    ("linearizability: 90 operations, 20 unanswered, cas-register, invalid", "", AtMost(0.3)),
    ("linearizability: 90 operations, 20 unanswered, key-value, valid", "", AtMost(0.3)),
    ("linearizability: 90 operations, 20 unanswered, key-value, invalid", "", AtMost(0.3)),
];

/// The bound of a row, if it has one.
pub(super) fn of(row: &Row) -> Option<Target> {
    let mut found = TARGETS
        .iter()
        .filter(|(what, place, _)| row.what == *what && (place.is_empty() || row.place == *place));
    found.next().map(|(_, _, target)| *target)
}

impl Target {
    pub(super) fn allows(self, value: f64) -> bool {
        match self {
            AtLeast(bound) => value >= bound,
            AtMost(bound) => value <= bound,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AtLeast(bound) => write!(f, "≥ {}", shown(*bound)),
            AtMost(bound) => write!(f, "≤ {}", shown(*bound)),
        }
    }
}

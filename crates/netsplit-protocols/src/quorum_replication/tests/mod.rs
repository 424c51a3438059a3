//! Stories of replication by quorums.

pub(super) mod lab;
mod quorums;

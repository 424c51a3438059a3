//! Helpers shared by the tests that cross crates.

pub mod elections;
pub mod figures;
pub mod swarm;

//! Helpers shared by the tests that cross crates.

#[cfg(feature = "bench")]
pub mod bench;
pub mod elections;
pub mod figures;
pub mod ringed;
pub mod swarm;
pub mod walled;
pub mod words;

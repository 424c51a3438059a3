//! Causal consistency of histories whose writes have distinct values, by the bad patterns of Bouajjani, Enea,
//! Guerraoui and Hamza, "On verifying causal consistency" (POPL 2017), in polynomial time.
//!
//! "Causal" without more means **causal memory** (CM; Ahamad et al. 1995): each process sees all writes, and
//! its own reads, in one order of its own that keeps what could have caused what. Processes may disagree
//! about writes that knew nothing of each other, but none of them ever changes its mind. It is implied by
//! sequential consistency and implies the four session guarantees ([`crate::session`]).
//! The two others of the paper are [`Variant::Weak`] and [`Variant::Convergence`].
//!
//! What counts how: keys begin [`Absent`](crate::history::Value::Absent). A write of unknown outcome happened
//! if somebody read it, and what comes after it in its session may have happened before it; else it
//! is left out, which explains at least as much. A compare-and-set that happened is a read of what it expected
//! and a write. A read of several values side by side read each of them, and is explained if one of them had
//! not been replaced. The history is judged as a whole: unlike linearizability this is not local.

mod clocks;
mod events;
mod narrowing;
mod proof;
mod saturate;
mod search;

pub(crate) use clocks::{Circle, Clocks, Forced};
pub(crate) use events::{Event, EventId, Events, Source, Untold, answers, happened, left, rank_after};
pub(crate) use narrowing::Narrowing;
pub(crate) use proof::Proof;
pub(crate) use saturate::{Contradiction, Saturation, missed};
pub use search::Causality;

/// Which kind of causal consistency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variant {
    /// CC: each answer is explained by some order of what could have caused it. A process may change its mind
    /// about the order of concurrent writes.
    Weak,
    /// CM, causal memory: one order for all answers of a process.
    #[default]
    Memory,
    /// CCv, causal convergence: one order of the writes for everybody, as where the last writer wins. Neither
    /// implied by causal memory nor implying it.
    Convergence,
}

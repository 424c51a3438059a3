//! Sequential consistency (Lamport 1979): one order explains all answers and keeps the order of each process,
//! but not real time. Unlike linearizability it is not local, so a history is judged as a whole.
//!
//! Deciding it is NP-complete even for registers with distinct writes (Gibbons & Korach 1997), so the search
//! has a budget. What makes it fast on histories of real systems:
//!
//! - of registers with distinct writes, what any order must keep is computed first, as for causal
//!   consistency ([`crate::causal`]) but for one observer who sees all; a contradiction is a proof already;
//! - a read that fits is done at once: it changes nothing, so later it would fit no better;
//! - a value that somebody has yet to read and nobody will write again is not replaced;
//! - what was tried is remembered (in bounded memory), and operations are tried in the order of their answers.
//!
//! Operations of unknown outcome may be anywhere in the order after what their process did before, or nowhere.

mod attempt;
mod dig;
mod plan;
mod search;

pub use search::SequentialSearch;

//! What "correct" means of a history of client operations: linearizability and its weaker kin.
//!
//! A checker sees what clients saw and nothing else: no protocol, no node, no message. It answers ok,
//! violation with a witness that is itself a proof, or unknown when its budget of steps is spent.

#![warn(missing_docs)]

pub mod availability;
pub mod causal;
pub mod convergence;
pub mod history;
pub mod linear;
pub mod lost;
pub mod made;
pub mod measures;
pub mod model;
pub mod search;
pub mod sequential;
pub mod session;
pub mod verdict;
pub mod words;

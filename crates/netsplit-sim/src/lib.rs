//! A deterministic simulator of distributed protocols.
//!
//! | concept | room |
//! |---|---|
//! | virtual time, names, digests, memory | [`time`], [`id`], [`encode`], [`footprint`] |
//! | keyed randomness and delay models | [`random`], [`latency`] |
//! | what a protocol is, and what its handlers may do | [`protocol`], [`context`], [`note`] |
//! | what a protocol tells of itself | [`describe`], [`property`] |
//! | links, clocks, clients | [`network`], [`clock`], [`workload`], [`history`] |
//! | what is done to the system | [`intervention`] |
//! | what happens | [`event`], [`world`] |
//! | what became of a message | [`journey`] |
//! | a run of any protocol | [`run`], [`execution`] |
//!
//! This crate knows no protocol and performs no I/O. The same set-up and script give the same
//! digest on every machine.
#![warn(missing_docs)]

pub mod clock;
pub mod context;
pub mod describe;
pub mod encode;
pub mod event;
pub mod execution;
pub mod footprint;
pub mod history;
pub mod id;
pub mod intervention;
pub mod journey;
pub mod latency;
pub mod network;
pub mod note;
pub mod property;
pub mod protocol;
mod queue;
pub mod random;
pub mod run;
pub mod setup;
pub mod time;
pub mod workload;
pub mod world;
pub mod zipf;

//! Distributed protocols as pure state machines over [`netsplit_sim`].
//!
//! | protocol | folder |
//! |---|---|
//! | consensus by a strong leader | [`raft`] |
//!
//! What several of them share: [`version_vector`], who has seen which write.
//!
//! Each folder holds a server and a client that record effects and perform none, the properties that
//! must hold after every event, and a description from which any page can show them. Nothing here
//! does I/O, reads a clock of the machine, or knows how it is shown.
#![warn(missing_docs)]

pub mod raft;
pub mod version_vector;

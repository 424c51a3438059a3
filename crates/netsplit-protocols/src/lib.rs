//! Distributed protocols as pure state machines over [`netsplit_sim`].
//!
//! | protocol | folder |
//! |---|---|
//! | replication by quorums over a ring | [`quorum_replication`] |
//! | consensus by a strong leader | [`raft`] |
//! | a replicated register: consistent, available, or neither behind a wall | [`register`] |
//!
//! What several of them share: [`quorum`], what a majority is; [`version_vector`], who has seen which write.
//!
//! Each folder holds a server and a client that record effects and perform none, the properties that
//! must hold after every event, and a description from which any page can show them. Nothing here
//! does I/O, reads a clock of the machine, or knows how it is shown.
#![warn(missing_docs)]

pub mod quorum;
pub mod quorum_replication;
pub mod raft;
pub mod register;
pub mod version_vector;

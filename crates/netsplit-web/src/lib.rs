//! The page: components over one model, and the only crate that knows a browser.
//!
//! | concept | room |
//! |---|---|
//! | the run, and what a message does to it | [`session`], [`model`], [`msg`] |
//! | what the shell and the stage agree on | [`stage_contract`] |
//!
//! No protocol's name occurs here: everything shown comes from `dyn Run` and `sim::describe`.

pub mod model;
pub mod msg;
pub mod session;
pub mod stage_contract;

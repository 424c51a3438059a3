//! Experiments as data: what a run is made of, how it is written down and shared, and how it is opened.
//!
//! | concept | room |
//! |---|---|
//! | a scenario, a run, a wall's geometry | [`document`], [`run_record`], [`sketch`] |
//! | reading and writing documents | `form`, `slim`, [`versions`], `validate`, [`limits`] |
//! | from a record to a live run | [`open`], [`registry`] |
//! | links | [`fragment`], `codec`, [`link`], [`fingerprint`] |
//! | scenarios that come with the page | [`gallery`] |
//! | what a run is expected to show | [`expectation`], [`expect`] |
//!
//! Together with the protocols this is the only crate that knows which protocols there are: everything
//! outside sees [`Run`](netsplit_sim::run::Run) and [`describe`](netsplit_sim::describe).
#![warn(missing_docs)]

mod codec;
pub mod document;
pub mod error;
pub mod expect;
pub mod expectation;
pub mod fingerprint;
mod form;
pub mod fragment;
pub mod gallery;
pub mod limits;
pub mod link;
pub mod open;
mod percent;
pub mod registry;
pub mod run_record;
pub mod sketch;
mod slim;
mod validate;
pub mod versions;

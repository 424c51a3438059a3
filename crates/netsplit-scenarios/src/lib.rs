//! Experiments as data: what a run is made of, how it is written down and shared, and how it is opened.
//!
//! | concept | room |
//! |---|---|
//! | a scenario, a run, a wall's geometry | [`document`], [`run_record`], [`sketch`] |
//! | reading and writing documents | `form`, `slim`, [`versions`], `validate`, [`limits`] |
//! | from a record to a live run | [`open`], [`registry`] |
//! | links | [`fragment`], `codec`, [`link`], [`fingerprint`] |
//! | scenarios that come with the page | [`gallery`] |
//! | random faults as entries of the script | [`profile`] |
//! | what a run is expected to show | [`expectation`], [`expect`] |
//! | what its clients saw, to be judged | [`judge`] |
//! | lessons, their goals, and links as solutions | [`lesson`] |
//!
//! A link becomes a run, and a run a link:
//!
//! ```
//! use netsplit_scenarios::fragment::parse_fragment;
//! use netsplit_scenarios::link::{Position, load, share};
//! use netsplit_scenarios::open::open;
//!
//! let fragment = parse_fragment("#scenario=raft/minority-leader@1&seed=7")?;
//! let opened = load(&fragment)?;
//! let mut run = open(&opened.record)?;
//! run.seek(run.until())?;
//! assert!(run.violations().is_empty());
//! let link = share(&opened.record, &Position::default(), &fragment.unknown).to_string();
//! assert_eq!(link, "#scenario=raft/minority-leader@1&seed=7");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
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
pub mod judge;
pub mod lesson;
pub mod limits;
pub mod link;
pub mod open;
pub mod percent;
pub mod profile;
pub mod registry;
pub mod run_record;
pub mod search;
pub mod sketch;
mod slim;
mod validate;
pub mod versions;

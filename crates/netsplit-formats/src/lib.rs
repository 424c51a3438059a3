//! Doors to other tools: what lies behind a run's cursor, written in the formats they read, and the client
//! histories they write, read.
//!
//! | format | room | who reads it |
//! |---|---|---|
//! | trace: JSON lines | [`trace`] | `netsplit replay`, `jq`, notebooks; its JSON Schema is `trace.schema.json` |
//! | vector-clock log | [`shiviz`] | ShiViz |
//! | sequence diagram | [`mermaid`] | Mermaid: Markdown pages, wikis |
//! | client history: EDN | [`jepsen`] | Jepsen, Knossos |
//! | client history with the order that explains it | [`porcupine`] | Porcupine's visualisation |
//!
//! And read: client histories that Jepsen and others wrote, in any of their forms, by [`history`] and [`edn`].
//!
//! Exporters of events replay the past in a [`Walk`](walk::Walk) of their own, so the cursor stays and nothing
//! is missing that the run forgot meanwhile:
//!
//! ```
//! use netsplit_formats::shiviz;
//! use netsplit_scenarios::{gallery, open::open};
//!
//! let record = gallery::find("raft/first-election").expect("it is in the gallery").record()?;
//! let mut run = open(&record)?;
//! run.seek(run.until())?;
//! let mut log = Vec::new();
//! shiviz::write(&*run, |_, event| format!("step {}", event.step.0), &mut log)?;
//! assert!(log.starts_with(b"(?<event>"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The sentences are the caller's: the page and the command line hand in those of `netsplit-view`.
#![warn(missing_docs)]

use std::io;

use netsplit_sim::event::Event;
use netsplit_sim::run::{Run, Stopped};
use thiserror::Error;

pub mod edn;
pub mod history;
pub mod jepsen;
mod line;
pub mod mermaid;
pub mod porcupine;
pub mod shiviz;
pub mod trace;
pub mod walk;

/// How an event is told in a sentence, in the run that has just reached it.
pub type Tell = fn(&dyn Run, &Event) -> String;

/// Why an export failed.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The file cannot be written to.
    #[error("it cannot be written: {0}")]
    Io(#[from] io::Error),
    /// The past cannot be replayed.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

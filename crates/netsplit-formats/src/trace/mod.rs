//! A run as JSON lines: first the run itself, then one event a line. [`write()`] writes it, [`replay()`] runs
//! the recorded run again and compares.
//!
//! The file `trace.schema.json` of this crate documents the lines.

mod difference;
mod event;
mod head;
mod read;
mod replay;
mod state;
mod write;

pub use difference::Difference;
pub use read::{Recorded, TraceError, read};
pub use replay::{Replayed, replay};
pub use write::write;

/// The JSON Schema of the lines.
pub const SCHEMA: &str = include_str!("../../trace.schema.json");

/// The version of the lines. The document inside of the first has its own.
pub const VERSION: u64 = 1;

//! The command line: runs links, files and scenarios of the gallery, exports them, and replays traces.
//!
//! | concept | room |
//! |---|---|
//! | what can be asked for | [`arguments`] |
//! | how a command ends | [`exit`] |
//! | from a text to a run, a history or solutions | `source`, `target`, `case`, `handed_in` |
//! | running, exporting, replaying, judging, exploring | `command` |
//! | what is printed | `report`, `judged`, `expected`, `staleness`, `standing_out`, `progress`, `csv` |
//!
//! Like the page it knows no protocol, and it says what the page says:
//!
//! ```
//! use netsplit_cli::exit::Exit;
//!
//! let mut printed = Vec::new();
//! let words = ["netsplit", "run", "raft/first-election", "--digest"];
//! let exit = netsplit_cli::run(words, &mut printed, &mut std::io::sink());
//! assert_eq!((exit, printed.len()), (Exit::Fine, 17)); // 16 hex digits and the end of the line
//! ```
#![warn(missing_docs)]

pub mod arguments;
mod case;
mod command;
mod csv;
mod duration;
pub mod exit;
mod expected;
mod handed_in;
mod judged;
mod progress;
mod report;
mod source;
mod staleness;
mod standing_out;
mod target;

use std::ffi::OsString;
use std::io::Write;

use clap::Parser;

use arguments::Arguments;
use exit::Exit;

/// Does what these words ask for, the program's name first. Answers go to `out`, complaints to `err`.
pub fn run(
    words: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    match Arguments::try_parse_from(words) {
        Ok(arguments) => exit::told(command::run(arguments.command, out), err),
        Err(refused) => exit::refused(&refused, out, err),
    }
}

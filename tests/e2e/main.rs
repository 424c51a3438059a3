//! The page in a browser, as a person meets it: each story is a test, told with a real pointer and real keys.
//!
//! `cargo xtask test --only e2e` builds the page and runs them. By hand they need `NETSPLIT_DIST`, the folder
//! of the built page, `CHROMEDRIVER`, `NETSPLIT_AXE`, the script of axe-core, and `NETSPLIT_COURSES`, the samples of
//! `cargo xtask courses`.

mod harness;

mod access;
mod bad_links;
#[cfg(feature = "bench")]
mod bench;
mod cap_lab;
mod command_line;
mod courses;
mod embed;
mod failure;
#[cfg(feature = "bench")]
mod figures;
mod frames;
mod gallery;
mod import;
mod labs;
mod late;
mod lesson;
mod look;
mod metrics;
mod offline;
mod opening;
mod partition;
mod pictures;
mod rest;
mod spacetime;
mod time;
mod time_machine;
#[cfg(feature = "bench")]
mod tour;
mod undo;
mod words;

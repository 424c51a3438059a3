//! What `netsplit check-solution` can be asked.

use std::path::PathBuf;

use clap::Args;

/// Which links to check, and for what.
#[derive(Args, Debug)]
pub struct SolutionArguments {
    /// Links, or their parts after the #
    #[arg(required_unless_present = "file", value_name = "LINK")]
    pub links: Vec<String>,
    /// A file of links, one a line, each after a student's id if there is one; or a sheet of answers (- for standard input)
    #[arg(long, value_name = "FILE")]
    pub file: Vec<PathBuf>,
    /// The lesson, instead of the one that a link names
    #[arg(long, value_name = "NAME")]
    pub lesson: Option<String>,
    /// One goal, instead of the one that a link names, or of all
    #[arg(long, value_name = "NAME")]
    pub goal: Option<String>,
    /// Whose seed the runs must have, whatever a link says of itself
    #[arg(long, value_name = "ID")]
    pub student: Option<String>,
    /// Print a table with commas, a row for each link and goal
    #[arg(long)]
    pub csv: bool,
}

pub(super) const HELP: &str = "\
A run counts if it is the lesson's, but for what a solution may change: same protocol and behaviour, same
parameters and flaws, same seed. Each difference is named. A lesson whose front matter says `personal` has
another seed for each student, so an answer that was copied does not count.

A sheet of answers is run again: its goals by their links, its predictions by the lesson.

Examples:
  netsplit check-solution 'https://example.org/netsplit/#s=z1.…&lesson=first-cut/3&goal=two-leaders'
  netsplit check-solution --lesson first-cut --goal two-leaders '#s=z1.…'
  netsplit check-solution --file links.txt --csv > marks.csv
  netsplit check-solution --file sheet-of-ada.md --student ada

Exit codes: 0 every goal is met, 2 bad usage, 3 a goal is not met, a run does not count, or a link of a file
opens nothing.";

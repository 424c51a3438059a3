//! `cargo xtask bench`: measures the kernel and the page, and makes one table and one file of it.
//!
//! What is measured stands in `tests/src/bench` and `tests/e2e/bench`; here it is built, run and condensed.
//! Times are told and never asserted: another machine has others.

pub(crate) mod figures;
mod machine;
mod module;
mod ratios;
mod row;
mod table;
mod targets;

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::setup::{self, Need, Report};
use crate::workspace::Workspace;
use crate::{bundle, debian, shell};
use row::Row;

/// A part of the measurement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Part {
    Native,
    Wasm,
    Page,
}

/// In the order in which they run.
pub(crate) const ALL: [Part; 3] = [Part::Native, Part::Wasm, Part::Page];

/// What a release of the page and a browser to measure it in need.
const NEEDS: [Need; 5] = [Need::WasmTarget, Need::WasmBindgen, Need::Trunk, Need::NpmPackages, Need::Browser];

/// The file with everything measured, relative to the root.
const RESULT: &str = "target/bench.json";

/// The parts with these names; no name means all.
pub(crate) fn select(names: &[String]) -> Result<Vec<Part>> {
    let parts = names.iter().map(|name| match ALL.into_iter().find(|part| part.name() == name) {
        Some(part) => Ok(part),
        None => bail!("bench has no part `{name}`; its parts are {}", ALL.map(Part::name).join(", ")),
    });
    let parts = parts.collect::<Result<Vec<_>>>()?;
    Ok(if parts.is_empty() { ALL.to_vec() } else { parts })
}

impl Part {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Part::Native => "native",
            Part::Wasm => "wasm",
            Part::Page => "page",
        }
    }

    fn run(self, workspace: &Workspace, rows: &Rows) -> Result<()> {
        match self {
            Part::Native => native(workspace, rows),
            Part::Wasm => module::measure(workspace, rows),
            Part::Page => page(workspace, rows),
        }
    }
}

/// Measures these parts, prints the table and writes the file.
pub(crate) fn run(workspace: &Workspace, parts: &[Part]) -> Result<()> {
    setup::ensure(workspace, &NEEDS, Report::MissingOnly)?;
    let rows = Rows::begin(workspace)?;
    for part in parts {
        part.run(workspace, &rows)?;
    }
    tell(workspace, "cargo xtask bench", RESULT, &rows)
}

/// Prints the table of what was measured, and writes all of it to a file.
fn tell(workspace: &Workspace, command: &str, file: &str, rows: &Rows) -> Result<()> {
    let rows = rows.read()?;
    let machine = machine::describe(workspace);
    let result = json!({
        "command": command,
        "machine": machine,
        "rows": rows.iter().map(Row::written).collect::<Vec<Value>>(),
        "ratios": ratios::of(&rows).iter().map(ratios::Ratio::written).collect::<Vec<Value>>(),
    });
    let path = workspace.path(file);
    fs::write(&path, format!("{result:#}\n"))
        .with_context(|| format!("could not write {}", path.display()))?;
    print!("\n{}", table::table(&machine, &rows));
    println!("\nAll values, one by one, are in {file}.");
    Ok(())
}

/// The file that every measurement adds its rows to.
struct Rows {
    path: PathBuf,
}

impl Rows {
    /// An empty one.
    fn begin(workspace: &Workspace) -> Result<Self> {
        let folder = workspace.path("target/bench");
        fs::create_dir_all(&folder).context("could not make target/bench")?;
        let path = folder.join("rows.jsonl");
        fs::write(&path, "").with_context(|| format!("could not write {}", path.display()))?;
        Ok(Self { path })
    }

    fn path(&self) -> &Path {
        &self.path
    }

    fn add(&self, lines: &str) -> Result<()> {
        let mut file = OpenOptions::new().append(true).open(&self.path)?;
        file.write_all(lines.as_bytes()).context("could not add to the rows")
    }

    fn read(&self) -> Result<Vec<Row>> {
        let text = fs::read_to_string(&self.path).context("could not read the rows")?;
        text.lines().map(Row::read).collect()
    }
}

fn native(workspace: &Workspace, rows: &Rows) -> Result<()> {
    for program in ["bench-native", "bench-allocations"] {
        let words = format!("run --release --package netsplit-tests --features bench --bin {program}");
        rows.add(&shell::run_and_keep_output(shell::command(workspace, "cargo")?.args(words.split(' ')))?)?;
    }
    Ok(())
}

/// Everything but the kernel's module, on the release page.
fn page(workspace: &Workspace, rows: &Rows) -> Result<()> {
    bundle::build(workspace, true)?;
    in_browser(workspace, rows, &workspace.dist(), &["bench::", "--skip", "bench::kernel"], "page")
}

/// Runs measurements of the end-to-end tests, one after another, on the pages of a folder.
fn in_browser(workspace: &Workspace, rows: &Rows, pages: &Path, which: &[&str], place: &str) -> Result<()> {
    let mut test = shell::command(workspace, "cargo")?;
    test.args("test --package netsplit-tests --features bench,e2e --test e2e".split(' '));
    test.arg("--").args(which).arg("--test-threads=1");
    test.env("NETSPLIT_DIST", pages);
    test.env("NETSPLIT_BENCH_ROWS", rows.path());
    test.env("NETSPLIT_BENCH_PLACE", place);
    test.env("CHROMEDRIVER", debian::chromedriver(workspace)?);
    shell::run(&mut test)
}

#[cfg(test)]
mod tests {
    use super::{ALL, Part, select};

    #[test]
    fn no_name_selects_every_part_and_an_unknown_one_is_refused() {
        assert_eq!(select(&[]).unwrap(), ALL);
        assert_eq!(select(&["page".to_owned()]).unwrap(), [Part::Page]);
        assert!(select(&["speed".to_owned()]).unwrap_err().to_string().contains("native, wasm, page"));
    }
}

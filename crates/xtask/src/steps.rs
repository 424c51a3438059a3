//! The steps of `cargo xtask test`: what each is called, what it needs and what it runs.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::counts::{self, Counts};
use crate::rust::WASM_TARGET;
use crate::setup::Need;
use crate::workspace::Workspace;
use crate::{bundle, courses, debian, shell, size};

/// The crates with tests that run inside a browser; each has a webdriver.json beside its Cargo.toml.
const BROWSER_CRATES: [&str; 1] = ["netsplit-web"];

/// One step of the suite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Step {
    Format,
    Clippy,
    Native,
    Doc,
    Wasm,
    Page,
    EndToEnd,
    Size,
}

/// In an order that finds cheap mistakes first.
pub(crate) const ALL: [Step; 8] =
    [Step::Format, Step::Clippy, Step::Native, Step::Doc, Step::Wasm, Step::Page, Step::EndToEnd, Step::Size];

/// The steps with these names, in the suite's order; no name means all. What judges the page in dist/ brings
/// the step that builds it, so that no result is about yesterday's page.
pub(crate) fn select(names: &[String]) -> Result<Vec<Step>> {
    for name in names {
        ensure!(
            ALL.iter().any(|step| step.name() == name),
            "test has no step `{name}`; its steps are {}",
            ALL.map(Step::name).join(", ")
        );
    }
    let is_named = |step: Step| names.is_empty() || names.iter().any(|name| name == step.name());
    let wants_page = ALL.iter().any(|step| is_named(*step) && step.judges_page());
    Ok(ALL.into_iter().filter(|step| is_named(*step) || (*step == Step::Page && wants_page)).collect())
}

impl Step {
    /// The word after `--only`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Step::Format => "format",
            Step::Clippy => "clippy",
            Step::Native => "native",
            Step::Doc => "doc",
            Step::Wasm => "wasm",
            Step::Page => "page",
            Step::EndToEnd => "e2e",
            Step::Size => "size",
        }
    }

    pub(crate) fn headline(self) -> &'static str {
        match self {
            Step::Format => "Formatting",
            Step::Clippy => "Lints, natively and for wasm",
            Step::Native => "Native tests",
            Step::Doc => "Documentation examples",
            Step::Wasm => "Tests inside a browser",
            Step::Page => "Release build of the page",
            Step::EndToEnd => "End to end, on the release page",
            Step::Size => "Size budget",
        }
    }

    pub(crate) fn needs(self) -> &'static [Need] {
        match self {
            Step::Format => &[Need::Rustfmt],
            Step::Clippy => &[Need::Clippy, Need::WasmTarget],
            Step::Native | Step::Doc | Step::Size => &[],
            Step::Wasm => &[Need::WasmTarget, Need::WasmBindgen, Need::WasmPack, Need::Browser],
            // With what npm has, since the page that is tested and weighed is the one that is published.
            Step::Page => &[Need::WasmTarget, Need::WasmBindgen, Need::Trunk, Need::NpmPackages],
            Step::EndToEnd => &[Need::Browser, Need::NpmPackages, Need::PythonPackages, Need::MdBook],
        }
    }

    fn judges_page(self) -> bool {
        matches!(self, Step::EndToEnd | Step::Size)
    }

    /// The tests that ran, or `None` for a step that checks something else.
    pub(crate) fn run(self, workspace: &Workspace) -> Result<Option<Counts>> {
        match self {
            Step::Format => cargo(workspace, "fmt --all --check").map(|()| None),
            Step::Clippy => clippy(workspace).map(|()| None),
            Step::Native => native(workspace).map(Some),
            Step::Doc => documentation(workspace).map(Some),
            Step::Wasm => in_browser(workspace).map(Some),
            Step::Page => bundle::build(workspace, true).map(|()| None),
            Step::EndToEnd => end_to_end(workspace).map(Some),
            Step::Size => size::print_and_check(workspace).map(|()| None),
        }
    }
}

/// The end-to-end tests and the measurements are behind features; a browser crate holds code that only its wasm build sees,
/// so it is linted twice.
fn clippy(workspace: &Workspace) -> Result<()> {
    cargo(
        workspace,
        "clippy --workspace --all-targets --features netsplit-tests/bench,netsplit-tests/e2e -- -D warnings",
    )?;
    for package in BROWSER_CRATES {
        let target = format!("--package {package} --target {WASM_TARGET}");
        cargo(workspace, &format!("clippy {target} --all-targets -- -D warnings"))?;
    }
    Ok(())
}

fn native(workspace: &Workspace) -> Result<Counts> {
    let words = "test --workspace --lib --bins --tests";
    count(&mut cargo_command(workspace, words)?)
}

/// Apart from the other tests, so that the summary can tell the two kinds from each other.
fn documentation(workspace: &Workspace) -> Result<Counts> {
    let output = shell::run_and_keep_output(&mut cargo_command(workspace, "test --workspace --doc")?)?;
    Ok(counts::of_output(&output))
}

fn in_browser(workspace: &Workspace) -> Result<Counts> {
    let mut counts = Counts::default();
    for package in BROWSER_CRATES {
        let mut wasm_pack = shell::command(workspace, "wasm-pack")?;
        wasm_pack.args(["test", "--headless", "--chrome", "--mode", "no-install"]);
        wasm_pack.arg("--chromedriver").arg(debian::chromedriver(workspace)?);
        // Release, because the runs whose digests are compared are long.
        wasm_pack.args(["--release", &format!("crates/{package}")]);
        // Seconds; the runner gives up after twenty unless told.
        wasm_pack.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
        counts += count(&mut wasm_pack)?;
    }
    Ok(counts)
}

fn end_to_end(workspace: &Workspace) -> Result<Counts> {
    courses::build(workspace)?;
    let words = "test --package netsplit-tests --features e2e --test e2e";
    let mut test = cargo_command(workspace, words)?;
    test.env("NETSPLIT_DIST", workspace.dist());
    test.env("NETSPLIT_COURSES", courses::folder(workspace));
    test.env("NETSPLIT_AXE", workspace.path("node_modules/axe-core/axe.min.js"));
    test.env("CHROMEDRIVER", debian::chromedriver(workspace)?);
    count(&mut test)
}

/// Runs tests and counts them. No test at all proves nothing, and usually means a misspelt target.
fn count(command: &mut Command) -> Result<Counts> {
    let counts = counts::of_output(&shell::run_and_keep_output(command)?);
    ensure!(counts.passed > 0, "this step ran no test at all");
    Ok(counts)
}

fn cargo(workspace: &Workspace, words: &str) -> Result<()> {
    shell::run(&mut cargo_command(workspace, words)?)
}

fn cargo_command(workspace: &Workspace, words: &str) -> Result<Command> {
    let mut command = shell::command(workspace, "cargo")?;
    command.args(words.split(' '));
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::{ALL, Step, select};

    fn selected(names: &[&str]) -> Vec<Step> {
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        select(&names).unwrap()
    }

    #[test]
    fn no_name_selects_every_step() {
        assert_eq!(selected(&[]), ALL);
    }

    #[test]
    fn names_select_in_the_order_of_the_suite() {
        assert_eq!(selected(&["wasm", "format"]), [Step::Format, Step::Wasm]);
    }

    #[test]
    fn judging_the_page_builds_it_first() {
        assert_eq!(selected(&["size"]), [Step::Page, Step::Size]);
        assert_eq!(selected(&["native"]), [Step::Native]);
    }

    #[test]
    fn an_unknown_step_is_refused_by_name() {
        let sentence = select(&["speed".to_owned()]).unwrap_err().to_string();
        assert!(sentence.contains("`speed`") && sentence.contains("format"));
    }
}

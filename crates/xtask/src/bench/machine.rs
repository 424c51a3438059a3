//! What it was measured on.

use std::fs;
use std::thread;

use serde_json::{Value, json};

use crate::shell;
use crate::workspace::Workspace;

/// Processor, cores, compiler and browser, as far as they can be found out.
pub(super) fn describe(workspace: &Workspace) -> Value {
    let cores = thread::available_parallelism().map_or(0, usize::from);
    json!({
        "processor": format!("{}, {cores} cores", processor()),
        "compiler": version(workspace, "rustc"),
        "browser": version(workspace, "chromium"),
        "commit": commit(workspace),
    })
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    name.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.to_owned())
}

fn version(workspace: &Workspace, program: &str) -> String {
    answer(workspace, program, &["--version"])
}

fn commit(workspace: &Workspace) -> String {
    answer(workspace, "git", &["describe", "--always", "--dirty"])
}

fn answer(workspace: &Workspace, program: &str, words: &[&str]) -> String {
    let command = shell::command(workspace, program).ok();
    let answer = command.and_then(|mut command| shell::probe(command.args(words)));
    answer.unwrap_or_else(|| "unknown".to_owned())
}

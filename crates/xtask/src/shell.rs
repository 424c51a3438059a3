//! Running other programs: visibly, quietly for a probe, or while keeping what they print.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::workspace::Workspace;

/// A program started in the root, with the clone's own tools before everything else on PATH.
pub(crate) fn command(workspace: &Workspace, program: &str) -> Result<Command> {
    let mut command = Command::new(program);
    let path = env::join_paths(search_path(workspace))
        .context("a folder on PATH has a name that cannot stand in PATH")?;
    command.current_dir(workspace.root()).env("PATH", path);
    Ok(command)
}

/// Where `program` would be found, if it is installed.
pub(crate) fn find(workspace: &Workspace, program: &str) -> Option<PathBuf> {
    search_path(workspace)
        .into_iter()
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

fn search_path(workspace: &Workspace) -> Vec<PathBuf> {
    let inherited = env::var_os("PATH").unwrap_or_default();
    let mut folders = vec![workspace.tools().join("bin")];
    folders.extend(env::split_paths(&inherited));
    folders
}

/// Runs a program that talks to the person, after showing its command line.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = announce(command);
    let status = command.status().with_context(|| format!("could not start `{line}`"))?;
    ensure!(status.success(), "`{line}` failed ({status})");
    Ok(())
}

/// Like [`run`], and also returns what went to standard output. Standard error passes straight through, so
/// that cargo keeps its colours and its progress bar.
pub(crate) fn run_and_keep_output(command: &mut Command) -> Result<String> {
    let line = announce(command);
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("could not start `{line}`"))?;
    let Some(stdout) = child.stdout.take() else {
        bail!("`{line}` started without a standard output");
    };
    let mut kept = String::new();
    for printed in BufReader::new(stdout).split(b'\n') {
        let printed = printed.with_context(|| format!("could not read what `{line}` prints"))?;
        let printed = String::from_utf8_lossy(&printed);
        println!("{printed}");
        kept.push_str(&printed);
        kept.push('\n');
    }
    let status = child.wait().with_context(|| format!("lost sight of `{line}`"))?;
    ensure!(status.success(), "`{line}` failed ({status})");
    Ok(kept)
}

/// What a program prints when asked something, or `None` if it is missing or fails.
pub(crate) fn probe(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    output.status.success().then(|| text.trim().to_owned())
}

fn announce(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let line: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    let line = line.join(" ");
    println!("$ {line}");
    line
}

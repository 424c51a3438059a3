//! Programs that come from the system's packages: installed on Debian as root, asked for anywhere else.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::shell;
use crate::workspace::Workspace;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Both are needed; chromedriver itself says so if their major versions differ.
pub(crate) fn has_browser(workspace: &Workspace) -> bool {
    browser(workspace).is_ok() && chromedriver(workspace).is_ok()
}

/// The browser to use: the first on PATH of those that its driver can steer.
pub(crate) fn browser(workspace: &Workspace) -> Result<PathBuf> {
    let mut found = BROWSERS.iter().filter_map(|name| shell::find(workspace, name));
    found.next().context("there is no Chromium on PATH: `cargo xtask setup` installs it")
}

/// The driver to use: the environment's, else the one on PATH.
pub(crate) fn chromedriver(workspace: &Workspace) -> Result<PathBuf> {
    env::var_os("CHROMEDRIVER")
        .map(PathBuf::from)
        .or_else(|| shell::find(workspace, "chromedriver"))
        .context("there is no chromedriver on PATH: `cargo xtask setup` installs it")
}

/// Installs packages, or says in one line what the person must run.
pub(crate) fn install(workspace: &Workspace, packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    if !is_debian() {
        bail!(
            "install what Debian calls `{list}` with your system's package manager, put it on PATH, and run \
             the command again"
        );
    }
    if !is_root(workspace)? {
        bail!("run `sudo apt-get install --yes {list}`, then the command again");
    }
    apt_get(workspace, &["update"])?;
    let mut words = vec!["install", "--yes", "--no-install-recommends"];
    words.extend(packages);
    apt_get(workspace, &words)
}

fn apt_get(workspace: &Workspace, words: &[&str]) -> Result<()> {
    let mut command = shell::command(workspace, "apt-get")?;
    // Nobody is there to answer in continuous integration.
    command.env("DEBIAN_FRONTEND", "noninteractive");
    shell::run(command.arg("--quiet").args(words))
}

/// Ubuntu is left out on purpose: its chromium package is a snap, which has no driver beside it.
fn is_debian() -> bool {
    fs::read_to_string("/etc/os-release").is_ok_and(|text| names_debian(&text))
}

fn names_debian(os_release: &str) -> bool {
    os_release.lines().any(|line| line == "ID=debian")
}

fn is_root(workspace: &Workspace) -> Result<bool> {
    let mut question = shell::command(workspace, "id")?;
    Ok(shell::probe(question.arg("-u")).as_deref() == Some("0"))
}

#[cfg(test)]
mod tests {
    use super::names_debian;

    #[test]
    fn only_debian_itself_counts_as_debian() {
        assert!(names_debian("NAME=\"Debian GNU/Linux\"\nID=debian\n"));
        assert!(!names_debian("ID=ubuntu\nID_LIKE=debian\n"));
    }
}

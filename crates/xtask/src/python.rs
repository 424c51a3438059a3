//! The tools that only pip carries, in an environment of this clone, at the versions of courses/requirements.txt.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::workspace::Workspace;
use crate::{debian, shell};

const REQUIREMENTS: &str = "courses/requirements.txt";
/// Python says this much only where it can make an environment with pip inside.
const CAN_MAKE_ENVIRONMENTS: &str = "import venv, ensurepip";

/// Whether the environment holds what is required. It keeps the list that it was made from.
pub(crate) fn has_packages(workspace: &Workspace) -> bool {
    let wanted = fs::read(workspace.path(REQUIREMENTS));
    wanted.is_ok_and(|wanted| fs::read(installed_list(workspace)).is_ok_and(|installed| installed == wanted))
}

pub(crate) fn install(workspace: &Workspace) -> Result<()> {
    let mut question = shell::command(workspace, "python3")?;
    if shell::probe(question.args(["-c", CAN_MAKE_ENVIRONMENTS])).is_none() {
        println!("missing  Python with venv, which installs them");
        debian::install(workspace, &["python3", "python3-venv"])?;
    }
    let mut make = shell::command(workspace, "python3")?;
    shell::run(make.args(["-m", "venv", "--clear"]).arg(environment(workspace)))?;
    let mut pip = shell::command(workspace, &program(workspace, "pip"))?;
    pip.args(["install", "--quiet", "--disable-pip-version-check", "--requirement", REQUIREMENTS]);
    shell::run(&mut pip)?;
    fs::copy(workspace.path(REQUIREMENTS), installed_list(workspace))
        .context("could not note which Python packages are installed")?;
    Ok(())
}

/// Where the environment keeps a program.
pub(crate) fn program(workspace: &Workspace, name: &str) -> String {
    environment(workspace).join("bin").join(name).to_string_lossy().into_owned()
}

fn environment(workspace: &Workspace) -> PathBuf {
    workspace.tools().join("courses")
}

fn installed_list(workspace: &Workspace) -> PathBuf {
    environment(workspace).join("requirements.txt")
}

//! Everything that is automated, as commands: `cargo xtask setup | build | serve | test | courses | package | size | profile | bench | figures |
//! pictures`.
//!
//! A clone needs Rust and nothing else: each command first installs what it lacks, and says what and why.

mod arguments;
mod bench;
mod bundle;
mod cargo_tools;
mod counts;
mod courses;
mod csp;
mod debian;
mod first_load;
mod glue;
mod halves;
mod hooks;
mod npm;
mod npm_tools;
mod offline;
mod one_file;
mod package;
mod pictures;
mod profile;
mod python;
mod release;
mod rust;
mod serve;
mod setup;
mod shell;
mod size;
mod steps;
mod stylesheet;
mod suite;
mod tables;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;

use arguments::Command;
use workspace::Workspace;

fn main() -> ExitCode {
    match arguments::from_command_line().and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    let workspace = Workspace::find()?;
    match command {
        Command::Help => {
            print!("{}", arguments::HELP);
            Ok(())
        }
        Command::Setup => setup::ensure(&workspace, &setup::EVERYTHING, setup::Report::All),
        Command::Build { release } => bundle::build(&workspace, release),
        Command::Serve { port, dev: false } => serve::release(&workspace, port),
        Command::Serve { port, dev: true } => bundle::watch(&workspace, port),
        Command::Test { only } => suite::run(&workspace, &only),
        Command::Figures { built } => bench::figures::run(&workspace, built),
        Command::Pictures { built } => pictures::take(&workspace, built),
        Command::Package { built } => package::make(&workspace, built),
        Command::Profile => profile::write(&workspace),
        Command::Courses => courses::build(&workspace),
        Command::Size => size::print_and_check(&workspace),
        Command::Bench { only } => bench::run(&workspace, &only),
        Command::PreBuildHook => stylesheet::write(&workspace),
        Command::PostBuildHook => hooks::post_build(&workspace),
    }
}

//! The commands.

mod check;
mod check_solution;
mod export;
mod generate;
mod list;
mod pbs;
mod picture;
mod replay;
mod run;
mod sweep;

use std::io::Write;

use anyhow::Result;

use crate::arguments::Command;
use crate::exit::Exit;

pub(crate) fn run(command: Command, out: &mut dyn Write) -> Result<Exit> {
    match command {
        Command::Run(arguments) => run::run(&arguments, out),
        Command::Replay { trace } => replay::replay(&trace, out),
        Command::Check(arguments) => check::check(&arguments, out),
        Command::CheckSolution(arguments) => check_solution::check_solution(&arguments, out),
        Command::Export(arguments) => export::export(&arguments, out),
        Command::Picture(arguments) => picture::picture(&arguments, out),
        Command::Sweep(arguments) => sweep::run(&arguments, out),
        Command::Pbs(arguments) => pbs::run(&arguments, out),
        Command::Gallery => list::list(out),
        Command::Completions { shell } => generate::completions(shell, out),
        Command::Man { command } => generate::man(command.as_deref(), out),
    }
}

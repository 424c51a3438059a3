//! `netsplit completions` and `netsplit man`: made from the same description as the help.

use std::io::Write;

use anyhow::{Result, bail};
use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::arguments::Arguments;
use crate::exit::Exit;

pub(super) fn completions(shell: Shell, out: &mut dyn Write) -> Result<Exit> {
    // Into memory first: clap panics if its reader goes away.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "netsplit", &mut script);
    out.write_all(&script)?;
    Ok(Exit::Fine)
}

pub(super) fn man(name: Option<&str>, out: &mut dyn Write) -> Result<Exit> {
    let mut command = Arguments::command();
    command.build();
    if let Some(name) = name {
        let Some(found) = command.find_subcommand(name) else {
            let known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
            bail!("there is no command {name}; there are {}", known.join(", "));
        };
        command = found.clone();
    }
    Man::new(command).render(&mut &mut *out)?;
    Ok(Exit::Fine)
}

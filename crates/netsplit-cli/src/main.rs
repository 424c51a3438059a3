//! The program `netsplit`.

use std::env;
use std::io;
use std::process::ExitCode;

fn main() -> ExitCode {
    netsplit_cli::run(env::args_os(), &mut io::stdout().lock(), &mut io::stderr()).into()
}

//! The command line, read into one validated value before anything runs.

use anyhow::{Result, bail};
use lexopt::prelude::{Long, Short, Value, ValueExt};

use crate::bench::{self, Part};
use crate::steps::{self, Step};

pub(crate) const HELP: &str = "\
cargo xtask <command>

  setup                      install what is missing: the wasm target, cargo tools, a browser, npm and Python packages
  build [--release]          bundle the page into dist/
  serve [--port N] [--dev]   bundle a release and serve it on 127.0.0.1:8080; --dev rebuilds on every change
  test [--only A,B]          run every test and check, or only the steps named
  courses                    build the samples of course material with the page in dist/, into target/courses/
  package [--built]          the page as a zip and as one file, with checksums and licences, into target/package/
  size                       what the page in dist/ weighs, and its first load against the budget
  profile                    see what runs until the first movement, by which the module is split
  bench [--only A,B]         measure the kernel and the page: a table, and target/bench.json
  figures [--built]          measure how soon the page is there, on a desk and a phone: a table, and target/figures.json
  pictures [--built]         take the screenshots and the tour of the README from the page, into www/screenshots/

Steps of test: format clippy native doc wasm page e2e size.
Parts of bench: native wasm page.
";

const DEFAULT_PORT: u16 = 8080;

/// What the person asked for.
#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    Help,
    Setup,
    Build {
        release: bool,
    },
    Serve {
        port: u16,
        dev: bool,
    },
    Test {
        /// The steps to run, in the suite's order; never empty.
        only: Vec<Step>,
    },
    Courses,
    Size,
    Bench {
        /// The parts to measure; never empty.
        only: Vec<Part>,
    },
    Figures {
        /// Whether dist/ holds the page already.
        built: bool,
    },
    Pictures {
        /// Whether dist/ holds the page already.
        built: bool,
    },
    Package {
        /// Whether dist/ holds the page already.
        built: bool,
    },
    /// Writes what runs until the first movement.
    Profile,
    /// Called by Trunk before it reads index.html.
    PreBuildHook,
    /// Called by Trunk once the page stands in its staging folder.
    PostBuildHook,
}

pub(crate) fn from_command_line() -> Result<Command> {
    parse(lexopt::Parser::from_env())
}

fn parse(mut parser: lexopt::Parser) -> Result<Command> {
    let name = match parser.next()? {
        Some(Value(name)) => name.string()?,
        None | Some(Short('h') | Long("help")) => return Ok(Command::Help),
        Some(other) => return Err(other.unexpected().into()),
    };
    match name.as_str() {
        "setup" => no_more(parser, Command::Setup),
        "build" => parse_flag(parser, "release", |release| Command::Build { release }),
        "figures" => parse_flag(parser, "built", |built| Command::Figures { built }),
        "pictures" => parse_flag(parser, "built", |built| Command::Pictures { built }),
        "package" => parse_flag(parser, "built", |built| Command::Package { built }),
        "serve" => parse_serve(parser),
        "test" => Ok(match parse_only(parser)? {
            Some(names) => Command::Test { only: steps::select(&names)? },
            None => Command::Help,
        }),
        "bench" => Ok(match parse_only(parser)? {
            Some(names) => Command::Bench { only: bench::select(&names)? },
            None => Command::Help,
        }),
        "courses" => no_more(parser, Command::Courses),
        "size" => no_more(parser, Command::Size),
        "profile" => no_more(parser, Command::Profile),
        "hook" => parse_hook(parser),
        "help" => Ok(Command::Help),
        other => bail!("there is no command `{other}`; `cargo xtask help` lists them"),
    }
}

fn no_more(mut parser: lexopt::Parser, command: Command) -> Result<Command> {
    match parser.next()? {
        None => Ok(command),
        Some(Short('h') | Long("help")) => Ok(Command::Help),
        Some(extra) => Err(extra.unexpected().into()),
    }
}

/// A command with one option that has no value.
fn parse_flag(mut parser: lexopt::Parser, flag: &str, command: fn(bool) -> Command) -> Result<Command> {
    let mut given = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Long(name) if name == flag => given = true,
            Short('h') | Long("help") => return Ok(Command::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(command(given))
}

fn parse_serve(mut parser: lexopt::Parser) -> Result<Command> {
    let (mut port, mut dev) = (DEFAULT_PORT, false);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => port = parser.value()?.parse()?,
            Long("dev") => dev = true,
            Short('h') | Long("help") => return Ok(Command::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Serve { port, dev })
}

/// The names after `--only`; `None` if help is asked for instead.
fn parse_only(mut parser: lexopt::Parser) -> Result<Option<Vec<String>>> {
    let mut names = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("only") => {
                let list = parser.value()?.string()?;
                names.extend(list.split([',', '|']).map(str::to_owned));
            }
            Short('h') | Long("help") => return Ok(None),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(names))
}

fn parse_hook(mut parser: lexopt::Parser) -> Result<Command> {
    let name = parser.value()?.string()?;
    match name.as_str() {
        "pre-build" => no_more(parser, Command::PreBuildHook),
        "post-build" => no_more(parser, Command::PostBuildHook),
        other => bail!("there is no hook `{other}`; Trunk.toml names pre-build and post-build"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, parse};
    use crate::steps::Step;

    fn read(line: &str) -> Result<Command, String> {
        let arguments = line.split_whitespace();
        parse(lexopt::Parser::from_args(arguments)).map_err(|error| error.to_string())
    }

    fn steps_of(line: &str) -> Vec<&'static str> {
        match read(line) {
            Ok(Command::Test { only }) => only.into_iter().map(Step::name).collect(),
            other => panic!("{line} is not a test command: {other:?}"),
        }
    }

    #[test]
    fn serve_uses_port_8080_unless_told() {
        let (port, dev) = (8080, false);
        assert_eq!(read("serve"), Ok(Command::Serve { port, dev }));
        let (port, dev) = (9000, true);
        assert_eq!(read("serve --port 9000 --dev"), Ok(Command::Serve { port, dev }));
    }

    #[test]
    fn build_and_package_have_one_option_each() {
        assert_eq!(read("build --release"), Ok(Command::Build { release: true }));
        assert_eq!(read("package"), Ok(Command::Package { built: false }));
        assert_eq!(read("package --built"), Ok(Command::Package { built: true }));
        assert!(read("package --release").unwrap_err().contains("release"));
    }

    #[test]
    fn test_without_only_runs_every_step() {
        let all = ["format", "clippy", "native", "doc", "wasm", "page", "e2e", "size"];
        assert_eq!(steps_of("test"), all);
    }

    #[test]
    fn only_keeps_the_order_of_the_suite() {
        assert_eq!(steps_of("test --only wasm,format"), ["format", "wasm"]);
    }

    #[test]
    fn an_unknown_word_is_refused_by_name() {
        assert!(read("paint").unwrap_err().contains("paint"));
        assert!(read("size --loud").unwrap_err().contains("loud"));
        assert!(read("test --only speed").unwrap_err().contains("speed"));
        assert!(read("bench --only speed").unwrap_err().contains("speed"));
    }
}

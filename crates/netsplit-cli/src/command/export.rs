//! `netsplit export`: a run or a history for another tool.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use netsplit_checkers::search::{Budget, judge};
use netsplit_checkers::verdict::Consistency;
use netsplit_formats::{ExportError, jepsen, mermaid, porcupine, shiviz, trace};
use netsplit_scenarios::link::Opened;
use netsplit_sim::run::Run;

use crate::arguments::{ExportArguments, Format};
use crate::case::Case;
use crate::exit::Exit;
use crate::report;
use crate::source::{self, Found};
use crate::target::Target;

pub(super) fn export(arguments: &ExportArguments, out: &mut dyn Write) -> Result<Exit> {
    let Some(path) = &arguments.output else {
        to(arguments, out)?;
        return Ok(Exit::Fine);
    };
    let name = || path.display().to_string();
    let mut file = BufWriter::new(create(path)?);
    to(arguments, &mut file)?;
    file.flush().with_context(name)?;
    Ok(Exit::Fine)
}

fn create(path: &Path) -> Result<File> {
    File::create(path).with_context(|| path.display().to_string())
}

fn to(arguments: &ExportArguments, out: &mut dyn Write) -> Result<()> {
    match source::find(&arguments.what)? {
        Found::History { name, text } => {
            history(arguments.format, &Case::of_text(&name, &text, arguments.model)?, out)
        }
        Found::Run(mut opened) => {
            let run = Target::settle(arguments.seed, arguments.until, &mut opened).run(&opened)?;
            if matches!(arguments.format, Format::Edn | Format::Porcupine) {
                let case =
                    Case::of_run(report::name(&opened), &opened.record.scenario, &*run, arguments.model)?;
                return history(arguments.format, &case, out);
            }
            Ok(events(arguments.format, &opened, &*run, out)?)
        }
    }
}

fn history(format: Format, case: &Case, out: &mut dyn Write) -> Result<()> {
    match format {
        Format::Edn => jepsen::write(&case.told(), out)?,
        Format::Porcupine => {
            let claim = Consistency::Linearizable(case.model);
            let verdict = judge(claim, &case.account.history, Budget::USUAL);
            porcupine::write(&case.told(), verdict.order(), out)?;
        }
        Format::Shiviz | Format::Mermaid | Format::Trace => {
            bail!(
                "{} holds what clients saw, and no messages: it can be exported as edn or porcupine",
                case.title
            )
        }
    }
    Ok(())
}

fn events(format: Format, opened: &Opened, run: &dyn Run, out: &mut dyn Write) -> Result<(), ExportError> {
    match format {
        Format::Shiviz => shiviz::write(run, report::tell, out),
        Format::Mermaid => mermaid::write(run, report::tell, out),
        Format::Trace | Format::Edn | Format::Porcupine => {
            trace::write(&opened.record, run, report::tell, out)
        }
    }
}

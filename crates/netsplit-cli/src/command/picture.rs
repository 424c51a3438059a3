//! `netsplit picture`: a moment of a run as a standalone SVG.

use std::fs;
use std::io::Write;

use anyhow::{Context, Result};
use netsplit_scenarios::link::{self, Opened, Position};
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;
use netsplit_view::picture::{Caption, Options, Subject, svg};

use crate::arguments::PictureArguments;
use crate::exit::Exit;
use crate::source;
use crate::target::Target;

pub(super) fn picture(arguments: &PictureArguments, out: &mut dyn Write) -> Result<Exit> {
    let mut opened = source::open(&arguments.what)?;
    let run = target(arguments, &mut opened).run(&opened)?;
    let options = options(arguments, &opened, &*run);
    let drawn = svg(&Subject::new(&opened.record, &*run), arguments.kind.what(), &options);
    match &arguments.out {
        Some(path) => fs::write(path, drawn).with_context(|| path.display().to_string())?,
        None => out.write_all(drawn.as_bytes())?,
    }
    Ok(Exit::Fine)
}

/// The moment asked for, else the link's, else when the scenario's point has shown, else its end.
fn target(arguments: &PictureArguments, opened: &mut Opened) -> Target {
    let at = |time: SimTime| Position { micros: Some(time.0 / 1_000), ..Position::default() };
    let settled = Target::settle(arguments.seed, None, opened);
    let point = opened.record.scenario.point;
    match (arguments.at, arguments.step, settled) {
        (Some(time), ..) => Target::Link(at(time)),
        (None, Some(step), _) => Target::Link(Position { step: Some(step), ..Position::default() }),
        (None, None, Target::End) => point.map_or(Target::End, |time| Target::Link(at(time))),
        (None, None, settled) => settled,
    }
}

fn options(arguments: &PictureArguments, opened: &Opened, run: &dyn Run) -> Options {
    let theme = arguments.theme.theme();
    if arguments.thumbnail {
        return Options::thumbnail(theme);
    }
    let usual = Options::default();
    let caption = (!arguments.no_caption).then(|| Caption::new(address(arguments, opened, run)));
    Options { theme, size: arguments.size.unwrap_or(usual.size), caption, ..usual }
}

/// The address that opens the run at its cursor.
fn address(arguments: &PictureArguments, opened: &Opened, run: &dyn Run) -> String {
    let given =
        arguments.what.split_once('#').map(|(before, _)| before.split('?').next().unwrap_or_default());
    let page = arguments.page.as_deref().or(given).unwrap_or_default().trim();
    let fragment = link::share(&opened.record, &Position::of(run), &[]);
    [page, &fragment.to_string()].concat()
}

//! `netsplit check-solution`: whether links meet the goals of lessons.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use anyhow::{Context, Result};
use netsplit_scenarios::fragment::parse_fragment;
use netsplit_scenarios::lesson::solution::{Asked, Checked, Report, SolutionError, check};
use netsplit_scenarios::lesson::student::Student;
use netsplit_words::say;

use crate::arguments::SolutionArguments;
use crate::csv;
use crate::exit::Exit;
use crate::handed_in::{self, HandedIn, Predicted};

pub(super) fn check_solution(arguments: &SolutionArguments, out: &mut dyn Write) -> Result<Exit> {
    if arguments.csv {
        csv::row(
            &["student", "lesson", "goal", "met", "at_s", "interventions", "digest", "problem", "link"],
            out,
        )?;
    }
    let mut exit = Exit::Fine;
    for link in &arguments.links {
        let handed_in = HandedIn { student: None, link: link.clone() };
        let checked = checked(arguments, &handed_in);
        // What is typed and means nothing is bad usage; in a file it is one row of many.
        if !arguments.csv
            && let Err(error) = checked
        {
            return Err(error.into());
        }
        exit = exit.with(tell(arguments, &handed_in, checked, out)?);
    }
    for file in &arguments.file {
        exit = exit.with(file_of_links(arguments, file, out)?);
    }
    Ok(exit)
}

fn file_of_links(arguments: &SolutionArguments, file: &Path, out: &mut dyn Write) -> Result<Exit> {
    let text = read(file).with_context(|| file.display().to_string())?;
    let paper = handed_in::read(&text);
    let mut exit = Exit::Fine;
    for handed_in in &paper.links {
        exit = exit.with(tell(arguments, handed_in, checked(arguments, handed_in), out)?);
    }
    for predicted in paper.predictions.iter().filter(|_| !arguments.csv) {
        writeln!(out, "{}", prediction(arguments, &paper.lesson, predicted)?)?;
    }
    Ok(exit)
}

fn read(file: &Path) -> io::Result<String> {
    if file != Path::new("-") {
        return fs::read_to_string(file);
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

fn checked(arguments: &SolutionArguments, handed_in: &HandedIn) -> Result<Report, SolutionError> {
    let fragment = handed_in.link.split_once('#').map_or(&*handed_in.link, |(_, fragment)| fragment);
    let named = arguments.student.as_deref().or(handed_in.student.as_deref());
    let asked = Asked {
        lesson: arguments.lesson.clone(),
        goal: arguments.goal.clone(),
        student: named.and_then(Student::new),
    };
    check(&parse_fragment(fragment)?, &asked)
}

/// Says what came of a link; whether all that was asked of it is met.
fn tell(
    arguments: &SolutionArguments,
    handed_in: &HandedIn,
    checked: Result<Report, SolutionError>,
    out: &mut dyn Write,
) -> io::Result<Exit> {
    let report = match checked {
        Ok(report) => report,
        Err(error) => {
            tell_unreadable(arguments, handed_in, &error, out)?;
            return Ok(Exit::NotAsExpected);
        }
    };
    for goal in &report.goals {
        if arguments.csv { row(&report, goal, &handed_in.link, out)? } else { line(&report, goal, out)? }
    }
    let all = report.goals.iter().all(Checked::counts);
    Ok(if all { Exit::Fine } else { Exit::NotAsExpected })
}

fn tell_unreadable(
    arguments: &SolutionArguments,
    handed_in: &HandedIn,
    error: &SolutionError,
    out: &mut dyn Write,
) -> io::Result<()> {
    let student = handed_in.student.as_deref().unwrap_or_default();
    if arguments.csv {
        return csv::row(&[student, "", "", "no", "", "", "", &error.to_string(), &handed_in.link], out);
    }
    writeln!(out, "✗ {error}")
}

fn line(report: &Report, goal: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let whose = report.student.as_ref().map_or_else(String::new, |student| format!(" of {}", student.id()));
    let name = format!("{}/{}{whose}", report.lesson, goal.goal);
    match (goal.met, &goal.differences[..]) {
        (Some(met), []) => {
            let Report { interventions, digest, .. } = report;
            let used =
                say!("{count, plural, one {# intervention} other {# interventions}}", count = interventions);
            writeln!(out, "✓ {name}: met at {}, {used}, digest {digest}", met.time)
        }
        (None, []) => writeln!(out, "✗ {name}: not met"),
        (_, differences) => writeln!(out, "✗ {name}: does not count: {}", differences.join("; ")),
    }
}

fn row(report: &Report, goal: &Checked, link: &str, out: &mut dyn Write) -> io::Result<()> {
    let student = report.student.as_ref().map_or("", Student::id);
    let at = goal.met.map_or_else(String::new, |met| seconds(met.time.0));
    let met = if goal.counts() { "yes" } else { "no" };
    let (interventions, digest) = (report.interventions.to_string(), report.digest.to_string());
    let problem = goal.differences.join("; ");
    csv::row(&[student, &report.lesson, &goal.goal, met, &at, &interventions, &digest, &problem, link], out)
}

/// Exactly, for whoever sorts by it.
fn seconds(nanos: u64) -> String {
    format!("{}.{:09}", nanos / 1_000_000_000, nanos % 1_000_000_000)
}

/// What the lesson says of a prediction on a sheet.
fn prediction(arguments: &SolutionArguments, lesson: &str, predicted: &Predicted) -> Result<String> {
    let lesson = arguments.lesson.as_deref().unwrap_or(lesson);
    let student = arguments.student.as_deref().or(predicted.student.as_deref()).and_then(Student::new);
    let place = format!("{lesson}, prediction {} of step {}", predicted.block, predicted.step);
    let right = netsplit_scenarios::lesson::solution::right_choice(
        lesson,
        (predicted.step, predicted.block),
        student.as_ref(),
    )?;
    Ok(match right {
        Some(right) if right == predicted.choice => format!("✓ {place}: choice {right} comes true"),
        Some(right) => format!("✗ {place}: choice {}, and choice {right} comes true", predicted.choice),
        None => format!("? {place}: the lesson has no such prediction"),
    })
}

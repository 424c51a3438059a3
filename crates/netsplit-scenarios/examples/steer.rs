//! Tells a run in sentences, for those who write a scenario and look for the right moment.
//!
//! ```text
//! cargo run -p netsplit-scenarios --example steer -- crates/netsplit-scenarios/gallery/raft/figure-7.json
//! cargo run -p netsplit-scenarios --example steer -- <file> --from 1500 --to 1800 --all
//! ```
//!
//! Times are milliseconds. `--all` tells routine events too, `--seed 9` runs with another seed, and
//! `--check` says which expectations are not met. At the end stands what every participant shows.

use std::env;
use std::fs;
use std::process::ExitCode;

use netsplit_scenarios::expect::{check, field};
use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::describe::Weight;
use netsplit_sim::event::{Event, EventKind};
use netsplit_sim::id::Step;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match tell(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn tell(arguments: &[String]) -> Result<(), String> {
    let file = arguments.first().ok_or("which scenario? steer <file> [--from ms] [--to ms] [--all]")?;
    let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let mut record = RunRecord::from_json(&text).map_err(|error| format!("{file}: {error}"))?;
    if let Some(seed) = number(arguments, "--seed")? {
        record.set_seed(seed);
    }
    let mut run = open(&record).map_err(|error| error.to_string())?;
    let from = SimTime::from_millis(number(arguments, "--from")?.unwrap_or(0));
    let to = number(arguments, "--to")?.map_or(run.until(), SimTime::from_millis);
    run.seek(to).map_err(|error| error.to_string())?;
    let all = arguments.iter().any(|argument| argument == "--all");
    run.past().filter(|event| event.time >= from).for_each(|event| tell_event(run.as_ref(), event, all));
    tell_state(run.as_ref());
    if arguments.iter().any(|argument| argument == "--check") {
        match check(&record) {
            Ok(()) => println!("all {} expectations are met", record.expect.len()),
            Err(unmet) => unmet.iter().for_each(|unmet| println!("{unmet}")),
        }
    }
    Ok(())
}

fn number(arguments: &[String], name: &str) -> Result<Option<u64>, String> {
    let Some(place) = arguments.iter().position(|argument| argument == name) else { return Ok(None) };
    let value = arguments.get(place + 1).and_then(|value| value.parse().ok());
    value.map(Some).ok_or_else(|| format!("{name} needs a whole number"))
}

fn tell_event(run: &dyn Run, event: &Event, all: bool) {
    let about = run.about();
    let at = format!("{:>9.3} ms #{}", event.time.0 as f64 / 1e6, event.step.0);
    match &event.kind {
        EventKind::Intervene { index, refused } => {
            let what = &run.script()[*index as usize].what;
            println!("{at} >>> {what:?}{}", refused.map(|why| format!(" — {why}")).unwrap_or_default());
        }
        EventKind::Request { client, operation, .. } => println!("{at} {client} asks {operation:?}"),
        _ => {}
    }
    for note in run.notes(event.step) {
        if all || about.rules[usize::from(note.rule)].weight == Weight::Notable {
            println!("{at} {}", about.sentence(note));
        }
    }
    tell_outcomes(run, event.step, &at);
    for (moment, violation) in run.violations().iter().filter(|(moment, _)| moment.step == event.step) {
        println!("{at} BROKEN at {}: {}", moment.time, about.sentence(&violation.note));
    }
}

fn tell_outcomes(run: &dyn Run, step: Step, at: &str) {
    for row in run.history() {
        if let Some((_, outcome)) = row.returned.as_ref().filter(|(moment, _)| moment.step == step) {
            println!("{at} {} gets {outcome:?} for {:?}", row.client, row.operation);
        }
    }
}

fn tell_state(run: &dyn Run) {
    println!("--- at {}, step {}, digest {}", run.now(), run.step().0, run.digest());
    for id in run.topology().everyone() {
        let view = run.node(id);
        let fields: Vec<_> =
            view.fields.iter().map(|field| format!("{}={}", field.name, field.value)).collect();
        println!("{id} {} [{}] {}", field(run, id, "role"), field(run, id, "status"), fields.join(" "));
        if !id.is_client() {
            println!(
                "   log {} | {} | settled {}",
                field(run, id, "log.epochs"),
                field(run, id, "log.labels"),
                field(run, id, "log.settled")
            );
        }
    }
}

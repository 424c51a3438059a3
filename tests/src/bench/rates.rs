//! Events a second: of the world alone, of a run that keeps what happened, and with properties checked.

use netsplit_protocols::raft::{Raft, RaftProperties};
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::event::StepReport;
use netsplit_sim::id::Step;
use netsplit_sim::protocol::Protocol;
use netsplit_sim::run::Run;
use netsplit_sim::world::World;

use super::{Clock, Row, ping, workloads};

/// Events of one measurement, after as many again as it takes to get going.
const EVENTS: u64 = 300_000;
const WARM_UP: u64 = 30_000;
/// How often each is measured.
const TIMES: usize = 5;

/// The bare world.
pub(super) fn world(name: &str, record: &RunRecord, clock: Clock) -> Vec<Row> {
    row(name, "world alone", || world_rate(workloads::world(record), clock))
}

/// A run that keeps events, notes, marks, history and keyframes.
pub(super) fn run(name: &str, record: &RunRecord, clock: Clock) -> Vec<Row> {
    row(name, "run", || run_rate(&mut workloads::run::<()>(record), clock))
}

/// The same, as the page has it: with properties checked after every event.
pub(super) fn checked(name: &str, record: &RunRecord, clock: Clock) -> Vec<Row> {
    row(name, "run with properties checked", || {
        run_rate(&mut workloads::run::<RaftProperties>(record), clock)
    })
}

/// Fifty servers that talk to three others every ten milliseconds.
pub(super) fn ping(clock: Clock) -> Vec<Row> {
    row("ping, 50 nodes", "world alone", || world_rate(ping::world(50), clock))
}

fn row(name: &str, what: &str, rate: impl Fn() -> f64) -> Vec<Row> {
    vec![Row::new(format!("{name}: {what}"), "events/s", (0..TIMES).map(|_| rate()).collect())]
}

fn world_rate<P: Protocol>(mut world: World<P>, clock: Clock) -> f64 {
    let mut report = StepReport::default();
    let mut steps = |count: u64| {
        for _ in 0..count {
            world.step(&mut report).expect("a workload is no livelock");
        }
    };
    steps(WARM_UP);
    let begun = clock();
    steps(EVENTS);
    per_second(EVENTS, clock() - begun)
}

fn run_rate(run: &mut dyn Run, clock: Clock) -> f64 {
    go(run, WARM_UP);
    let begun = clock();
    go(run, EVENTS);
    per_second(EVENTS, clock() - begun)
}

fn go(run: &mut dyn Run, events: u64) {
    let to = Step(run.step().0 + events);
    run.run_to_step(to, u32::MAX).expect("a workload is no livelock");
}

/// Operations that were answered, each of which the five agreed on.
pub(super) fn commits(name: &str, record: &RunRecord, clock: Clock) -> Vec<Row> {
    let rates = (0..TIMES).map(|_| commit_rate(record, clock)).collect();
    vec![Row::new(format!("{name}: commits"), "commits/s", rates)]
}

fn commit_rate(record: &RunRecord, clock: Clock) -> f64 {
    let mut run = workloads::run::<()>(record);
    go(&mut run, WARM_UP);
    let before = answered(&run);
    let begun = clock();
    go(&mut run, EVENTS);
    let took = clock() - begun;
    per_second(answered(&run) - before, took)
}

fn answered(run: &dyn Run) -> u64 {
    let kept = run.history().iter().filter(|row| row.returned.is_some()).count() as u64;
    kept + run.memory().operations_forgotten
}

fn per_second(count: u64, millis: f64) -> f64 {
    count as f64 * 1_000.0 / millis
}

/// Runs the bare world of Raft over some events; for counting what it allocates.
pub fn step_world(world: &mut World<Raft>, report: &mut StepReport, events: u64) {
    for _ in 0..events {
        world.step(report).expect("a workload is no livelock");
    }
}

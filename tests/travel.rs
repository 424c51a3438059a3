//! Every gallery scenario, wandered through, forked, edited and put back under any limits of memory, still
//! ends in its golden digest; and an event of the steady state allocates nothing.

use std::fs;
use std::path::Path;

use netsplit_protocols::raft::Raft;
use netsplit_scenarios::gallery::gallery;
use netsplit_scenarios::open::open;
use netsplit_sim::describe::Describe;
use netsplit_sim::event::StepReport;
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::random::{Draw, Purpose, Stream};
use netsplit_sim::run::{Limits, Run};
use netsplit_sim::time::SimTime;
use netsplit_sim::world::World;

const SEEDS: u64 = 6;

/// Every run of the golden file under its first seeds, with its digest at the end.
fn runs() -> impl Iterator<Item = (u64, Box<dyn Run>, String)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/digests.txt");
    let golden = fs::read_to_string(file).expect("the golden file is committed");
    gallery().iter().flat_map(move |item| {
        let digest = |seed| {
            let start = format!("{} {seed} ", item.path);
            let line = golden.lines().find_map(|line| line.strip_prefix(&start));
            line.expect("every scenario has its digest").to_owned()
        };
        let run = |seed| {
            let mut record = item.record().expect("a gallery scenario is valid");
            record.set_seed(seed);
            (seed, open(&record).expect("a gallery scenario opens"), digest(seed))
        };
        (1..=SEEDS).map(run).collect::<Vec<_>>()
    })
}

/// Numbers drawn for one run.
fn draws(seed: u64) -> Draw {
    Draw::keyed(seed, Stream::Node(NodeId::server(0)), Purpose::Choice, 0)
}

fn limits(draw: &mut Draw) -> Limits {
    let stride = [1, 7, 1_024][draw.below(3) as usize];
    let mut bytes = || [0, 100_000, 10_000_000][draw.below(3) as usize];
    Limits { stride, keyframe_bytes: bytes(), log_bytes: bytes() }
}

fn wander(run: &mut dyn Run, draw: &mut Draw) {
    for _ in 0..4 {
        run.limit(limits(draw));
        run.seek(SimTime(draw.below(run.until().0))).expect("it runs");
        run.seek_step(Step(draw.below(run.step().0 + 1))).expect("it has that step");
    }
}

fn check_end(run: &mut dyn Run, golden: &str) {
    run.seek(run.until()).expect("it runs");
    assert_eq!(run.digest().to_string(), golden);
}

#[test]
fn seeks_under_any_limits_end_in_the_golden_digest() {
    for (seed, mut run, golden) in runs() {
        let mut draw = draws(seed);
        run.limit(limits(&mut draw));
        wander(&mut *run, &mut draw);
        check_end(&mut *run, &golden);
    }
}

#[test]
fn a_fork_that_goes_another_way_leaves_the_golden_digest() {
    for (seed, mut run, golden) in runs() {
        let mut draw = draws(seed);
        wander(&mut *run, &mut draw);
        let mut branch = run.fork();
        branch.intervene(Intervention::Crash(NodeId::server(0), CrashKind::LoseDisk)).expect("n1 is there");
        wander(&mut *branch, &mut draw);
        check_end(&mut *run, &golden);
    }
}

#[test]
fn lines_taken_out_and_put_back_leave_the_golden_digest() {
    for (seed, mut run, golden) in runs() {
        let mut draw = draws(seed);
        let script = run.script().to_vec();
        run.seek(run.until()).expect("it runs");
        for gone in 0..script.len().min(4) {
            let mut without = script.clone();
            without.remove(gone);
            run.edit(without).expect("what was possible still is");
            wander(&mut *run, &mut draw);
        }
        run.edit(script).expect("it was possible");
        check_end(&mut *run, &golden);
    }
}

#[test]
fn an_event_of_the_steady_state_allocates_nothing() {
    let record =
        gallery().iter().find(|item| item.path == "raft/first-election").expect("it is there").record();
    let record = record.expect("a gallery scenario is valid");
    let mut setup = record.scenario.setup();
    setup.until = SimTime::MAX;
    let settings = Raft::about().settings(&record.scenario.params, &record.scenario.flaws).expect("valid");
    let config = Raft::configure(&settings, setup.topology()).expect("valid");
    let mut report = StepReport::default();
    let mut world = World::<Raft>::new(setup, config, &mut report);
    let mut steps = |count: u32| {
        for _ in 0..count {
            world.step(&mut report).expect("it is no livelock");
        }
    };
    steps(20_000);
    let allocations = allocation_counter::measure(|| steps(20_000));
    assert_eq!(allocations.count_total, 0, "heartbeats and their answers have a fixed size");
}

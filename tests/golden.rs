//! The same run everywhere: every gallery scenario under twenty seeds against one committed file, which
//! the browser's test reads too. `UPDATE_GOLDEN=1` rewrites it; read the diff, and bump the behaviour.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use netsplit_protocols::quorum_replication::QuorumReplication;
use netsplit_protocols::raft::Raft;
use netsplit_protocols::register::Register;
use netsplit_scenarios::document::Scenario;
use netsplit_scenarios::gallery::gallery;
use netsplit_scenarios::open::open;
use netsplit_sim::describe::Describe;
use netsplit_sim::execution;
use netsplit_sim::id::Step;
use netsplit_sim::intervention::Scheduled;
use netsplit_sim::run::{Progress, Run};
use netsplit_sim::time::SimTime;

const SEEDS: u64 = 20;

/// Every run of the golden file: the scenario's path, the seed, and the run itself, not begun.
fn runs() -> impl Iterator<Item = (&'static str, u64, Box<dyn Run>)> {
    gallery().iter().flat_map(|item| {
        (1..=SEEDS).map(move |seed| {
            let mut record = item.record().expect("a gallery scenario is valid");
            record.set_seed(seed);
            (item.path, seed, open(&record).expect("a gallery scenario opens"))
        })
    })
}

fn digests() -> String {
    let mut text = String::new();
    for (path, seed, mut run) in runs() {
        run.seek(run.until()).expect("a gallery scenario runs to its end");
        writeln!(text, "{path} {seed} {}", run.digest()).expect("a text takes a line");
    }
    text
}

fn golden_file() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/digests.txt")
}

#[test]
fn every_scenario_has_its_golden_digest_under_twenty_seeds() {
    let seen = digests();
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(golden_file(), &seen).expect("the golden file can be written");
    }
    let golden = fs::read_to_string(golden_file()).expect("the golden file is committed");
    let differing: Vec<_> =
        golden.lines().zip(seen.lines()).filter(|(golden, seen)| golden != seen).collect();
    assert_eq!(differing, [], "golden, seen");
    assert_eq!(golden.lines().count(), seen.lines().count());
    println!("{} golden digests", golden.lines().count());
}

#[test]
fn steps_slices_and_seeks_end_in_the_golden_digest() {
    let golden = fs::read_to_string(golden_file()).expect("the golden file is committed");
    for ((path, seed, mut run), line) in runs().zip(golden.lines()) {
        let end = run.until();
        match seed % 3 {
            0 => while run.step_forward().expect("it runs") == Progress::Arrived {},
            1 => while run.run_until(end, 7).expect("it runs") == Progress::Underway {},
            _ => wander(&mut *run, end),
        }
        assert_eq!(format!("{path} {seed} {}", run.digest()), line);
    }
}

/// Forth, back, and to the end.
fn wander(run: &mut dyn Run, end: SimTime) {
    run.seek(SimTime(end.0 / 3)).expect("it runs");
    let third = run.digest();
    run.seek(SimTime(end.0 / 7)).expect("it runs");
    run.seek_step(Step(run.step().0 / 2)).expect("it has that step");
    run.seek(SimTime(end.0 / 3)).expect("it runs");
    assert_eq!(run.digest(), third);
    run.seek(end).expect("it runs");
}

/// The same scenario with nobody checking properties.
fn unwatched(scenario: &Scenario, script: Vec<Scheduled>) -> Box<dyn Run> {
    match scenario.protocol.as_str() {
        "raft" => bare::<Raft>(scenario, script),
        "register" => bare::<Register>(scenario, script),
        "quorum-replication" => bare::<QuorumReplication>(scenario, script),
        other => panic!("{other} has no line here yet"),
    }
}

fn bare<P: Describe>(scenario: &Scenario, script: Vec<Scheduled>) -> Box<dyn Run> {
    let mut settings = P::about().settings(&scenario.params, &scenario.flaws).expect("they are valid");
    for rollout in &scenario.rollouts {
        P::about().roll_out(&mut settings, &rollout.nodes, &rollout.params).expect("they are valid");
    }
    execution::boot::<P, ()>(scenario.setup(), &settings, script).expect("they make sense together")
}

#[test]
fn observers_cannot_act() {
    let golden = fs::read_to_string(golden_file()).expect("the golden file is committed");
    let mut lines = golden.lines();
    for item in gallery() {
        let mut record = item.record().expect("a gallery scenario is valid");
        for seed in 1..=SEEDS {
            record.set_seed(seed);
            let mut run = unwatched(&record.scenario, record.scheduled());
            run.seek(run.until()).expect("a gallery scenario runs to its end");
            assert_eq!(lines.next(), Some(&*format!("{} {seed} {}", item.path, run.digest())));
        }
    }
}

/// Two processes have different hash seeds and addresses; nothing of that may show.
#[test]
fn another_process_sees_the_same_digests() {
    if env::var_os("NETSPLIT_PRINT_DIGESTS").is_some() {
        println!("{}", digests());
        return;
    }
    let this = env::current_exe().expect("a test knows its executable");
    let output = Command::new(this)
        .args(["another_process_sees_the_same_digests", "--exact", "--nocapture"])
        .env("NETSPLIT_PRINT_DIGESTS", "1")
        .output()
        .expect("the test runs once more");
    let other = String::from_utf8(output.stdout).expect("digests are text");
    assert!(other.contains(&digests()), "the other process printed:\n{other}");
}

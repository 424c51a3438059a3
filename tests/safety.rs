//! Ten thousand random fault schedules break no property, and afterwards the system heals.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use netsplit_protocols::raft::{Raft, RaftProperties};
use netsplit_sim::describe::{Describe, Panel, ParamValue};
use netsplit_sim::execution::Execution;
use netsplit_sim::run::Run;
use netsplit_tests::swarm::{END, LAST_WRITE, swarm};

const SCHEDULES: u64 = 10_000;

/// What went wrong in one schedule, if anything did.
fn play(seed: u64) -> Result<u64, String> {
    let mut swarm = swarm(seed);
    let mut params = BTreeMap::new();
    for name in ["pre_vote", "check_quorum", "leader_noop", "disregard_request_vote"] {
        params.insert(name.to_owned(), ParamValue::Switch(swarm.options.chance(500_000)));
    }
    let modes = ["log", "read_index", "lease"];
    let mode = modes[swarm.options.below(modes.len() as u64) as usize];
    params.insert("read_mode".to_owned(), ParamValue::Name(mode.to_owned()));
    let backtracking = ["one", "conflict_term"][swarm.options.below(2) as usize];
    params.insert("backtracking".to_owned(), ParamValue::Name(backtracking.to_owned()));
    params.insert("max_entries_per_append".to_owned(), ParamValue::Number(swarm.options.between(1, 8)));

    let settings = Raft::about().settings(&params, &BTreeSet::new()).map_err(|bad| bad.to_string())?;
    let config = Raft::configure(&settings, swarm.setup.topology()).map_err(|bad| bad.to_string())?;
    let mut run = Execution::<Raft, RaftProperties>::new(swarm.setup, config, swarm.script)
        .map_err(|bad| bad.to_string())?;
    run.run_until(END, u32::MAX).map_err(|stopped| stopped.to_string())?;
    if let Some((moment, violation)) = run.violations().first() {
        let property = Raft::about().properties[usize::from(violation.property)].title;
        let how = Raft::about().sentence(&violation.note);
        return Err(format!("{property} broken at {}: {how}", moment.time));
    }
    for id in run.topology().servers() {
        if !stores_last_write(&run, id) {
            return Err(format!(
                "{id} has not applied the last write {} after the calm",
                END.since(netsplit_tests::swarm::CALM)
            ));
        }
    }
    Ok(run.step().0)
}

/// Whether a server's key-value store holds the write that was made after the calm.
fn stores_last_write(run: &impl Run, id: netsplit_sim::id::NodeId) -> bool {
    let (key, value) = LAST_WRITE;
    let row = [format!("k{key}"), value.to_string()];
    run.node(id).panels.iter().any(|panel| match panel {
        Panel::Table(table) => table.rows.iter().any(|cells| cells[..] == row),
        Panel::Log(_) | Panel::Ring(_) => false,
    })
}

#[test]
fn random_faults_break_no_property_and_a_new_write_is_applied_everywhere_after_them() {
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let outcomes: Vec<(u64, Result<u64, String>)> = thread::scope(|scope| {
        let part = |core: u64| {
            move || -> Vec<_> {
                (0..SCHEDULES).filter(|seed| seed % cores == core).map(|seed| (seed, play(seed))).collect()
            }
        };
        let parts: Vec<_> = (0..cores).map(|core| scope.spawn(part(core))).collect();
        parts.into_iter().flat_map(|part| part.join().expect("no schedule panics")).collect()
    });
    let broken: Vec<String> = outcomes
        .iter()
        .filter_map(|(seed, outcome)| outcome.as_ref().err().map(|why| format!("seed {seed}: {why}")))
        .collect();
    let events: u64 = outcomes.iter().filter_map(|(_, outcome)| outcome.as_ref().ok()).sum();
    println!("{SCHEDULES} schedules, {events} events checked, {} broken", broken.len());
    assert!(
        broken.is_empty(),
        "{} of {SCHEDULES}:\n{}",
        broken.len(),
        broken[..broken.len().min(10)].join("\n")
    );
}

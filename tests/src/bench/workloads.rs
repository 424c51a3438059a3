//! What the simulated systems do while they are measured.

use netsplit_protocols::raft::Raft;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::describe::Describe;
use netsplit_sim::execution::Execution;
use netsplit_sim::property::Properties;
use netsplit_sim::world::World;
use serde_json::{Value, json};

/// Longer than anything measured.
const UNTIL: u64 = 7_200_000_000_000;

/// Five servers that agree on what four clients write as fast as they are answered.
pub fn steady() -> RunRecord {
    let client = json!({ "workload": { "closed": {
        "start": 1_000_000_000, "think": { "constant": 1_000 }, "keys": 16, "reads": 0, "count": 1_000_000,
    } } });
    raft(&json!({
        "network": { "link": { "delay": { "uniform": { "min": 500_000, "max": 1_500_000 } } } },
        "disk": { "constant": 200_000 },
        "clients": [client, client, client, client],
    }))
}

/// The same five with nobody who asks: heartbeats, which are messages of a fixed size.
pub fn quiet() -> RunRecord {
    raft(&json!({ "network": { "link": { "delay": { "uniform": { "min": 500_000, "max": 1_500_000 } } } } }))
}

/// Five servers on a network that loses six of ten messages, so that no leader lasts.
pub fn elections() -> RunRecord {
    raft(&json!({ "network": { "link": {
        "delay": { "uniform": { "min": 15_000_000, "max": 25_000_000 } }, "loss": 600_000,
    } } }))
}

fn raft(document: &Value) -> RunRecord {
    let mut document = document.clone();
    document["schema"] = 1.into();
    document["until"] = UNTIL.into();
    RunRecord::from_json(&document.to_string()).expect("a workload is a valid document")
}

/// The bare world of a record.
pub fn world(record: &RunRecord) -> World<Raft> {
    let setup = record.scenario.setup();
    let settings = settings(record);
    let config = Raft::configure(&settings, setup.topology()).expect("its settings make sense");
    World::new(setup, config, &mut Default::default())
}

/// A run of a record, watched by `O`.
pub fn run<O: Properties<Raft>>(record: &RunRecord) -> Execution<Raft, O> {
    let setup = record.scenario.setup();
    let settings = settings(record);
    let config = Raft::configure(&settings, setup.topology()).expect("its settings make sense");
    Execution::new(setup, config, record.scheduled()).expect("its script names who takes part")
}

fn settings(record: &RunRecord) -> netsplit_sim::describe::Settings {
    Raft::about().settings(&record.scenario.params, &record.scenario.flaws).expect("its settings are valid")
}

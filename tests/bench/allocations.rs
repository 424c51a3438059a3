//! Counts what the kernel allocates per event once it has got going. A program of its own, since it counts by
//! another allocator, which would slow the others down.

use allocation_counter::measure;
use netsplit_protocols::raft::{Raft, RaftProperties};
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::event::StepReport;
use netsplit_sim::id::Step;
use netsplit_sim::property::Properties;
use netsplit_sim::run::Run;
use netsplit_tests::bench::{Row, step_world, workloads};

const WARM_UP: u64 = 100_000;
const EVENTS: u64 = 100_000;

fn main() {
    let (quiet, steady) = (workloads::quiet(), workloads::steady());
    for (what, count) in [
        ("heartbeats: world alone", in_world(&quiet)),
        ("heartbeats: run", in_run::<()>(&quiet)),
        ("heartbeats: run with properties checked", in_run::<RaftProperties>(&quiet)),
        ("steady with clients: world alone", in_world(&steady)),
        ("steady with clients: run", in_run::<()>(&steady)),
    ] {
        let row = Row::new(format!("allocations, {what}"), "/event", vec![count as f64 / EVENTS as f64]);
        println!("{}", row.written("native"));
    }
}

fn in_world(record: &RunRecord) -> u64 {
    let mut world = workloads::world(record);
    let mut report = StepReport::default();
    step_world(&mut world, &mut report, WARM_UP);
    measure(|| step_world(&mut world, &mut report, EVENTS)).count_total
}

fn in_run<O: Properties<Raft>>(record: &RunRecord) -> u64 {
    let mut run = workloads::run::<O>(record);
    let mut go = |to: u64| {
        run.run_to_step(Step(to), u32::MAX).expect("a workload is no livelock");
    };
    go(WARM_UP);
    measure(|| go(WARM_UP + EVENTS)).count_total
}

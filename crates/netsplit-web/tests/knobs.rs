//! Knobs are turned while a wall stands.
#![cfg(not(target_arch = "wasm32"))]

use netsplit_sim::describe::ParamValue;
use netsplit_sim::time::SimTime;
use netsplit_view::metrics::{Measured, Metrics, metrics};
use netsplit_web::model::{Model, cold_start};
use netsplit_web::msg::Msg;
use netsplit_web::options::Options;

/// A wall cuts one server and its client off from two to five seconds.
const LAB: &str = "#scenario=quorum-replication/lab";

/// Before the wall goes.
fn walled(model: &mut Model) -> Metrics {
    model.update(Msg::Seek(SimTime::from_millis(4_800)));
    for _ in 0..100_000 {
        if !model.tick(16.0, &|| 0.0).frames {
            break;
        }
    }
    assert_eq!(model.session().run().walls().len(), 1, "the wall stands");
    metrics(Measured { name: "", run: model.session().run() }, None)
}

/// What is told of each side, and of the reads.
fn told(metrics: &Metrics) -> (Vec<String>, String) {
    let sides = metrics.availability.iter().flat_map(|picture| &picture.rows).map(|row| row.note.clone());
    let reads = metrics.staleness.iter().flat_map(|picture| &picture.rows).map(|row| row.told.clone());
    (sides.collect(), reads.collect())
}

#[test]
fn with_fewer_replicas_to_answer_both_sides_go_on_and_reads_are_stale() {
    let mut model = cold_start(LAB, Options::default(), false);
    let script = model.session().record().script.clone();
    let (sides, reads) = told(&walled(&mut model));
    assert!(sides.iter().any(|side| side.contains("; 0 of ")), "{sides:?}");
    assert!(reads.ends_with("none stale."), "{reads}");

    for name in ["r", "w"] {
        model.update(Msg::Param(name, ParamValue::Number(1)));
    }
    assert_eq!(model.session().record().script, script, "the wall is still in the script");
    let (sides, reads) = told(&walled(&mut model));
    assert!(sides.iter().all(|side| !side.contains("; 0 of ")), "{sides:?}");
    assert!(reads.contains(" stale ("), "{reads}");
}

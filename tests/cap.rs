//! What CAP says, over a thousand random worlds for each claim (Gilbert and Lynch 2002; Abadi 2012): no
//! false violation on a design that is right, and none missed on those that must show one.

use std::thread;

use netsplit_checkers::model::Model;
use netsplit_checkers::search::{Budget, judge};
use netsplit_checkers::verdict::{Consistency, Verdict};
use netsplit_scenarios::judge::{differing, history};
use netsplit_sim::history::{Function, OpRow, Outcome};
use netsplit_sim::run::Run;
use netsplit_sim::workload::Update;
use netsplit_tests::walled::{Walled, Weather, is_ok, walled};

const SEEDS: u64 = 1_000;
const CALM: Weather = Weather { wall: false, rough: false, crash: false };
const WALL: Weather = Weather { wall: true, ..CALM };

/// What `look` finds in the worlds of all seeds, in order.
fn all<T: Send>(look: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let mut found: Vec<(u64, T)> = thread::scope(|scope| {
        let part = |core: u64| {
            let look = &look;
            move || (1..=SEEDS).filter(|seed| seed % cores == core).map(|seed| (seed, look(seed))).collect()
        };
        let parts: Vec<thread::ScopedJoinHandle<'_, Vec<_>>> =
            (0..cores).map(|core| scope.spawn(part(core))).collect();
        parts.into_iter().flat_map(|part| part.join().expect("no world panics")).collect()
    });
    found.sort_by_key(|(seed, _)| *seed);
    found.into_iter().map(|(_, found)| found).collect()
}

fn is_linearizable(run: &dyn Run, model: Model) -> bool {
    let history = history(run, run.step()).expect("nothing was forgotten");
    match judge(Consistency::Linearizable(model), &history, Budget(20_000_000)) {
        Verdict::Ok(_) => true,
        Verdict::Violation(_) => false,
        Verdict::Unknown(spent) => panic!("undecided after {} steps", spent.steps),
    }
}

/// In how many of these it is so.
fn count(found: &[bool]) -> usize {
    found.iter().filter(|found| **found).count()
}

fn took(row: &OpRow) -> Option<u64> {
    row.returned.as_ref().map(|(moment, _)| moment.time.since(row.invoked.time).0)
}

fn cp(seed: u64) -> Walled {
    let weather = Weather {
        wall: !seed.is_multiple_of(4),
        rough: seed.is_multiple_of(3),
        crash: seed.is_multiple_of(5),
    };
    walled(seed, weather).choice("design", "cp")
}

#[test]
fn a_consistent_register_is_linearizable_wall_or_not_and_breaks_no_property() {
    let wrong = all(|seed| {
        let run = cp(seed).run();
        let right = is_linearizable(&*run, Model::Register) && run.violations().is_empty();
        (!right).then_some(seed)
    });
    assert_eq!(wrong.into_iter().flatten().collect::<Vec<u64>>(), [0; 0]);
}

#[test]
fn a_side_without_a_majority_is_never_answered_ok_and_a_failure_is_never_stored() {
    let seen = all(|seed| {
        let store = cp(seed);
        let run = store.run();
        let within = |row: &&OpRow| store.is_within_wall(row) && store.is_behind(row.client);
        let cut_off: Vec<_> = run.history().iter().filter(within).collect();
        let ok = cut_off.iter().filter(|row| is_ok(row)).count();
        let failed = cut_off.iter().filter(|row| matches!(row.returned, Some((_, Outcome::Fail)))).count();
        // The property “failed-nowhere-stored” looked at the disks after each such answer.
        (ok, failed, cut_off.len() - failed, run.violations().len())
    });
    assert_eq!(seen.iter().map(|(ok, ..)| ok).sum::<usize>(), 0);
    assert_eq!(seen.iter().map(|(.., violations)| violations).sum::<usize>(), 0);
    let failed: usize = seen.iter().map(|seen| seen.1).sum();
    let unknown: usize = seen.iter().map(|seen| seen.2).sum();
    assert!(failed > 1_000 && unknown > 0, "{failed} failed, {unknown} unknown");
}

#[test]
fn the_side_with_a_majority_goes_on() {
    let answered = all(|seed| {
        let store = walled(seed, WALL).choice("design", "cp");
        let run = store.run();
        let goes_on = |row: &OpRow| store.is_within_wall(row) && !store.is_behind(row.client);
        run.history().iter().filter(|row| goes_on(row)).all(is_ok)
    });
    assert_eq!(count(&answered), SEEDS as usize);
}

#[test]
fn each_flaw_of_the_consistent_register_is_caught_by_the_history_and_by_a_property() {
    for flaw in ["read-without-write-back", "tag-without-client", "timeout-is-failure"] {
        let caught = all(|seed| {
            let run = walled(seed, WALL).choice("design", "cp").flaw(flaw).tailed().run();
            (!is_linearizable(&*run, Model::Register), !run.violations().is_empty())
        });
        let by_history = caught.iter().filter(|(history, _)| *history).count();
        let by_property = caught.iter().filter(|(_, property)| *property).count();
        println!("{flaw}: {by_history} histories, {by_property} properties of {SEEDS}");
        assert!(by_history > 0 && by_property >= by_history, "{flaw}: {by_history}, {by_property}");
    }
}

/// An available store of one of the four kinds, with what its keys hold.
fn ap(seed: u64, weather: Weather) -> (Walled, Model) {
    let store = walled(seed, weather).choice("design", "ap");
    match seed % 4 {
        0 => (store.choice("reconcile", "lww"), Model::Register),
        1 => (store.choice("reconcile", "siblings"), Model::Register),
        2 => {
            let counter = store.choice("reconcile", "crdt").choice("data_type", "counter");
            (counter.updates(Update::Increment), Model::Counter)
        }
        _ => {
            let set = store.choice("reconcile", "crdt").choice("data_type", "set");
            (set.updates(Update::Insert), Model::Set)
        }
    }
}

#[test]
fn an_available_register_answers_every_request_that_it_received_on_both_sides() {
    let seen = all(|seed| {
        let store = ap(seed, WALL).0;
        let run = store.run();
        let received = |row: &&OpRow| row.received.is_some();
        let silent = run.history().iter().filter(received).filter(|row| !is_ok(row)).count();
        let on = |behind: bool| {
            let of_side = |row: &&OpRow| store.is_within_wall(row) && store.is_behind(row.client) == behind;
            run.history().iter().filter(of_side).count()
        };
        (silent, on(true) > 0 && on(false) > 0)
    });
    assert_eq!(seen.iter().map(|(silent, _)| silent).sum::<usize>(), 0);
    assert!(seen.iter().all(|(_, both)| *both), "both sides were answered while the wall stood");
}

#[test]
fn replicas_of_an_available_register_converge_after_the_heal_and_lose_no_increment() {
    let wrong = all(|seed| {
        let weather = Weather { rough: seed.is_multiple_of(3), ..WALL };
        let (store, model) = ap(seed, weather);
        let run = store.run();
        let replicas = run.replicas();
        let counted: i64 = replicas.values().filter_map(|held| held.values().next()?.first()).sum();
        let added = |row: &&OpRow| row.received.is_some() && row.operation.function == Function::Add;
        let added = run.history().iter().filter(added).count() as i64;
        let miscounted = model == Model::Counter && counted != added;
        !differing(&replicas).is_empty() || miscounted || !run.violations().is_empty()
    });
    assert_eq!(count(&wrong), 0);
}

#[test]
fn an_available_register_shows_a_history_that_is_not_linearizable_with_a_wall_and_without() {
    for (weather, least) in [(WALL, 900), (CALM, 100)] {
        let broken = all(|seed| {
            let (store, model) = ap(seed, weather);
            !is_linearizable(&*store.run(), model)
        });
        println!("{weather:?}: {} of {SEEDS} not linearizable", count(&broken));
        assert!(count(&broken) >= least, "{weather:?}: {}", count(&broken));
    }
}

/// Latencies of one world without a wall, in order; each message takes 5 to 8 ms.
fn latencies(seed: u64, design: &str, replicas: Option<u8>) -> Vec<u64> {
    let store = walled(seed, CALM).choice("design", design).steady(5, 8).asking(replicas);
    let mut latencies: Vec<u64> = store.run().history().iter().filter_map(took).collect();
    latencies.sort_unstable();
    latencies
}

#[test]
fn latency_is_local_or_one_round_trip_to_a_quorum_or_two_as_the_design_has_chosen() {
    const MS: u64 = 1_000_000;
    let right = all(|seed| {
        let local = latencies(seed, "ap", None);
        let one_trip = latencies(seed, "ap", Some(2));
        let two_trips = latencies(seed, "cp", None);
        // To the server and back; then to others and back, once or twice.
        let median = local[local.len() / 2];
        median < 16 * MS + 10 && one_trip[0] >= 20 * MS && two_trips[0] >= 30 * MS
    });
    assert_eq!(count(&right), SEEDS as usize);
}

fn ca(seed: u64, weather: Weather) -> Walled {
    walled(seed, weather).choice("design", "ca")
}

#[test]
fn a_primary_with_backups_is_linearizable_and_answers_as_long_as_there_is_no_wall() {
    let right = all(|seed| {
        let store = ca(seed, CALM);
        let run = if seed.is_multiple_of(2) { store.on("failover").run() } else { store.run() };
        let answered = run.history().iter().all(is_ok);
        answered && is_linearizable(&*run, Model::CasRegister) && run.violations().is_empty()
    });
    assert_eq!(count(&right), SEEDS as usize);
}

#[test]
fn without_failover_a_wall_stops_all_writes_and_breaks_no_history() {
    let right = all(|seed| {
        let store = ca(seed, WALL);
        let run = store.run();
        let written = |row: &&OpRow| {
            store.is_within_wall(row) && row.operation.function == Function::Write && is_ok(row)
        };
        run.history().iter().filter(written).count() == 0 && is_linearizable(&*run, Model::CasRegister)
    });
    assert_eq!(count(&right), SEEDS as usize);
}

#[test]
fn with_failover_a_wall_splits_the_brain() {
    let split = all(|seed| {
        let run = ca(seed, WALL).on("failover").run();
        (!run.violations().is_empty(), !is_linearizable(&*run, Model::CasRegister))
    });
    let brains = split.iter().filter(|(two, _)| *two).count();
    let histories = split.iter().filter(|(_, broken)| *broken).count();
    println!("{brains} split brains, {histories} histories not linearizable, of {SEEDS}");
    assert_eq!(brains, SEEDS as usize);
    assert!(histories > 500);
}

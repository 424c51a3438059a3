//! Probabilistically bounded staleness: the two tables of Bailis et al. (VLDB 2012), within their tolerances.

use std::thread;

use netsplit_explore::pbs::legs::Legs;
use netsplit_explore::pbs::paper::{Compared, Row, TABLES, Table};
use netsplit_explore::pbs::sampler::Sampler;
use netsplit_explore::pbs::seen::Seen;
use netsplit_explore::pbs::setting::Setting;
use netsplit_explore::pbs::trials::{Trials, Witnessed};
use netsplit_sim::time::SimDuration;

fn sampled(setting: &Setting, trials: u64) -> Seen {
    let mut sampler = Sampler::new(setting, 1).expect("the paper's settings mean something");
    sampler.run(trials);
    sampler.seen().clone()
}

fn check(table: &Table, row: &Row, what: &str, compared: Compared) {
    let Compared { seen, paper, tolerance } = compared;
    let place = format!("{} R,W = {:?}: {what}", table.fit, row.quorums);
    println!("{place} {seen:.3} (paper: {paper}, {tolerance:?})");
    assert!(compared.fits(), "{place} is {seen}, the paper has {paper}: {tolerance:?}");
}

fn check_tables(trials: u64) {
    for table in &TABLES {
        for row in table.rows {
            let seen = sampled(&row.setting((table.legs)()), trials);
            let names = ["p99.9 of reads", "p99.9 of writes", "t at 99.9 %"];
            for (what, compared) in names.into_iter().zip(row.compare(&seen)) {
                check(table, row, what, compared);
            }
        }
    }
}

#[test]
fn a_hundred_thousand_sampled_trials_have_the_papers_latencies() {
    check_tables(100_000);
}

#[test]
fn a_million_sampled_trials_have_the_papers_latencies_and_the_converged_t() {
    check_tables(1_000_000);
}

#[test]
fn sampled_reads_are_consistent_as_often_as_the_paper_says() {
    for table in &TABLES {
        let row = &table.rows[0];
        let seen = sampled(&row.setting((table.legs)()), 1_000_000);
        for probability in table.probabilities {
            let what = format!("P(consistent) after {} ms, in percent,", probability.millis);
            check(table, row, &what, probability.compare(seen.consistent(probability.t()), seen.trials()));
        }
    }
}

/// No staleness at all once read and write quorums meet.
#[test]
fn quorums_that_meet_never_miss() {
    for table in &TABLES {
        for row in table.rows.iter().filter(|row| row.quorums.0 + row.quorums.1 > 3) {
            let seen = sampled(&row.setting((table.legs)()), 100_000);
            assert_eq!(seen.fresh.longest().0, 0, "{} {:?}", table.fit, row.quorums);
        }
    }
}

fn through_the_protocol(setting: &Setting, millis: u64) -> Witnessed {
    let t = SimDuration::from_millis(millis);
    let mut trials = Trials::new(setting, t, 1, 100_000).expect("the paper's settings mean something");
    while trials.go_on(100_000).expect("the store opens") {}
    trials.witnessed().clone()
}

/// Probabilities within half a point, latencies at 99.9 % within 8 %, or within 25 % where writes wait for the
/// heaviest tails.
fn agree(setting: &Setting, millis: u64) {
    let (ours, model) = (through_the_protocol(setting, millis), sampled(setting, 1_000_000));
    let what = format!("R = {}, W = {}, t = {millis} ms", setting.read, setting.write);
    assert_eq!(ours.trials, 100_000);
    let (share, expected) = (ours.consistent_share(), model.consistent(SimDuration::from_millis(millis)));
    println!("{what}: {share:.4} consistent, sampled {expected:.4}; {} given up", ours.given_up);
    assert!((share - expected).abs() < 0.005, "{what}: {share}, sampled {expected}");
    let is_heavy = setting.write == 3 || !setting.offsets.is_empty();
    let tolerance = if is_heavy { 0.25 } else { 0.08 };
    for (name, seen, expected) in
        [("reads", &ours.reads, &model.reads), ("writes", &ours.writes, &model.writes)]
    {
        for ppm in [500_000, 999_000] {
            let (seen, expected) = (seen.quantile(ppm).0 as f64, expected.quantile(ppm).0 as f64);
            let tolerance = if ppm == 500_000 { 0.01 } else { tolerance };
            assert!((seen / expected - 1.0).abs() < tolerance, "{what}, {name} {ppm}: {seen}, {expected}");
        }
    }
}

#[test]
fn the_protocol_and_the_sampler_agree() {
    let (ssd, disk) = (Legs::lnkd_ssd, Legs::lnkd_disk);
    let settings = [
        (1, 1, ssd(), 0),
        (2, 1, ssd(), 0),
        (1, 1, disk(), 0),
        (1, 1, disk(), 10),
        (2, 1, disk(), 0),
        (1, 3, disk(), 0),
    ];
    thread::scope(|scope| {
        for (read, write, legs, millis) in settings {
            scope.spawn(move || agree(&Setting::of_three(read, write, legs), millis));
        }
    });
}

#[test]
fn replicas_that_are_far_are_far_in_both() {
    let far = SimDuration::from_millis(2);
    let offsets = vec![SimDuration::ZERO, far, far, far, far];
    agree(&Setting { replicas: 5, read: 1, write: 1, legs: Legs::lnkd_disk(), offsets }, 0);
}

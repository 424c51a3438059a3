//! Probabilistically bounded staleness: the two tables of Bailis et al. (VLDB 2012), within their tolerances.

use netsplit_explore::pbs::paper::{Compared, Row, TABLES, Table};
use netsplit_explore::pbs::sampler::Sampler;
use netsplit_explore::pbs::seen::Seen;
use netsplit_explore::pbs::setting::Setting;

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
            check(table, row, &what, probability.compare(&seen));
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

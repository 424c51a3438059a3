//! What quorums guarantee and what they do not, over a thousand worlds for each claim.
//!
//! | configuration | a read that begins after a write was acknowledged |
//! |---|---|
//! | R + W ≤ N | may miss it |
//! | R + W > N, strict | sees it or what replaced it (a regular register), and still may be followed by an older one |
//! | R = N, strict, one clock, last writer wins | is part of a linearizable history |
//! | R + W > N, sloppy | may miss it |
//!
//! With siblings no acknowledged write is lost, whatever W; by timestamps all but one of several at once are.

use std::collections::BTreeSet;
use std::thread;

use netsplit_checkers::model::Model;
use netsplit_checkers::search::{Budget, judge};
use netsplit_checkers::verdict::{Consistency, Verdict};
use netsplit_scenarios::expect::field;
use netsplit_scenarios::gallery::gallery;
use netsplit_scenarios::judge::history;
use netsplit_sim::history::{Function, OpRow, Operation};
use netsplit_sim::id::NodeId;
use netsplit_sim::latency::Delay;
use netsplit_sim::random::{Draw, Purpose, Stream};
use netsplit_sim::run::Run;
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_sim::workload::{Mix, Workload};
use netsplit_tests::ringed::{Ringed, answered, millis, n, ringed};

const SEEDS: u64 = 1_000;
/// No seed at all.
const NONE: [u64; 0] = [];

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

/// The seeds of which it is so.
fn seeds(look: impl Fn(u64) -> bool + Sync) -> Vec<u64> {
    (1..).zip(all(look)).filter(|(_, found)| *found).map(|(seed, _)| seed).collect()
}

fn is_linearizable(run: &dyn Run) -> bool {
    let history = history(run, run.step()).expect("nothing was forgotten");
    match judge(Consistency::Linearizable(Model::Register), &history, Budget(20_000_000)) {
        Verdict::Ok(_) => true,
        Verdict::Violation(_) => false,
        Verdict::Unknown(spent) => panic!("undecided after {} steps", spent.steps),
    }
}

fn draw_of(seed: u64) -> Draw {
    Draw::keyed(seed, Stream::Node(NodeId::server(0)), Purpose::Protocol(202), 0)
}

/// How each client's operations ended.
fn answers(run: &dyn Run) -> Vec<Option<Vec<i64>>> {
    run.history().iter().map(answered).collect()
}

fn some(number: i64) -> Option<Vec<i64>> {
    Some(vec![number])
}

#[test]
fn strict_quorums_that_meet_are_read_as_new_and_then_as_old() {
    let wrong = seeds(|seed| {
        // n4 coordinates; of its writes only n1 hears at once, and n1 answers n3 late.
        let late = || millis(250, 300);
        let ring = ringed(seed, 4).number("members", 3).slow(n(4), n(2), late()).slow(n(4), n(3), late());
        let ring = ring.slow(n(1), n(3), late()).number("ring", 24);
        let ring = ring.asks(n(4), &[(0, Operation::write(0, 1)), (1_000, Operation::write(0, 2))]);
        let run =
            ring.asks(n(1), &[(1_040, Operation::read(0))]).asks(n(3), &[(1_110, Operation::read(0))]).run();
        let seen = answers(&*run);
        seen != [some(1), some(2), some(2), some(1)] || is_linearizable(&*run) || !run.violations().is_empty()
    });
    assert_eq!(wrong, NONE);
}

/// Two clients write one key at once through n1 and n3, with slow links between servers; stopped when both
/// are acknowledged.
fn two_at_once(seed: u64, w: u64) -> Box<dyn Run> {
    let mut ring = ringed(seed, 3).nrw((3, 3, w));
    for from in [1, 2, 3] {
        for to in [1, 2, 3].into_iter().filter(|to| *to != from) {
            ring = ring.slow(n(from), n(to), millis(60, 90));
        }
    }
    let ring = ring.asks(n(1), &[(100, Operation::write(0, 1))]).asks(n(3), &[(100, Operation::write(0, 2))]);
    let run = ring.run();
    let acknowledged = |row: &OpRow| row.returned.as_ref().map(|(moment, _)| moment.time);
    let both = run.history().iter().filter_map(acknowledged).max().expect("both are answered");
    ring.run_to(both)
}

#[test]
fn concurrent_writes_meet_if_2w_exceeds_n_and_need_not_otherwise() {
    let meet = |w| {
        seeds(move |seed| {
            let run = two_at_once(seed, w);
            run.topology().servers().any(|id| field(&*run, id, "store").contains("A | B"))
        })
    };
    assert_eq!(meet(1), NONE, "with W = 1 no server has seen both");
    assert_eq!(meet(2).len() as u64, SEEDS);
}

#[test]
fn a_sloppy_read_misses_an_acknowledged_write_and_a_strict_one_does_not_get_that_far() {
    let story = |seed: u64, quorum: &str| {
        let ring = ringed(seed, 4).choice("quorum", quorum);
        let ring = ring.wall(&[n(1), n(2)].into(), 900, 3_000);
        let ring = ring.asks(n(3), &[(0, Operation::write(0, 1)), (1_000, Operation::write(0, 2))]);
        ring.asks(n(1), &[(1_600, Operation::read(0))]).run()
    };
    let wrong = seeds(|seed| {
        let run = story(seed, "sloppy");
        answers(&*run) != [some(1), some(2), some(1)] || is_linearizable(&*run)
    });
    assert_eq!(wrong, NONE);
    let strict = seeds(|seed| {
        let run = story(seed, "strict");
        answers(&*run) != [some(1), None, some(1)] || !is_linearizable(&*run)
    });
    assert_eq!(strict, NONE);
}

/// A key, one client that writes 1, 2, 3, … and three that read, through a wall and a crash.
fn one_writer(seed: u64, nrw: (u64, u64, u64)) -> Ringed {
    let mut draw = draw_of(seed);
    let servers = [3, 5][draw.below(2) as usize];
    let mut ring = ringed(seed, servers).nrw(nrw).choice("reconciliation", "last_writer_wins");
    ring.setup.link.delay = millis(1, draw.between(5, 60));
    ring.setup.link.loss_ppm = if seed.is_multiple_of(3) { 50_000 } else { 0 };
    ring.setup.link.duplicate_ppm = ring.setup.link.loss_ppm;
    let any = |draw: &mut Draw| NodeId::server(draw.below(u64::from(servers)) as u16);
    let busy = |reads_ppm, min, max| Workload::Closed {
        start: SimTime::from_millis(10),
        think: millis(min, max),
        mix: Mix::uniform(1, reads_ppm),
        count: 40,
    };
    ring = ring.client(any(&mut draw), busy(0, 20, 200));
    for _ in 0..3 {
        ring = ring.client(any(&mut draw), busy(1_000_000, 5, 120));
    }
    let falls = draw.between(200, 900);
    ring = ring.wall(&[any(&mut draw), any(&mut draw)].into(), falls, falls + draw.between(300, 2_000));
    ring.crash(any(&mut draw), falls + 100, falls + draw.between(200, 1_500))
}

/// Whether some read returned less than what was acknowledged before it began. Values grow.
fn is_stale(run: &dyn Run) -> bool {
    let rows = run.history();
    let writes = || rows.iter().filter(|row| row.operation.function == Function::Write);
    rows.iter().filter(|row| row.operation.function == Function::Read).any(|read| {
        let Some(seen) = answered(read) else { return false };
        let before = |write: &&OpRow| {
            write.returned.as_ref().is_some_and(|(moment, _)| moment.time < read.invoked.time)
        };
        let bound = writes().filter(before).filter_map(answered).flatten().max();
        seen.into_iter().max() < bound
    })
}

#[test]
fn strict_quorums_that_meet_never_miss_an_acknowledged_write_and_are_not_linearizable() {
    for nrw in [(3, 2, 2), (3, 1, 3)] {
        let found = all(|seed| {
            let run = one_writer(seed, nrw).run();
            assert!(run.violations().is_empty(), "seed {seed}");
            (is_stale(&*run), is_linearizable(&*run))
        });
        assert_eq!(found.iter().filter(|(stale, _)| *stale).count(), 0, "{nrw:?}");
        let broken = found.iter().filter(|(_, linearizable)| !linearizable).count();
        assert!(broken > 0, "{nrw:?}: quorums that meet are taken for linearizability");
    }
}

#[test]
fn quorums_that_need_not_meet_miss_acknowledged_writes() {
    for nrw in [(3, 1, 1), (3, 1, 2), (3, 2, 1)] {
        let stale = seeds(|seed| is_stale(&*one_writer(seed, nrw).run()));
        assert!(stale.len() > 20, "{nrw:?}: stale in {} worlds", stale.len());
    }
}

#[test]
fn a_read_of_all_replicas_under_one_clock_is_linearizable_with_many_writers_too() {
    let wrong = seeds(|seed| {
        let mut ring = one_writer(seed, (3, 3, 1 + seed % 3));
        for client in &mut ring.setup.clients {
            if let Workload::Closed { mix, .. } = &mut client.workload {
                mix.reads_ppm = 500_000;
            }
        }
        let run = ring.run();
        !is_linearizable(&*run) || !run.violations().is_empty()
    });
    assert_eq!(wrong, NONE);
}

/// Six clients write one key once each, having read nothing, through a wall and a crash; once all is well and
/// trees were compared, a seventh reads. Returns what was acknowledged, and what was read.
fn blind_writers(seed: u64, quorum: &str, reconciliation: &str) -> (BTreeSet<i64>, Vec<i64>) {
    let mut draw = draw_of(seed);
    let mut ring = ringed(seed, 5).nrw((3, 3, 1 + seed % 3)).choice("quorum", quorum);
    ring = ring.choice("reconciliation", reconciliation).switch("anti_entropy", true);
    let mut any = || NodeId::server(draw.below(5) as u16);
    let (side, victim) = ([any(), any()].into(), any());
    ring = ring.wall(&side, 300, 2_000).crash(victim, 500, 1_500);
    for value in 1..=6 {
        ring = ring.asks(any(), &[(100 + 250 * value as u64, Operation::write(0, value))]);
    }
    let run = ring.asks(n(1), &[(15_000, Operation::read(0))]).run();
    assert!(run.violations().is_empty(), "seed {seed}");
    let rows = run.history();
    let (read, writes) = rows.split_last().expect("seven operations");
    (writes.iter().filter_map(answered).flatten().collect(), answered(read).expect("all is well"))
}

#[test]
fn with_siblings_no_acknowledged_write_is_lost_strict_or_sloppy() {
    for quorum in ["strict", "sloppy"] {
        let lost = seeds(|seed| {
            let (acknowledged, read) = blind_writers(seed, quorum, "siblings");
            !acknowledged.into_iter().all(|value| read.contains(&value))
        });
        assert_eq!(lost, NONE, "{quorum}");
    }
}

#[test]
fn by_timestamps_one_of_many_acknowledged_writes_is_left() {
    let lost = seeds(|seed| {
        let (acknowledged, read) = blind_writers(seed, "strict", "last_writer_wins");
        assert!(read.len() <= 1, "seed {seed}");
        acknowledged.len() > 1
    });
    assert!(lost.len() as u64 > SEEDS / 2, "{} worlds", lost.len());
}

/// How many of the last versions lie behind each read, if every write goes to W homes drawn at random: zero
/// is the newest. Twelve writes, then a read, for each key.
fn versions_behind(seed: u64, nrw: (u64, u64, u64)) -> Vec<i64> {
    let mut ring = ringed(seed, 4).number("members", 3).nrw(nrw).choice("propagation", "only_w");
    ring = ring.choice("reconciliation", "last_writer_wins").switch("sync_writes", false);
    ring.setup.link.delay = Delay::Uniform { min: SimDuration(1_000), max: SimDuration(900_000) };
    for key in 0..20 {
        let mut operations: Vec<_> = (1..=12).map(|value| (0, Operation::write(key, value))).collect();
        operations.push((0, Operation::read(key)));
        ring = ring.asks(n(4), &operations);
    }
    let run = ring.run();
    let reads = run.history().iter().filter(|row| row.operation.function == Function::Read);
    reads.map(|read| 12 - answered(read).expect("it is answered").first().copied().unwrap_or(0)).collect()
}

#[test]
fn versions_lie_behind_as_often_as_the_model_of_k_staleness_says() {
    let table = [
        ((3, 1, 1), [0.3333, 0.5556, 0.7037, 0.8683, 0.98266]),
        ((3, 2, 1), [0.6667, 0.8889, 0.9630, 0.99588, 0.99998]),
        ((3, 1, 2), [0.6667, 0.8889, 0.9630, 0.99588, 0.99998]),
    ];
    for (nrw, expected) in table {
        let behind: Vec<i64> = all(|seed| versions_behind(seed, nrw)).concat();
        let trials = behind.len() as f64;
        for (k, expected) in [1, 2, 3, 5, 10].into_iter().zip(expected) {
            let within = behind.iter().filter(|versions| **versions < k).count() as f64 / trials;
            // Four standard deviations; the table is rounded to four or five digits.
            let tolerance = 4.0 * (expected * (1.0 - expected) / trials).sqrt() + 0.0001;
            assert!(
                (within - expected).abs() < tolerance,
                "{nrw:?} within {k}: {within}, expected {expected}"
            );
        }
    }
}

#[test]
fn the_gallery_tells_of_quorums_in_at_least_eight_stories_that_judge_themselves() {
    let stories: Vec<_> =
        gallery().iter().filter(|item| item.path.starts_with("quorum-replication/")).collect();
    assert!(stories.len() >= 10, "{} stories", stories.len());
    for story in stories {
        assert!(story.record().expect(story.path).scenario.point.is_some(), "{}", story.path);
    }
}

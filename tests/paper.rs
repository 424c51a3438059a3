//! Numbers from the Raft papers, reproduced by experiment. Tolerances are for the number of trials given.

use std::collections::BTreeSet;
use std::thread;

use netsplit_sim::id::NodeId;
use netsplit_sim::latency::Delay;
use netsplit_sim::time::SimDuration;
use netsplit_tests::elections::Cluster;
use netsplit_tests::figures::Figure;

fn ms(millis: u64) -> SimDuration {
    SimDuration::from_millis(millis)
}

/// §9.3: five servers, one dead leader, two survivors whose logs cannot win; one-way latency 3 ms ± 30 %.
fn five_servers(timeout_millis: (u64, u64)) -> Cluster {
    Cluster {
        servers: 5,
        alive: 4,
        behind: 2,
        timeout: (ms(timeout_millis.0), ms(timeout_millis.1)),
        one_way: Delay::Uniform {
            min: SimDuration::from_micros(2_100),
            max: SimDuration::from_micros(3_900),
        },
    }
}

/// Runs `trial` for every seed below `trials` on all cores, in order of the seeds.
fn on_all_cores<T: Send>(trials: u64, trial: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let share = trials.div_ceil(cores);
    thread::scope(|scope| {
        let trial = &trial;
        let part = |core: u64| {
            move || -> Vec<T> { (core * share..trials.min((core + 1) * share)).map(trial).collect() }
        };
        let parts: Vec<_> = (0..cores).map(|core| scope.spawn(part(core))).collect();
        parts.into_iter().flat_map(|part| part.join().expect("no trial panics")).collect()
    })
}

/// Milliseconds from the leader's death to everybody knowing a new one, sorted.
fn failovers(cluster: &Cluster, trials: u64) -> Vec<f64> {
    let times = on_all_cores(trials, |seed| cluster.failover(seed, ms(10_000)));
    let mut millis: Vec<f64> =
        times.into_iter().map(|time| time.map_or(f64::INFINITY, |time| time.0 as f64 / 1e6)).collect();
    millis.sort_by(f64::total_cmp);
    millis
}

fn within(seen: f64, expected: f64, tolerance: f64) -> bool {
    (seen / expected - 1.0).abs() <= tolerance
}

#[test]
fn timeouts_of_150_to_155_ms_elect_in_a_median_of_287_ms() {
    let times = failovers(&five_servers((150, 155)), 10_000);
    let median = times[times.len() / 2];
    println!("150–155 ms: median {median:.1} ms over {} runs (paper: 287)", times.len());
    assert!(within(median, 287.0, 0.10), "median {median:.1} ms");
}

#[test]
fn timeouts_of_150_to_200_ms_take_450_to_850_ms_at_worst() {
    let times = failovers(&five_servers((150, 200)), 1_000);
    let worst = times[times.len() - 1];
    println!("150–200 ms: worst {worst:.1} ms of {} runs (paper: 513)", times.len());
    assert!((450.0..=850.0).contains(&worst), "worst {worst:.1} ms");
}

#[test]
fn timeouts_of_12_to_24_ms_elect_in_35_ms_on_average() {
    let times = failovers(&five_servers((12, 24)), 10_000);
    let mean = times.iter().sum::<f64>() / times.len() as f64;
    println!("12–24 ms: mean {mean:.1} ms over {} runs (paper: 35)", times.len());
    assert!(within(mean, 35.0, 0.05), "mean {mean:.1} ms");
    let thousand = failovers(&five_servers((12, 24)), 1_000);
    let worst = thousand[thousand.len() - 1];
    println!("12–24 ms: worst {worst:.1} ms of {} runs (paper: 152)", thousand.len());
    assert!((95.0..=180.0).contains(&worst), "worst {worst:.1} ms");
}

#[test]
fn timeouts_without_randomness_do_not_elect_within_ten_seconds() {
    let times = failovers(&five_servers((150, 150)), 20);
    let median = times[times.len() / 2];
    println!("150–150 ms: median {median:.1} ms of {} runs (paper: above 10 s)", times.len());
    assert!(median > 10_000.0, "median {median:.1} ms");
}

/// The dissertation's chapter 9: n servers of which s are alive, l = one-way latency / timeout range.
fn split_rate(servers: u16, alive: u16, latency_millis: u64, trials: u64) -> f64 {
    let range = 100;
    let cluster = Cluster {
        servers,
        alive,
        behind: 0,
        timeout: (ms(100), ms(100 + range)),
        one_way: Delay::Constant(ms(latency_millis)),
    };
    let splits = on_all_cores(trials, |seed| cluster.first_election_splits(seed));
    splits.iter().filter(|split| **split).count() as f64 / trials as f64
}

/// Σ_{k=c−1..s} C(s,k) l^k (1−l)^(s−k), with c = s − ⌊n/2⌋ + 1.
fn split_formula(servers: u16, alive: u16, l: f64) -> f64 {
    let candidates = alive - servers / 2 + 1;
    let choose = |k: u16| (0..k).map(|i| f64::from(alive - i) / f64::from(i + 1)).product::<f64>();
    let term = |k: u16| choose(k) * l.powi(i32::from(k)) * (1.0 - l).powi(i32::from(alive - k));
    (candidates - 1..=alive).map(term).sum()
}

#[test]
fn split_votes_follow_the_dissertations_formula() {
    let cells = [(5, 4, 1, 40_000), (5, 4, 10, 10_000), (5, 4, 20, 10_000), (5, 3, 20, 10_000)];
    for (servers, alive, latency, trials) in cells {
        let l = latency as f64 / 100.0;
        let expected = split_formula(servers, alive, l);
        let seen = split_rate(servers, alive, latency, trials);
        println!(
            "({servers},{alive}) l={l}: {:.3} % split (formula: {:.3} %)",
            seen * 100.0,
            expected * 100.0
        );
        // Four standard deviations of a binomial.
        let tolerance = 4.0 * (expected * (1.0 - expected) / trials as f64).sqrt();
        assert!((seen - expected).abs() <= tolerance, "({servers},{alive}) l={l}: {seen} not {expected}");
    }
}

#[test]
fn the_formula_gives_the_cells_of_the_dissertation() {
    let cells = [(5, 4, 0.01, 0.0006), (5, 4, 0.1, 0.052), (5, 4, 0.2, 0.181), (5, 3, 0.2, 0.488)];
    for (servers, alive, l, printed) in cells {
        assert!((split_formula(servers, alive, l) - printed).abs() < 0.0005, "({servers},{alive}) l={l}");
    }
}

fn n(number: u16) -> NodeId {
    NodeId::server(number - 1)
}

/// The leader of term 8, then a … f.
const FIGURE_7: [&str; 7] =
    ["1114455666", "111445566", "1114", "11144556666", "111445566677", "1114444", "11122233333"];
/// Who led the terms 1 … 7: f twice on its own, e term 4, c term 6, d term 7 on its own.
const FIGURE_7_LEADERS: [u16; 7] = [1, 7, 7, 6, 1, 4, 5];

#[test]
fn figure_7_the_leader_of_term_8_makes_every_log_its_own_by_one_entry() {
    let mut figure = Figure::new(7, &[]);
    figure.reach(&FIGURE_7, &FIGURE_7_LEADERS);
    let everyone = figure.everyone();
    assert!(figure.stand(n(1), &everyone));
    let c_and_d = BTreeSet::from([n(4), n(5)]);
    assert_eq!(figure.refused_votes(8), c_and_d, "they refuse the leader their votes");

    figure.heartbeat(n(1), &everyone);
    assert_eq!((figure.log(n(4)), figure.log(n(5))), (FIGURE_7[3].to_owned(), FIGURE_7[4].to_owned()));

    // One entry of term 8, and a few rounds for those who are far behind.
    for _ in 0..12 {
        figure.write(n(1), &everyone);
    }
    let logs = figure.logs();
    assert!(logs.iter().all(|log| *log == logs[0] && log.starts_with("11144556668")), "{logs:?}");
    assert_eq!(figure.broken(), BTreeSet::new());
}

/// Figure 8 (c): S1 leads term 4 and has brought its entry of term 2 to S3, a majority.
fn figure_8_c(flaws: &[&str]) -> Figure {
    let mut figure = Figure::new(5, flaws);
    figure.reach(&["12", "12", "1", "1", "13"], &[1, 1, 5]);
    let first_three = BTreeSet::from([n(1), n(2), n(3)]);
    assert!(figure.stand(n(1), &first_three));
    figure.heartbeat(n(1), &first_three);
    assert_eq!(figure.logs(), ["12", "12", "12", "1", "13"]);
    figure
}

/// S5 has slept since term 3: its first try tells it of term 4, its second is for term 5.
fn s5_wins(figure: &mut Figure, among: &BTreeSet<NodeId>) -> bool {
    figure.stand(n(5), among) || figure.stand(n(5), among)
}

#[test]
fn figure_8_an_old_entry_on_a_majority_is_not_committed_and_may_be_overwritten() {
    let mut figure = figure_8_c(&[]);
    assert_eq!(figure.commit_index(n(1)), 0, "the entry of term 2 is not committed");
    let all_but_s1 = BTreeSet::from([n(2), n(3), n(4), n(5)]);
    assert!(s5_wins(&mut figure, &all_but_s1), "S5 can still win");
    for _ in 0..4 {
        figure.heartbeat(n(5), &all_but_s1);
    }
    assert_eq!(figure.logs(), ["12", "13", "13", "13", "13"]);
    assert_eq!(figure.broken(), BTreeSet::new());
}

#[test]
fn figure_8_an_entry_of_its_own_term_commits_the_old_one_and_s5_cannot_win() {
    let mut figure = figure_8_c(&[]);
    figure.write(n(1), &BTreeSet::from([n(1), n(2), n(3)]));
    assert_eq!(figure.logs()[..3], ["124", "124", "124"]);
    assert_eq!(figure.commit_index(n(1)), 3);
    assert!(!s5_wins(&mut figure, &BTreeSet::from([n(2), n(3), n(4), n(5)])));
    assert_eq!(figure.broken(), BTreeSet::new());
}

#[test]
fn figure_8_counting_old_entries_loses_a_committed_one() {
    let mut figure = figure_8_c(&["commit-old-terms"]);
    assert_eq!(figure.commit_index(n(1)), 2, "the flaw commits the entry of term 2");
    let all_but_s1 = BTreeSet::from([n(2), n(3), n(4), n(5)]);
    assert!(s5_wins(&mut figure, &all_but_s1));
    for _ in 0..4 {
        figure.heartbeat(n(5), &all_but_s1);
    }
    for _ in 0..2 {
        figure.write(n(5), &all_but_s1);
    }
    assert!(figure.broken().contains("state-machine-safety"), "{:?}", figure.broken());
}

//! Sweeps over a scenario of the gallery.

use netsplit_checkers::search::Budget;
use netsplit_scenarios::expectation::Claim;
use netsplit_scenarios::gallery;
use netsplit_scenarios::run_record::RunRecord;

use super::{BadMerge, BadSeeds, Form, Outliers, Plan, Seeds, Sweep, Underway, merge};

fn record(name: &str) -> RunRecord {
    gallery::find(name).expect("it is in the gallery").record().expect("it is valid")
}

fn plan(name: &str) -> Plan {
    Plan::new(&record(name), &[Claim("linearizable")], Budget(1_000_000)).expect("the gallery is valid")
}

fn seeds(text: &str) -> Seeds {
    text.parse().expect("a range")
}

/// The text of a sweep, in slices of so many events.
fn swept(plan: &Plan, seeds: Seeds, form: Form, effort: u32) -> String {
    let mut sweep = Sweep::new(plan.clone(), seeds);
    while !sweep.go_on(effort).expect("it opens").is_over() {}
    sweep.rows().iter().fold(form.head(plan), |text, row| text + &form.line(plan, row))
}

#[test]
fn slices_do_not_change_a_row() {
    let plan = plan("raft/minority-leader");
    let whole = Underway::whole(&plan, 5).expect("it opens");
    let sliced = swept(&plan, seeds("5"), Form::Csv, 7);
    assert_eq!(sliced, Form::Csv.head(&plan) + &Form::Csv.line(&plan, &whole));
    assert!(whole.ok > 0 && whole.events > 100 && whole.messages > 0 && whole.answered_ppm.is_some());
}

#[test]
fn a_row_has_a_cell_for_every_column() {
    let plan = plan("raft/minority-leader");
    let csv = swept(&plan, seeds("0..2"), Form::Csv, u32::MAX);
    let widths: Vec<usize> = csv.lines().map(|line| line.split(',').count()).collect();
    assert_eq!(widths, [widths[0]; 3]);
    let json = swept(&plan, seeds("1"), Form::JsonLines, u32::MAX);
    let row: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!((row["seed"].as_u64(), row["linearizable"].as_str()), (Some(1), Some("ok")));
    assert_eq!(row["scenario"].as_str().map(|name| name.starts_with("raft/minority-leader@")), Some(true));
}

#[test]
fn shards_merge_to_the_bytes_of_one_sweep() {
    let plan = plan("raft/first-election");
    for form in [Form::Csv, Form::JsonLines] {
        let whole = swept(&plan, seeds("3..14"), form, u32::MAX);
        let shards: Vec<String> = (0..4)
            .map(|index| format!("{index}/4").parse().expect("a shard"))
            .map(|shard| swept(&plan, seeds("3..14").of_shard(shard), form, u32::MAX))
            .collect();
        let named = || ["c", "a", "d", "b"].into_iter().zip([2, 0, 3, 1].map(|index| &*shards[index]));
        assert_eq!(merge(named()).as_ref(), Ok(&whole));
        let told = merge(named().skip(1)).expect_err("a shard is missing");
        assert_eq!(told, BadMerge::Missing { seed: 5 });
        assert!(matches!(merge(named().chain(named())), Err(BadMerge::Twice { .. })));
    }
}

#[test]
fn what_are_no_shards_of_one_sweep_is_refused() {
    let head = "scenario,seed,ended\n";
    let text = |rows: &str| format!("{head}{rows}");
    let (a, other) = (text("x,1,complete\n"), text("y,2,complete\n"));
    let told =
        |shards: [&str; 2]| merge([("a", shards[0]), ("b", shards[1])]).expect_err("they differ").to_string();
    assert_eq!(told([&a, &other]), "b, line 2: this row is of y, and those before are of x");
    assert!(told([&a, "scenario,seed\nx,2\n"]).contains("b has other columns than a"));
    assert!(told([&a, "{\"scenario\":\"x\",\"seed\":2}\n"]).contains("b has other columns than a"));
    assert_eq!(told([&a, &text("x,2,comp")]), "b, line 2: no row of a sweep; was it cut short?");
    assert_eq!(told([&a, &text("x,two,complete\n")]), "b, line 2: no row of a sweep; was it cut short?");
}

#[test]
fn seeds_and_shards_are_read_or_refused() {
    let read = |text: &str| text.parse::<Seeds>().map(|seeds| (seeds.count(), seeds.nth(0)));
    assert_eq!([read("0..1000"), read("17")], [Ok((1_000, Some(0))), Ok((1, Some(17)))]);
    assert_eq!(read("5..5"), Err(BadSeeds::Count(0)));
    assert_eq!(read("9..2"), Err(BadSeeds::Count(0)));
    assert_eq!(read("0..2000000000"), Err(BadSeeds::Count(2_000_000_000)));
    assert_eq!(read("all"), Err(BadSeeds::NotARange));
    for text in ["8/8", "1", "-1/2", "a/b"] {
        assert_eq!(text.parse::<super::Shard>(), Err(BadSeeds::NotAShard), "{text}");
    }
    let third = seeds("10..20").of_shard("2/3".parse().expect("a shard"));
    let taken: Vec<_> = (0..9).map_while(|n| third.nth(n)).collect();
    assert_eq!((taken, third.count()), (vec![12, 15, 18], 3));
}

#[test]
fn a_seed_that_violates_a_property_is_an_outlier_with_its_link() {
    let plan = plan("raft/amnesia-vote");
    let own = record("raft/amnesia-vote").scenario.seed;
    let row = Underway::whole(&plan, own).expect("it opens");
    let mut outliers = Outliers::default();
    outliers.add(&plan, &row);
    let found = outliers.list();
    let violated = found.iter().find(|outlier| outlier.reason == "election-safety is violated");
    assert_eq!(violated.map(|outlier| (outlier.count, &outlier.seeds[..])), Some((1, &[own][..])));
    assert!(plan.link(own + 1).starts_with("#scenario=raft/amnesia-vote@"), "{}", plan.link(own + 1));
    assert!(plan.link(own + 1).ends_with(&format!("&seed={}", own + 1)));
}

#[test]
fn a_scenario_that_is_not_of_the_gallery_is_named_by_its_content() {
    let mut changed = record("raft/first-election");
    changed.scenario.title = "Another".to_owned();
    let plan = |record: &RunRecord| Plan::new(record, &[], Budget::USUAL).expect("it is valid");
    let first = plan(&changed);
    assert!(first.name().starts_with("document-"), "{}", first.name());
    changed.set_seed(99);
    assert_eq!(plan(&changed).name(), first.name(), "its seed is no part of it");
    changed.scenario.nodes += 1;
    assert_ne!(plan(&changed).name(), first.name());
}

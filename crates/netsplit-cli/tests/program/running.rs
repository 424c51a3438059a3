//! `netsplit run`: the same run for a name, a link and a file.

use std::fs;

use netsplit_scenarios::gallery::gallery;
use netsplit_scenarios::link::{Position, share};
use netsplit_scenarios::open::open;
use netsplit_sim::id::Step;
use netsplit_sim::time::SimTime;

use crate::shell::{file, file_with, netsplit, netsplit_reading};

fn digest(words: &[&str]) -> String {
    let called = netsplit(&[&["run"], words, &["--digest"]].concat());
    assert_eq!(called.err, "", "{words:?}");
    called.out
}

#[test]
fn a_name_a_link_and_a_file_are_the_same_run() {
    let record = gallery()[0].record().expect("the gallery is valid");
    let name = gallery()[0].path;
    let by_name = digest(&[name]);
    assert_eq!(by_name.trim_end().len(), 16);
    assert_eq!(digest(&[&format!("https://example.org/netsplit/?theme=dark#scenario={name}")]), by_name);
    assert_eq!(digest(&[&format!("#scenario={name}")]), by_name);
    assert_eq!(digest(&[&format!("scenario={name}")]), by_name);
    assert_eq!(digest(&[&format!("{name}@{}", gallery()[0].revision)]), by_name);
    let document = record.to_json();
    assert_eq!(digest(&[&file_with("a-scenario.json", &document)]), by_name);
    assert_eq!(netsplit_reading(&["run", "-", "--digest"], &document).out, by_name);
}

/// The link is the one that the page's share dialog shows, and so is the digest.
#[test]
fn every_scenario_shared_amid_its_run_has_the_digest_of_its_link() {
    for item in gallery() {
        let record = item.record().expect(item.path);
        let mut run = open(&record).expect(item.path);
        run.seek(run.until()).expect(item.path);
        let steps = [run.step(), Step(run.step().0 / 2)];
        for step in steps {
            run.seek_step(step).expect(item.path);
            let position = Position { step: Some(step.0), ..Position::default() };
            let link = format!("https://example.org/any/folder/{}", share(&record, &position, &[]));
            assert_eq!(digest(&[&link]).trim_end(), run.digest().to_string(), "{link}");
        }
    }
}

/// Links count microseconds: what happened within the last one has happened.
#[test]
fn a_link_to_a_time_includes_all_of_its_microsecond() {
    let record = gallery()[0].record().expect("the gallery is valid");
    let mut run = open(&record).expect("the gallery is valid");
    run.seek(run.until()).expect("the gallery is valid");
    let late = run.past().find(|event| event.time.0 % 1_000 > 0).expect("delays are drawn to the nanosecond");
    let (micros, end) = (late.time.0 / 1_000, SimTime(late.time.0 / 1_000 * 1_000 + 999));
    run.seek(end).expect("it has happened");
    let link = format!("#scenario={}&t={micros}", gallery()[0].path);
    assert_eq!(digest(&[&link]).trim_end(), run.digest().to_string());
}

#[test]
fn a_scenario_tells_what_came_of_it() {
    let called = netsplit(&["run", "raft/first-election"]);
    assert_eq!(called.code, 0, "{called:?}");
    for part in [
        "(raft/first-election), seed ",
        "\ndigest ",
        "none broken in",
        "expectations of this scenario are met:\n  ✓ ",
    ] {
        assert!(called.out.contains(part), "{part} in {}", called.out);
    }
    assert_eq!(called.err, "", "no progress where nobody looks");
}

#[test]
fn another_seed_is_another_run_and_expects_nothing() {
    let own = netsplit(&["run", "raft/first-election", "--seed", "123"]);
    assert!(own.code == 0 && own.out.contains("seed 123") && !own.out.contains("expectations"), "{own:?}");
    assert_ne!(digest(&["raft/first-election"]), digest(&["raft/first-election", "--seed", "123"]));
    let link = "#scenario=raft/first-election&step=9";
    assert_eq!(digest(&[link, "--seed", "123"]), digest(&["raft/first-election", "--seed", "123"]));
}

#[test]
fn until_stops_a_run_earlier_or_lets_it_go_on() {
    let early = netsplit(&["run", "raft/first-election", "--until", "150ms"]).out;
    assert!(early.contains("at 0.150 s of "), "{early}");
    let late = netsplit(&["run", "raft/first-election", "--until", "20s"]).out;
    assert!(late.contains("at 20.000 s of 20.000 s"), "{late}");
}

#[test]
fn a_violated_property_ends_with_one() {
    let called = netsplit(&["run", "raft/amnesia-vote"]);
    assert_eq!(called.code, 1, "{called:?}");
    assert!(called.out.contains("✗ Election safety broken at"), "{}", called.out);
    assert!(called.out.contains("✓ election-safety is broken"), "as the scenario expects: {}", called.out);
    assert_eq!(netsplit(&["run", "raft/amnesia-vote", "--digest"]).code, 1);
}

#[test]
fn an_expectation_that_is_not_met_ends_with_three() {
    let mut record = gallery()[0].record().expect("the gallery is valid");
    record.expect.push(netsplit_scenarios::expectation::Expectation::Faults { at_most: 0 });
    record.expect.push(netsplit_scenarios::expectation::Expectation::Digest(netsplit_sim::encode::Digest(7)));
    let called = netsplit(&["run", &file_with("not-met.json", &record.to_json())]);
    assert_eq!(called.code, 3, "{called:?}");
    assert!(called.out.contains("✗ digest 0000000000000007 at the end; found: "), "{}", called.out);
}

#[test]
fn a_link_whose_author_saw_another_run_ends_with_four() {
    let seen = format!("{}{}", "0123456789abcdef", "0000".repeat(8));
    let called = netsplit(&["run", &format!("#scenario=raft/first-election&step=40&h={seen}")]);
    assert_eq!(called.code, 4, "{called:?}");
    assert!(called.out.contains("not the run that the author of the link saw"), "{}", called.out);
}

#[test]
fn exports_are_written_to_files() {
    let paths = ["x.jsonl", "x.log", "x.mmd"].map(|name| file(name).to_str().expect("plain").to_owned());
    let [trace, shiviz, mermaid] = &paths;
    let words = ["run", "raft/first-election", "--trace", trace, "--shiviz", shiviz, "--mermaid", mermaid];
    assert_eq!(netsplit(&words).code, 0);
    let begins = paths
        .each_ref()
        .map(|path| fs::read_to_string(path).expect("it was written").chars().take(9).collect::<String>());
    assert_eq!(begins, ["{\"trace\":", "(?<event>", "sequenceD"]);
}

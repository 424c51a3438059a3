//! The gallery's stories come true, are told well, and are written down in full.

use std::fs;
use std::path::{Path, PathBuf};

use netsplit_scenarios::expect::check;
use netsplit_scenarios::expectation::Expectation;
use netsplit_scenarios::gallery::{GalleryItem, find, gallery};
use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::describe::ParamValue;
use netsplit_sim::intervention::Intervention;
use netsplit_sim::run::Progress;

/// The stories that the page promises.
const PROMISED: [&str; 21] = [
    "playground",
    "first-election",
    "leader-crash",
    "split-vote",
    "minority-leader",
    "stale-local-read",
    "read-index-not-stale",
    "wall-round-one-follower",
    "wall-round-one-follower-pre-vote",
    "leader-sends-but-hears-nothing",
    "leader-sends-but-hears-nothing-check-quorum",
    "follower-hears-nothing-but-is-heard",
    "partial-partition",
    "four-nodes-two-and-two",
    "figure-7",
    "figure-8-overwritten",
    "figure-8-committed",
    "amnesia-vote",
    "amnesia-entry",
    "slow-follower-catches-up",
    "retry-takes-effect-once",
];

fn story(name: &str) -> RunRecord {
    let item = find(&format!("raft/{name}")).unwrap_or_else(|| panic!("{name} is not in the gallery"));
    item.record().unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn file_of(item: &GalleryItem) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("gallery").join(format!("{}.json", item.path))
}

/// What a changed record no longer shows of what the story promises.
fn unmet(record: &RunRecord) -> Vec<String> {
    check(record).err().into_iter().flatten().map(|unmet| unmet.to_string()).collect()
}

#[test]
fn every_promised_story_is_there() {
    for name in PROMISED {
        assert!(find(&format!("raft/{name}")).is_some(), "{name} is missing");
    }
}

#[test]
fn every_story_comes_true() {
    for item in gallery() {
        let record = item.record().expect(item.path);
        assert!(record.expect.len() >= 4, "{} promises too little", item.path);
        assert_eq!(unmet(&record), Vec::<String>::new(), "{}", item.path);
    }
}

#[test]
fn a_story_that_does_not_come_true_is_noticed() {
    let mut record = story("leader-crash");
    record.script.clear();
    let unmet = unmet(&record);
    assert!(
        unmet.iter().any(|sentence| sentence.contains("\"status\"") && sentence.ends_with("found up")),
        "{unmet:?}"
    );
}

#[test]
fn gallery_files_are_written_in_full() {
    for item in gallery() {
        let file = file_of(item);
        let text = fs::read_to_string(&file).expect("the build script found it");
        let full = item.record().expect(item.path).to_json();
        if std::env::var_os("UPDATE_GALLERY").is_some() {
            fs::write(&file, full).expect("the checkout can be written");
        } else {
            assert_eq!(
                text, full,
                "{}: run the tests with UPDATE_GALLERY=1 and look at the difference",
                item.path
            );
        }
    }
}

#[test]
fn stories_are_told_in_at_most_two_plain_sentences() {
    for item in gallery() {
        let sentences = item.summary().matches(". ").count() + usize::from(item.summary().ends_with('.'));
        assert!((1..=2).contains(&sentences), "{}: {sentences} sentences", item.path);
        assert!(item.summary().chars().count() <= 260, "{}: the summary is long", item.path);
        assert!(
            item.title.chars().count() <= 56 && !item.title.ends_with('.'),
            "{}: {}",
            item.path,
            item.title
        );
    }
}

#[test]
fn a_message_takes_about_a_second_at_the_opening_speed() {
    for item in gallery() {
        let scenario = item.record().expect(item.path).scenario;
        let median = scenario.network.link.delay.median().0;
        let shown = median * 1_000_000 / u64::from(scenario.speed.0);
        assert!((600_000_000..=1_200_000_000).contains(&shown), "{}: {shown} ns", item.path);
    }
}

/// Five real seconds.
const SOON: u64 = 5_000_000_000;

#[test]
fn the_point_of_a_story_shows_within_five_seconds_of_its_opening() {
    for item in gallery() {
        let scenario = item.record().expect(item.path).scenario;
        let Some(point) = scenario.point else {
            assert!(item.path.starts_with("raft/"), "{} does not say when its point shows", item.path);
            continue;
        };
        let shown = point.since(scenario.opens).0 * 1_000_000 / u64::from(scenario.speed.0);
        assert!(shown <= SOON, "{}: {shown} ns", item.path);
    }
}

#[test]
fn the_point_of_a_story_is_something_it_expects_then() {
    for item in gallery() {
        let record = item.record().expect(item.path);
        let Some(point) = record.scenario.point else { continue };
        let by_then = |expected: &Expectation| match expected {
            Expectation::Field { at: Some(at), .. }
            | Expectation::Verdict { at: Some(at), .. }
            | Expectation::Replicas { at: Some(at), .. } => *at <= point && *at > record.scenario.opens,
            Expectation::Mark { after, by: Some(by), at_least, .. } => {
                *by <= point && *after >= record.scenario.opens && *at_least > 0
            }
            _ => false,
        };
        assert!(record.expect.iter().any(by_then), "{}: nothing is expected by its point", item.path);
    }
}

#[test]
fn every_wall_has_a_sketch_to_be_drawn_by() {
    for item in gallery() {
        for entry in item.record().expect(item.path).script {
            let is_wall = matches!(entry.what, Intervention::SetWall(..));
            assert_eq!(is_wall, entry.sketch.is_some_and(|sketch| sketch.path.len() >= 2), "{}", item.path);
        }
    }
}

#[test]
fn every_intervention_of_a_story_has_an_effect() {
    use netsplit_sim::event::EventKind;
    for item in gallery() {
        let record = item.record().expect(item.path);
        let mut run = open(&record).expect(item.path);
        run.seek(run.until()).expect(item.path);
        let refused =
            run.past().filter(|event| matches!(event.kind, EventKind::Intervene { refused: Some(_), .. }));
        assert_eq!(refused.count(), 0, "{}", item.path);
        assert_eq!(run.applied(), record.script.len(), "{}", item.path);
    }
}

#[test]
fn every_story_is_short_enough_to_be_there_at_once() {
    for item in gallery() {
        let mut run = open(&item.record().expect(item.path)).expect(item.path);
        let progress = run.run_until(run.until(), 20_000).expect(item.path);
        assert_ne!(progress, Progress::Underway, "{} has more than 20,000 events", item.path);
    }
}

#[test]
fn a_story_and_its_cure_differ_in_parameters_only() {
    let pairs = [
        ("wall-round-one-follower", "wall-round-one-follower-pre-vote"),
        ("leader-sends-but-hears-nothing", "leader-sends-but-hears-nothing-check-quorum"),
        ("stale-local-read", "read-index-not-stale"),
    ];
    for (ill, cured) in pairs {
        let (ill, mut cured) = (story(ill), story(cured));
        assert_ne!(ill.scenario.params, cured.scenario.params);
        cured.scenario.params = ill.scenario.params.clone();
        cured.scenario.title = ill.scenario.title.clone();
        cured.scenario.summary = ill.scenario.summary.clone();
        assert_eq!((ill.scenario, ill.script), (cured.scenario, cured.script));
    }
}

#[test]
fn a_lease_read_behind_the_wall_is_not_stale_either() {
    let mut record = story("read-index-not-stale");
    record.scenario.params.insert("read_mode".into(), ParamValue::Name("lease".into()));
    record.expect.retain(|expectation| !matches!(expectation, Expectation::Field { .. }));
    assert_eq!(unmet(&record), Vec::<String>::new());
}

#[test]
fn with_the_flaw_figure_8_loses_a_committed_entry() {
    let mut record = story("figure-8-overwritten");
    record.scenario.flaws.insert("commit-old-terms".into());
    let broken = unmet(&record);
    assert!(broken.iter().any(|sentence| sentence.contains("state-machine-safety")), "{broken:?}");
}

#[test]
fn figure_8_commits_only_with_the_entry_of_its_own_term() {
    let (overwritten, committed) = (story("figure-8-overwritten"), story("figure-8-committed"));
    let same =
        overwritten.script.iter().zip(&committed.script).take_while(|(left, right)| left == right).count();
    assert!(
        matches!(committed.script[same].what, Intervention::Request { .. }),
        "the first difference is the request"
    );
}

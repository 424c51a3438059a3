//! Standalone pictures of real runs. `UPDATE_EXPECT=1 cargo test -p netsplit-view` rewrites the snapshot; read
//! the difference before committing it.

use expect_test::expect_file;
use netsplit_scenarios::gallery::{self, gallery};
use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;
use netsplit_view::layout::StageSize;
use netsplit_view::picture::{Caption, Options, Subject, Theme, What, caption, svg};

const ALL: [What; 4] = [What::Stage, What::Diagram, What::History, What::Metrics];

fn record(path: &str) -> RunRecord {
    gallery::find(path).expect("it is in the gallery").record().expect("it is sound")
}

fn at(record: &RunRecord, time: SimTime) -> Box<dyn Run> {
    let mut run = open(record).expect("it opens");
    run.seek(time).expect("it runs");
    run
}

fn captioned(theme: Theme) -> Options {
    let link = "https://example.org/#scenario=a/b&step=3".to_owned();
    Options { theme, caption: Some(Caption::new(link)), ..Options::default() }
}

#[test]
fn a_small_stage_is_drawn_like_this() {
    let record = record("raft/playground");
    let run = at(&record, SimTime(300_000_000));
    let options = Options { size: StageSize { width: 480.0, height: 300.0 }, ..captioned(Theme::Print) };
    expect_file!["stage.svg"].assert_eq(&svg(&Subject::new(&record, &*run), What::Stage, &options));
}

#[test]
fn every_picture_of_the_gallery_is_well_formed_and_needs_nothing_from_elsewhere() {
    for item in gallery() {
        let record = item.record().expect("the gallery is sound");
        let mut run = open(&record).expect("it opens");
        for percent in [0, 3, 30, 70, 100] {
            run.seek(SimTime(run.until().0 / 100 * percent)).expect("it runs");
            for what in ALL {
                let theme = [Theme::Light, Theme::Dark, Theme::Print][percent as usize % 3];
                let picture = svg(&Subject::new(&record, &*run), what, &captioned(theme));
                let name = format!("{} at {percent} %: {what:?}", item.path);
                stands_alone(&picture, &name);
            }
            let small = svg(&Subject::new(&record, &*run), What::Stage, &Options::thumbnail(Theme::Dark));
            stands_alone(&small, item.path);
        }
    }
}

/// Well-formed, without script, style sheet, names, addresses, or numbers that are none.
fn stands_alone(picture: &str, name: &str) {
    let document = roxmltree::Document::parse(picture).unwrap_or_else(|error| panic!("{name}: {error}"));
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let tag = node.tag_name();
        assert!(!["script", "style", "image", "use", "a"].contains(&tag.name()), "{name}: {tag:?}");
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            assert!(!["id", "href", "style", "class"].contains(&key), "{name}: {key}={value}");
            assert!(!value.contains("url(") && !value.contains("NaN"), "{name}: {key}={value}");
        }
    }
}

#[test]
fn what_is_known_after_the_cursor_changes_no_picture() {
    for path in ["raft/minority-leader", "register/ap-last-writer-wins", "quorum-replication/stale-read"] {
        let record = record(path);
        let moment = SimTime(record.scenario.until.0 / 2);
        let fresh = at(&record, moment);
        let mut known = at(&record, record.scenario.until);
        known.seek(moment).expect("it was there");
        for what in ALL {
            let [one, other] = [&*fresh, &*known]
                .map(|run| svg(&Subject::new(&record, run), what, &captioned(Theme::Light)));
            assert!(one == other, "{path}: {what:?} tells of what comes");
        }
    }
}

#[test]
fn hostile_words_stay_words() {
    let mut record = record("raft/playground");
    record.scenario.title = "</title><script>alert(1)</script>\u{1}\u{202e}&\"'".to_owned();
    let run = at(&record, SimTime(100_000_000));
    let link = "https://x/\"><script>#s=<&>".to_owned();
    let options = Options { caption: Some(Caption::unseen(link.clone())), ..Options::default() };
    let picture = svg(&Subject::new(&record, &*run), What::Stage, &options);
    stands_alone(&picture, "hostile");
    assert_eq!(caption::link_in(&picture), Some(link));
    assert!(!picture.contains("<script"));
}

#[test]
fn seed_time_digest_and_link_stand_in_the_caption_and_in_the_metadata() {
    let record = record("raft/minority-leader");
    let run = at(&record, SimTime(1_662_000_000));
    let picture = svg(&Subject::new(&record, &*run), What::Metrics, &captioned(Theme::Light));
    let document = roxmltree::Document::parse(&picture).expect("it is well-formed");
    let told: String = document.descendants().filter_map(|node| node.text()).collect();
    for part in
        ["The minority leader", "seed 11", "1.662 s", &run.digest().to_string(), "#scenario=a/b&step=3"]
    {
        assert!(told.contains(part), "{part} is not told");
    }
    let metadata = document.descendants().find(|node| node.has_tag_name((caption::NAMESPACE, "run")));
    let metadata = metadata.expect("programs can read it");
    assert_eq!(metadata.attribute("digest"), Some(&*run.digest().to_string()));
    assert_eq!(metadata.attribute("step"), Some(&*run.step().0.to_string()));
}

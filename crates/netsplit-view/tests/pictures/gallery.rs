//! What must hold of the pictures of every scenario in the gallery.

use netsplit_scenarios::gallery::{GalleryItem, gallery};
use netsplit_scenarios::open::open;
use netsplit_sim::id::Step;
use netsplit_sim::intervention::Intervention;
use netsplit_sim::run::Run;
use netsplit_view::describe_state::{describe_state, narration};
use netsplit_view::layout::{Layout, StageSize};
use netsplit_view::scene::{Scene, sketches_at};
use netsplit_view::sentence::{Filter, event_lines};
use netsplit_view::stage::stage;
use netsplit_view::verdict::{Mood, chips};
use netsplit_view::wall;

/// A scenario at some share of its length.
fn at(item: &GalleryItem, percent: u64) -> (Box<dyn Run>, Scene) {
    let record = item.record().expect("the gallery is well-formed");
    let homes: Vec<_> = record.scenario.clients.iter().map(|client| client.home).collect();
    let mut run = open(&record).expect("it opens");
    let time = run.until().0 / 100 * percent;
    run.seek(netsplit_sim::time::SimTime(time)).expect("it runs");
    let sketches = sketches_at(&record.script, run.applied());
    let scene = Scene { layout: Layout::new(run.topology(), &homes), sketches, size: StageSize::default() };
    (run, scene)
}

#[test]
fn every_moment_of_the_gallery_has_a_stage_and_its_text() {
    for item in gallery() {
        for percent in [0, 5, 20, 40, 60, 80, 100] {
            let (run, scene) = at(item, percent);
            let picture = stage(&*run, &scene);
            let text = describe_state(&*run, &picture);
            assert_eq!(text.nodes.len(), run.topology().len(), "{} at {percent} %", item.path);
            assert_eq!(picture.walls.len(), run.walls().len(), "{} at {percent} %", item.path);
        }
    }
}

#[test]
fn every_event_of_the_gallery_has_whole_sentences() {
    for item in gallery() {
        let (run, _) = at(item, 100);
        for line in event_lines(&*run, Filter::All, usize::MAX) {
            let whole = line.text.ends_with('.') && !line.text.contains('{') && !line.text.contains("  ");
            assert!(whole, "{} step {}: {}", item.path, line.step.0, line.text);
        }
    }
}

#[test]
fn a_broken_property_is_said_first_and_urgently_and_stays_said() {
    let mut broken = 0;
    for item in gallery() {
        let (mut run, _) = at(item, 100);
        let Some((moment, _)) = run.violations().first().copied() else { continue };
        broken += 1;
        for step in [moment.step, Step(run.step().0)] {
            run.seek_step(step).expect("it was there");
            let first = chips(&*run, []).remove(0);
            assert_eq!(first.mood, Mood::Bad, "{}", item.path);
            assert_eq!(first.moment, Some(moment));
            assert!(first.text.contains(&format!("broken at {}", moment.time)), "{}", first.text);
        }
        run.seek_step(moment.step).expect("it was there");
        let said = narration(&*run, Step(moment.step.0 - 1)).expect("a violation is announced");
        assert!(said.urgent);
        run.seek_step(Step(moment.step.0 - 1)).expect("it was there");
        assert_ne!(chips(&*run, []).remove(0).mood, Mood::Bad, "not before it happened");
    }
    assert!(broken > 0, "no story of the gallery breaks a property");
}

#[test]
fn every_wall_drawn_in_the_gallery_shows_what_it_cuts() {
    let mut drawn = 0;
    for item in gallery() {
        let (run, scene) = at(item, 0);
        for entry in item.record().expect("the gallery is well-formed").script {
            let (Intervention::SetWall(_, cuts), Some(sketch)) = (entry.what, entry.sketch) else { continue };
            assert_eq!(wall::cuts(&sketch, &scene.layout, run.topology()), cuts, "{}", item.path);
            drawn += 1;
        }
    }
    assert!(drawn > 0, "no wall is drawn in the gallery");
}

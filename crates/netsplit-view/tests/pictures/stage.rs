//! The stage as text.

use expect_test::expect_file;
use netsplit_sim::describe::Mark;
use netsplit_sim::id::{NodeId, TimerName};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_view::describe_state::{describe_state, narration};
use netsplit_view::geometry::Point;
use netsplit_view::node_picture::StorePicture;
use netsplit_view::sentence::headline;
use netsplit_view::stage::{StagePicture, legend_so_far, stage, stage_after};
use netsplit_view::verdict;
use netsplit_view::{inspector, wall, wall_picture};

use crate::stories::{self, Story};

fn picture(story: &Story) -> StagePicture {
    stage(&*story.run, &story.scene)
}

/// The stage in lines, places rounded.
fn shown(story: &Story) -> String {
    let picture = picture(story);
    let mut lines = Vec::new();
    if let Some(said) = headline(&*story.run) {
        lines.push(format!("{} {} [{}]", said.text, said.detail, said.section));
    }
    for chip in verdict::chips(&*story.run, []) {
        lines.push(format!("{:?}: {}", chip.mood, chip.text));
    }
    for node in &picture.nodes {
        let timer = node.timer.map_or(0.0, |timer| timer.left(story.run.now()));
        lines.push(format!(
            "{} at {} {} {:.2} {}",
            node.name,
            at(node.at),
            node.role.letter,
            timer,
            store(&node.store)
        ));
    }
    for client in &picture.clients {
        lines.push(format!("{} at {} {}", client.name, at(client.at), client.operation));
    }
    for wall in &picture.walls {
        lines.push(format!(
            "{}: {} ({} points, label at {})",
            wall.label,
            wall.name,
            wall.path.len(),
            at(wall.label_at)
        ));
    }
    for side in &picture.sides {
        lines.push(format!("side at {}: {} {}", at(side.at), side.text, side.able));
    }
    lines.push(String::new());
    let text = describe_state(&*story.run, &picture);
    lines.push(text.heading);
    lines.extend(text.nodes.into_iter().map(|(_, words)| words));
    lines.extend(text.links);
    lines.extend(text.walls.into_iter().map(|(_, words)| words));
    lines.extend(text.sides);
    lines.extend(text.messages.into_iter().map(|message| message.text));
    lines.join("\n") + "\n"
}

fn at(p: Point) -> String {
    format!("{:.0},{:.0}", p.x, p.y)
}

fn store(store: &StorePicture) -> String {
    match store {
        StorePicture::Nothing => "-".to_owned(),
        StorePicture::Log { earlier, cells } => {
            let cell = |cell: &netsplit_view::node_picture::CellPicture| {
                let (open, close) = if cell.settled { ('[', ']') } else { ('(', ')') };
                format!("{open}{}{}{close}", cell.label, cell.epoch)
            };
            format!("+{earlier} {}", cells.iter().map(cell).collect::<String>())
        }
        StorePicture::Rows { rows, more } => format!("{} +{more}", rows.join("; ")),
    }
}

#[test]
fn the_first_election() {
    expect_file!["snapshots/first-election.txt"].assert_eq(&shown(&stories::first(Mark::Election)));
}

#[test]
fn the_leader_walled_off() {
    let mut story = stories::walled_off();
    story.write(0, 4, None);
    story.pass(30);
    expect_file!["snapshots/walled-off.txt"].assert_eq(&shown(&story));
}

#[test]
fn a_preview_shows_what_the_raised_wall_then_shows() {
    let mut story = stories::first(Mark::Election);
    let sketch = wall::palette(Point::new(560.0, 500.0), false);
    let preview = wall_picture::preview(&*story.run, &story.scene, &sketch, None);
    story.raise(sketch, preview.cuts.clone());
    let picture = picture(&story);
    assert_eq!(picture.sides, preview.sides);
    assert_eq!(picture.walls[0].path, preview.path);
    assert_eq!(picture.walls[0].name, preview.name);
    assert!(!picture.walls[0].stale);
}

#[test]
fn what_is_kept_of_the_last_picture_is_what_a_new_one_shows() {
    let mut story = stories::walled_off();
    for what in [
        Intervention::Pause(NodeId::server(2)),
        Intervention::ClockDrift(NodeId::server(3), 20_000),
        Intervention::Crash(NodeId::server(4), CrashKind::LoseUnsynced),
        Intervention::Resume(NodeId::server(2)),
        Intervention::FireTimer(NodeId::server(1), TimerName(0)),
        Intervention::Restart(NodeId::server(4)),
    ] {
        let (mut before, mut from) = (picture(&story), story.run.step());
        story.does(what.clone());
        for _ in 0..60 {
            story.run.step_forward().expect("it steps");
            before = stage_after(&before, from, &*story.run, &story.scene);
            from = story.run.step();
            assert_eq!(before, picture(&story), "after {what:?}, at step {from:?}");
        }
    }
}

#[test]
fn moving_a_node_never_changes_what_is_cut() {
    let mut story = stories::walled_off();
    let before = picture(&story);
    let moved = before.walls[0].name.clone();
    story.scene.layout = story.scene.layout.with_moved(story.leader(), Point::new(500.0, 470.0));
    let after = picture(&story);
    assert_eq!(after.walls[0].name, moved);
    assert_eq!(after.walls[0].cuts, before.walls[0].cuts);
}

#[test]
fn a_crashed_server_counts_on_no_side() {
    let mut story = stories::walled_off();
    let before = picture(&story);
    let member = before.sides[0].members[0];
    story.does(Intervention::Crash(member, CrashKind::KeepWritten));
    let after = picture(&story);
    assert_ne!(after.sides[0].text, before.sides[0].text);
    assert!(after.nodes[usize::from(member.index())].accessible.contains("crashed"));
}

#[test]
fn a_disk_lost_is_told_beside_every_verdict() {
    let mut story = stories::first(Mark::Election);
    let moods = |story: &Story| {
        verdict::chips(&*story.run, []).iter().filter(|chip| chip.mood == verdict::Mood::Note).count()
    };
    assert_eq!(moods(&story), 0);
    story.does(Intervention::Crash(NodeId::server(1), CrashKind::LoseDisk));
    let chips = verdict::chips(&*story.run, []);
    let told = chips.last().expect("there are chips");
    assert_eq!(told.text, "assumption broken (disk of n2)");
    assert!(!told.meaning.is_empty());
}

#[test]
fn narration_speaks_once_of_each_thing() {
    let story = stories::first(Mark::Election);
    let step = story.run.step();
    let earlier = netsplit_sim::id::Step(step.0 - 1);
    assert!(narration(&*story.run, earlier).is_some_and(|said| !said.urgent));
    assert_eq!(narration(&*story.run, step), None);
}

#[test]
fn the_inspector_underlines_what_the_last_event_changed() {
    let mut story = stories::beginning();
    story.go_to(Mark::Election, 1);
    let leader = story.leader();
    let after = story.run.node(leader);
    let step = story.run.step();
    story.run.seek_step(netsplit_sim::id::Step(step.0 - 1)).expect("it was there");
    let before = story.run.node(leader);
    story.run.seek_step(step).expect("it was there");
    let changed = inspector::changed_fields(&before, &after);
    assert!(!changed.is_empty());
    let selected = Some(inspector::Selection::Node(leader));
    let shown = inspector::inspect(&*story.run, &story.scene, selected, Some(&before));
    let underlined: Vec<_> =
        shown.fields.iter().filter(|field| field.changed).map(|field| &*field.name).collect();
    assert_eq!(underlined.len(), changed.len());
}

#[test]
fn the_legend_grows_with_what_has_been_seen() {
    let words = |story: &Story| legend_so_far(&*story.run).iter().map(|item| item.text).collect::<Vec<_>>();
    let (early, late) = (words(&stories::beginning()), words(&stories::walled_off()));
    assert!(early.len() < late.len(), "{early:?}, {late:?}");
    let all = netsplit_view::stage::legend(stories::beginning().run.about());
    assert!(late.len() < all.len(), "nobody asked for a pre-vote: {late:?}");
}

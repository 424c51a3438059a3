//! Events, script, log table, timeline, menus and inspector, as text.

use expect_test::expect_file;
use netsplit_sim::describe::Mark;
use netsplit_sim::id::{Link, NodeId};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_view::inspector::{Inspector, Selection, inspect};
use netsplit_view::log_table::log_table;
use netsplit_view::menu::{Action, Menu, menu};
use netsplit_view::script::script;
use netsplit_view::sentence::{Filter, count, event_lines};
use netsplit_view::timeline::{Window, timeline};

use crate::stories::{self, Story};

fn lines(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().map(|line| line + "\n").collect()
}

#[test]
fn events_in_sentences() {
    let story = stories::walled_off();
    let told = event_lines(&*story.run, Filter::Notable, 60);
    let shown = told.into_iter().map(|line| format!("{} {} {:?}", line.time, line.text, line.sections));
    expect_file!["snapshots/events.txt"].assert_eq(&lines(shown));
}

#[test]
fn filters_list_what_they_count() {
    let story = stories::walled_off();
    let leader = story.leader();
    for filter in [Filter::All, Filter::Notable, Filter::Node(leader)] {
        let listed = event_lines(&*story.run, filter, usize::MAX);
        assert_eq!(listed.len(), count(&*story.run, filter), "{filter:?}");
        assert!(listed.windows(2).all(|pair| pair[0].step < pair[1].step));
    }
    let at_leader = event_lines(&*story.run, Filter::Node(leader), usize::MAX);
    assert!(at_leader.iter().all(|line| line.node == Some(leader)));
}

#[test]
fn logs_are_aligned_by_index() {
    let mut story = stories::walled_off();
    story.write(0, 4, None);
    story.write(1, 5, None);
    story.pass(300);
    let table = log_table(&*story.run, None, 8);
    let mut shown = vec![format!("columns {:?} of {}", table.columns, table.last)];
    for row in table.rows {
        let cells: Vec<String> = row
            .cells
            .iter()
            .zip(&row.marks)
            .map(|(cell, marks)| {
                let text =
                    cell.as_ref().map_or_else(String::new, |cell| format!("{}{}", cell.label, cell.epoch));
                format!("{text}{}", marks.iter().map(|mark| format!("^{mark}")).collect::<String>())
            })
            .collect();
        shown.push(format!(
            "{} {} | {} | {:?}",
            row.node,
            row.marks_before.join(","),
            cells.join(" | "),
            row.marks_after
        ));
    }
    expect_file!["snapshots/logs.txt"].assert_eq(&lines(shown));
}

#[test]
fn the_timeline_shows_moments_and_faults() {
    let story = stories::walled_off();
    let picture = timeline(&*story.run, Window::whole(&*story.run), 6.0);
    let marks = picture.marks.iter().map(|mark| format!("{:.1} {}", mark.x, mark.label));
    let bands =
        picture.bands.iter().map(|band| format!("{:.1}–{:.1} {}", band.from_x, band.to_x, band.label));
    let ticks = picture.ticks.iter().map(|tick| format!("{:.1} {}", tick.x, tick.label));
    expect_file!["snapshots/timeline.txt"].assert_eq(&lines(marks.chain(bands).chain(ticks)));
}

#[test]
fn what_had_no_effect_makes_no_band_and_says_why() {
    let mut story = stories::first(Mark::Election);
    let node = NodeId::server(2);
    story.does(Intervention::Restart(node));
    story.does(Intervention::Crash(node, CrashKind::KeepWritten));
    story.does(Intervention::Crash(node, CrashKind::KeepWritten));
    story.pass(50);
    let told = script(&*story.run);
    let refused: Vec<_> = told.iter().map(|line| line.refused.as_deref()).collect();
    assert_eq!(refused, [Some("it is not crashed"), None, Some("it is crashed already")]);
    assert!(told.iter().all(|line| line.past && line.step.is_some()));
    assert_eq!(told[1].text, "n3 crashes.");
    let bands = timeline(&*story.run, Window::whole(&*story.run), 6.0).bands;
    assert_eq!(bands.len(), 1);
    assert_eq!(bands[0].label, "n3 crashed");
}

fn items(menu: &Menu) -> Vec<String> {
    let item = |item: &netsplit_view::menu::Item| {
        format!("{} ({}) {}", item.label, item.key, item.disabled.as_deref().unwrap_or(""))
    };
    menu.groups.iter().flatten().map(item).collect()
}

fn of(story: &Story, selection: Selection) -> Menu {
    menu(&*story.run, &story.scene, selection).expect("it is there")
}

#[test]
fn menus_say_what_can_be_done_and_why_not() {
    let story = stories::walled_off();
    let leader = story.leader();
    let wall = story.run.walls()[0].0;
    let link = Link::new(leader, NodeId::server((leader.index() + 1) % 5));
    let mut shown = Vec::new();
    for selection in [
        Selection::Node(leader),
        Selection::Node(NodeId::client(0)),
        Selection::Link(link),
        Selection::Wall(wall),
    ] {
        let menu = of(&story, selection);
        shown.push(format!("# {}", menu.title));
        shown.extend(items(&menu));
    }
    expect_file!["snapshots/menus.txt"].assert_eq(&lines(shown));
}

#[test]
fn what_a_menu_disables_would_do_nothing_and_what_it_offers_does_something() {
    let story = stories::walled_off();
    let servers: Vec<NodeId> = story.run.topology().servers().collect();
    let selections = servers.iter().map(|&id| Selection::Node(id));
    let links = servers.windows(2).map(|pair| Selection::Link(Link::new(pair[0], pair[1])));
    for selection in selections.chain(links).collect::<Vec<_>>() {
        for item in of(&story, selection).groups.into_iter().flatten() {
            let Action::Intervene { what, .. } = item.action else { continue };
            if matches!(what, Intervention::SetWall(..)) {
                continue;
            }
            let mut trial = stories::walled_off();
            trial.does(what);
            let refused = script(&*trial.run).pop().expect("it is in the script").refused;
            assert_eq!(refused, item.disabled, "{selection:?}: {}", item.label);
        }
    }
}

#[test]
fn a_node_put_on_the_other_side_is_on_the_other_side() {
    let mut story = stories::walled_off();
    let before = story.run.walls()[0].clone();
    let id = NodeId::server(0);
    let mut menu = of(&story, Selection::Node(id)).groups.into_iter().flatten();
    let item = menu.find(|item| item.label.starts_with("Put on the other side")).expect("a wall stands");
    let Action::Intervene { what, sketch } = item.action else { panic!("it is done at once") };
    story.does(what);
    let after = story.run.walls()[0].clone();
    assert_eq!(after.0, before.0);
    let peers = |cuts: &std::collections::BTreeSet<Link>| cuts.iter().filter(|link| link.from == id).count();
    let all = story.run.topology().len() - 1;
    assert_eq!(peers(&before.1) + peers(&after.1), all);
    if let Some(sketch) = sketch {
        story.scene.sketches.insert(after.0, sketch);
        assert_eq!(
            netsplit_view::wall::cuts(
                &story.scene.sketches[&after.0],
                &story.scene.layout,
                story.run.topology()
            ),
            after.1
        );
    }
}

fn told(inspector: Inspector) -> Vec<String> {
    let mut told = vec![format!("# {} / {}", inspector.title, inspector.subtitle)];
    told.extend(inspector.fields.iter().map(|field| format!("{}: {}", field.name, field.value)));
    for table in inspector.tables {
        told.push(format!("{}: {}", table.title, table.columns.join(" ")));
        told.extend(table.rows.iter().map(|row| format!("  {}", row.join(" "))));
    }
    told
}

#[test]
fn the_inspector_tells_of_nodes_links_walls_messages_and_of_the_run() {
    let mut story = stories::walled_off();
    story.pass(5);
    let leader = story.leader();
    let mut flights = Vec::new();
    story.run.flights(&mut flights);
    let wall = story.run.walls()[0].0;
    let link = Link::new(leader, NodeId::server((leader.index() + 2) % 5));
    let mut selections =
        vec![None, Some(Selection::Node(leader)), Some(Selection::Link(link)), Some(Selection::Wall(wall))];
    selections.extend(flights.first().map(|flight| Some(Selection::Message(flight.id))));
    let shown = selections.into_iter().flat_map(|of| told(inspect(&*story.run, &story.scene, of, None)));
    expect_file!["snapshots/inspector.txt"].assert_eq(&lines(shown));
}

#[test]
fn what_is_gone_is_said_to_be_gone() {
    let story = stories::beginning();
    let id = netsplit_sim::id::MessageId {
        link: Link::new(NodeId::server(0), NodeId::server(1)),
        index: 9_999,
        copy: 0,
    };
    for gone in [
        Selection::Message(id),
        Selection::Wall(netsplit_sim::id::WallId(77)),
        Selection::Node(NodeId::server(99)),
    ] {
        assert_eq!(inspect(&*story.run, &story.scene, Some(gone), None).title, "Gone");
    }
    assert_eq!(menu(&*story.run, &story.scene, Selection::Node(NodeId::server(99))), None);
}

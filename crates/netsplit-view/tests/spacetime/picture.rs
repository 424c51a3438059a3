//! The space-time diagram of real runs, as text.

use expect_test::expect_file;
use netsplit_sim::run::Run;
use netsplit_view::spacetime::course::End;
use netsplit_view::spacetime::dots::DotKind;
use netsplit_view::spacetime::{SpaceTime, View, words};

use crate::told::{gallery_story, troubled, window};

/// A picture as text, one line a thing.
fn shown(run: &dyn Run, picture: &SpaceTime) -> String {
    let mut lines = vec![format!("cursor {:.1?}, shown to {:.1}", picture.cursor, picture.horizon_x)];
    lines.extend(picture.hidden.clone());
    lines.extend(picture.remarks.iter().cloned());
    lines.extend(picture.ticks.iter().map(|tick| format!("tick {:.1} {}", tick.x, tick.label)));
    lines.extend(picture.breaks.iter().map(|quiet| format!("quiet {:.1} {}", quiet.x, quiet.label)));
    for lane in &picture.lanes {
        lines.push(format!("lane {}", lane.accessible));
        for segment in &lane.roles {
            let (role, stroke) = (segment.role.letter, segment.stroke);
            lines.push(format!("  {:.1}–{:.1} {role} {stroke:?}", segment.from_x, segment.to_x));
        }
        let bars = lane.operations.iter();
        lines.extend(bars.map(|bar| format!("  {:.1}–{:.1} {}", bar.from_x, bar.to_x, bar.label)));
    }
    for band in &picture.bands {
        let place = band.lane.map_or_else(|| format!("{:?}", band.parts), |lane| format!("lane {lane}"));
        lines.push(format!("band {:.1}–{:.1} {} {place}", band.from_x, band.to_x, band.label));
    }
    for arrow in &picture.arrows {
        let (from, to) = (arrow.from, arrow.to);
        let ends = format!("({:.1}, {:.2})–({:.1}, {:.2})", from.x, from.y, to.x, to.y);
        lines.push(format!("{} {ends} {}", arrow.letter, words::arrow(run, arrow)));
    }
    for dot in &picture.dots {
        lines.push(format!("dot {:?} ({:.1}, {})", dot.kind, dot.at.x, dot.lane));
    }
    lines.extend(picture.marks.iter().map(|mark| format!("mark {:.1} {}", mark.x, words::mark(run, mark))));
    lines.join("\n") + "\n"
}

#[test]
fn a_wall_its_lost_messages_and_the_cursor() {
    let told = gallery_story("raft/minority-leader", 1_100);
    let picture = told.picture(&View::new(window(960, 1_160)));
    expect_file!["snapshots/spacetime.txt"].assert_eq(&shown(&*told.run, &picture));
}

#[test]
fn every_end_of_a_message() {
    let told = troubled();
    let mut seen: Vec<String> = Vec::new();
    let picture = told.picture(&View::new(window(580, 1_500)));
    for arrow in &picture.arrows {
        let special = arrow.end != End::Arrived || arrow.changed || arrow.id.copy > 0;
        if special {
            let bends: Vec<String> =
                arrow.bends.iter().map(|bend| format!("({:.1}, {:.2})–", bend.x, bend.y)).collect();
            let ends = format!("({:.1}, {:.2})–{}", arrow.from.x, arrow.from.y, bends.concat());
            seen.push(format!(
                "{ends}({:.1}, {:.2}) {}",
                arrow.to.x,
                arrow.to.y,
                words::arrow(&*told.run, arrow)
            ));
        }
    }
    seen.extend(
        picture.bands.iter().map(|band| format!("{:.1}–{:.1} {}", band.from_x, band.to_x, band.label)),
    );
    let late = picture.dots.iter().filter(|dot| dot.kind == DotKind::Late);
    seen.extend(late.map(|dot| format!("late ({:.1}, {})", dot.at.x, dot.lane)));
    expect_file!["snapshots/ends.txt"].assert_eq(&(seen.join("\n") + "\n"));
}

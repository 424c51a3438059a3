//! What is under a pointer, and what it is called.

use netsplit_sim::id::{NodeId, WallId};
use netsplit_view::geometry::Point;
use netsplit_view::spacetime::course::End;
use netsplit_view::spacetime::hit::{Plot, Target, hit};
use netsplit_view::spacetime::{SpaceTime, View, words};
use netsplit_view::timeline::BandKind;

use crate::told::{Told, gallery_story, window};

const PLOT: Plot = Plot { left: 44.0, top: 16.0, width: 1_048.0, lane_gap: 24.0 };

fn story() -> (Told, SpaceTime) {
    let told = gallery_story("raft/minority-leader", 1_100);
    let picture = told.picture(&View::new(window(960, 1_160)));
    (told, picture)
}

#[test]
fn a_pointer_on_an_arrow_finds_its_message_and_at_its_end_the_arrival() {
    let (told, picture) = story();
    let arrow = picture.arrows.iter().find(|arrow| arrow.from.x > 700.0 && arrow.end == End::Arrived);
    let arrow = arrow.expect("a reply arrives late in the window");
    // A third of the way down a lane, where no other lane is near.
    let on_way =
        PLOT.to_px(arrow.from.towards(arrow.to, 1.0 / 3.0 / (arrow.to.y - arrow.from.y).abs() + 0.25));
    assert_eq!(hit(&picture, PLOT, on_way, 6.0), Some(Target::Message(arrow.id)));
    let end = PLOT.to_px(arrow.to);
    let arrival = Target::Event(arrow.arrived.expect("it arrived"));
    assert_eq!(hit(&picture, PLOT, end, 6.0), Some(arrival));
    let name = words::target(&*told.run, &picture, arrival).expect("it is kept");
    assert!(name.starts_with(&arrow.ended.to_string()), "{name}");
}

#[test]
fn a_lost_message_says_what_it_was_and_why_and_when_it_was_lost() {
    let (told, picture) = story();
    let lost = picture.arrows.iter().find(|arrow| arrow.end.is_lost()).expect("the wall stops some");
    let name = words::target(&*told.run, &picture, Target::Message(lost.id));
    assert_eq!(name.as_deref(), Some("AppendEntries reply n3→n1, sent 0.980 s, lost at the wall, 1.001 s"));
}

#[test]
fn beside_everything_are_lanes_and_the_wall() {
    let (told, picture) = story();
    let label = Point::new(10.0, PLOT.top + 2.0 * PLOT.lane_gap);
    assert_eq!(hit(&picture, PLOT, label, 6.0), Some(Target::Lane(NodeId::server(1))));
    let open = PLOT.to_px(Point::new(620.0, 5.6));
    assert_eq!(hit(&picture, PLOT, open, 6.0), Some(Target::Band(BandKind::Wall(WallId(1)))));
    let name = words::target(&*told.run, &picture, Target::Band(BandKind::Wall(WallId(1))));
    assert_eq!(name.as_deref(), Some("wall: n1, n5, c1 | n2, n3, n4, c2, from 1.000 s to 3.800 s"));
    assert_eq!(hit(&picture, PLOT, Point::new(500.0, -40.0), 6.0), None);
}

//! What is under a pointer.

use netsplit_sim::history::Moment;
use netsplit_sim::id::{MessageId, NodeId, Step};

use super::SpaceTime;
use super::arrows::Arrow;
use crate::geometry::{self, Point};
use crate::timeline::BandKind;

/// Where the picture lies on its canvas, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plot {
    /// Where the window begins.
    pub left: f64,
    /// Where the first lane lies.
    pub top: f64,
    /// How wide the window is.
    pub width: f64,
    /// From one lane to the next.
    pub lane_gap: f64,
}

impl Plot {
    /// A place of the picture in pixels.
    pub fn to_px(self, place: Point) -> Point {
        Point::new(self.left + place.x * self.width / 1_000.0, self.top + place.y * self.lane_gap)
    }

    /// A pixel as a place of the picture.
    pub fn to_place(self, px: Point) -> Point {
        let (width, gap) = (self.width.max(1.0), self.lane_gap.max(1.0));
        Point::new((px.x - self.left) * 1_000.0 / width, (px.y - self.top) / gap)
    }
}

/// Something in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// An event, the arrival of a message included.
    Event(Step),
    /// A message; found again in [`SpaceTime::arrows`].
    Message(MessageId),
    /// A moment people look for.
    Mark(Moment),
    /// A participant's lane.
    Lane(NodeId),
    /// A fault while it lasts.
    Band(BandKind),
}

/// What is at a point, in pixels: the nearest event within `reach` (at least 6), else the nearest
/// message, else a lane or band.
pub fn hit(picture: &SpaceTime, plot: Plot, px: Point, reach: f64) -> Option<Target> {
    let reach = reach.max(6.0);
    let near = |target: Target, distance: f64| (distance <= reach).then_some((distance, target));
    let point = |place: Point, target: Target| near(target, plot.to_px(place).distance(px));
    let dots = picture.dots.iter().filter_map(|dot| point(dot.at, Target::Event(dot.step)));
    let marks = picture.marks.iter().filter_map(|mark| {
        let y = mark.lane? as f64;
        point(Point::new(mark.x, y), Target::Mark(mark.moment))
    });
    let arrivals = picture.arrows.iter().filter_map(|arrow| point(arrow.to, Target::Event(arrow.arrived?)));
    let arrows =
        picture.arrows.iter().filter_map(|arrow| near(Target::Message(arrow.id), distance(arrow, plot, px)));
    nearest(dots.chain(marks).chain(arrivals))
        .or_else(|| nearest(arrows))
        .or_else(|| lane(picture, plot, px, reach))
        .or_else(|| band(picture, plot, px))
}

fn nearest(found: impl Iterator<Item = (f64, Target)>) -> Option<Target> {
    found.min_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, target)| target)
}

/// How far from an arrow a point lies, in pixels.
fn distance(arrow: &Arrow, plot: Plot, px: Point) -> f64 {
    let middle = arrow.bends.iter().copied();
    let points: Vec<Point> =
        [arrow.from].into_iter().chain(middle).chain([arrow.to]).map(|p| plot.to_px(p)).collect();
    geometry::distance_to_path(px, &points)
}

fn lane(picture: &SpaceTime, plot: Plot, px: Point, reach: f64) -> Option<Target> {
    let place = plot.to_place(px).y.round();
    let beside = (plot.to_px(Point::new(0.0, place)).y - px.y).abs();
    if place < 0.0 || (px.x >= plot.left && beside > reach) {
        return None;
    }
    picture.lanes.get(place as usize).map(|lane| Target::Lane(lane.id))
}

/// The last band that began before the point, for a later one lies over an earlier one.
fn band(picture: &SpaceTime, plot: Plot, px: Point) -> Option<Target> {
    let place = plot.to_place(px);
    if place.y < -1.0 || place.y > picture.lanes.len() as f64 {
        return None;
    }
    let over = |from: f64, to: f64| from <= place.x && place.x <= to;
    let found = picture.bands.iter().rev().find(|band| {
        let on_lane = band.lane.is_none_or(|lane| (lane as f64 - place.y).abs() < 0.5);
        on_lane && over(band.from_x, band.to_x)
    });
    found.map(|band| Target::Band(band.kind))
}

//! Points, polylines and sides in stage coordinates (per-mille of the box, y downwards).

use crate::order;
use std::f64::consts::{FRAC_PI_4, TAU};
use std::ops::{Add, Mul, Sub};

/// A point of the stage, per-mille of its box; also used for pixels where a function says so.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left edge.
    pub x: f64,
    /// From the top edge.
    pub y: f64,
}

impl Point {
    /// The point at these coordinates.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The point `fraction` of the way to `other`.
    pub fn towards(self, other: Self, fraction: f64) -> Self {
        self + (other - self) * fraction
    }

    /// How far away `other` is.
    pub fn distance(self, other: Self) -> f64 {
        (other.x - self.x).hypot(other.y - self.y)
    }

    /// Turned about `centre` by an angle in radians, clockwise on screen.
    pub fn turned(self, centre: Self, angle: f64) -> Self {
        let (sin, cos) = angle.sin_cos();
        let arm = self - centre;
        centre + Self::new(arm.x * cos - arm.y * sin, arm.x * sin + arm.y * cos)
    }

    /// The vector's length.
    pub fn length(self) -> f64 {
        self.x.hypot(self.y)
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, rhs: Self) -> Self {
        Self::new(self.x + rhs.x, self.y + rhs.y)
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, rhs: Self) -> Self {
        Self::new(self.x - rhs.x, self.y - rhs.y)
    }
}

impl Mul<f64> for Point {
    type Output = Self;
    fn mul(self, rhs: f64) -> Self {
        Self::new(self.x * rhs, self.y * rhs)
    }
}

/// The middle of some points; the middle of the stage if there are none.
pub fn centroid(points: impl IntoIterator<Item = Point>) -> Point {
    let (sum, count) = points.into_iter().fold((Point::default(), 0), |(sum, n), p| (sum + p, n + 1));
    if count == 0 { MIDDLE } else { sum * (1.0 / f64::from(count)) }
}

/// The middle of the stage.
pub const MIDDLE: Point = Point::new(500.0, 500.0);

/// Positive if `c` lies to the right of somebody who walks from `a` to `b` on the screen.
pub fn cross(a: Point, b: Point, c: Point) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// How far along `a`–`b` it meets `c`–`d`, from 0 to 1; parallel segments never meet.
pub fn intersection(a: Point, b: Point, c: Point, d: Point) -> Option<f64> {
    let (along, other) = (b - a, d - c);
    let denominator = along.x * other.y - along.y * other.x;
    if denominator == 0.0 {
        return None;
    }
    let offset = c - a;
    let t = (offset.x * other.y - offset.y * other.x) / denominator;
    let u = (offset.x * along.y - offset.y * along.x) / denominator;
    ((0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&u)).then_some(t)
}

/// How far along `a`–`b` it first meets the polyline.
pub fn first_meeting(a: Point, b: Point, path: &[Point]) -> Option<f64> {
    let meetings = path.windows(2).filter_map(|pair| intersection(a, b, pair[0], pair[1]));
    meetings.min_by(f64::total_cmp)
}

/// Whether the point lies inside the polygon, by the even-odd rule.
pub fn inside(polygon: &[Point], p: Point) -> bool {
    let mut inside = false;
    let mut before = polygon.last().copied().unwrap_or_default();
    for &corner in polygon {
        if (corner.y > p.y) != (before.y > p.y) {
            let reach = (p.y - corner.y) / (before.y - corner.y);
            if p.x < corner.x + (before.x - corner.x) * reach {
                inside = !inside;
            }
        }
        before = corner;
    }
    inside
}

/// A path without points that repeat their predecessor, so that its ends have a direction.
pub fn without_repeats(path: &[Point]) -> Vec<Point> {
    let mut kept = path.to_vec();
    kept.dedup();
    kept
}

/// Far outside any stage, and beyond any point that a sketch may have.
const FAR: f64 = 1e7;

/// The polyline with both ends drawn on in their own directions far beyond the stage. A path of
/// fewer than two different points is returned as it is.
pub fn extended(path: &[Point]) -> Vec<Point> {
    let path = without_repeats(path);
    let [first, second, ..] = path[..] else { return path };
    let [.., next_to_last, last] = path[..] else { return path };
    let mut extended = Vec::with_capacity(path.len() + 2);
    extended.push(beyond(second, first));
    extended.extend_from_slice(&path);
    extended.push(beyond(next_to_last, last));
    extended
}

/// The point far away from `end` in the direction in which `from` leads to it.
fn beyond(from: Point, end: Point) -> Point {
    let arm = end - from;
    end + arm * (FAR / arm.length())
}

/// Whether `p` lies to the left of the extended polyline, as seen by somebody who walks along it. A
/// path that crosses itself changes sides at each crossing. A path without direction has no left.
pub fn left_of(path: &[Point], p: Point) -> bool {
    let polygon = left_region(path);
    polygon.len() > 2 && inside(&polygon, p)
}

/// The region left of the extended polyline: it closes by an arc far outside, counter-clockwise on
/// screen from the path's end to its beginning.
pub fn left_region(path: &[Point]) -> Vec<Point> {
    let mut region = extended(path);
    let (Some(&first), Some(&last)) = (region.first(), region.last()) else { return region };
    if region.len() < 4 {
        return Vec::new();
    }
    let angle = |p: Point| (p.y - MIDDLE.y).atan2(p.x - MIDDLE.x);
    let sweep = (angle(last) - angle(first)).rem_euclid(TAU);
    let mut turned = FRAC_PI_4;
    while turned < sweep {
        let (sin, cos) = (angle(last) - turned).sin_cos();
        region.push(MIDDLE + Point::new(cos, sin) * (3.0 * FAR));
        turned += FRAC_PI_4;
    }
    region
}

/// The smallest convex polygon round the points, clockwise on screen.
pub fn convex_hull(points: &[Point]) -> Vec<Point> {
    let mut sorted = points.to_vec();
    order::sort(&mut sorted, |p, q| (p.x, p.y) < (q.x, q.y));
    sorted.dedup();
    if sorted.len() < 3 {
        return sorted;
    }
    let mut hull = half_hull(sorted.iter().copied());
    hull.extend(half_hull(sorted.iter().rev().copied()));
    hull
}

/// One chain of the hull without its last point, which begins the other chain.
fn half_hull(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut chain: Vec<Point> = Vec::new();
    for p in points {
        while let [.., a, b] = chain[..] {
            if cross(a, b, p) > 0.0 {
                break;
            }
            chain.pop();
        }
        chain.push(p);
    }
    chain.pop();
    chain
}

/// How far the point lies from the nearest part of the polyline.
pub fn distance_to_path(p: Point, path: &[Point]) -> f64 {
    let distances = path.windows(2).map(|pair| distance_to_segment(p, pair[0], pair[1]));
    distances.min_by(f64::total_cmp).unwrap_or(f64::INFINITY)
}

fn distance_to_segment(p: Point, a: Point, b: Point) -> f64 {
    let arm = b - a;
    let squared = arm.x * arm.x + arm.y * arm.y;
    if squared == 0.0 {
        return p.distance(a);
    }
    let along = ((p - a).x * arm.x + (p - a).y * arm.y) / squared;
    p.distance(a.towards(b, along.clamp(0.0, 1.0)))
}

/// The part of `a`–`b` inside the stage box, with a margin around it; `None` if it misses the box.
pub fn clipped(a: Point, b: Point, margin: f64) -> Option<(Point, Point)> {
    let (low, high) = (-margin, 1_000.0 + margin);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (start, run) in [(a.x, b.x - a.x), (a.y, b.y - a.y)] {
        if run == 0.0 {
            if start < low || start > high {
                return None;
            }
            continue;
        }
        let (one, two) = ((low - start) / run, (high - start) / run);
        enter = enter.max(one.min(two));
        leave = leave.min(one.max(two));
    }
    (enter <= leave).then(|| (a.towards(b, enter), a.towards(b, leave)))
}

#[cfg(test)]
mod tests;

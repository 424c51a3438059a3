//! A freehand stroke: which of its points are kept, and whether it closes on itself.

use netsplit_view::geometry::{Point, intersection};

/// Points nearer to each other than this are one.
const GRAIN: f64 = 6.0;
/// A shorter stroke is a twitch.
const SHORTEST: f64 = 48.0;
/// A loop smaller than this, in square pixels, is a kink and not a lasso.
const SMALLEST_LOOP: f64 = 2_400.0;
/// A stroke is closed if its ends are nearer to each other than this part of its length.
const GAP: f64 = 0.16;

/// A stroke under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    points: Vec<Point>,
}

impl Stroke {
    /// A stroke that begins here.
    pub fn from(at: Point) -> Self {
        Self { points: vec![at] }
    }

    /// Goes on to this point.
    pub fn push(&mut self, at: Point) {
        if self.points.last().is_none_or(|last| last.distance(at) >= GRAIN) {
            self.points.push(at);
        }
    }

    /// The points kept so far.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Whether it is more than a twitch.
    pub fn is_long_enough(&self) -> bool {
        length(&self.points) >= SHORTEST
    }
}

/// The loop that a stroke makes: between its ends if they meet, or where it crosses itself.
pub fn closed_loop(points: &[Point]) -> Option<Vec<Point>> {
    let crossing = self_crossing(points);
    let round = crossing.or_else(|| ends_meet(points).then(|| points.to_vec()))?;
    (area(&round) >= SMALLEST_LOOP).then_some(round)
}

fn ends_meet(points: &[Point]) -> bool {
    match points {
        [first, _, .., last] => first.distance(*last) <= GAP * length(points),
        _ => false,
    }
}

/// The widest loop between two crossing segments of the stroke.
fn self_crossing(points: &[Point]) -> Option<Vec<Point>> {
    let mut widest: Option<Vec<Point>> = None;
    for (i, early) in points.windows(2).enumerate() {
        for (j, late) in points.windows(2).enumerate().skip(i + 2) {
            let Some(along) = intersection(early[0], early[1], late[0], late[1]) else { continue };
            let mut round = vec![early[0].towards(early[1], along)];
            round.extend_from_slice(&points[i + 1..=j]);
            if widest.as_ref().is_none_or(|known| area(known) < area(&round)) {
                widest = Some(round);
            }
        }
    }
    widest
}

fn length(points: &[Point]) -> f64 {
    points.windows(2).map(|pair| pair[0].distance(pair[1])).sum()
}

fn area(polygon: &[Point]) -> f64 {
    let next = polygon.iter().cycle().skip(1);
    let doubled: f64 = polygon.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum();
    doubled.abs() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(points: &[(f64, f64)]) -> Vec<Point> {
        points.iter().map(|&(x, y)| Point::new(x, y)).collect()
    }

    #[test]
    fn a_straight_stroke_is_open() {
        assert_eq!(closed_loop(&path(&[(0.0, 0.0), (100.0, 50.0), (300.0, 120.0)])), None);
    }

    #[test]
    fn ends_that_overshoot_are_cut_off_the_loop() {
        let alpha = path(&[(0.0, 0.0), (200.0, 200.0), (300.0, 100.0), (200.0, 0.0), (0.0, 200.0)]);
        let round = closed_loop(&alpha).expect("it crosses itself");
        assert_eq!(round.first(), Some(&Point::new(100.0, 100.0)));
        assert!(!round.contains(&Point::new(0.0, 0.0)) && !round.contains(&Point::new(0.0, 200.0)));
    }

    #[test]
    fn a_wide_gap_leaves_the_stroke_open() {
        assert_eq!(closed_loop(&path(&[(0.0, 0.0), (200.0, 0.0), (200.0, 200.0), (0.0, 200.0)])), None);
    }

    #[test]
    fn a_trembling_hand_makes_no_lasso() {
        let kink = path(&[(0.0, 0.0), (50.0, 0.0), (56.0, 8.0), (48.0, 8.0), (56.0, -4.0), (200.0, 0.0)]);
        assert_eq!(closed_loop(&kink), None);
    }

    #[test]
    fn near_points_are_one() {
        let mut stroke = Stroke::from(Point::new(0.0, 0.0));
        for step in 1..=100 {
            stroke.push(Point::new(f64::from(step), 0.0));
        }
        assert!(stroke.points().len() <= 18, "{}", stroke.points().len());
        assert!(stroke.is_long_enough());
    }
}

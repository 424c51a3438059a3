//! Sides, hulls and clipping, ordinary and degenerate.

use super::*;

fn path(points: &[(f64, f64)]) -> Vec<Point> {
    points.iter().map(|&(x, y)| Point::new(x, y)).collect()
}

#[test]
fn walking_up_the_screen_the_left_is_the_left() {
    let up = path(&[(500.0, 900.0), (500.0, 100.0)]);
    assert!(left_of(&up, Point::new(200.0, 500.0)));
    assert!(!left_of(&up, Point::new(800.0, 500.0)));
    let down = path(&[(500.0, 100.0), (500.0, 900.0)]);
    assert!(!left_of(&down, Point::new(200.0, 500.0)));
    assert!(left_of(&down, Point::new(800.0, 500.0)));
}

#[test]
fn a_line_reaches_beyond_its_ends() {
    let short = path(&[(500.0, 510.0), (500.0, 490.0)]);
    for y in [-400.0, 0.0, 1_000.0, 2_000.0] {
        assert!(left_of(&short, Point::new(499.0, y)), "{y}");
        assert!(!left_of(&short, Point::new(501.0, y)), "{y}");
    }
}

#[test]
fn the_pocket_of_a_hairpin_is_one_side() {
    let hairpin = path(&[(600.0, 1_000.0), (600.0, 200.0), (400.0, 200.0), (400.0, 1_000.0)]);
    assert!(left_of(&hairpin, Point::new(500.0, 800.0)));
    assert!(left_of(&hairpin, Point::new(500.0, 5_000.0)));
    for outside in [(300.0, 800.0), (700.0, 800.0), (500.0, 100.0)] {
        assert!(!left_of(&hairpin, Point::new(outside.0, outside.1)), "{outside:?}");
    }
}

#[test]
fn a_hairpin_the_other_way_has_its_pocket_on_the_right() {
    let hairpin = path(&[(400.0, 1_000.0), (400.0, 200.0), (600.0, 200.0), (600.0, 1_000.0)]);
    assert!(!left_of(&hairpin, Point::new(500.0, 800.0)));
    assert!(left_of(&hairpin, Point::new(300.0, 800.0)));
}

#[test]
fn sides_survive_any_stretching_of_the_box() {
    let stroke = path(&[(120.0, 900.0), (430.0, 500.0), (380.0, 320.0), (700.0, 60.0)]);
    let squeeze = |p: &Point| Point::new(p.x * 0.39, p.y * 1.7);
    let squeezed: Vec<Point> = stroke.iter().map(squeeze).collect();
    for x in (0..=20).map(|i| f64::from(i) * 50.0) {
        for y in (0..=20).map(|i| f64::from(i) * 50.0 + 3.0) {
            let p = Point::new(x, y);
            assert_eq!(left_of(&stroke, p), left_of(&squeezed, squeeze(&p)), "{p:?}");
        }
    }
}

#[test]
fn both_sides_differ_exactly_where_a_segment_meets_a_simple_path() {
    let stroke = path(&[(120.0, 900.0), (430.0, 500.0), (380.0, 320.0), (700.0, 60.0)]);
    let drawn = extended(&stroke);
    let (a, b) = (Point::new(100.0, 100.0), Point::new(900.0, 900.0));
    let at = first_meeting(a, b, &drawn).expect("the corners lie on different sides");
    assert!(left_of(&stroke, a.towards(b, at - 0.01)));
    assert!(!left_of(&stroke, a.towards(b, at + 0.01)));
}

#[test]
fn a_hull_goes_round_all_points() {
    let points = path(&[(0.0, 0.0), (10.0, 0.0), (5.0, 5.0), (10.0, 10.0), (0.0, 10.0)]);
    let hull = convex_hull(&points);
    assert_eq!(hull.len(), 4);
    assert!(inside(&hull, Point::new(5.0, 5.0)));
    assert!(!inside(&hull, Point::new(11.0, 5.0)));
}

#[test]
fn degenerate_paths_have_no_side_and_do_not_panic() {
    for stroke in [path(&[]), path(&[(1.0, 1.0)]), path(&[(1.0, 1.0), (1.0, 1.0)])] {
        assert!(!left_of(&stroke, Point::new(0.0, 0.0)));
        assert_eq!(first_meeting(Point::new(0.0, 0.0), Point::new(9.0, 9.0), &stroke), None);
    }
    assert!(convex_hull(&path(&[(1.0, 1.0), (2.0, 2.0), (3.0, 3.0)])).len() <= 2);
}

#[test]
fn a_segment_is_clipped_to_the_box() {
    let far = clipped(Point::new(500.0, -9_000.0), Point::new(500.0, 9_000.0), 0.0);
    assert_eq!(far, Some((Point::new(500.0, 0.0), Point::new(500.0, 1_000.0))));
    assert_eq!(clipped(Point::new(-5.0, -9.0), Point::new(-5.0, 9.0), 0.0), None);
}

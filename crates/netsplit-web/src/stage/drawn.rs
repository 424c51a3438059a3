//! From what a hand drew, in pixels, to a wall's sketch, in stage coordinates.

use netsplit_scenarios::sketch::Sketch;
use netsplit_view::geometry::Point;
use netsplit_view::wall;

use super::gesture::{Drawn, Edit, Way};
use netsplit_view::board::Board;

/// A palette wall leans a little, so that it does not run along a row of nodes.
const LEAN: f64 = 0.16;
/// Half the length of the piece of a palette wall that is kept; it is drawn on to the edges anyway.
const HALF: f64 = 160.0;

/// The sketch that an edit makes; `standing` is the wall's sketch before it, if it has one. A stroke
/// without length, and a wall that was never drawn, give none.
pub fn sketch_of(edit: &Edit, board: &Board, standing: Option<&Sketch>) -> Option<Sketch> {
    match edit {
        Edit::New { way, drawn } => drawn_anew(drawn, *way == Way::One, board),
        Edit::Reshape { about, angle, by, .. } => {
            let place = |p: Point| board.to_stage(board.to_px(p).turned(*about, *angle) + *by);
            standing.map(|sketch| placed(sketch, place))
        }
    }
}

fn drawn_anew(drawn: &Drawn, one_way: bool, board: &Board) -> Option<Sketch> {
    let to_stage = |points: &[Point]| points.iter().map(|&px| board.to_stage(px)).collect::<Vec<_>>();
    match drawn {
        Drawn::Line(through) => {
            let arm = Point::new(-LEAN.sin(), LEAN.cos()) * HALF;
            let upright = wall::palette(board.to_stage(*through), one_way);
            let ends = to_stage(&[*through - arm, *through + arm]).into_iter().map(whole);
            Some(Sketch { path: ends.collect(), ..upright })
        }
        Drawn::Stroke(points) => wall::stroke(&to_stage(points), one_way),
        Drawn::Lasso(points) => wall::lasso(&to_stage(points), one_way),
    }
}

/// The wall with every point put elsewhere.
fn placed(sketch: &Sketch, place: impl Fn(Point) -> Point) -> Sketch {
    let path = wall::points(sketch).into_iter().map(place);
    Sketch { path: path.map(whole).collect(), ..sketch.clone() }
}

/// A point in whole thousandths, not absurdly far away.
fn whole(p: Point) -> (i32, i32) {
    let whole = |v: f64| v.round().clamp(-2_000.0, 3_000.0) as i32;
    (whole(p.x), whole(p.y))
}

#[cfg(test)]
mod tests {
    use netsplit_sim::id::WallId;
    use netsplit_view::wall::Side;

    use super::*;

    fn board() -> Board {
        Board::new(1044.0, 582.0)
    }

    fn palette_wall(at: Point) -> Sketch {
        let edit = Edit::New { way: Way::One, drawn: Drawn::Line(at) };
        sketch_of(&edit, &board(), None).expect("a line has length")
    }

    #[test]
    fn a_palette_wall_runs_downwards_through_the_pointer() {
        let sketch = palette_wall(Point::new(522.0, 300.0));
        assert!(sketch.one_way && !wall::is_closed(&sketch));
        assert!(sketch.path[0].1 < sketch.path[1].1, "{:?}", sketch.path);
        // Walking down the screen, the left is what lies towards its right edge.
        assert_eq!(wall::side_of(&sketch, Point::new(900.0, 500.0)), Side::Left);
        assert_eq!(wall::side_of(&sketch, Point::new(100.0, 500.0)), Side::Right);
    }

    #[test]
    fn a_wall_that_is_moved_keeps_its_doors_and_direction() {
        let mut standing = palette_wall(Point::new(522.0, 300.0));
        standing.flipped = true;
        standing.doors.push(netsplit_sim::id::NodeId::server(2));
        let by = Point::new(104.4, 0.0);
        let edit = Edit::Reshape { wall: WallId(0), about: Point::default(), angle: 0.0, by };
        let moved = sketch_of(&edit, &board(), Some(&standing)).expect("it was drawn");
        assert_eq!(moved.path[0].0, standing.path[0].0 + 100);
        assert_eq!((moved.flipped, &moved.doors), (true, &standing.doors));
    }

    #[test]
    fn a_quarter_turn_makes_a_lying_wall_of_a_standing_one() {
        let centre = Point::new(522.0, 300.0);
        let standing = palette_wall(centre);
        let angle = std::f64::consts::FRAC_PI_2 - LEAN;
        let edit = Edit::Reshape { wall: WallId(0), about: centre, angle, by: Point::default() };
        let turned = sketch_of(&edit, &board(), Some(&standing)).expect("it was drawn");
        assert!((turned.path[0].1 - turned.path[1].1).abs() <= 2, "{:?}", turned.path);
    }
}

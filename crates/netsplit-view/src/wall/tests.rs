//! Walls on the ordinary five: what they cut, and how they are moved.

use super::*;

const FIVE: Topology = Topology { servers: 5, clients: 2 };

fn layout() -> Layout {
    Layout::new(FIVE, &[Some(NodeId::server(4)), Some(NodeId::server(1))])
}

fn down_the_middle(one_way: bool) -> Sketch {
    // Right of the first server: with it on the left stand n1, n4, n5 and c1.
    palette(Point::new(560.0, 500.0), one_way)
}

fn cut(sketch: &Sketch) -> BTreeSet<Link> {
    cuts(sketch, &layout(), FIVE)
}

fn id(name: &str) -> NodeId {
    name.parse().expect("a name")
}

fn link(from: &str, to: &str) -> Link {
    Link::new(id(from), id(to))
}

#[test]
fn a_wall_cuts_links_between_its_sides_and_clients_too() {
    let cut = cut(&down_the_middle(false));
    assert_eq!(name(&cut, FIVE), "n1, n4, n5, c1 | n2, n3, c2");
    assert!(cut.contains(&link("c1", "n2")) && cut.contains(&link("n2", "c1")));
    assert!(!cut.contains(&link("c1", "c2")), "clients have no links to one another");
    assert!(!cut.contains(&link("n1", "n5")));
}

#[test]
fn a_one_way_palette_wall_cuts_from_the_left_of_downwards_to_its_right() {
    // Who walks down the screen has the screen's right on the left hand.
    let sketch = down_the_middle(true);
    assert_eq!(name(&cut(&sketch), FIVE), "n2, n3, c2 → n1, n4, n5, c1");
    assert_eq!(name(&cut(&flipped(&sketch)), FIVE), "n1, n4, n5, c1 → n2, n3, c2");
}

#[test]
fn a_one_way_lasso_cuts_from_inside_to_outside() {
    let corners = [(650.0, 250.0), (870.0, 250.0), (870.0, 500.0), (650.0, 500.0)];
    let points = corners.map(|(x, y)| Point::new(x, y));
    let sketch = lasso(&points, true).expect("it encloses something");
    assert_eq!(name(&cut(&sketch), FIVE), "n2 → n1, n3, n4, n5, c1, c2");
}

#[test]
fn a_door_frees_all_links_of_its_node() {
    let sketch = with_door_toggled(&down_the_middle(false), id("n3"));
    let cut = cut(&sketch);
    assert!(cut.iter().all(|link| link.from != id("n3") && link.to != id("n3")));
    assert_eq!(name(&cut, FIVE), "n1, n4, n5, c1 | n2, c2");
    assert_eq!(with_door_toggled(&sketch, id("n3")), down_the_middle(false));
}

#[test]
fn a_cut_link_meets_the_wall_between_its_ends() {
    let (sketch, layout) = (down_the_middle(false), layout());
    for link in cut(&sketch) {
        let at = crossing(&sketch, layout.at(link.from), layout.at(link.to));
        assert!(at.is_some_and(|at| (0.0..=1.0).contains(&at)), "{link}: {at:?}");
    }
    assert_eq!(crossing(&sketch, layout.at(id("n1")), layout.at(id("n5"))), None);
}

#[test]
fn a_turned_wall_looks_turned_by_that_much_on_an_oblong_stage() {
    let size = StageSize { width: 1_000.0, height: 500.0 };
    let sketch = turned(&down_the_middle(false), size, std::f64::consts::FRAC_PI_2);
    let [a, b] = [sketch.path[0], sketch.path[1]];
    assert_eq!(a.1, b.1, "downwards has become sideways: {:?}", sketch.path);
    assert_eq!((a.0 - b.0).abs(), 250, "500 per mille of the height are 250 of the width");
}

#[test]
fn a_wall_dragged_by_its_end_points_there() {
    let size = StageSize::default();
    let sketch = down_the_middle(false);
    let to = Point::new(900.0, 700.0);
    let dragged = turned_towards(&sketch, size, HandleKind::TurnEnd, to);
    let off = geometry::distance_to_path(to, &drawn_path(&dragged));
    assert!(off < 5.0, "the line passes {off} beside it");
}

#[test]
fn a_wall_dragged_away_is_off_stage() {
    let sketch = down_the_middle(false);
    assert!(!is_off_stage(&sketch));
    assert!(is_off_stage(&moved(&sketch, Point::new(460.0, 0.0))));
    assert!(!is_off_stage(&moved(&sketch, Point::new(0.0, 5_000.0))), "a line has no ends");
}

#[test]
fn handles_lie_on_the_line_and_inside_the_box() {
    let tilted = turned(&down_the_middle(false), StageSize::default(), 0.4);
    for handle in handles(&tilted) {
        assert!(geometry::distance_to_path(handle.at, &drawn_path(&tilted)) < 1.0);
        assert!((0.0..=1_000.0).contains(&handle.at.x) && (0.0..=1_000.0).contains(&handle.at.y));
    }
    assert_eq!(handles(&tilted).len(), 3);
}

#[test]
fn a_shaky_stroke_becomes_a_short_sketch() {
    let shaky: Vec<Point> =
        (0..2_000).map(|i| Point::new(500.0 + f64::from(i % 3), f64::from(i) / 2.0)).collect();
    let sketch = stroke(&shaky, false).expect("it has length");
    assert!(sketch.path.len() <= MOST_POINTS);
    assert_eq!(sketch.path.first(), Some(&(500, 0)));
    assert!(stroke(&[Point::new(5.0, 5.0); 40], false).is_none());
    assert!(stroke(&[Point::new(f64::NAN, 5.0), Point::new(5.0, 5.0)], false).is_none());
    assert!(lasso(&shaky[..10], false).is_none());
}

#[test]
fn hostile_sketches_do_no_harm() {
    for path in [vec![], vec![(0, 0)], vec![(7, 7); 5], vec![(i32::MAX, i32::MIN), (i32::MIN, i32::MAX)]] {
        for shape in [WallShape::Line, WallShape::Stroke, WallShape::Lasso] {
            let sketch = new(path.clone(), shape, true);
            let _ = (cut(&sketch), handles(&sketch), is_off_stage(&sketch), middle(&sketch));
            let _ = turned_towards(&sketch, StageSize::default(), HandleKind::TurnEnd, Point::default());
        }
    }
}

//! A wall: hatched, its smaller side tinted, with arrows where it lets pass one way, and its label.

use std::f64::consts::FRAC_PI_4;

use netsplit_words::say;

use crate::geometry::Point;
use crate::path_data;
use crate::wall_lines::{WallLines, label_place, taken, wall_lines};
use crate::wall_picture::WallPicture;

use super::super::Role;
use super::super::markup::{Anchor, Markup, Tag, path, rect, text};
use super::super::measure::{self, Weight};
use super::Ground;

/// How broad a wall is between its edges.
const BROAD: f64 = 14.4;
/// How far apart the strokes of its hatch lie, along the wall.
const HATCH: f64 = 9.9;

pub(super) fn draw(markup: &mut Markup, ground: &Ground, wall: &WallPicture) {
    let Some(sketch) = ground.scene.sketches.get(&wall.id) else { return };
    let theme = ground.theme;
    let colour = theme.colour(Role::Wall);
    let lines = wall_lines(sketch, &ground.scene.layout, &ground.board);
    let line = path_data::path(&lines.line, lines.closed);
    markup.leaf(path(&path_data::path(&lines.region, true)).fill(colour).opacity(0.05));
    let stroke = |colour, width| path(&line).line(colour, width).set("stroke-linejoin", "round");
    markup.leaf(stroke(colour, BROAD + 2.6));
    markup.leaf(stroke(theme.colour(Role::Stage), BROAD));
    markup.leaf(path(&hatch(ground, &lines)).line(colour, 1.3));
    for &(at, turn) in &lines.passing {
        let arrow = path("M-6-8 9 0-6 8Z").at_turned(at, turn).fill(colour);
        markup.leaf(arrow.rim(theme.colour(Role::Stage), 2.5));
    }
}

/// Short strokes across the wall, half a right angle off its direction, where it can be seen. A pattern would
/// need a name, and two pictures in one document must not share one.
fn hatch(ground: &Ground, lines: &WallLines) -> String {
    let mut line = lines.line.clone();
    line.extend(lines.line.first().filter(|_| lines.closed));
    let mut strokes = String::new();
    let mut before = 0.0;
    for pair in line.windows(2) {
        let length = pair[0].distance(pair[1]);
        let along = (pair[1] - pair[0]) * (1.0 / length.max(f64::MIN_POSITIVE));
        let (sin, cos) = (along.y.atan2(along.x) + FRAC_PI_4).sin_cos();
        let half = Point::new(cos, sin) * (BROAD / 2.0 * std::f64::consts::SQRT_2);
        let (enter, leave) = in_sight(ground, pair[0], along, length);
        // Strokes keep their distance round corners.
        let mut at = enter + (HATCH - (before + enter) % HATCH);
        while at < leave {
            let middle = pair[0] + along * at;
            strokes.push_str(&path_data::path(&[middle - half, middle + half], false));
            at += HATCH;
        }
        before += length;
    }
    strokes
}

/// Between which distances from its beginning a straight piece may be in sight.
fn in_sight(ground: &Ground, from: Point, along: Point, length: f64) -> (f64, f64) {
    const MARGIN: f64 = 20.0;
    let size = ground.board.element;
    let (mut enter, mut leave) = (0.0_f64, length);
    for (start, run, edge) in [(from.x, along.x, size.width), (from.y, along.y, size.height)] {
        if run.abs() > 1e-9 {
            let (one, two) = ((-MARGIN - start) / run, (edge + MARGIN - start) / run);
            enter = enter.max(one.min(two));
            leave = leave.min(one.max(two));
        }
    }
    (enter, leave)
}

/// What each wall is, beside it.
pub(super) fn labels(markup: &mut Markup, ground: &Ground) {
    const SIZE: f64 = 13.0;
    const HEIGHT: f64 = 30.0;
    let theme = ground.theme;
    let taken = taken(&ground.picture, &ground.board, ground.sizes);
    for wall in &ground.picture.walls {
        let words = if wall.stale { say!("cut: {wall}", wall = wall.name) } else { wall.label.clone() };
        let width = measure::width(&words, SIZE, Weight::Plain) + 28.0;
        let line: Vec<Point> = wall.path.iter().map(|p| ground.board.to_px(*p)).collect();
        let corner = if line.is_empty() {
            ground.board.to_px(wall.label_at) - Point::new(width / 2.0, HEIGHT / 2.0)
        } else {
            label_place(&line, &taken, &ground.board, width, HEIGHT)
        };
        markup.group(Tag::new("g").at(corner), |markup| {
            let pill = rect(Point::default(), width, HEIGHT).num("rx", HEIGHT / 2.0);
            markup.leaf(pill.fill(theme.colour(Role::Panel)).stroke(theme.colour(Role::Wall), 1.0));
            let at = Point::new(width / 2.0, HEIGHT / 2.0 + 4.6);
            let line = text(at, Anchor::Middle).font(SIZE, Weight::Plain);
            markup.words(line.fill(theme.colour(Role::Ink)), &words);
        });
    }
}

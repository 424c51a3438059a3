//! A link: one line per pair, with what each direction does to messages.

use crate::geometry::Point;
use crate::link_picture::LinkPicture;
use crate::path_data;

use super::super::Role;
use super::super::markup::{Anchor, Markup, path, text};
use super::super::measure::Weight;
use super::Ground;

pub(super) fn draw(markup: &mut Markup, ground: &Ground, link: &LinkPicture) {
    let theme = ground.theme;
    let (a, b) = (ground.board.to_px(link.from), ground.board.to_px(link.to));
    let (plain, wall) = (theme.colour(Role::Link), theme.colour(Role::Wall));
    let changed = link.forward.changed || link.backward.changed;
    let width = if changed { 2.2 } else { 1.4 };
    let line = path(&path_data::path(&[a, b], false));
    markup.leaf(match (link.forward.cut, link.backward.cut) {
        (false, false) => line.line(plain, width),
        (true, true) => line.line(wall, width).set("stroke-dasharray", "2 7").round().opacity(0.75),
        _ => line.line(wall, width).set("stroke-dasharray", "9 5").opacity(0.75),
    });
    match (link.forward.cut, link.backward.cut) {
        (true, false) => passing(markup, wall, b, a),
        (false, true) => passing(markup, wall, a, b),
        _ => {}
    }
    note(markup, ground, &link.label, a, b);
}

/// On a link that is cut one way: arrows along what still passes.
fn passing(markup: &mut Markup, colour: &str, from: Point, to: Point) {
    let turn = (to.y - from.y).atan2(to.x - from.x).to_degrees();
    for along in [0.36, 0.64] {
        let arrow = path("M-4-5 3 0-4 5").at_turned(from.towards(to, along), turn);
        markup.leaf(arrow.line(colour, 1.6).round());
    }
}

fn note(markup: &mut Markup, ground: &Ground, label: &str, a: Point, b: Point) {
    if label.is_empty() {
        return;
    }
    let at = a.towards(b, 0.4) - Point::new(0.0, 5.0);
    let line = text(at, Anchor::Middle).font(11.2, Weight::Plain);
    let line = line.fill(ground.theme.colour(Role::Soft)).rim(ground.theme.colour(Role::Stage), 4.0);
    markup.words(line, label);
}

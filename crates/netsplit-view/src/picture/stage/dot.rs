//! A message under way: a disc with its kind's letter, and a tail that tells where it comes from.

use std::f64::consts::{FRAC_PI_4, TAU};

use crate::flights::{Dot, DotLook};
use crate::geometry::Point;
use crate::path_data;

use super::super::Role;
use super::super::markup::{Anchor, Markup, Tag, circle, path, text};
use super::super::measure::Weight;
use super::Ground;

pub(super) fn draw(markup: &mut Markup, ground: &Ground, dot: &Dot) {
    let (theme, radius) = (ground.theme, ground.sizes.dot);
    let colour = theme.tone(dot.tone);
    let dying = dot.look == DotLook::Dying;
    markup.group(Tag::new("g").at(ground.board.to_px(dot.at)).opacity(dot.fade), |markup| {
        if dot.count == 1 && dot.look != DotLook::Held {
            let back = |reach: f64| direction(dot.heading) * -reach;
            let tail = path_data::path(&[back(radius), back(radius * 3.0)], false);
            markup.leaf(path(&tail).line(colour, 2.0).opacity(0.5));
        }
        let inside = Tag::new("g").opacity(if dying { 0.45 } else { 1.0 });
        markup.group(inside, |markup| disc(markup, ground, dot, colour));
        if dying {
            let reach = |turn: f64| direction(turn) * (radius * 1.15);
            for turn in [FRAC_PI_4, 3.0 * FRAC_PI_4] {
                let stroke = path_data::path(&[reach(turn + TAU / 2.0), reach(turn)], false);
                markup.leaf(path(&stroke).line(theme.colour(Role::Wall), 2.5));
            }
        }
        if dot.count > 1 {
            let at = Point::new(radius * 2.1, -radius * 1.1 + radius * 0.38);
            let number = text(at, Anchor::Middle).font(radius * 1.08, Weight::Strong);
            markup.words(number.fill(theme.colour(Role::Ink)), &format!("×{}", dot.count));
        }
    });
}

/// Filled for what is on its way, a ring for a second copy, two rings for what waits.
fn disc(markup: &mut Markup, ground: &Ground, dot: &Dot, colour: &str) {
    let (theme, radius) = (ground.theme, ground.sizes.dot);
    let hollow = matches!(dot.look, DotLook::Duplicate | DotLook::Held);
    if hollow {
        markup.leaf(circle(radius - 1.0).fill(theme.colour(Role::Stage)).stroke(colour, 2.2));
    } else {
        markup.leaf(circle(radius).fill(colour));
    }
    if dot.look == DotLook::Held {
        markup.leaf(circle(radius + 3.0).line(colour, 1.4));
    }
    if radius >= 6.0 {
        let letter = text(Point::new(0.0, radius * 0.38), Anchor::Middle).font(radius * 1.08, Weight::Strong);
        let ink = theme.colour(if hollow { Role::Ink } else { Role::OnMessage });
        markup.words(letter.fill(ink), dot.letter.encode_utf8(&mut [0; 4]));
    }
}

fn direction(turn: f64) -> Point {
    let (sin, cos) = turn.sin_cos();
    Point::new(cos, sin)
}

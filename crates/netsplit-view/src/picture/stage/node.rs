//! A server: outline by role, name and badge, letter, what is wrong with it, its timer, what it stores.

use std::f64::consts::TAU;

use netsplit_sim::describe::Tone;
use netsplit_sim::run::Status;
use netsplit_sim::time::SimTime;

use crate::geometry::Point;
use crate::node_picture::NodePicture;
use crate::outline::{self, BODY};
use crate::path_data::num;

use super::super::Role;
use super::super::markup::{Anchor, Markup, Tag, circle, path, text};
use super::super::measure::Weight;
use super::{Ground, store};

pub(super) fn draw(markup: &mut Markup, ground: &Ground, node: &NodePicture, now: SimTime) {
    let at = ground.board.to_px(node.at);
    markup.group(Tag::new("g").at(at), |markup| {
        body(markup, ground, node);
        timer(markup, ground, node, now);
        names(markup, ground, node);
        satellites(markup, ground, node);
        let fade = if node.status == Status::Crashed { 0.5 } else { 1.0 };
        if ground.words {
            store::draw(markup, ground, &node.store, fade);
        }
    });
}

/// What fills the outline, what draws it, and how: crashed, paused, leading, anybody.
fn body(markup: &mut Markup, ground: &Ground, node: &NodePicture) {
    let theme = ground.theme;
    let (tone, faint) = (theme.tone(node.role.tone), theme.colour(Role::Faint));
    let (fill, stroke, width) = match (node.status, node.role.tone) {
        (Status::Crashed, _) => (theme.colour(Role::Stage), faint, 2.0),
        (Status::Paused, _) => (theme.colour(Role::Raise), faint, 3.0),
        (Status::Up, Tone::Lead) => (tone, tone, 3.0),
        (Status::Up, Tone::Plain) => (theme.colour(Role::Node), faint, 2.0),
        (Status::Up, _) => (theme.colour(Role::Node), tone, 3.0),
    };
    let scale = ground.sizes.node / BODY;
    let thousandths = (scale * 1_000.0).round() as i64;
    let shape = path(outline::of(node.role.shape)).set("transform", &format!("scale({thousandths}e-3)"));
    // The outline is scaled, its line is not.
    let shape = shape.fill(fill).stroke(stroke, width / scale).set("stroke-linejoin", "round");
    let dash = num(4.0 / scale);
    markup.leaf(match node.status {
        Status::Crashed => shape.set("stroke-dasharray", &[&dash, " ", &dash].concat()),
        Status::Up | Status::Paused => shape,
    });
}

fn timer(markup: &mut Markup, ground: &Ground, node: &NodePicture, now: SimTime) {
    let Some(timer) = &node.timer else { return };
    let radius = ground.sizes.arc;
    markup.leaf(circle(radius).line(ground.theme.colour(Role::Line), 3.0));
    let round = TAU * radius;
    let dash = [num(timer.left(now) * round), num(round)].join(" ");
    let arc = circle(radius).line(ground.theme.tone(node.role.tone), 3.0);
    let arc = arc.set("stroke-dasharray", &dash).set("transform", "rotate(-90)");
    markup.leaf(arc.opacity(if node.status == Status::Paused { 0.4 } else { 1.0 }));
}

fn names(markup: &mut Markup, ground: &Ground, node: &NodePicture) {
    let (theme, radius) = (ground.theme, ground.sizes.node);
    let leads = node.role.tone == Tone::Lead && node.status == Status::Up;
    let badge = if node.status_text.is_empty() { node.badge.as_str() } else { node.status_text };
    // What is too small to be read is left out.
    let badge = Some(badge).filter(|badge| radius >= 22.0 && !badge.is_empty());
    let name_colour = theme.colour(match node.status {
        Status::Crashed => Role::Soft,
        _ if leads => Role::OnRole,
        _ => Role::Ink,
    });
    let size = if radius < 18.0 { 11.2 } else { 14.4 };
    let y = if badge.is_some() { 0.0 } else { 4.5 };
    let name = text(Point::new(0.0, y), Anchor::Middle).font(size, Weight::Strong);
    markup.words(name.fill(name_colour), &node.name);
    let Some(badge) = badge else { return };
    let size = if radius < 28.0 { 10.2 } else { 11.2 };
    let colour = theme.colour(if leads { Role::OnRole } else { Role::Soft });
    let line = text(Point::new(0.0, 13.0), Anchor::Middle).font(size, Weight::Mono);
    markup.words(line.fill(colour), badge);
}

/// Small discs round the node: role, status, clock, door.
fn satellites(markup: &mut Markup, ground: &Ground, node: &NodePicture) {
    let theme = ground.theme;
    let reach = ground.sizes.node * 0.98;
    let at = |x: f64, y: f64| Tag::new("g").at(Point::new(x * reach, y * reach));
    if node.status != Status::Crashed {
        letter(markup, ground, node, at(0.9, -0.98));
    }
    let (ink, bad, wall) = (theme.colour(Role::Ink), theme.colour(Role::Bad), theme.colour(Role::Wall));
    let sign = |markup: &mut Markup, place: Tag, colour: &str, width: f64, data: &str| {
        markup.group(place, |markup| {
            markup.leaf(circle(9.0).fill(theme.colour(Role::Panel)).stroke(colour, 1.5));
            let line = if colour == wall { ink } else { colour };
            markup.leaf(path(data).line(line, width).round());
        });
    };
    match node.status {
        Status::Up => {}
        Status::Paused => sign(markup, at(-0.9, -0.98), ink, 2.6, "M-2.6-4V4M2.6-4V4"),
        Status::Crashed => sign(markup, at(-0.9, -0.98), bad, 2.4, "M-3.6-3.6 3.6 3.6M3.6-3.6-3.6 3.6"),
    }
    if node.clock.is_some() {
        sign(markup, at(0.92, 0.92), ink, 1.8, "M0-5V0L3.5 2");
    }
    if ground.picture.walls.iter().any(|wall| wall.doors.contains(&node.id)) {
        sign(markup, at(-0.92, 0.92), wall, 1.8, "M-3 5V-5H3V5M1 0H1.1");
    }
}

fn letter(markup: &mut Markup, ground: &Ground, node: &NodePicture, place: Tag) {
    let radius = (ground.sizes.node * 0.31).clamp(6.5, 10.0);
    markup.group(place, |markup| {
        let disc = circle(radius).fill(ground.theme.colour(Role::Panel));
        markup.leaf(disc.stroke(ground.theme.tone(node.role.tone), 1.5));
        let words = text(Point::new(0.0, 4.0), Anchor::Middle).font(11.2, Weight::Strong);
        markup.words(words.fill(ground.theme.colour(Role::Ink)), node.role.letter.encode_utf8(&mut [0; 4]));
    });
}

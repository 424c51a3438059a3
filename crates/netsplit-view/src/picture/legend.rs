//! What signs mean: roles, kinds of messages, cells and arcs.

use std::collections::BTreeSet;

use netsplit_sim::run::Run;
use netsplit_words::say;

use crate::geometry::Point;
use crate::stage::{self, LegendItem, LegendKind};

use super::markup::{Anchor, Markup, circle, rect, text};
use super::measure::{self, Weight};
use super::{Role, Theme};

/// The height of its letters.
const SIZE: f64 = 11.5;

/// Roles and kinds of messages in a row that begins at a point; returns where the next words would stand.
pub(super) fn draw(markup: &mut Markup, theme: Theme, at: Point, items: &[LegendItem]) -> Point {
    let mut next = at;
    for item in items {
        next.x += sign(markup, theme, next, item);
        next.x += label(markup, theme, next, item.text);
    }
    next
}

/// A role's letter, or a message's dot; returns how much room it takes.
fn sign(markup: &mut Markup, theme: Theme, at: Point, item: &LegendItem) -> f64 {
    let (letter, buffer) = (item.letter, &mut [0; 4]);
    match item.kind {
        LegendKind::Role => {
            let tag = text(at, Anchor::Start).font(SIZE, Weight::Strong);
            markup.words(tag.fill(theme.colour(Role::Ink)), letter.encode_utf8(buffer));
            12.0
        }
        LegendKind::Message => {
            let middle = at + Point::new(7.5, -4.0);
            markup.leaf(circle(7.5).fill(theme.tone(item.tone)).at(middle));
            let tag = text(middle + Point::new(0.0, 3.4), Anchor::Middle).font(9.6, Weight::Strong);
            markup.words(tag.fill(theme.colour(Role::OnMessage)), letter.encode_utf8(buffer));
            19.0
        }
    }
}

/// What cells and arcs mean, where there are any.
pub(super) fn minor(markup: &mut Markup, theme: Theme, at: Point, cells: bool, arcs: bool) {
    let mut next = at;
    for (settled, words) in [(true, say!("final")), (false, say!("not yet"))].into_iter().filter(|_| cells) {
        next.x += cell(markup, theme, next, settled);
        next.x += label(markup, theme, next, words);
    }
    if arcs {
        label(markup, theme, next, say!("arc: time left"));
    }
}

/// Words; returns how much room they and the gap after them take.
fn label(markup: &mut Markup, theme: Theme, at: Point, words: &str) -> f64 {
    let width = measure::width(words, SIZE, Weight::Plain);
    let line = text(at, Anchor::Start).font(SIZE, Weight::Plain).fill(theme.colour(Role::Soft));
    markup.words_within(line, words, width);
    width + 14.0
}

/// A cell; returns how much room it takes.
fn cell(markup: &mut Markup, theme: Theme, at: Point, settled: bool) -> f64 {
    let frame = rect(at + Point::new(0.0, -9.5), 11.0, 11.0).set("rx", "3");
    markup.leaf(if settled {
        frame.fill(theme.colour(Role::Raise)).stroke(theme.colour(Role::Faint), 1.0)
    } else {
        frame.line(theme.colour(Role::Lead), 1.5).set("stroke-dasharray", "3 2")
    });
    16.0
}

/// Roles and kinds of messages that the run has shown up to its cursor; nothing that is only known to come.
pub(super) fn seen(run: &dyn Run) -> Vec<LegendItem> {
    let about = run.about();
    let until = run.step();
    let servers = run.topology().servers();
    let taken = servers.flat_map(|id| run.roles(id).iter().take_while(|(moment, _)| moment.step <= until));
    let roles: BTreeSet<&str> =
        taken.filter_map(|(_, role)| about.roles.get(usize::from(*role))).map(|role| role.name).collect();
    let sent = |text: &str| {
        let mut kinds = about.messages.iter().zip(run.traffic());
        kinds.any(|(kind, traffic)| kind.short == text && traffic.messages > 0)
    };
    let known = |item: &LegendItem| match item.kind {
        LegendKind::Role => roles.contains(item.text),
        LegendKind::Message => sent(item.text),
    };
    stage::legend(about).into_iter().filter(known).collect()
}

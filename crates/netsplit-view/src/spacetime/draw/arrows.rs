//! Messages: a slanted arrow each, with a dot where it arrived and a cross where it died.

use std::collections::BTreeSet;

use crate::cone::Influence;
use crate::geometry::Point;
use crate::spacetime::arrows::Arrow;
use crate::spacetime::course::End;
use netsplit_sim::describe::Tone;

use super::labels::Letters;
use super::pen::{Dash, Pen};
use super::place::Place;
use crate::picture::Role;

/// How much of an arrow is left where it is dim.
const DIM: f64 = 0.14;
/// With more arrows than this none has a letter: they would cover the lines.
const LETTERED: usize = 600;

const TONES: [Tone; 6] = [Tone::Plain, Tone::Info, Tone::Assent, Tone::Lead, Tone::Contend, Tone::Client];
const DASHES: [Dash; 4] = [Dash::Solid, Dash::Dashed, Dash::Dotted, Dash::Long];

/// All arrows, the dim ones below; `lies` tells how each lies to what is looked at,
/// `blind` whether it is what somebody knows: that a message died is known to nobody.
pub fn draw(
    ink: &dyn Pen,
    arrows: &[Arrow],
    place: &Place,
    lies: impl Fn(&Arrow) -> Option<Influence>,
    blind: bool,
    letters: &mut Letters,
) {
    let all: Vec<(&Arrow, Option<Influence>)> = arrows.iter().map(|arrow| (arrow, lies(arrow))).collect();
    for dim in [true, false] {
        ink.alpha(if dim { DIM } else { 1.0 });
        let shown: Vec<_> = all.iter().filter(|(_, lies)| (*lies == Some(Influence::Apart)) == dim).collect();
        for tone in TONES {
            for dash in DASHES {
                let alike =
                    shown.iter().filter(|(arrow, lies)| arrow.tone == tone && dash_of(arrow, *lies) == dash);
                lines(ink, alike.map(|(arrow, _)| *arrow), place, (tone, dash));
            }
            ends(ink, shown.iter().map(|(arrow, _)| *arrow).filter(|arrow| arrow.tone == tone), place, tone);
        }
        ink.alpha(if dim || blind { DIM } else { 1.0 });
        crosses(ink, shown.iter().map(|(arrow, _)| *arrow), place);
    }
    ink.alpha(1.0);
    if all.len() <= LETTERED {
        let lit = all.iter().filter(|(_, lies)| *lies != Some(Influence::Apart));
        words(ink, lit.map(|(arrow, _)| *arrow), place, letters);
    }
}

/// Broken while under way or held, dotted for a copy, in long strokes for what lies in the future of what
/// is looked at.
fn dash_of(arrow: &Arrow, lies: Option<Influence>) -> Dash {
    match (arrow.end, lies) {
        (End::UnderWay | End::Held, _) => Dash::Dashed,
        _ if arrow.id.copy > 0 => Dash::Dotted,
        (_, Some(Influence::Future)) => Dash::Long,
        _ => Dash::Solid,
    }
}

/// One path for all that look alike: a stroke each would cost most of the time.
fn lines<'a>(
    ink: &dyn Pen,
    arrows: impl Iterator<Item = &'a Arrow>,
    place: &Place,
    (tone, dash): (Tone, Dash),
) {
    let mut arrows = arrows.peekable();
    if arrows.peek().is_none() {
        return;
    }
    ink.line(ink.tone(tone), 1.5, dash);
    ink.begin();
    for arrow in arrows {
        let mut last = place.plot.to_px(arrow.from);
        for point in arrow.bends.iter().chain([&arrow.to]) {
            let next = place.plot.to_px(*point);
            ink.segment(last, next);
            last = next;
        }
    }
    ink.trace();
}

/// A dot where it arrived, a box where it waits, a ring where a copy arrived or where it is now; a small
/// box at every bend.
fn ends<'a>(ink: &dyn Pen, arrows: impl Iterator<Item = &'a Arrow> + Clone, place: &Place, tone: Tone) {
    let px = |point: Point| place.plot.to_px(point);
    ink.begin();
    for arrow in arrows.clone().filter(|arrow| !arrow.stub) {
        match arrow.end {
            End::Arrived if arrow.id.copy == 0 => ink.circle(px(arrow.to), 2.6),
            End::Waited => ink.shape(px(arrow.to), &[(-3.2, -3.2), (3.2, -3.2), (3.2, 3.2), (-3.2, 3.2)]),
            _ => {}
        }
        for bend in &arrow.bends {
            ink.shape(px(*bend), &[(0.0, -3.4), (3.4, 0.0), (0.0, 3.4), (-3.4, 0.0)]);
        }
    }
    ink.fill(ink.tone(tone));
    ink.begin();
    let hollow = |arrow: &&Arrow| match arrow.end {
        End::Arrived => arrow.id.copy > 0,
        End::UnderWay | End::Held => true,
        End::Waited | End::NobodyThere | End::Lost(_) => false,
    };
    for arrow in arrows.filter(hollow) {
        ink.circle(px(arrow.to), 3.0);
    }
    ink.fill(ink.colour(Role::Panel));
    ink.line(ink.tone(tone), 1.5, Dash::Solid);
    ink.trace();
}

/// A cross where it died.
fn crosses<'a>(ink: &dyn Pen, arrows: impl Iterator<Item = &'a Arrow>, place: &Place) {
    ink.line(ink.colour(Role::Wall), 1.8, Dash::Solid);
    ink.begin();
    for arrow in arrows.filter(|arrow| arrow.end.is_lost()) {
        ink.cross(place.plot.to_px(arrow.to), 3.6);
    }
    ink.trace();
}

/// The letter of its kind on one arrow of each fan, unless it is too short or another letter is there; and
/// the number of those that stand for several.
fn words<'a>(ink: &dyn Pen, arrows: impl Iterator<Item = &'a Arrow>, place: &Place, letters: &mut Letters) {
    const RADIUS: f64 = 6.0;
    const LEAST: f64 = 30.0;
    // Off the middle, where two that cross would meet.
    const ALONG: f64 = 0.42;
    ink.font(true, 0.78);
    let mut fans = BTreeSet::new();
    for arrow in arrows {
        let (from, to) = (place.plot.to_px(arrow.from), place.plot.to_px(arrow.to));
        let at = from.towards(to, ALONG);
        let inside = at.x > place.plot.left && at.x < place.right();
        let fan = (arrow.id.link.from, arrow.sent.step, arrow.kind);
        if !arrow.bends.is_empty() || !inside || from.distance(to) < LEAST || fans.contains(&fan) {
            continue;
        }
        if letters.take(at) {
            fans.insert(fan);
            ink.letter(arrow.letter, ink.tone(arrow.tone), at, RADIUS);
            if arrow.count > 1 {
                let count = ["×", &arrow.count.to_string()].concat();
                ink.text(ink.colour(Role::Ink), &count, Point::new(at.x + RADIUS + 2.0, at.y));
            }
        }
    }
}

//! What lies over the picture: the cursor, what is selected, what has the focus, and what the pointer is
//! on, with its name.

use netsplit_sim::id::MessageId;
use netsplit_view::geometry::Point;
use netsplit_view::spacetime::SpaceTime;
use netsplit_view::spacetime::hit::Target;

use netsplit_view::spacetime::draw::events::spot;
use netsplit_view::spacetime::draw::pen::{Dash, Pen};

use super::ink::Ink;
use netsplit_view::spacetime::draw::place::{Place, TOP};

/// A thing that is pointed at, and its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Pointed {
    /// What.
    pub target: Target,
    /// Its name.
    pub words: String,
    /// Where, in pixels.
    pub at: Point,
}

/// What comes is veiled, and the cursor stands before it.
pub fn cursor(ink: &Ink<'_>, xs: &[f64], place: &Place) {
    let half = place.plot.lane_gap / 2.0;
    let xs: Vec<f64> = xs.iter().map(|x| place.x(*x)).collect();
    let (Some(first), Some(last)) = (xs.first().copied(), xs.last().copied()) else { return };
    if xs.iter().all(|x| *x < 0.0 || *x > place.width) {
        if first < 0.0 {
            ink.alpha(0.6);
            ink.block(&ink.colours.panel, Point::new(0.0, TOP), Point::new(place.width, place.floor()));
            ink.alpha(1.0);
        }
        return;
    }
    let line: Vec<Point> = xs
        .iter()
        .enumerate()
        .flat_map(|(lane, x)| [-half, half].map(|aside| Point::new(x.round() + 0.5, place.y(lane) + aside)))
        .collect();
    let context = ink.context;
    context.begin_path();
    context.move_to(place.width, TOP);
    context.line_to(first, TOP);
    line.iter().for_each(|p| context.line_to(p.x, p.y));
    context.line_to(last, place.floor());
    context.line_to(place.width, place.floor());
    context.close_path();
    ink.alpha(0.6);
    ink.fill(&ink.colours.panel);
    ink.alpha(1.0);
    ink.line(&ink.colours.ink, 1.5, Dash::Solid);
    context.begin_path();
    // Above the lanes stand words.
    context.move_to(line[0].x, TOP);
    line.iter().for_each(|p| context.line_to(p.x, p.y));
    context.stroke();
    context.begin_path();
    ink.shape(Point::new(line[0].x, 1.0), &[(-5.0, 0.0), (5.0, 0.0), (0.0, 7.0)]);
    ink.fill(&ink.colours.ink);
}

/// How something is set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is selected.
    Selected,
    /// It has the focus.
    Focused,
    /// The pointer is on it.
    Hovered,
}

/// Sets something off: a ring round an event, a thick line along a message.
pub fn mark(ink: &Ink<'_>, picture: &SpaceTime, place: &Place, target: Target, mark: Mark) {
    let (colour, width) = match mark {
        Mark::Selected => (&ink.colours.ink, 2.0),
        Mark::Focused => (&ink.colours.focus, 2.5),
        Mark::Hovered => (&ink.colours.soft, 1.5),
    };
    if let Target::Message(id) = target {
        along(ink, picture, place, id, colour);
    }
    ink.line(colour, width, Dash::Solid);
    let Some(at) = at(picture, place, target) else { return };
    ink.context.begin_path();
    ink.circle(at, if mark == Mark::Focused { 9.0 } else { 7.0 });
    ink.context.stroke();
}

fn along(ink: &Ink<'_>, picture: &SpaceTime, place: &Place, id: MessageId, colour: &str) {
    let Some(arrow) = picture.arrows.iter().find(|arrow| arrow.id == id) else { return };
    ink.line(colour, 3.0, Dash::Solid);
    ink.alpha(0.55);
    let mut last = place.plot.to_px(arrow.from);
    for point in arrow.bends.iter().chain([&arrow.to]) {
        let next = place.plot.to_px(*point);
        ink.stroke(last, next);
        last = next;
    }
    ink.alpha(1.0);
}

/// Where something is, in pixels; nothing if it is not in the picture, or has no place of its own.
pub fn at(picture: &SpaceTime, place: &Place, target: Target) -> Option<Point> {
    match target {
        Target::Event(step) => {
            let dot = picture.dots.iter().find(|dot| dot.step == step).map(|dot| dot.at);
            let arrival =
                || picture.arrows.iter().find(|arrow| arrow.arrived == Some(step)).map(|arrow| arrow.to);
            dot.or_else(arrival).map(|at| place.plot.to_px(at))
        }
        Target::Message(id) => {
            picture.arrows.iter().find(|arrow| arrow.id == id).map(|arrow| place.plot.to_px(arrow.to))
        }
        Target::Mark(moment) => {
            picture.marks.iter().find(|mark| mark.moment == moment).and_then(|mark| spot(mark, place))
        }
        Target::Lane(_) | Target::Band(_) => None,
    }
}

/// The name of what is pointed at, in a box beside it.
pub fn tip(ink: &Ink<'_>, pointed: &Pointed, place: &Place) {
    const WIDEST: f64 = 300.0;
    const PAD: f64 = 8.0;
    ink.font(false, 1.06);
    let high = (ink.em * 1.45).round();
    let room = WIDEST.min(place.width - 2.0 * PAD - 8.0);
    let lines = wrapped(&pointed.words, room, |text| ink.width(text));
    let wide = lines.iter().map(|line| ink.width(line)).fold(0.0, f64::max) + 2.0 * PAD;
    let tall = lines.len() as f64 * high + PAD;
    let keep = |v: f64, size: f64, limit: f64| v.clamp(2.0, (limit - size - 2.0).max(2.0));
    let below = pointed.at.y + 14.0;
    let y = if below + tall < place.height { below } else { pointed.at.y - tall - 14.0 };
    let corner = Point::new(keep(pointed.at.x - wide / 2.0, wide, place.width), keep(y, tall, place.height));
    ink.context.begin_path();
    let _ = ink.context.round_rect_with_f64(corner.x + 0.5, corner.y + 0.5, wide, tall, 6.0);
    ink.fill(&ink.colours.raise);
    ink.line(&ink.colours.edge, 1.0, Dash::Solid);
    ink.context.stroke();
    for (number, line) in lines.iter().enumerate() {
        let y = corner.y + PAD / 2.0 + (number as f64 + 0.5) * high;
        ink.text(&ink.colours.ink, line, Point::new(corner.x + PAD, y + 0.5));
    }
}

/// A text in lines no wider than this, broken between words.
fn wrapped(text: &str, widest: f64, width: impl Fn(&str) -> f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let longer = lines.last().map(|line| [line, " ", word].concat()).filter(|line| width(line) <= widest);
        match (longer, lines.last_mut()) {
            (Some(longer), Some(last)) => *last = longer,
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_broken_between_words() {
        let lines = wrapped("n4 asks all four others for their votes", 12.0, |text| text.len() as f64);
        assert_eq!(lines, ["n4 asks all", "four others", "for their", "votes"]);
    }

    #[test]
    fn a_word_that_is_too_long_stands_alone() {
        assert_eq!(wrapped("a incomprehensibilities b", 5.0, |text| text.len() as f64).len(), 3);
        assert!(wrapped("  ", 5.0, |text| text.len() as f64).is_empty());
    }
}

//! The space-time diagram as a standalone picture: a stretch of time round the cursor, up to the cursor.

use netsplit_sim::describe::Tone;
use netsplit_sim::run::Run;

use crate::geometry::Point;
use crate::layout::StageSize;
use crate::node_picture;
use crate::spacetime::draw::labels::{Letters, Row};
use crate::spacetime::draw::pen::{Dash, Pen};
use crate::spacetime::draw::place::{Place, TOP};
use crate::spacetime::draw::{arrows, axis, bands, events, lanes};
use crate::spacetime::{Reach, SpaceTime, Spacing, View, space_time};
use crate::timeline::Window;

use super::legend;
use super::markup::{Anchor, Markup, Tag, circle, rect, text};
use super::measure::Weight;
use super::pen::SvgPen;
use super::{Options, Role, Subject};

/// Room for the names of the lanes.
const HEADS: f64 = 74.0;
/// Room for the legend.
const LEGEND: f64 = 30.0;
/// From one lane to the next.
const LANE: f64 = 32.0;
/// Room above and below the lanes.
const AROUND: f64 = 52.0;

/// How high the diagram is, at least: as many lanes as there are participants.
pub(super) fn size(subject: &Subject<'_>, options: &Options) -> StageSize {
    let lanes = subject.run.topology().len() as f64;
    let legend = if options.words { LEGEND } else { 0.0 };
    StageSize { width: options.size.width, height: (lanes * LANE + AROUND + legend).round() }
}

/// Draws the diagram.
pub(super) fn draw(markup: &mut Markup, subject: &Subject<'_>, options: &Options, size: StageSize) {
    let picture = picture(subject, options);
    let legend = if options.words { LEGEND } else { 0.0 };
    let height = size.height - legend;
    let place = Place::new((size.width - HEADS, height), picture.lanes.len());
    let pen = SvgPen::new(options.theme);
    lines(&pen, &picture, &place, subject.run);
    let ground = rect(Point::default(), size.width, size.height);
    markup.leaf(ground.fill(options.theme.colour(Role::Panel)));
    heads(markup, subject.run, options, &picture, &place);
    markup.group(Tag::new("g").at(Point::new(HEADS, 0.0)), |markup| markup.append(pen.finish()));
    if options.words {
        let at = Point::new(18.0, size.height - 12.0);
        legend::draw(markup, options.theme, at, &legend::seen(subject.run));
    }
}

fn picture(subject: &Subject<'_>, options: &Options) -> SpaceTime {
    let view = View { spacing: Spacing::Quiet, reach: Reach::Cursor, ..View::new(subject.window(options)) };
    space_time(subject.run, &view, &subject.layout, &subject.record.script)
}

/// The picture, from the ground up, as the page draws it while nothing is looked at.
fn lines(pen: &dyn Pen, picture: &SpaceTime, place: &Place, run: &dyn Run) {
    let mut letters = Letters::new(6.0);
    bands::draw_walls(pen, picture, place, false);
    pen.font(false, 1.0);
    for name in bands::names(pen, picture, place, false, &mut Row::default()) {
        pen.text(name.colour, name.text, Point::new(name.at, TOP - 6.5));
    }
    axis::draw(pen, picture, place);
    lanes::draw(pen, picture, place, &[], &mut letters);
    bands::draw_own(pen, picture, place);
    let (corner, opposite) =
        (Point::new(place.plot.left - 8.0, TOP - 14.0), Point::new(place.right() + 8.0, place.height));
    pen.inside(corner, opposite, &mut || {
        arrows::draw(pen, &picture.arrows, place, |_| None, false, &mut letters);
        events::draw(pen, picture, place, |_| None);
    });
    cursor(pen, picture, place, run);
}

/// The cursor, if it is in sight.
fn cursor(pen: &dyn Pen, picture: &SpaceTime, place: &Place, run: &dyn Run) {
    let Window { from, to } = picture.scale.window;
    if run.now() < from || run.now() > to {
        return;
    }
    let x = place.x(picture.scale.x(run.now())).round() + 0.5;
    pen.line(pen.colour(Role::Ink), 1.5, Dash::Solid);
    pen.stroke(Point::new(x, TOP), Point::new(x, place.floor()));
    pen.begin();
    pen.shape(Point::new(x, TOP - 7.0), &[(-5.0, 0.0), (5.0, 0.0), (0.0, 7.0)]);
    pen.fill(pen.colour(Role::Ink));
}

/// Who has which lane, in what role at the cursor.
fn heads(markup: &mut Markup, run: &dyn Run, options: &Options, picture: &SpaceTime, place: &Place) {
    let theme = options.theme;
    for (number, lane) in picture.lanes.iter().enumerate() {
        let role = node_picture::role(run, &run.node(lane.id));
        let rim = if role.tone == Tone::Plain { theme.colour(Role::Faint) } else { theme.tone(role.tone) };
        let y = place.y(number);
        markup.group(Tag::new("g").at(Point::new(24.0, y)), |markup| {
            markup.leaf(circle(8.0).line(rim, 1.5));
            let letter = text(Point::new(0.0, 3.5), Anchor::Middle).font(9.9, Weight::Strong);
            let ink = theme.colour(Role::Ink);
            markup.words(letter.fill(ink), role.letter.encode_utf8(&mut [0; 4]));
            let name = text(Point::new(15.0, 4.6), Anchor::Start).font(13.0, Weight::Plain);
            markup.words(name.fill(ink), &lane.name);
        });
    }
}

//! The client history as a standalone picture: the verdict, then operations as intervals with their proof.

use netsplit_checkers::history::Time;
use netsplit_checkers::verdict::Consistency;
use netsplit_words::say;

use crate::geometry::Point;
use crate::history::account::FaultKind;
use crate::history::bands::{BandPicture, LEVEL};
use crate::history::bars::{BarPicture, Part};
use crate::history::claims::{self, Standing as Claimed};
use crate::history::lanes::{HEIGHT, Lane};
use crate::history::words::Standing;
use crate::history::{self, HistoryPicture, Look};
use crate::layout::StageSize;
use crate::path_data::{self, num};

use super::judged::Judged;
use super::markup::{Anchor, Markup, Tag, disc, path, rect, text};
use super::measure::Weight;
use super::{Options, Role, Subject, Theme};

/// Half of how high an interval is.
const HALF: f64 = 9.0;
/// What the names of processes take on the left.
const GUTTER: f64 = 64.0;
/// Room for the verdict.
const HEAD: f64 = 34.0;
/// Room for the times below.
const AXIS: f64 = 26.0;
/// Room on the right.
const MARGIN: f64 = 18.0;

/// A history, ready to be drawn.
pub(super) struct Drawn {
    says: String,
    broken: bool,
    picture: HistoryPicture,
}

impl Drawn {
    /// Judges and lays out what the clients saw up to the cursor.
    pub(super) fn of(subject: &Subject<'_>, options: &Options) -> Self {
        let Some(judged) = Judged::of(subject) else {
            let says = say!("There is no history to judge.").to_owned();
            return Self { says, broken: false, picture: HistoryPicture::default() };
        };
        let window = subject.whole(options);
        let look = Look {
            window: (Time(window.from.0), Time(window.to.0)),
            width: options.size.width - GUTTER - MARGIN,
            cursor: Some(Time(subject.run.now().0)),
            ..Look::default()
        };
        let look = match &judged.verdict {
            Some(verdict) => look.judged(judged.what, verdict),
            None => look,
        };
        let chip = claims::verdict(&judged.account, judged.what, judged.standing());
        let broken = matches!(judged.standing(), Claimed::Known(verdict) if verdict.witness().is_some());
        Self { says: says(&judged, chip.text), broken, picture: history::picture(&judged.account, &look) }
    }

    /// How large it is.
    pub(super) fn size(&self, options: &Options) -> StageSize {
        StageSize { width: options.size.width, height: (HEAD + self.picture.height + AXIS).round() }
    }

    /// Draws it.
    pub(super) fn draw(&self, markup: &mut Markup, options: &Options) {
        let (theme, size) = (options.theme, self.size(options));
        let width = size.width - GUTTER - MARGIN;
        markup.leaf(rect(Point::default(), size.width, size.height).fill(theme.colour(Role::Panel)));
        let head = text(Point::new(18.0, 22.0), Anchor::Start).font(13.0, Weight::Strong);
        let colour = theme.colour(if self.broken { Role::BadText } else { Role::Ink });
        markup.words(head.fill(colour), &self.says);
        markup.group(Tag::new("g").at(Point::new(0.0, HEAD)), |markup| {
            self.picture.lanes.iter().for_each(|lane| name(markup, theme, lane));
        });
        let inner = Tag::new("svg").num("x", GUTTER).num("y", HEAD).num("width", width);
        let inner = inner.num("height", self.picture.height + AXIS);
        markup.group(inner, |markup| within(markup, theme, &self.picture, width));
    }
}

/// The verdict in the words of the terminal; a violation says since when.
fn says(judged: &Judged, chip: String) -> String {
    match judged.what {
        Consistency::Linearizable(_) => chip,
        _ => claims::not(judged.what).to_owned(),
    }
}

fn name(markup: &mut Markup, theme: Theme, lane: &Lane) {
    let tag = text(Point::new(18.0, lane.y + 4.0), Anchor::Start).font(13.0, Weight::Plain);
    markup.words(tag.fill(theme.colour(Role::Ink)), &lane.name);
}

/// Faults behind, lanes, the cursor, operations, points of the order, times.
fn within(markup: &mut Markup, theme: Theme, picture: &HistoryPicture, width: f64) {
    picture.bands.iter().for_each(|found| band(markup, theme, found, picture.height));
    picture.lanes.iter().for_each(|found| lane(markup, theme, found, width));
    if let Some(x) = picture.cursor {
        let line = upright(x, 0.0, picture.height);
        markup.leaf(path(&line).line(theme.colour(Role::Ink), 1.5));
    }
    picture.bars.iter().for_each(|bar| operation(markup, theme, bar));
    picture.bars.iter().for_each(|bar| label(markup, theme, bar));
    picture.points.iter().for_each(|found| point(markup, theme, picture, found));
    for tick in picture.ticks.iter().filter(|tick| (14.0..=width - 24.0).contains(&tick.x)) {
        let at = Point::new(tick.x, picture.height + 16.0);
        let tag = text(at, Anchor::Middle).font(11.5, Weight::Plain);
        markup.words(tag.fill(theme.colour(Role::Soft)), &tick.label);
    }
}

fn upright(x: f64, top: f64, bottom: f64) -> String {
    ["M", &num(x), " ", &num(top), "V", &num(bottom)].concat()
}

fn band(markup: &mut Markup, theme: Theme, band: &BandPicture, height: f64) {
    let (ground, line) = match band.kind {
        FaultKind::Wall => (Role::Wall, Role::Wall),
        FaultKind::Outage => (Role::Ink, Role::Edge),
        FaultKind::Other => (Role::Info, Role::Edge),
    };
    let width = (band.to - band.from).max(1.0);
    markup.leaf(rect(Point::new(band.from, 0.0), width, height).fill(theme.colour(ground)).opacity(0.1));
    let edge = path(&upright(band.from, 0.0, height)).line(theme.colour(line), 1.0);
    markup.leaf(edge.set("stroke-dasharray", "6 4"));
    if let Some((x, level)) = band.name {
        let at = Point::new(x, (level as f64 + 0.75) * LEVEL);
        let tag = text(at, Anchor::Start).font(11.0, Weight::Plain);
        markup.words(tag.fill(theme.colour(Role::Soft)), &band.label);
    }
}

fn lane(markup: &mut Markup, theme: Theme, lane: &Lane, width: f64) {
    let across = |y: f64| ["M0 ", &num(y), "H", &num(width)].concat();
    let colour = theme.colour(Role::Line);
    if lane.first {
        let between = path(&across(lane.y - HEIGHT / 2.0)).line(colour, 1.0);
        markup.leaf(between.set("stroke-dasharray", "2 4"));
    }
    markup.leaf(path(&across(lane.y)).line(colour, 1.0));
}

/// An interval: told by its outline how it ended, and by its strength what part it has in a violation.
fn operation(markup: &mut Markup, theme: Theme, bar: &BarPicture) {
    let (share, ground, edge, dash) = match bar.standing {
        Standing::Done => (0.18, Role::Ok, Role::Ok, None),
        Standing::Refused => (0.0, Role::Panel, Role::Edge, None),
        Standing::Unknown => (0.12, Role::Client, Role::Client, Some("5 3")),
        Standing::Pending => (0.12, Role::Client, Role::Client, Some("1.5 3")),
    };
    let (share, ground, edge, width) = match bar.part {
        Part::Fine | Part::Beside => (share, ground, edge, 1.25),
        Part::Witness => (share, ground, Role::Ink, 2.0),
        Part::Stuck => (0.26, Role::Bad, Role::Bad, 2.5),
    };
    let seen = Tag::new("g").opacity(if bar.part == Part::Beside { 0.6 } else { 1.0 });
    markup.group(seen, |markup| {
        markup.leaf(path(&bar.outline(HALF, true)).fill(&theme.mixed(ground, share, Role::Panel)));
        let line = path(&bar.outline(HALF, false)).line(theme.colour(edge), width);
        markup.leaf(match dash {
            Some(dash) => line.set("stroke-dasharray", dash),
            None => line,
        });
        if bar.standing == Standing::Refused {
            let (low, high) = (bar.y + HALF - 3.0, bar.y - HALF + 3.0);
            let strike = [Point::new(bar.from + 3.0, low), Point::new(bar.to - 3.0, high)];
            markup.leaf(path(&path_data::path(&strike, false)).line(theme.colour(Role::Edge), 1.0));
        }
    });
}

fn label(markup: &mut Markup, theme: Theme, bar: &BarPicture) {
    let Some(x) = bar.label_x else { return };
    let weight = if bar.part == Part::Stuck { Weight::Strong } else { Weight::Plain };
    let tag = text(Point::new(x, bar.y + 4.0), Anchor::Start).font(11.5, weight);
    let colour = if bar.part == Part::Beside { Role::Soft } else { Role::Ink };
    markup.words(tag.fill(theme.colour(colour)), &bar.label);
}

/// A point of the order: a tick at the lower edge of its interval, with a knob.
fn point(markup: &mut Markup, theme: Theme, picture: &HistoryPicture, point: &history::Point) {
    let beside = picture.bars.iter().any(|bar| bar.row == point.row && bar.part == Part::Beside);
    let (top, bottom) = (point.y + HALF - 4.0, point.y + HALF + 1.0);
    markup.group(Tag::new("g").opacity(if beside { 0.6 } else { 1.0 }), |markup| {
        let tick = upright(point.x, top, bottom);
        markup.leaf(path(&tick).line(theme.colour(Role::Panel), 4.0));
        markup.leaf(path(&tick).line(theme.colour(Role::Ink), 1.6));
        markup.leaf(disc(Point::new(point.x, bottom), 2.5).fill(theme.colour(Role::Ink)));
    });
}

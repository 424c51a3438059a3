//! The figures: what each says in words and numbers, and its plot.

use netsplit_words::say;

use crate::geometry::Point;
use crate::metrics::Metrics;
use crate::metrics::cost::CostPicture;
use crate::metrics::latency::{LatencyRow, PercentileMark};
use crate::metrics::over_time::{TimeAxis, TimeBar, TimeRow};
use crate::metrics::staleness::{StalenessPicture, StalenessRow};
use crate::path_data;
use crate::timeline::Tick;

use super::super::markup::{Anchor, Markup, disc, path, rect, text};
use super::super::measure::{self, Weight};
use super::super::{Role, Theme};
use super::plot::{Kind, Plot};

/// One of them.
#[derive(Clone, Copy)]
pub(super) enum Figure {
    Latency,
    Throughput,
    Availability,
    Staleness,
    Cost,
}

impl Figure {
    /// All of them, in order.
    pub(super) const ALL: [Self; 5] =
        [Self::Latency, Self::Throughput, Self::Availability, Self::Staleness, Self::Cost];

    fn title(self) -> &'static str {
        match self {
            Self::Latency => say!("Latency"),
            Self::Throughput => say!("Throughput"),
            Self::Availability => say!("Availability"),
            Self::Staleness => say!("Staleness of reads"),
            Self::Cost => say!("Cost per operation"),
        }
    }

    /// What is said where nothing can be measured yet.
    fn empty(self) -> &'static str {
        match self {
            Self::Latency | Self::Availability => say!("No client has asked for anything yet."),
            Self::Throughput | Self::Cost => say!("Nothing was answered yet."),
            Self::Staleness => say!("No read was answered yet."),
        }
    }

    /// Draws it in a column of this width.
    pub(super) fn draw(self, markup: &mut Markup, theme: Theme, width: f64, found: &Metrics) {
        let mut column = Column { markup, theme, width, y: 12.0 };
        column.words(self.title(), 13.0, Weight::Strong, Role::Ink);
        let drawn = match self {
            Self::Latency => found.latency.as_ref().and_then(|picture| {
                picture.rows.first().map(|row| latency(&mut column, row, &picture.ticks))
            }),
            Self::Throughput => found.throughput.as_ref().and_then(|picture| {
                picture.rows.first().map(|row| throughput(&mut column, &found.axis, row, &picture.top))
            }),
            Self::Availability => found.availability.as_ref().map(|picture| {
                picture.nines.iter().for_each(|nines| column.small(nines));
                availability(&mut column, &found.axis, &picture.rows);
            }),
            Self::Staleness => found.staleness.as_ref().and_then(|picture| {
                picture.rows.first().map(|row| staleness(&mut column, &found.axis, picture, row))
            }),
            Self::Cost => found.cost.as_ref().map(|picture| cost(&mut column, picture)),
        };
        if drawn.is_none() {
            column.small(self.empty());
        }
    }
}

/// A column that fills from the top.
struct Column<'a> {
    markup: &'a mut Markup,
    theme: Theme,
    width: f64,
    /// The foot of what was written last.
    y: f64,
}

impl Column<'_> {
    /// Words, in as many lines as they need, three at most.
    fn words(&mut self, words: &str, size: f64, weight: Weight, role: Role) {
        for line in measure::wrapped(words, size, self.width, 3) {
            let tag = text(Point::new(0.0, self.y), Anchor::Start).font(size, weight);
            self.markup.words(tag.fill(self.theme.colour(role)), &line);
            self.y += size * 1.45;
        }
    }

    fn small(&mut self, words: &str) {
        self.words(words, 11.5, Weight::Plain, Role::Soft);
    }

    /// A plot of this height, with the walls behind what `draw` draws.
    fn plot(
        &mut self,
        height: f64,
        axis: Option<&TimeAxis>,
        ticks: &[Tick],
        draw: impl FnOnce(&mut Markup, Plot),
    ) {
        let plot = Plot { theme: self.theme, top: self.y - 6.0, width: self.width, height };
        if let Some(axis) = axis {
            plot.walls(self.markup, axis);
        }
        draw(self.markup, plot);
        plot.floor(self.markup, ticks);
        self.y += height + if ticks.is_empty() { 10.0 } else { 26.0 };
    }
}

fn latency(column: &mut Column<'_>, row: &LatencyRow, ticks: &[Tick]) {
    const ROOM: f64 = 0.78;
    let step = column.width / row.percentiles.len().max(1) as f64;
    for (number, percentile) in row.percentiles.iter().enumerate() {
        let at = Point::new(number as f64 * step, column.y);
        let name = text(at, Anchor::Start).font(11.5, Weight::Plain);
        column.markup.words(name.fill(column.theme.colour(Role::Soft)), &percentile.name);
        let value = text(at + Point::new(0.0, 16.0), Anchor::Start).font(13.0, Weight::Strong);
        column.markup.words(value.fill(column.theme.colour(Role::Ink)), &percentile.text);
    }
    column.y += 34.0;
    column.plot(74.0, None, ticks, |markup, plot| {
        for bar in &row.bars {
            let x = (bar.from_x, bar.to_x);
            plot.bar(markup, Kind::Answered, x, 0.0, bar.answered * ROOM);
            plot.bar(markup, Kind::Waiting, x, bar.answered * ROOM, bar.unanswered * ROOM);
        }
        row.marks.iter().enumerate().for_each(|(index, found)| mark(markup, plot, index, found));
    });
    column.small(&row.answered);
    if !row.unanswered.is_empty() {
        column.small(&row.unanswered);
    }
}

/// A percentile in the distribution: the first stands left of its line, the others right of theirs.
fn mark(markup: &mut Markup, plot: Plot, index: usize, mark: &PercentileMark) {
    let x = plot.x(mark.x);
    let line = [Point::new(x, plot.top), Point::new(x, plot.top + plot.height)];
    let line = path(&path_data::path(&line, false)).line(plot.theme.colour(Role::Ink), 1.0);
    markup.leaf(line.set("stroke-dasharray", "3 2"));
    let is_short = !mark.label.contains('–');
    let is_left = if index == 0 && is_short { mark.x > 180.0 } else { mark.x > 650.0 };
    let (anchor, aside) = if is_left { (Anchor::End, -3.0) } else { (Anchor::Start, 3.0) };
    plot.small(markup, Point::new(x + aside, plot.top + 9.0), anchor, &mark.label);
}

fn throughput(column: &mut Column<'_>, axis: &TimeAxis, row: &TimeRow, top: &str) {
    column.plot(74.0, Some(axis), &axis.ticks, |markup, plot| {
        row.bars.iter().for_each(|bar| stacked(markup, plot, bar));
        let edge = [Point::new(0.0, plot.top), Point::new(plot.width, plot.top)];
        let edge = path(&path_data::path(&edge, false)).line(plot.theme.colour(Role::Line), 1.0);
        markup.leaf(edge.set("stroke-dasharray", "2 4"));
        plot.small(markup, Point::new(0.0, plot.top + 11.0), Anchor::Start, top);
    });
    column.small(&row.note);
}

fn availability(column: &mut Column<'_>, axis: &TimeAxis, rows: &[TimeRow]) {
    const MOST: usize = 3;
    let last = rows.len().min(MOST).saturating_sub(1);
    for (index, row) in rows.iter().take(MOST).enumerate() {
        let words = [row.name.as_str(), " · ", &row.note].concat();
        let words = measure::clipped(&words, 11.5, Weight::Plain, column.width);
        column.words(&words, 11.5, Weight::Plain, Role::Ink);
        let ticks = if index == last { &axis.ticks[..] } else { &[] };
        column.plot(18.0, Some(axis), ticks, |markup, plot| {
            row.bars.iter().for_each(|bar| stacked(markup, plot, bar));
        });
    }
}

fn stacked(markup: &mut Markup, plot: Plot, bar: &TimeBar) {
    let x = (bar.from_x, bar.to_x);
    plot.bar(markup, Kind::Answered, x, 0.0, bar.answered);
    plot.bar(markup, Kind::Lost, x, bar.answered, bar.lost);
    plot.bar(markup, Kind::Waiting, x, bar.answered + bar.lost, bar.waiting);
}

fn staleness(column: &mut Column<'_>, axis: &TimeAxis, picture: &StalenessPicture, row: &StalenessRow) {
    column.plot(74.0, Some(axis), &axis.ticks, |markup, plot| {
        let theme = plot.theme;
        for dot in &row.dots {
            let at = Point::new(plot.x(dot.x), plot.y(60.0 + dot.height * 0.8));
            let found = disc(at, 3.5).fill(theme.colour(Role::Contend));
            markup.leaf(found.stroke(theme.colour(Role::Panel), 1.0));
        }
        if !picture.top.is_empty() {
            let words = say!("{behind} behind", behind = picture.top);
            plot.small(markup, Point::new(0.0, plot.top + 11.0), Anchor::Start, &words);
        }
    });
    column.small(&row.told);
}

/// Messages and bytes per answered operation, a line a kind.
fn cost(column: &mut Column<'_>, picture: &CostPicture) {
    const MOST: usize = 7;
    const NAMES: f64 = 0.42;
    picture.totals.iter().for_each(|total| column.small(total));
    let (theme, width) = (column.theme, column.width);
    let (left, room) = (width * NAMES, width * (0.98 - NAMES) - 98.0);
    for row in picture.kinds.iter().take(MOST) {
        let Some(bar) = row.bars.first() else { continue };
        let y = column.y;
        let mut small = |x: f64, anchor, words: &str, weight, role| {
            let tag = text(Point::new(x, y), anchor).font(11.5, weight);
            column.markup.words(tag.fill(theme.colour(role)), words);
        };
        let name = measure::clipped(&row.kind, 11.5, Weight::Plain, left - 6.0);
        small(0.0, Anchor::Start, &name, Weight::Plain, Role::Ink);
        small(width - 58.0, Anchor::End, &bar.messages, Weight::Mono, Role::Ink);
        small(width, Anchor::End, &bar.bytes, Weight::Mono, Role::Soft);
        let length = (bar.length * room / 1_000.0).max(0.0);
        let frame = rect(Point::new(left, y - 8.5), length, 9.0).set("rx", "1.5");
        column.markup.leaf(frame.fill(theme.colour(Role::Contend)));
        column.y += 17.0;
    }
}

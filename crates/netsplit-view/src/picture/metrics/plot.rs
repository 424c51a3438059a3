//! What plots are made of: a frame with labelled places below, bars, walls.

use crate::geometry::Point;
use crate::metrics::over_time::TimeAxis;
use crate::path_data::{self, num};
use crate::timeline::Tick;

use super::super::markup::{Anchor, Markup, path, rect, text};
use super::super::measure::Weight;
use super::super::{Role, Theme};

/// Where a plot lies, in pixels.
#[derive(Clone, Copy)]
pub(super) struct Plot {
    pub(super) theme: Theme,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// What a bar counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Plain.
    Answered,
    /// Hatched upwards.
    Lost,
    /// Hatched downwards.
    Waiting,
}

impl Plot {
    /// A place across, given in per-mille.
    pub(super) fn x(self, x: f64) -> f64 {
        x * self.width / 1_000.0
    }

    /// A height above the floor, given in per-mille.
    pub(super) fn y(self, height: f64) -> f64 {
        self.top + (1_000.0 - height) * self.height / 1_000.0
    }

    /// The floor, with labelled places below as far as they do not touch.
    pub(super) fn floor(self, markup: &mut Markup, ticks: &[Tick]) {
        const APART: f64 = 58.0;
        let (y, edge) = (self.top + self.height, self.theme.colour(Role::Edge));
        let mut line = ["M0 ", &num(y), "H", &num(self.width)].concat();
        let mut last = f64::NEG_INFINITY;
        for tick in ticks {
            let x = self.x(tick.x);
            if x - last < APART {
                continue;
            }
            last = x;
            line.push_str(&["M", &num(x), " ", &num(y), "v4"].concat());
            let anchor = match tick.x {
                ..80.0 => Anchor::Start,
                920.0.. => Anchor::End,
                _ => Anchor::Middle,
            };
            self.small(markup, Point::new(x, y + 15.0), anchor, &tick.label);
        }
        markup.leaf(path(&line).line(edge, 1.0));
    }

    /// Small words.
    pub(super) fn small(self, markup: &mut Markup, at: Point, anchor: Anchor, words: &str) {
        let tag = text(at, anchor).font(11.5, Weight::Plain);
        markup.words(tag.fill(self.theme.colour(Role::Soft)), words);
    }

    /// Walls while they stand.
    pub(super) fn walls(self, markup: &mut Markup, axis: &TimeAxis) {
        let colour = self.theme.colour(Role::Wall);
        for wall in &axis.walls {
            let (from, to) = (self.x(wall.from_x.max(0.0)), self.x(wall.to_x.min(1_000.0)));
            let band = rect(Point::new(from, self.top), (to - from).max(0.0), self.height);
            markup.leaf(band.fill(colour).opacity(0.13));
            let line = [Point::new(from, self.top), Point::new(from, self.top + self.height)];
            markup.leaf(path(&path_data::path(&line, false)).line(colour, 1.5));
        }
    }

    /// A bar that stands on others; places and heights are per-mille.
    pub(super) fn bar(
        self,
        markup: &mut Markup,
        kind: Kind,
        (from, to): (f64, f64),
        below: f64,
        height: f64,
    ) {
        if height <= 0.0 {
            return;
        }
        // A hair of ground between neighbours.
        let (left, width) = (self.x(from), self.x(((to - from) * 0.92).max(1.0)));
        let (top, bottom) = (self.y(below + height), self.y(below));
        let ground = rect(Point::new(left, top), width, bottom - top);
        let (role, rising) = match kind {
            Kind::Answered => {
                markup.leaf(ground.fill(self.theme.colour(Role::Contend)));
                return;
            }
            Kind::Lost => (Role::Wall, true),
            Kind::Waiting => (Role::Faint, false),
        };
        let colour = self.theme.colour(role);
        markup.leaf(ground.fill(self.theme.colour(Role::Panel)).stroke(colour, 0.5));
        let strokes = hatch(Point::new(left, top), width, bottom - top, rising);
        markup.leaf(path(&strokes).line(colour, 1.4));
    }
}

/// Slanted strokes inside of a box, each cut off at its edges.
pub(super) fn hatch(corner: Point, width: f64, height: f64, rising: bool) -> String {
    const APART: f64 = 4.5;
    let mut strokes = String::new();
    let mut sum = APART;
    while sum < width + height {
        // Points whose distances from two edges have this sum.
        let (x1, y1) = if sum < height { (0.0, sum) } else { (sum - height, height) };
        let (x2, y2) = if sum < width { (sum, 0.0) } else { (width, sum - width) };
        let place = |x: f64, y: f64| corner + Point::new(x, if rising { y } else { height - y });
        strokes.push_str(&path_data::path(&[place(x1, y1), place(x2, y2)], false));
        sum += APART;
    }
    strokes
}

//! Intervals: an operation from its call to its end, with as many words as there is room for.

use netsplit_checkers::history::{Operation, Row, Time};

use crate::geometry::Point;
use crate::path_data::path;

use super::account::Account;
use super::lanes::Lane;
use super::words::{self, Standing};
use super::{Look, Scale, text_width};

/// The size of the letters in and beside intervals.
pub const LETTERS: f64 = 11.5;

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub struct BarPicture {
    /// Which.
    pub row: Row,
    /// Its lane.
    pub lane: usize,
    /// Where it begins, no farther left than the drawing.
    pub from: f64,
    /// Where it ends, or how far the picture is told; no farther right than the drawing.
    pub to: f64,
    /// The middle of its lane.
    pub y: f64,
    /// Whether its call lies left of the drawing.
    pub begins_before: bool,
    /// Whether it has no end, or ends right of the drawing.
    pub goes_on: bool,
    /// How it stands.
    pub standing: Standing,
    /// Its part in a violation.
    pub part: Part,
    /// `x=D ✓`.
    pub label: String,
    /// Where the label begins; `None` if there is no room.
    pub label_x: Option<f64>,
    /// The whole of it, for those who listen.
    pub spoken: String,
}

impl BarPicture {
    /// Its outline, so far above and below its lane; `closed` all round. Else it has upright ends where it
    /// begins and ends, and none where it goes on.
    pub fn outline(&self, half: f64, closed: bool) -> String {
        let (left, right) = (Point::new(self.from, self.y), Point::new(self.to, self.y));
        let (up, down) = (Point::new(0.0, -half), Point::new(0.0, half));
        let [a, b, c, d] = [left + up, right + up, right + down, left + down];
        match (closed, self.begins_before, self.goes_on) {
            (true, ..) | (false, false, false) => path(&[a, b, c, d], true),
            (false, false, true) => path(&[b, a, d, c], false),
            (false, true, false) => path(&[a, b, c, d], false),
            (false, true, true) => path(&[a, b], false) + &path(&[d, c], false),
        }
    }
}

/// The part that an operation has in a violation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// There is no violation.
    #[default]
    Fine,
    /// It does not belong to the witness.
    Beside,
    /// It belongs to the witness.
    Witness,
    /// It cannot be explained.
    Stuck,
}

/// The least width, so that a pointer finds it.
const LEAST: f64 = 6.0;
/// What a label keeps clear of the ends of its interval.
const PAD: f64 = 6.0;

pub(super) fn bars(account: &Account, look: &Look, scale: Scale, lanes: &[Lane]) -> Vec<BarPicture> {
    let mut bars = Vec::new();
    for (lane, shown) in lanes.iter().enumerate() {
        let own = account.operations().iter().enumerate();
        let own = own.filter(|(_, operation)| operation.process == shown.process);
        let seen = own.filter(|(_, operation)| scale.is_in_sight(operation.called, end(account, operation)));
        let first = bars.len();
        bars.extend(seen.map(|(row, operation)| bar(account, look, scale, (lane, shown.y), row, operation)));
        place_labels(&mut bars[first..], look.width);
    }
    bars
}

/// More than these are not drawn one by one.
const MOST: usize = 500;

/// Leaves out the oldest of too many, but none that belongs to a witness. Says how many.
pub(super) fn thin(bars: &mut Vec<BarPicture>) -> usize {
    let before = bars.len();
    if before <= MOST {
        return 0;
    }
    let mut rows: Vec<Row> = bars.iter().map(|bar| bar.row).collect();
    rows.sort_unstable();
    let first = rows[before - MOST];
    bars.retain(|bar| bar.row >= first || matches!(bar.part, Part::Witness | Part::Stuck));
    before - bars.len()
}

/// When an operation ended, or how far it is told.
fn end(account: &Account, operation: &Operation) -> Time {
    let ended = operation.returned.as_ref().map(|(at, _)| *at);
    ended.filter(|_| !Standing::of(operation).is_open()).unwrap_or(account.until).max(operation.called)
}

fn bar(
    account: &Account,
    look: &Look,
    scale: Scale,
    (lane, y): (usize, f64),
    row: Row,
    operation: &Operation,
) -> BarPicture {
    let (from, to) = (scale.x(operation.called), scale.x(end(account, operation)));
    let standing = Standing::of(operation);
    let begin = from.clamp(0.0, look.width - LEAST);
    BarPicture {
        row,
        lane,
        from: begin,
        to: to.max(begin + LEAST).min(look.width),
        y,
        begins_before: from < 0.0,
        goes_on: standing.is_open() || to > look.width,
        standing,
        part: part(look, row),
        label: [&words::short(&account.naming, operation), " ", standing.sign().encode_utf8(&mut [0; 4])]
            .concat(),
        label_x: None,
        spoken: words::spoken(account, row),
    }
}

fn part(look: &Look, row: Row) -> Part {
    if look.stuck == Some(row) {
        Part::Stuck
    } else if look.witness.contains(&row) {
        Part::Witness
    } else if look.witness.is_empty() {
        Part::Fine
    } else {
        Part::Beside
    }
}

/// Inside its interval if it fits there, else behind it if the next is far enough; else nowhere.
fn place_labels(bars: &mut [BarPicture], width: f64) {
    for at in 0..bars.len() {
        let next = bars.get(at + 1).map_or(width, |next| next.from);
        let bar = &mut bars[at];
        let wide = text_width(&bar.label, LETTERS);
        let fits = |from: f64, to: f64| to - from >= wide + 2.0 * PAD;
        bar.label_x = if fits(bar.from, bar.to) {
            Some(bar.from + PAD)
        } else if fits(bar.to - PAD, next) && !bar.goes_on {
            Some(bar.to + PAD / 2.0)
        } else {
            None
        };
    }
}

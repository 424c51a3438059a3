//! The metrics as a standalone picture: latency, throughput, availability, staleness and cost.

mod figures;
mod plot;

use crate::geometry::Point;
use crate::layout::StageSize;
use crate::metrics::{Measured, metrics};

use super::markup::{Markup, Tag, rect};
use super::{Options, Role, Subject};
use figures::Figure;

/// Between columns, and round all of them.
const GAP: f64 = 30.0;
const EDGE: f64 = 20.0;
/// How high a row of figures is.
const ROW: f64 = 214.0;

/// How large the metrics are.
pub(super) fn size(options: &Options) -> StageSize {
    let rows = Figure::ALL.len().div_ceil(columns(options));
    StageSize { width: options.size.width, height: 2.0 * EDGE + rows as f64 * ROW }
}

/// As many columns as are wide enough to be read.
fn columns(options: &Options) -> usize {
    ((options.size.width - 2.0 * EDGE + GAP) / 290.0).clamp(1.0, 5.0) as usize
}

/// Draws the metrics.
pub(super) fn draw(markup: &mut Markup, subject: &Subject<'_>, options: &Options) {
    let size = size(options);
    markup.leaf(rect(Point::default(), size.width, size.height).fill(options.theme.colour(Role::Panel)));
    let found = metrics(Measured { name: "", run: subject.run }, None);
    let columns = columns(options);
    let width = (size.width - 2.0 * EDGE + GAP) / columns as f64 - GAP;
    for (number, figure) in Figure::ALL.into_iter().enumerate() {
        let (column, row) = ((number % columns) as f64, (number / columns) as f64);
        let at = Point::new(EDGE + column * (width + GAP), EDGE + row * ROW);
        markup.group(Tag::new("g").at(at), |markup| figure.draw(markup, options.theme, width, &found));
    }
}

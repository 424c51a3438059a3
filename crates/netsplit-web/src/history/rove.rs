//! The keys' way through the operations: along a lane, and from lane to lane.

use netsplit_checkers::history::Row;
use netsplit_view::history::HistoryPicture;
use netsplit_view::history::bars::BarPicture;

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the operation before.
    Left,
    /// To the next operation.
    Right,
    /// To the nearest one of the lane above.
    Up,
    /// To the nearest one of the lane below.
    Down,
    /// To the first one in sight.
    First,
    /// To the last one.
    Last,
}

impl Way {
    /// The way of a key.
    pub fn of(key: &str) -> Option<Self> {
        Some(match key {
            "ArrowLeft" => Self::Left,
            "ArrowRight" => Self::Right,
            "ArrowUp" => Self::Up,
            "ArrowDown" => Self::Down,
            "Home" => Self::First,
            "End" => Self::Last,
            _ => return None,
        })
    }
}

/// Where a key leads from an operation; nothing if it leads nowhere.
pub fn next(picture: &HistoryPicture, from: Row, way: Way) -> Option<Row> {
    let from = picture.bars.iter().find(|bar| bar.row == from)?;
    let own = || picture.bars.iter().filter(|bar| bar.lane == from.lane);
    let found = match way {
        Way::First => own().next(),
        Way::Last => own().next_back(),
        Way::Left => own().rfind(|bar| bar.row < from.row),
        Way::Right => own().find(|bar| bar.row > from.row),
        Way::Up => beside(picture, from, picture.bars.iter().rfind(|bar| bar.lane < from.lane)?.lane),
        Way::Down => beside(picture, from, picture.bars.iter().find(|bar| bar.lane > from.lane)?.lane),
    };
    found.map(|bar| bar.row)
}

/// The operation of a lane that lies nearest to another one.
fn beside<'a>(picture: &'a HistoryPicture, from: &BarPicture, lane: usize) -> Option<&'a BarPicture> {
    let middle = |bar: &BarPicture| (bar.from + bar.to) / 2.0;
    let far = |bar: &BarPicture| (middle(bar) - middle(from)).abs();
    let own = picture.bars.iter().filter(|bar| bar.lane == lane);
    own.min_by(|one, other| far(one).total_cmp(&far(other)))
}

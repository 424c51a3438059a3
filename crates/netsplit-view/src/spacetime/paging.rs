//! Which stretch of time is shown: as long as is easy to read, and turned over like a page.

use netsplit_scenarios::document::Speed;
use netsplit_sim::time::{SimDuration, SimTime};

use crate::timeline::Window;

/// The length that is shown at first: forty seconds of play at the opening speed, where there is room for
/// little twenty, so that some thirty messages one after the other have room.
pub fn span(speed: Speed, until: SimTime, narrow: bool) -> SimDuration {
    // At a millionth of real time a second of play is a thousand nanoseconds.
    let nanos = u64::from(speed.0) * if narrow { 20_000 } else { 40_000 };
    SimDuration(nanos.clamp(1_000_000, until.0.max(1_000_000)))
}

/// The stretch shown while nobody has looked elsewhere. It depends on nothing but where the cursor is.
pub fn usual(span: SimDuration, cursor: SimTime, until: SimTime) -> Window {
    paged(Window { from: SimTime::ZERO, to: SimTime::ZERO + span }, cursor, until)
}

/// The window, or as many pages before or after it as show the cursor. A page is half a window, so that
/// what led to the cursor is in sight.
pub fn paged(window: Window, cursor: SimTime, until: SimTime) -> Window {
    if window.from <= cursor && cursor <= window.to {
        return window;
    }
    let length = window.to.since(window.from).0;
    let page = (length / 2).max(1);
    // So far across the cursor may go, until the page turns.
    let reach = length / 20 * 19;
    let from = if cursor < window.from {
        let pages = window.from.since(cursor).0.div_ceil(page);
        window.from.0.saturating_sub(pages * page)
    } else {
        let pages = cursor.since(window.from).0.saturating_sub(reach).div_ceil(page);
        let last = until.0.max(window.to.0) - length;
        (window.from.0 + pages * page).min(last)
    };
    Window { from: SimTime(from), to: SimTime(from + length) }
}

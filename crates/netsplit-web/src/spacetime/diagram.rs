//! What of the run the diagram shows. Presentation only: nothing here is part of a run.

use std::collections::BTreeSet;

use netsplit_scenarios::document::Speed;
use netsplit_sim::id::NodeId;
use netsplit_sim::time::SimTime;
use netsplit_view::spacetime::{Spacing, paging};
use netsplit_view::timeline::Window;

/// What the diagram shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diagram {
    /// Where somebody looked; until then the length follows from the scenario's speed.
    pub looked: Option<Looked>,
    /// Whether quiet stretches keep their width.
    pub even: bool,
    /// Whether places are chains of causes, not times.
    pub causal: bool,
    /// Participants without a lane.
    pub hidden: BTreeSet<NodeId>,
    /// Whether the cone of what is selected is left out.
    pub plain: bool,
    /// Whose knowledge is shown; then everything else is dim.
    pub knows: Option<NodeId>,
}

/// Where somebody looked, and where the cursor was then: it is followed once it moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The stretch of time.
    pub window: Window,
    /// The cursor.
    pub cursor: SimTime,
}

/// A change of what is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Closer, by a factor below one, or farther, about a time.
    Zoom(SimTime, f64),
    /// So many nanoseconds later, or earlier.
    Pan(i64),
    /// Everything that is known of the run.
    Whole,
    /// Whether quiet stretches are narrow.
    Fold(bool),
    /// Whether places are chains of causes.
    Causal(bool),
    /// Leaves out a lane.
    Hide(NodeId),
    /// Shows every lane.
    ShowAll,
    /// Whether a selected event shows its cone.
    Cone(bool),
    /// Shows what a participant can know, or everything.
    Knows(Option<NodeId>),
}

/// The cursor, and the times that bound what can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The cursor.
    pub cursor: SimTime,
    /// How far the run is known.
    pub known: SimTime,
    /// The end of the run.
    pub until: SimTime,
    /// The scenario's opening speed.
    pub speed: Speed,
    /// Whether there is room for little.
    pub narrow: bool,
}

impl Diagram {
    /// What a step to the right means.
    pub fn spacing(&self) -> Spacing {
        match (self.causal, self.even) {
            (true, _) => Spacing::Causal,
            (false, true) => Spacing::Even,
            (false, false) => Spacing::Quiet,
        }
    }

    /// The stretch of time shown. It turns over like a page when the cursor leaves it, and depends on
    /// nothing but where the cursor is.
    pub fn window(&self, bounds: Bounds) -> Window {
        match self.looked {
            Some(looked) if looked.cursor == bounds.cursor => looked.window,
            Some(looked) => paging::paged(looked.window, bounds.cursor, bounds.until),
            None => {
                let span = paging::span(bounds.speed, bounds.until, bounds.narrow);
                paging::usual(span, bounds.cursor, bounds.until)
            }
        }
    }

    /// Takes a change in.
    pub fn change(&mut self, change: Change, bounds: Bounds) {
        match change {
            Change::Zoom(about, factor) => {
                let window = self.window(bounds);
                self.look(window.zoomed(window.x(about), factor, bounds.until), bounds);
            }
            Change::Pan(by) => self.look(moved(self.window(bounds), by, bounds.until), bounds),
            Change::Whole => {
                let to = bounds.known.max(bounds.cursor).max(SimTime(1_000_000));
                self.look(Window { from: SimTime::ZERO, to }, bounds);
            }
            Change::Fold(on) => self.even = !on,
            Change::Causal(on) => self.causal = on,
            Change::Hide(id) => {
                self.hidden.insert(id);
            }
            Change::ShowAll => self.hidden.clear(),
            Change::Cone(on) => self.plain = !on,
            Change::Knows(id) => self.knows = id,
        }
    }

    /// Forgets what belonged to the run that was shown.
    pub fn forget_run(&mut self) {
        *self = Self { even: self.even, causal: self.causal, plain: self.plain, ..Self::default() };
    }

    fn look(&mut self, window: Window, bounds: Bounds) {
        self.looked = Some(Looked { window, cursor: bounds.cursor });
    }
}

/// The window moved, as far as the run goes.
fn moved(window: Window, by: i64, until: SimTime) -> Window {
    let length = window.to.since(window.from).0;
    let last = until.0.saturating_sub(length);
    let from = window.from.0.saturating_add_signed(by).min(last.max(window.from.0.min(last)));
    Window { from: SimTime(from), to: SimTime(from + length) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: u64 = 1_000_000;

    fn bounds(cursor: u64) -> Bounds {
        let known = SimTime(cursor * MS);
        Bounds { cursor: known, known, until: SimTime(10_000 * MS), speed: Speed(22_500), narrow: false }
    }

    fn window(diagram: &Diagram, cursor: u64) -> (u64, u64) {
        let window = diagram.window(bounds(cursor));
        (window.from.0 / MS, window.to.0 / MS)
    }

    #[test]
    fn at_first_forty_seconds_of_play_are_shown_and_half_of_it_on_a_phone() {
        assert_eq!(window(&Diagram::default(), 0), (0, 900));
        assert_eq!(window(&Diagram::default(), 900), (0, 900));
        let narrow = Diagram::default().window(Bounds { narrow: true, ..bounds(0) });
        assert_eq!(narrow.to.0, 450 * MS);
    }

    #[test]
    fn the_page_turns_when_the_cursor_leaves_it_and_turns_back_at_the_same_place() {
        let diagram = Diagram::default();
        let there: Vec<_> = (0..=100).map(|step| window(&diagram, step * 100)).collect();
        let back: Vec<_> = (0..=100).rev().map(|step| window(&diagram, step * 100)).collect();
        assert!(there.iter().eq(back.iter().rev()));
        for (cursor, (from, to)) in (0..).step_by(100).zip(there) {
            assert!(from <= cursor && cursor <= to && to - from == 900, "{cursor} in {from}–{to}");
            assert!(to <= 10_000);
        }
    }

    #[test]
    fn where_somebody_looks_stays_until_the_cursor_moves() {
        let mut diagram = Diagram::default();
        diagram.change(Change::Pan(5_000 * MS as i64), bounds(100));
        assert_eq!(window(&diagram, 100), (5_000, 5_900));
        let (from, to) = window(&diagram, 101);
        assert!(from <= 101 && 101 <= to);
    }

    #[test]
    fn zooming_keeps_the_time_it_is_about_in_place() {
        let mut diagram = Diagram::default();
        diagram.change(Change::Zoom(SimTime(300 * MS), 0.5), bounds(100));
        assert_eq!(window(&diagram, 100), (150, 600));
        for _ in 0..40 {
            diagram.change(Change::Zoom(SimTime(300 * MS), 0.5), bounds(100));
        }
        let shown = diagram.window(bounds(100));
        assert_eq!(shown.to.since(shown.from).0, MS, "a millisecond is the shortest");
    }

    #[test]
    fn nothing_outside_of_the_run_is_shown() {
        let mut diagram = Diagram::default();
        diagram.change(Change::Pan(i64::MAX), bounds(100));
        assert_eq!(window(&diagram, 100), (9_100, 10_000));
        diagram.change(Change::Pan(i64::MIN), bounds(100));
        assert_eq!(window(&diagram, 100), (0, 900));
    }

    #[test]
    fn the_whole_run_is_as_much_as_is_known() {
        let mut diagram = Diagram::default();
        diagram.change(Change::Whole, bounds(4_000));
        assert_eq!(window(&diagram, 4_000), (0, 4_000));
    }

    #[test]
    fn another_run_keeps_the_habits_and_forgets_the_rest() {
        let mut diagram = Diagram::default();
        let some = NodeId::server(0);
        for change in [Change::Hide(some), Change::Knows(Some(some)), Change::Fold(false), Change::Whole] {
            diagram.change(change, bounds(100));
        }
        diagram.forget_run();
        assert_eq!(diagram, Diagram { even: true, ..Diagram::default() });
    }
}

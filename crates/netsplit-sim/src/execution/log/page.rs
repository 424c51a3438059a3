//! A page of the log: what consecutive steps told.

use crate::event::{Event, Sent, StepReport};
use crate::id::Step;
use crate::note::Note;

/// A page ends at every step that is a multiple of this.
pub(super) const PAGE: u64 = 1_024;

/// Rows of all steps in one array; the step at position `k` owns what ends at `ends[k]`.
#[derive(Clone, Debug)]
struct Column<T> {
    items: Vec<T>,
    ends: Vec<u32>,
}

impl<T: Copy> Column<T> {
    fn with_room_like(other: Option<&Self>) -> Self {
        let items = other.map_or(0, |other| other.items.len());
        Self { items: Vec::with_capacity(items + items / 8), ends: Vec::with_capacity(PAGE as usize) }
    }

    fn push(&mut self, items: &[T]) {
        self.items.extend_from_slice(items);
        self.ends.push(u32::try_from(self.items.len()).expect("a page holds far fewer than 2^32 notes"));
    }

    fn of(&self, position: usize) -> &[T] {
        let Some(&end) = self.ends.get(position) else { return &[] };
        let start = position.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start as usize..end as usize]
    }

    fn truncate(&mut self, len: usize) {
        self.ends.truncate(len);
        self.items.truncate(self.ends.last().map_or(0, |&end| end as usize));
    }

    fn bytes(&self) -> usize {
        self.items.capacity() * size_of::<T>() + self.ends.capacity() * size_of::<u32>()
    }
}

/// What consecutive steps told, from `first` on. The boot is a page of its own, without an event.
#[derive(Clone, Debug)]
pub(super) struct Page {
    first: u64,
    events: Vec<Event>,
    notes: Column<Note>,
    sent: Column<Sent>,
    changed: Column<Sent>,
}

/// The number of the page that this step belongs to.
pub(super) fn number(step: Step) -> usize {
    (step.0.saturating_sub(1) / PAGE) as usize
}

impl Page {
    /// An empty page that begins with this step, with as much room as a page `like` this has used.
    pub(super) fn starting(first: Step, like: Option<&Self>) -> Self {
        Self {
            first: first.0,
            events: Vec::with_capacity(PAGE as usize),
            notes: Column::with_room_like(like.map(|page| &page.notes)),
            sent: Column::with_room_like(like.map(|page| &page.sent)),
            changed: Column::with_room_like(like.map(|page| &page.changed)),
        }
    }

    /// The same page emptied, to begin with this step.
    pub(super) fn begun_anew(mut self, first: Step) -> Self {
        self.truncate(Step(self.first.saturating_sub(1)));
        self.first = first.0;
        self
    }

    /// Takes in the step after the last.
    pub(super) fn push(&mut self, report: &StepReport) {
        self.events.extend(report.event);
        self.notes.push(&report.notes);
        self.sent.push(&report.sent);
        self.changed.push(&report.changed);
    }

    /// The step that would be pushed next.
    pub(super) fn next(&self) -> Step {
        Step(self.first + self.notes.ends.len() as u64)
    }

    /// Its number among the pages.
    pub(super) fn number(&self) -> usize {
        number(Step(self.first))
    }

    /// Whether the next step belongs to another page.
    pub(super) fn is_full(&self) -> bool {
        self.next().0 > self.first && number(self.next()) > self.number()
    }

    pub(super) fn holds(&self, step: Step) -> bool {
        (self.first..self.next().0).contains(&step.0)
    }

    /// Forgets what comes after `step`.
    pub(super) fn truncate(&mut self, step: Step) {
        let len = (step.0 + 1).saturating_sub(self.first) as usize;
        self.events.truncate(len);
        self.notes.truncate(len);
        self.sent.truncate(len);
        self.changed.truncate(len);
    }

    fn position(&self, step: Step) -> usize {
        step.0.wrapping_sub(self.first) as usize
    }

    pub(super) fn first(&self) -> Step {
        Step(self.first)
    }

    pub(super) fn events(&self) -> &[Event] {
        &self.events
    }

    pub(super) fn events_before(&self, step: Step) -> &[Event] {
        &self.events[..self.events.len().min(step.0.saturating_sub(self.first) as usize)]
    }

    pub(super) fn event(&self, step: Step) -> Option<&Event> {
        self.events.get(self.position(step))
    }

    pub(super) fn notes(&self, step: Step) -> &[Note] {
        self.notes.of(self.position(step))
    }

    pub(super) fn sent(&self, step: Step) -> &[Sent] {
        self.sent.of(self.position(step))
    }

    pub(super) fn changed(&self, step: Step) -> &[Sent] {
        self.changed.of(self.position(step))
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        let columns = self.notes.bytes() + self.sent.bytes() + self.changed.bytes();
        size_of::<Self>() + self.events.capacity() * size_of::<Event>() + columns
    }
}

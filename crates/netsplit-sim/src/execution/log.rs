//! What became known of a run: events, notes, sent messages, marks, violations, history. It lies
//! outside the world, grows at the run's furthest point only, and is the same wherever the cursor goes.

use crate::describe::{About, Mark, Violation};
use crate::event::{Event, EventKind, HistoryChange, Sent, StepReport};
use crate::history::{Moment, OpRow};
use crate::id::{NodeId, Step};
use crate::note::Note;
use crate::run::{Applied, Marked, Stopped};

/// More events than this are not kept.
const MOST_EVENTS: u64 = 1_000_000;

/// Notes and sent messages lie in one array each; step `k` (0 is the boot) owns what ends at `ends[k]`.
#[derive(Clone, Debug, Default)]
struct Column<T> {
    items: Vec<T>,
    ends: Vec<u32>,
}

impl<T: Copy> Column<T> {
    fn push(&mut self, items: &[T]) {
        self.items.extend_from_slice(items);
        self.ends.push(u32::try_from(self.items.len()).expect("far fewer than 2^32 notes are kept"));
    }

    fn of(&self, step: Step) -> &[T] {
        let Some(&end) = self.ends.get(step.0 as usize) else { return &[] };
        let start = step.0.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.items[start as usize..end as usize]
    }

    /// Everything that later steps own.
    fn after(&self, step: Step) -> &[T] {
        let start = self.ends.get(step.0 as usize).map_or(self.items.len(), |&end| end as usize);
        &self.items[start..]
    }

    fn truncate(&mut self, step: Step) {
        self.ends.truncate(step.0 as usize + 1);
        self.items.truncate(self.ends.last().map_or(0, |&end| end as usize));
    }
}

/// What became known.
#[derive(Clone, Debug)]
pub(super) struct Log {
    /// The event at position `k` has step `k + 1`.
    events: Vec<Event>,
    notes: Column<Note>,
    sent: Column<Sent>,
    changed: Column<Sent>,
    marks: Vec<Marked>,
    /// What came of each intervention, by its position in the script.
    outcomes: Vec<Applied>,
    sent_by_kind: Vec<u32>,
    violations: Vec<(Moment, Violation)>,
    history: Vec<OpRow>,
}

impl Log {
    /// Knows the boot only.
    pub(super) fn new(about: &About, boot: &StepReport) -> Self {
        let mut log = Self {
            events: Vec::new(),
            notes: Column { items: Vec::new(), ends: Vec::new() },
            sent: Column { items: Vec::new(), ends: Vec::new() },
            changed: Column { items: Vec::new(), ends: Vec::new() },
            marks: Vec::new(),
            outcomes: Vec::new(),
            sent_by_kind: vec![0; about.messages.len()],
            violations: Vec::new(),
            history: Vec::new(),
        };
        log.record_columns(about, boot, Moment::default());
        log
    }

    /// Whether one more step can be kept after `step`.
    pub(super) fn check_room(&self, step: Step) -> Result<(), Stopped> {
        if step.0 < MOST_EVENTS { Ok(()) } else { Err(Stopped::TooLong(MOST_EVENTS)) }
    }

    /// Takes in a step, unless it is known from an earlier pass.
    pub(super) fn record(&mut self, about: &About, report: &StepReport, found: &[Violation]) {
        let Some(event) = report.event else { return };
        if event.step.0 <= self.events.len() as u64 {
            return;
        }
        let moment = Moment { step: event.step, time: event.time };
        self.events.push(event);
        let node = event.kind.node();
        if let EventKind::Intervene { refused, .. } = event.kind {
            self.outcomes.push(Applied { moment, refused });
            if refused.is_none() {
                self.marks.push(Marked { moment, mark: Mark::Fault, node });
            }
        }
        self.record_columns(about, report, moment);
        for &violation in found {
            self.marks.push(Marked { moment, mark: Mark::Violation, node });
            self.violations.push((moment, violation));
        }
    }

    fn record_columns(&mut self, about: &About, report: &StepReport, moment: Moment) {
        self.notes.push(&report.notes);
        self.sent.push(&report.sent);
        self.changed.push(&report.changed);
        for sent in &report.sent {
            self.sent_by_kind[usize::from(sent.kind)] += 1;
        }
        let node = report.event.and_then(|event| event.kind.node());
        let marks = report.notes.iter().filter_map(|note| about.rules[usize::from(note.rule)].mark);
        self.marks.extend(marks.map(|mark| Marked { moment, mark, node }));
        for &change in &report.history {
            self.record_operation(change, moment, node);
        }
    }

    fn record_operation(&mut self, change: HistoryChange, moment: Moment, node: Option<NodeId>) {
        match change {
            HistoryChange::Invoked { row, process, client, operation } => {
                debug_assert_eq!(row as usize, self.history.len(), "rows are numbered as they begin");
                self.history.push(OpRow { process, client, operation, invoked: moment, returned: None });
            }
            HistoryChange::Returned { row, outcome } => {
                self.history[row as usize].returned = Some((moment, outcome));
                self.marks.push(Marked { moment, mark: Mark::Client, node });
            }
        }
    }

    /// Forgets what happened after `step`.
    pub(super) fn truncate(&mut self, step: Step) {
        for sent in self.sent.after(step) {
            self.sent_by_kind[usize::from(sent.kind)] -= 1;
        }
        self.events.truncate(step.0 as usize);
        self.notes.truncate(step);
        self.sent.truncate(step);
        self.changed.truncate(step);
        self.marks.retain(|marked| marked.moment.step <= step);
        self.outcomes.retain(|applied| applied.moment.step <= step);
        self.violations.retain(|(moment, _)| moment.step <= step);
        self.history.retain(|row| row.invoked.step <= step);
        for row in &mut self.history {
            row.returned = row.returned_by(step);
        }
    }

    /// The latest step taken in.
    pub(super) fn known(&self) -> Moment {
        self.events.last().map_or(Moment::default(), |event| Moment { step: event.step, time: event.time })
    }

    pub(super) fn event(&self, step: Step) -> Option<&Event> {
        self.events.get(usize::try_from(step.0.checked_sub(1)?).ok()?)
    }

    pub(super) fn outcome(&self, index: usize) -> Option<Applied> {
        self.outcomes.get(index).copied()
    }

    pub(super) fn sent_by_kind(&self) -> &[u32] {
        &self.sent_by_kind
    }

    pub(super) fn notes(&self, step: Step) -> &[Note] {
        self.notes.of(step)
    }

    pub(super) fn sent(&self, step: Step) -> &[Sent] {
        self.sent.of(step)
    }

    pub(super) fn changed(&self, step: Step) -> &[Sent] {
        self.changed.of(step)
    }

    pub(super) fn marks(&self) -> &[Marked] {
        &self.marks
    }

    pub(super) fn violations_until(&self, step: Step) -> &[(Moment, Violation)] {
        until(&self.violations, |(moment, _)| moment.step <= step)
    }

    pub(super) fn history_until(&self, step: Step) -> &[OpRow] {
        until(&self.history, |row| row.invoked.step <= step)
    }
}

fn until<T>(rows: &[T], known: impl Fn(&T) -> bool) -> &[T] {
    &rows[..rows.partition_point(known)]
}

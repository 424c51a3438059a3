//! What became known of a run: events, notes, sent messages, marks, violations, history. It lies
//! outside the world, grows at the run's furthest point only, and is the same wherever the cursor goes,
//! except that the budget decides which pages of events are kept.

mod page;
mod pages;

use std::rc::Rc;

use crate::describe::{About, Mark, Violation};
use crate::event::{Event, EventKind, HistoryChange, Sent, StepReport};
use crate::history::{Moment, OpRow};
use crate::id::{NodeId, Step, Topology};
use crate::note::Note;
use crate::run::{Applied, Marked, Memory};

use page::Page;
use pages::Pages;

/// More operations than this are not kept, nor twice as many marks: the oldest are forgotten.
const MOST_ROWS: usize = 131_072;

/// What became known. What grows all the time is shared between branches until one of them adds to it.
#[derive(Clone, Debug)]
pub(super) struct Log {
    pages: Pages,
    known: Moment,
    marks: Tail<Marked>,
    /// What came of each intervention, by its position in the script.
    outcomes: Vec<Applied>,
    /// Per server the moments at which its role changed, from the boot on.
    roles: Vec<Vec<(Moment, u16)>>,
    sent_by_kind: Vec<u32>,
    violations: Vec<(Moment, Violation)>,
    history: Tail<OpRow>,
}

/// The last rows of many, shared between clones until one of them changes.
#[derive(Clone, Debug)]
struct Tail<T> {
    rows: Rc<Vec<T>>,
    /// How many rows before them were forgotten.
    forgotten: u64,
    most: usize,
}

impl<T: Clone> Tail<T> {
    fn new(most: usize) -> Self {
        Self { rows: Rc::default(), forgotten: 0, most }
    }

    fn push(&mut self, row: T) {
        let rows = Rc::make_mut(&mut self.rows);
        if rows.len() == self.most {
            rows.drain(..self.most / 8);
            self.forgotten += self.most as u64 / 8;
        }
        if rows.len() == rows.capacity() {
            // Doubling would leave a long run with twice the memory that it needs.
            rows.reserve_exact(64 + rows.len() / 8);
        }
        rows.push(row);
    }

    fn retain(&mut self, wanted: impl Fn(&T) -> bool) {
        Rc::make_mut(&mut self.rows).retain(wanted);
    }

    fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<T>()
    }
}

impl Log {
    /// Knows the boot only.
    pub(super) fn new(about: &About, topology: Topology, boot: &StepReport, budget: usize) -> Self {
        let mut log = Self {
            pages: Pages::new(boot, budget),
            known: Moment::default(),
            marks: Tail::new(2 * MOST_ROWS),
            outcomes: Vec::new(),
            roles: vec![Vec::new(); usize::from(topology.servers)],
            sent_by_kind: vec![0; about.messages.len()],
            violations: Vec::new(),
            history: Tail::new(MOST_ROWS),
        };
        log.record_rows(about, boot, Moment::default());
        log
    }

    /// Takes in a step. Returns whether it is news, rather than a replay of what is known.
    pub(super) fn record(&mut self, about: &About, report: &StepReport, found: &[Violation]) -> bool {
        let Some(event) = report.event else { return false };
        if event.step <= self.known.step {
            self.pages.push_again(event.step, report);
            return false;
        }
        let moment = Moment { step: event.step, time: event.time };
        self.known = moment;
        self.pages.push(report);
        let node = event.kind.node();
        if let EventKind::Intervene { refused, .. } = event.kind {
            self.outcomes.push(Applied { moment, refused });
            if refused.is_none() {
                self.marks.push(Marked { moment, mark: Mark::Fault, node });
            }
        }
        self.record_rows(about, report, moment);
        for &violation in found {
            self.marks.push(Marked { moment, mark: Mark::Violation, node });
            self.violations.push((moment, violation));
        }
        true
    }

    fn record_rows(&mut self, about: &About, report: &StepReport, moment: Moment) {
        for sent in &report.sent {
            self.sent_by_kind[usize::from(sent.kind)] += 1;
        }
        let node = report.event.and_then(|event| event.kind.node());
        for note in &report.notes {
            if let Some(mark) = about.rules[usize::from(note.rule)].mark {
                self.marks.push(Marked { moment, mark, node });
            }
        }
        for change in &report.history {
            self.record_operation(change.clone(), moment, node);
        }
    }

    fn record_operation(&mut self, change: HistoryChange, moment: Moment, node: Option<NodeId>) {
        match change {
            HistoryChange::Invoked { row, process, client, operation } => {
                if self.history.rows.is_empty() {
                    self.history.forgotten = u64::from(row);
                }
                let invoked = moment;
                let row = OpRow { process, client, operation, invoked, received: None, returned: None };
                self.history.push(row);
            }
            HistoryChange::Received { row, sent } => {
                let Some(row) = self.operation_mut(row) else { return };
                if row.received.is_none() && sent >= row.invoked.step {
                    row.received = Some(moment);
                }
            }
            HistoryChange::Returned { row, outcome } => {
                self.marks.push(Marked { moment, mark: Mark::Client, node });
                if let Some(row) = self.operation_mut(row) {
                    row.returned = Some((moment, outcome));
                }
            }
        }
    }

    /// An operation by its number, if it is not forgotten.
    fn operation_mut(&mut self, row: u32) -> Option<&mut OpRow> {
        let kept = u64::from(row).checked_sub(self.history.forgotten)?;
        Rc::make_mut(&mut self.history.rows).get_mut(kept as usize)
    }

    /// Takes in what role a server has now.
    pub(super) fn record_role(&mut self, id: NodeId, role: u16) {
        let roles = &mut self.roles[usize::from(id.index())];
        if roles.last().is_none_or(|(_, last)| *last != role) {
            roles.push((self.known, role));
        }
    }

    /// Forgets what happened after `known`, up to which that many messages of each kind were sent.
    pub(super) fn truncate(&mut self, known: Moment, sent_by_kind: Vec<u32>) {
        if known.step >= self.known.step {
            return;
        }
        self.known = known;
        self.sent_by_kind = sent_by_kind;
        self.pages.truncate(known.step);
        self.marks.retain(|marked| marked.moment.step <= known.step);
        self.outcomes.retain(|applied| applied.moment.step <= known.step);
        for roles in &mut self.roles {
            roles.retain(|(moment, _)| moment.step <= known.step);
        }
        self.violations.retain(|(moment, _)| moment.step <= known.step);
        self.history.retain(|row| row.invoked.step <= known.step);
        for row in Rc::make_mut(&mut self.history.rows) {
            row.received = row.received_by(known.step);
            row.returned = row.returned_by(known.step);
        }
    }

    /// Sets how many bytes of pages may be kept.
    pub(super) fn set_budget(&mut self, budget: usize, cursor: Step) {
        self.pages.set_budget(budget, cursor);
    }

    /// Adds what is kept here.
    pub(super) fn report(&self, memory: &mut Memory) {
        memory.log_bytes = self.pages.bytes();
        memory.row_bytes = self.marks.bytes() + self.history.bytes();
        memory.events_forgotten = self.known.step.0 - self.pages.len();
        memory.marks_forgotten = self.marks.forgotten;
        memory.operations_forgotten = self.history.forgotten;
    }

    /// The latest step taken in.
    pub(super) fn known(&self) -> Moment {
        self.known
    }

    pub(super) fn event(&self, step: Step) -> Option<&Event> {
        self.pages.page(step)?.event(step)
    }

    pub(super) fn pages(&self) -> Vec<&[Event]> {
        self.pages.events()
    }

    pub(super) fn outcome(&self, index: usize) -> Option<Applied> {
        self.outcomes.get(index).copied()
    }

    pub(super) fn roles(&self, id: NodeId) -> &[(Moment, u16)] {
        if id.is_client() { &[] } else { &self.roles[usize::from(id.index())] }
    }

    pub(super) fn sent_by_kind(&self) -> &[u32] {
        &self.sent_by_kind
    }

    pub(super) fn notes(&self, step: Step) -> &[Note] {
        self.pages.page(step).map_or(&[], |page| page.notes(step))
    }

    pub(super) fn sent(&self, step: Step) -> &[Sent] {
        self.pages.page(step).map_or(&[], |page| page.sent(step))
    }

    pub(super) fn changed(&self, step: Step) -> &[Sent] {
        self.pages.page(step).map_or(&[], |page: &Page| page.changed(step))
    }

    pub(super) fn marks(&self) -> &[Marked] {
        &self.marks.rows
    }

    pub(super) fn violations_until(&self, step: Step) -> &[(Moment, Violation)] {
        until(&self.violations, |(moment, _)| moment.step <= step)
    }

    pub(super) fn history_until(&self, step: Step) -> &[OpRow] {
        until(&self.history.rows, |row| row.invoked.step <= step)
    }
}

fn until<T>(rows: &[T], known: impl Fn(&T) -> bool) -> &[T] {
    &rows[..rows.partition_point(known)]
}

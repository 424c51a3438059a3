//! Judging a session guarantee in slices: read by read, in the order of the answers.

use std::sync::Arc;

use super::follows::Follows;
use super::rules::Seen;
use super::{Guarantee, Sessions};
use crate::causal::{Circle, Clocks, Contradiction, EventId, Events, Proof, Untold, answers, missed};
use crate::history::{History, Row};
use crate::search::{Budget, Search};
use crate::verdict::{Order, Reason, Spent, Stopped, Verdict, Why, Witness};

/// Judging whether a history keeps a session guarantee. A verdict of ok comes without an order: the guarantees
/// promise none.
pub struct SessionSearch {
    guarantee: Guarantee,
    history: Arc<History>,
    sessions: Sessions,
    budget: Budget,
    steps: u64,
    stage: Stage,
}

enum Stage {
    Beginning,
    Judging(Judging),
    Done(Verdict),
}

struct Judging {
    events: Arc<Events>,
    clocks: Clocks,
    /// Which writes follow which, once somebody has to know.
    follows: Option<Follows>,
    /// The reads not looked at yet, the next last.
    reads: Vec<EventId>,
    /// The verdict if none of them shows a violation.
    end: Verdict,
}

impl SessionSearch {
    /// A search that has not begun yet. In a [`Sessions::default`] each process is a session.
    pub fn new(guarantee: Guarantee, history: Arc<History>, sessions: Sessions, budget: Budget) -> Self {
        Self { guarantee, history, sessions, budget, steps: 0, stage: Stage::Beginning }
    }

    fn begin(&self) -> Stage {
        let answers = answers(&self.history);
        match self.clocks(&answers) {
            Err(untold) => Stage::Done(self.unknown(untold.stopped())),
            Ok((events, Ok(clocks))) => {
                let ok = Verdict::Ok(Order::default());
                Stage::Judging(self.judging(&events, clocks, &answers, ok))
            }
            Ok((_, Err(_))) => self.up_to_the_circle(&answers),
        }
    }

    /// What could have caused what, as far as these answers tell.
    fn clocks(&self, known: &[Row]) -> Result<(Arc<Events>, Result<Clocks, Circle>), Untold> {
        let events = Arc::new(Events::new(&self.history, &self.sessions, known)?);
        let clocks = Clocks::new(&events, &vec![true; events.all.len()], &[]);
        Ok((events, clocks))
    }

    fn judging(&self, events: &Arc<Events>, clocks: Clocks, answers: &[Row], end: Verdict) -> Judging {
        let mut event_of = vec![None; self.history.operations().len()];
        events.all.iter().enumerate().for_each(|(id, event)| event_of[event.row] = Some(id));
        let reads = answers.iter().rev().filter_map(|row| event_of[*row]).collect();
        Judging { events: events.clone(), clocks, follows: None, reads, end }
    }

    /// Writes were read before they were made. No run leads there, but a file may. Judged is what was answered
    /// before that; what comes after has no order.
    fn up_to_the_circle(&self, answers: &[Row]) -> Stage {
        let counts: Vec<usize> = (1..=answers.len()).collect();
        let is_fine = |count: &usize| matches!(self.clocks(&answers[..*count]), Ok((_, Ok(_))));
        let fine = &answers[..counts.partition_point(is_fine)];
        match self.clocks(fine) {
            Ok((events, Ok(clocks))) => {
                let end = self.circle(&answers[..=fine.len()], answers[fine.len()]);
                Stage::Judging(self.judging(&events, clocks, fine, end))
            }
            _ => Stage::Done(self.unknown(Stopped::Circular)),
        }
    }

    /// Each write of the circle follows, over reads, the others and itself.
    fn circle(&self, answers: &[Row], stuck: Row) -> Verdict {
        match self.clocks(answers) {
            Ok((events, Err(circle))) if self.guarantee == Guarantee::WritesFollowReads => {
                let contradiction = Contradiction::Circle(circle);
                let (rows, reasons) = Proof::of(&events, &[], &contradiction, Some(stuck));
                Verdict::Violation(Witness { rows, stuck, reasons, best: Order::default() })
            }
            _ => self.unknown(Stopped::Circular),
        }
    }

    fn unknown(&self, stopped: Stopped) -> Verdict {
        Verdict::Unknown(Spent { steps: self.steps, best: Order::default(), stopped })
    }

    /// Looks at the next read.
    fn step(&mut self) {
        self.stage = match &mut self.stage {
            Stage::Beginning => {
                self.steps += self.history.operations().len() as u64;
                self.begin()
            }
            Stage::Judging(judging) => match judging.reads.pop() {
                None => Stage::Done(judging.end.clone()),
                Some(_) if self.steps > self.budget.0 => Stage::Done(self.unknown(Stopped::Budget)),
                Some(read) => {
                    self.steps += u64::from(judging.events.all[read].at);
                    match judging.broken_by(self.guarantee, read) {
                        Some(witness) => Stage::Done(Verdict::Violation(witness)),
                        None => return,
                    }
                }
            },
            Stage::Done(_) => return,
        };
    }
}

impl Search for SessionSearch {
    fn run(&mut self, steps: u64) -> Option<Verdict> {
        let until = self.steps.saturating_add(steps);
        loop {
            if let Stage::Done(verdict) = &self.stage {
                return Some(verdict.clone());
            }
            if self.steps >= until {
                return None;
            }
            self.step();
        }
    }
}

impl Judging {
    fn broken_by(&mut self, guarantee: Guarantee, read: EventId) -> Option<Witness> {
        // Whoever reads nothing older than what it could have known of breaks nothing by that.
        let is_older = missed(&self.events, &self.clocks, read).is_some();
        if !is_older && guarantee != Guarantee::MonotonicReads {
            return None;
        }
        if guarantee == Guarantee::WritesFollowReads && self.follows.is_none() {
            self.follows = Some(Follows::new(&self.events, &self.clocks));
        }
        let seen = Seen { events: &self.events, clocks: &self.clocks };
        let way = match guarantee {
            Guarantee::ReadYourWrites => seen.unread_own_write(read),
            Guarantee::MonotonicReads => match is_older.then(|| seen.newer_value_read_before(read)).flatten()
            {
                None => return seen.value_that_came_back(read).map(|reads| self.came_back(reads)),
                way => way,
            },
            Guarantee::MonotonicWrites => seen.earlier_write_of_its_writer(read),
            Guarantee::WritesFollowReads => seen.read_before_a_write_seen(self.follows.as_ref()?, read),
        };
        way.map(|way| {
            let (rows, reasons) = Proof::of_way(&self.events, &way);
            Witness { rows, stuck: self.events.all[read].row, reasons, best: Order::default() }
        })
    }

    /// The session read something, then something else, then what it had read first.
    fn came_back(&self, reads: [EventId; 3]) -> Witness {
        let [first, second, read] = reads.map(|event| self.events.all[event].row);
        let reasons = vec![
            Reason::Missed { read, missed: second, why: Why::SameProcess },
            Reason::Precedes { first, then: second, why: Why::SameProcess },
        ];
        Witness { rows: self.events.with_context(&reads), stuck: read, reasons, best: Order::default() }
    }
}

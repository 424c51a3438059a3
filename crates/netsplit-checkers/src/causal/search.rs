//! Judging causal consistency in slices, and narrowing a violation down to the first answer that shows it.

use std::sync::Arc;

use super::clocks::{Clocks, Forced};
use super::events::{Events, Source, answers, rank_after};
use super::narrowing::Narrowing;
use super::proof::Proof;
use super::saturate::{Contradiction, Saturation, missed};
use super::{EventId, Variant};
use crate::history::{History, Row};
use crate::search::{Budget, Search};
use crate::session::Sessions;
use crate::verdict::{Order, Spent, Stopped, Verdict, Witness};

/// Judging whether a history is causally consistent. A verdict of ok comes without an order, for there is
/// one for each process.
pub struct Causality {
    variant: Variant,
    history: Arc<History>,
    sessions: Sessions,
    budget: Budget,
    /// The rows that were answered, in the order of their answers.
    answers: Vec<Row>,
    steps: u64,
    stage: Stage,
}

enum Stage {
    /// Is there a violation?
    Judging(Check),
    /// There is one; which is the first answer that shows one?
    Narrowing {
        narrowing: Narrowing,
        failure: Failure,
        check: Check,
    },
    Done(Verdict),
}

/// What contradicts itself among which events.
struct Failure {
    events: Arc<Events>,
    forced: Vec<Forced>,
    contradiction: Contradiction,
}

impl Causality {
    /// A search that has not begun yet. In a [`Sessions::default`] each process is a session.
    pub fn new(variant: Variant, history: Arc<History>, sessions: Sessions, budget: Budget) -> Self {
        let answers = answers(&history);
        let stage = match Events::new(&history, &sessions, &answers) {
            Ok(events) => Stage::Judging(Check::new(variant, events)),
            Err(untold) => {
                let spent = Spent { steps: 0, best: Order::default(), stopped: untold.stopped() };
                Stage::Done(Verdict::Unknown(spent))
            }
        };
        Self { variant, history, sessions, budget, answers, steps: 0, stage }
    }

    /// What the answers up to, not including, one of them look like.
    fn check_up_to(&self, answers: usize) -> Check {
        let events = Events::new(&self.history, &self.sessions, &self.answers[..answers]);
        Check::new(self.variant, events.expect("fewer answers leave no more open"))
    }

    /// Goes on by one round.
    fn step(&mut self) {
        match &mut self.stage {
            Stage::Done(_) => {}
            Stage::Judging(check) => {
                self.steps += check.cost();
                match check.step() {
                    None if self.steps > self.budget.0 => self.give_up(),
                    None => {}
                    Some(Ok(())) => self.stage = Stage::Done(Verdict::Ok(Order::default())),
                    Some(Err(failure)) => {
                        let narrowing = Narrowing::new(self.answers_of(&failure));
                        self.narrow(narrowing, failure);
                    }
                }
            }
            Stage::Narrowing { check, .. } => {
                self.steps += check.cost();
                if let Some(result) = check.step() {
                    self.attempted(result.err());
                }
            }
        }
    }

    /// How many answers a failure needs.
    fn answers_of(&self, failure: &Failure) -> usize {
        let (rows, _) = Proof::of(&failure.events, &failure.forced, &failure.contradiction, None);
        rank_after(&self.answers, &rows).max(1)
    }

    fn give_up(&mut self) {
        let spent = Spent { steps: self.steps, best: Order::default(), stopped: Stopped::Budget };
        self.stage = Stage::Done(Verdict::Unknown(spent));
    }

    fn attempted(&mut self, earlier: Option<Failure>) {
        let done = Stage::Done(Verdict::Ok(Order::default()));
        let stage = std::mem::replace(&mut self.stage, done);
        let Stage::Narrowing { mut narrowing, failure, .. } = stage else { return };
        match &earlier {
            Some(earlier) => narrowing.is_violated(self.answers_of(earlier)),
            None => narrowing.is_fine(),
        }
        self.narrow(narrowing, earlier.unwrap_or(failure));
    }

    fn narrow(&mut self, narrowing: Narrowing, failure: Failure) {
        self.stage = match narrowing.attempt() {
            Some(answers) => {
                let check = self.check_up_to(answers);
                Stage::Narrowing { narrowing, failure, check }
            }
            None => {
                let stuck = self.answers.get(narrowing.violated - 1).copied();
                Stage::Done(Verdict::Violation(self.witness(&failure, stuck)))
            }
        };
    }
}

impl Causality {
    fn witness(&self, failure: &Failure, stuck: Option<Row>) -> Witness {
        let Failure { events, forced, contradiction } = failure;
        let (rows, reasons) = Proof::of(events, forced, contradiction, stuck);
        let rows = Events::in_context(&self.history, &self.sessions, rows);
        let stuck = stuck.or(rows.last().copied()).unwrap_or_default();
        Witness { rows, stuck, reasons, best: Order::default() }
    }
}

impl Search for Causality {
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

/// A check of some answers, a round at a time.
struct Check {
    variant: Variant,
    events: Arc<Events>,
    /// The chains that still have to be looked at, the next last.
    observers: Vec<usize>,
    causes: Option<Clocks>,
    saturation: Option<Saturation>,
}

impl Check {
    fn new(variant: Variant, events: Events) -> Self {
        let observers = (0..events.chains.len()).rev().collect();
        Self { variant, events: Arc::new(events), observers, causes: None, saturation: None }
    }

    /// About how many steps a round takes.
    fn cost(&self) -> u64 {
        let all = (self.events.all.len() * (8 + self.events.chains.len()) / 64) as u64 + 1;
        self.saturation.as_ref().map_or(all, Saturation::cost)
    }

    /// One round; `Some` if the result is known.
    fn step(&mut self) -> Option<Result<(), Failure>> {
        let result = match (&self.causes, &mut self.saturation) {
            (None, _) => self.look_at_causes(),
            (Some(_), None) => return self.next_observer(),
            (Some(_), Some(saturation)) => {
                let settled = match self.variant {
                    Variant::Convergence => saturation.is_order().map(|()| true),
                    _ => saturation.step(),
                };
                settled.map(|settled| {
                    if settled {
                        self.saturation = None;
                    }
                })
            }
        };
        let contradiction = result.err()?;
        let forced = self.saturation.take().map(|saturation| saturation.forced);
        Some(Err(self.failure(forced.unwrap_or_default(), contradiction)))
    }

    /// What could have caused what, and whether an answer is older than its causes.
    fn look_at_causes(&mut self) -> Result<(), Contradiction> {
        let events = &self.events;
        let clocks = Clocks::new(events, &vec![true; events.all.len()], &[])?;
        match (0..events.all.len()).find_map(|event| missed(events, &clocks, event)) {
            Some(contradiction) => Err(contradiction),
            None => {
                self.causes = Some(clocks);
                Ok(())
            }
        }
    }

    /// Takes the next chain that read anything, and what could have caused its last event.
    fn next_observer(&mut self) -> Option<Result<(), Failure>> {
        if self.variant == Variant::Weak {
            return Some(Ok(()));
        }
        let Some(observer) = self.observers.pop() else { return Some(Ok(())) };
        let events = &self.events;
        let reads_of = |ids: &[EventId]| -> Vec<EventId> {
            ids.iter().copied().filter(|id| matches!(events.all[*id].source, Source::Writes(_))).collect()
        };
        if self.variant == Variant::Convergence {
            self.observers.clear();
            let all: Vec<EventId> = (0..events.all.len()).collect();
            let within = vec![true; all.len()];
            return self.observe(Saturation::new(events.clone(), within, reads_of(&all), false));
        }
        let chain = &events.chains[observer];
        let (Some(causes), Some(last)) = (&self.causes, chain.last()) else { return None };
        let reads = chain.iter().copied().filter(|id| events.all[*id].source != Source::Unread).collect();
        self.observe(Saturation::new(events.clone(), causes.past(*last), reads, false))
    }

    /// The first round of an observer: the clocks are those of the causes, for nothing is forced before it.
    fn observe(&mut self, mut saturation: Saturation) -> Option<Result<(), Failure>> {
        match saturation.learn_all(self.causes.as_ref()?) {
            Ok(true) => {}
            Ok(false) => self.saturation = Some(saturation),
            Err(contradiction) => return Some(Err(self.failure(saturation.forced, contradiction))),
        }
        None
    }

    fn failure(&self, forced: Vec<Forced>, contradiction: Contradiction) -> Failure {
        Failure { events: self.events.clone(), forced, contradiction }
    }
}

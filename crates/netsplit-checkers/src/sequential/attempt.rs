//! Looking for one order that explains some of the operations of a history and some of its answers.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::dig::{self, Dig};
use super::plan::Plan;
use crate::causal::{Events, Proof, Saturation};
use crate::history::{History, Row};
use crate::model::Model;
use crate::session::Sessions;
use crate::verdict::Reason;

/// A search for an order, in slices.
pub(super) struct Attempt {
    /// The rows that take part.
    rows: Vec<Row>,
    stage: Stage,
    pub steps: u64,
}

enum Stage {
    /// Computing what any order must keep.
    Keeping {
        events: Arc<Events>,
        saturation: Saturation,
        plan: Plan,
        patience: u64,
    },
    Digging(Dig),
    Contradicted(Vec<Row>, Vec<Reason>),
}

/// How far a search is.
pub(super) enum Progress {
    Underway,
    Found(Vec<Row>),
    Exhausted,
}

/// Steps after which the search begins with what is known. Histories of real systems need a few rounds.
const PATIENCE: u64 = 1_000_000;

impl Attempt {
    /// A search of the history without the rows that are gone, and with these answers only.
    pub fn new(model: Model, history: &History, known: &[Row], gone: &BTreeSet<Row>) -> Self {
        let rows: Vec<Row> = (0..history.operations().len()).filter(|row| !gone.contains(row)).collect();
        let operations = rows.iter().map(|row| history.operations()[*row].clone()).collect();
        let fewer = History::new(operations).expect("a history with fewer operations is one");
        let known: Vec<Row> = known.iter().filter_map(|row| rows.binary_search(row).ok()).collect();
        let plan = Plan::new(model, &fewer, &known);
        let replaces = matches!(model, Model::Register | Model::CasRegister);
        let events = Events::new(&fewer, &Sessions::default(), &known);
        let stage = match events {
            Ok(events) if replaces => {
                let events = Arc::new(events);
                let all = vec![true; events.all.len()];
                let saturation = Saturation::new(events.clone(), all, (0..events.all.len()).collect(), true);
                Stage::Keeping { events, saturation, plan, patience: PATIENCE }
            }
            _ => Stage::Digging(Dig::new(plan)),
        };
        Self { rows, stage, steps: 0 }
    }

    /// Goes on for about so many steps.
    pub fn run(&mut self, steps: u64) -> Progress {
        let until = self.steps.saturating_add(steps);
        while self.steps < until {
            match &mut self.stage {
                Stage::Keeping { saturation, .. } => {
                    self.steps += saturation.cost();
                    self.keep();
                }
                Stage::Digging(dig) => {
                    let before = dig.steps;
                    let progress = dig.run(until - self.steps);
                    self.steps += dig.steps - before;
                    match progress {
                        dig::Progress::Underway => {}
                        dig::Progress::Found(order) => return Progress::Found(self.named(&order)),
                        dig::Progress::Exhausted => return Progress::Exhausted,
                    }
                }
                Stage::Contradicted(..) => return Progress::Exhausted,
            }
        }
        Progress::Underway
    }

    /// A part of computing what any order must keep.
    fn keep(&mut self) {
        let Stage::Keeping { events, saturation, plan, patience } = &mut self.stage else { return };
        *patience = patience.saturating_sub(saturation.cost());
        let enough = *patience == 0;
        self.stage = match saturation.step() {
            Ok(false) if !enough => return,
            Err(contradiction) => {
                let (rows, reasons) = Proof::of(events, &saturation.forced, &contradiction, None);
                Stage::Contradicted(rows, reasons)
            }
            Ok(_) => {
                plan.keep(events, &saturation.forced);
                Stage::Digging(Dig::new(plan.clone()))
            }
        };
    }

    fn named(&self, rows: &[Row]) -> Vec<Row> {
        rows.iter().map(|row| self.rows[*row]).collect()
    }

    /// The order that explained most so far.
    pub fn best(&self) -> Vec<Row> {
        match &self.stage {
            Stage::Digging(dig) => self.named(dig.best()),
            _ => Vec::new(),
        }
    }

    /// If it was a contradiction, the rows that contradict one another and why.
    pub fn contradiction(&self) -> Option<(Vec<Row>, Vec<Reason>)> {
        let Stage::Contradicted(rows, reasons) = &self.stage else { return None };
        let reasons = reasons.iter().map(|reason| reason.renamed(&|row| self.rows[row])).collect();
        Some((self.named(rows), reasons))
    }

    /// Where the order that explained most came to its end.
    pub fn dead_ends(&self) -> Vec<Reason> {
        match &self.stage {
            Stage::Digging(dig) => {
                dig.dead_ends().iter().map(|reason| reason.renamed(&|row| self.rows[row])).collect()
            }
            _ => Vec::new(),
        }
    }
}

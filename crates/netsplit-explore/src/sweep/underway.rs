//! One seed, in slices: first its run, then each judgement of its history.

use std::sync::Arc;

use netsplit_checkers::history::History;
use netsplit_checkers::search::{self, Budget, Search};
use netsplit_checkers::verdict::Consistency;
use netsplit_scenarios::error::OpenError;
use netsplit_scenarios::expectation::Answer;
use netsplit_scenarios::open::open;
use netsplit_sim::run::{Progress, Run};

use super::plan::Plan;
use super::row::{Ended, Row};

/// The run of one seed, on its way to a row.
pub struct Underway {
    seed: u64,
    /// By what its history is judged; the next one last.
    left: Vec<Consistency>,
    budget: Budget,
    stage: Stage,
}

enum Stage {
    Running(Box<dyn Run>),
    Judging(Box<Judging>),
}

/// A finished run that is being judged. Of a run whose history was not kept nothing is known.
struct Judging {
    row: Row,
    history: Option<Arc<History>>,
    search: Option<Box<dyn Search>>,
}

impl Underway {
    /// Boots the run.
    pub fn begin(plan: &Plan, seed: u64) -> Result<Self, OpenError> {
        let stage = Stage::Running(open(&plan.record(seed))?);
        Ok(Self { seed, left: plan.judged().iter().rev().copied().collect(), budget: plan.budget(), stage })
    }

    /// Does all of one seed.
    pub fn whole(plan: &Plan, seed: u64) -> Result<Row, OpenError> {
        let mut underway = Self::begin(plan, seed)?;
        loop {
            if let Some(row) = underway.go_on(u32::MAX) {
                return Ok(row);
            }
        }
    }

    /// Goes on for about so many events, or steps of a judgement; the row once it is finished.
    pub fn go_on(&mut self, effort: u32) -> Option<Row> {
        match &mut self.stage {
            Stage::Running(run) => {
                let ended = go_on_running(&mut **run, effort)?;
                let (row, history) = Row::of(&**run, self.seed, ended);
                let history = history.map(Arc::new);
                self.stage = Stage::Judging(Box::new(Judging { row, history, search: None }));
                None
            }
            Stage::Judging(judging) => judging.go_on(&mut self.left, self.budget, effort),
        }
    }
}

/// How the run ended, if it has.
fn go_on_running(run: &mut dyn Run, events: u32) -> Option<Ended> {
    match run.run_until(run.until(), events) {
        Ok(Progress::Underway) => None,
        Ok(Progress::Arrived | Progress::Ended) => Some(Ended::Complete),
        Err(_) => Some(Ended::Livelock),
    }
}

impl Judging {
    fn go_on(&mut self, left: &mut Vec<Consistency>, budget: Budget, steps: u32) -> Option<Row> {
        if let Some(search) = &mut self.search {
            let verdict = search.run(u64::from(steps))?;
            self.row.verdicts.push(Answer::of(&verdict));
            self.search = None;
        }
        match (left.pop(), &self.history) {
            (None, _) => return Some(self.row.clone()),
            (Some(_), None) => self.row.verdicts.push(Answer::Unknown),
            (Some(next), Some(history)) => self.search = Some(search::begin(next, history.clone(), budget)),
        }
        None
    }
}

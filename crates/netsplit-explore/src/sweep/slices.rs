//! A sweep in slices, for a page that has frames to draw between them.

use netsplit_scenarios::error::OpenError;

use super::plan::Plan;
use super::row::Row;
use super::seeds::Seeds;
use super::underway::Underway;

/// A sweep under way. Dropping it ends it.
pub struct Sweep {
    plan: Plan,
    seeds: Seeds,
    underway: Option<Underway>,
    rows: Vec<Row>,
}

/// How far a sweep is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// So many seeds have their row.
    pub done: u64,
    /// Of so many.
    pub of: u64,
}

impl Sweep {
    /// Begins with the first seed.
    pub fn new(plan: Plan, seeds: Seeds) -> Self {
        Self { plan, seeds, underway: None, rows: Vec::new() }
    }

    /// Goes on for about so many events, or steps of a judgement.
    pub fn go_on(&mut self, effort: u32) -> Result<Progress, OpenError> {
        let next = self.seeds.nth(self.rows.len() as u64);
        match (&mut self.underway, next) {
            (Some(underway), _) => {
                if let Some(row) = underway.go_on(effort) {
                    self.rows.push(row);
                    self.underway = None;
                }
            }
            (None, Some(seed)) => self.underway = Some(Underway::begin(&self.plan, seed)?),
            (None, None) => {}
        }
        Ok(Progress { done: self.rows.len() as u64, of: self.seeds.count() })
    }

    /// What is swept.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The rows so far, in the order of the seeds.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

impl Progress {
    /// Whether nothing is left.
    pub const fn is_over(self) -> bool {
        self.done >= self.of
    }
}

//! Searching: one claim at a time, in steps, with what was found before.

use std::sync::Arc;

use netsplit_checkers::history::History;
use netsplit_checkers::search::{Budget, Search, begin};
use netsplit_checkers::verdict::Consistency;
use netsplit_sim::id::Step;
use netsplit_view::history::claims::Standing;

use super::found::Findings;
use super::print::Print;

/// A history to be judged.
#[derive(Clone, Debug)]
pub struct Here {
    /// What tells it from others.
    pub print: Print,
    /// The step it goes up to.
    pub step: Step,
    /// The history.
    pub history: Arc<History>,
}

/// What a stretch of searching led to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Searched {
    /// Whether something is still to be found.
    pub pending: bool,
    /// Whether something was found.
    pub found: bool,
}

/// Claims that are asked about, what was found, and the search for the next.
#[derive(Default)]
pub struct Judge {
    asked: Vec<Consistency>,
    findings: Findings,
    under_way: Option<UnderWay>,
}

struct UnderWay {
    what: Consistency,
    print: Print,
    step: Step,
    search: Box<dyn Search>,
}

/// So many steps lie between two looks at the clock.
const STEPS: u64 = 512;

impl Judge {
    /// Asks about these claims, the most important first.
    pub fn ask(&mut self, asked: Vec<Consistency>) {
        self.asked = asked;
    }

    /// What is asked about.
    pub fn asked(&self) -> &[Consistency] {
        &self.asked
    }

    /// What can be said of a claim about a history; `is_past` says whether a history as it was after some
    /// step is a past of it.
    pub fn standing(
        &self,
        what: Consistency,
        here: &Here,
        is_past: &dyn Fn(Step, Print) -> bool,
    ) -> Standing<'_> {
        if here.print.is_empty() {
            return Standing::Nothing;
        }
        self.findings.of(what, here.print, is_past).map_or(Standing::Checking, Standing::Known)
    }

    /// Searches for as long as `goes_on`. A search of an earlier history ends before the next begins, since
    /// a violation it finds stays one; one of another past is given up.
    pub fn search(
        &mut self,
        here: &Here,
        is_past: &dyn Fn(Step, Print) -> bool,
        goes_on: &dyn Fn() -> bool,
    ) -> Searched {
        self.under_way.take_if(|under_way| !is_past(under_way.step, under_way.print));
        let mut found = false;
        loop {
            if self.under_way.is_none() {
                self.under_way = self.next(here, is_past);
            }
            let Some(under_way) = &mut self.under_way else { return Searched { pending: false, found } };
            if let Some(verdict) = under_way.search.run(STEPS) {
                let UnderWay { what, print, step, .. } = *under_way;
                self.findings.keep(what, print, step, verdict);
                (self.under_way, found) = (None, true);
            }
            if !goes_on() {
                return Searched {
                    pending: self.under_way.is_some() || self.wanted(here, is_past).is_some(),
                    found,
                };
            }
        }
    }

    /// The first claim that nothing is known of.
    fn wanted(&self, here: &Here, is_past: &dyn Fn(Step, Print) -> bool) -> Option<Consistency> {
        let unknown = |what: &Consistency| self.standing(*what, here, is_past) == Standing::Checking;
        self.asked.iter().copied().find(unknown)
    }

    fn next(&self, here: &Here, is_past: &dyn Fn(Step, Print) -> bool) -> Option<UnderWay> {
        let what = self.wanted(here, is_past)?;
        let search = begin(what, Arc::clone(&here.history), Budget::USUAL);
        Some(UnderWay { what, print: here.print, step: here.step, search })
    }
}

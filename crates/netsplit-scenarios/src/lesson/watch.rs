//! When a goal is met: a walk over the run, event by event, on a copy of its own so that nobody's cursor
//! moves. The page walks in slices behind the person; the command line and the tests walk to the end.

use netsplit_sim::describe::Replicas;
use netsplit_sim::history::Moment;
use netsplit_sim::id::Step;
use netsplit_sim::run::{Progress, Run, Stopped};
use netsplit_sim::time::SimTime;

use crate::document::Scenario;
use crate::expect::{Tally, missing_now};
use crate::expectation::Expectation;

/// A goal that is looked out for.
#[derive(Clone, Debug)]
struct Wanted {
    expect: Expectation,
    at: Option<SimTime>,
    met: Option<Moment>,
    /// What its answer depended on when it was last looked for.
    seen: Option<Stamp>,
}

/// What most expectations depend on. While it is the same, they say the same.
#[derive(Clone, Debug, PartialEq)]
struct Stamp {
    asked: usize,
    answered: usize,
    applied: usize,
    violations: usize,
    replicas: Option<Replicas>,
}

/// Looks out for goals in a run.
pub struct Watch {
    run: Box<dyn Run>,
    scenario: Scenario,
    tally: Tally,
    wanted: Vec<Wanted>,
}

impl Watch {
    /// Looks out for these in a run, from its beginning. `run` is a copy of one's own.
    pub fn new<'a>(
        mut run: Box<dyn Run>,
        scenario: Scenario,
        goals: impl Iterator<Item = (&'a Expectation, Option<SimTime>)>,
    ) -> Result<Self, Stopped> {
        run.seek_step(Step(0))?;
        let wanted =
            |(expect, at): (&Expectation, _)| Wanted { expect: expect.clone(), at, met: None, seen: None };
        Ok(Self { run, scenario, tally: Tally::default(), wanted: goals.map(wanted).collect() })
    }

    /// When each was met, in the order in which they were given.
    pub fn met(&self) -> impl Iterator<Item = Option<Moment>> {
        self.wanted.iter().map(|wanted| wanted.met)
    }

    /// Walks on to this moment, while `goes_on`. Says whether it is there.
    pub fn walk(&mut self, to: (SimTime, Step), goes_on: &dyn Fn() -> bool) -> Result<bool, Stopped> {
        loop {
            let next = self.run.next_at().filter(|next| *next <= self.run.until());
            self.look_at_times(to.0, next);
            if self.all_met() || self.run.step() >= to.1 || next.is_none_or(|next| next > to.0) {
                return Ok(true);
            }
            if !goes_on() {
                return Ok(false);
            }
            if self.run.step_forward()? == Progress::Ended {
                return Ok(true);
            }
            let step = self.run.step();
            self.tally.count_event(&*self.run, step);
            self.look();
        }
    }

    /// Walks to the end of the run.
    pub fn walk_to_end(&mut self) -> Result<(), Stopped> {
        self.walk((self.run.until(), Step(u64::MAX)), &|| true).map(drop)
    }

    /// The run is another from some point on. Goes on from where it is if that lies before the difference,
    /// else from the beginning. What is met stays met.
    pub fn follow(&mut self, run: &dyn Run) -> Result<(), Stopped> {
        if self.run.script() == run.script() {
            return Ok(());
        }
        let passed = self.run.applied();
        let same = run.script().get(..passed).is_some_and(|past| past == &self.run.script()[..passed]);
        let next_is_later = run.script().get(passed).is_none_or(|next| next.at >= self.run.now());
        let step = if same && next_is_later { self.run.step() } else { Step(0) };
        let mut copy = run.fork();
        if copy.known().step < step || copy.seek_step(step).is_err() {
            copy.seek_step(Step(0))?;
        }
        if copy.step() == Step(0) {
            self.tally = Tally::default();
            self.wanted.iter_mut().for_each(|wanted| wanted.seen = None);
        }
        self.run = copy;
        Ok(())
    }

    fn all_met(&self) -> bool {
        self.wanted.iter().all(|wanted| wanted.met.is_some())
    }

    /// Goals with a time of their own are judged once, when all events up to it have happened.
    fn look_at_times(&mut self, to: SimTime, next: Option<SimTime>) {
        let step = self.run.step();
        for index in 0..self.wanted.len() {
            let wanted = &self.wanted[index];
            let Some(at) = wanted.at.filter(|at| wanted.seen.is_none() && *at <= to) else { continue };
            if next.is_some_and(|next| next <= at) {
                continue;
            }
            let holds = self.holds(&wanted.expect);
            let stamp = Stamp::of(&*self.run, &wanted.expect);
            let wanted = &mut self.wanted[index];
            wanted.seen = Some(stamp);
            wanted.met = wanted.met.or(holds.then_some(Moment { time: at, step }));
        }
    }

    /// The others are looked for after every event that could have changed the answer.
    fn look(&mut self) {
        let now = Moment { step: self.run.step(), time: self.run.now() };
        for index in 0..self.wanted.len() {
            let wanted = &self.wanted[index];
            if wanted.met.is_some() || wanted.at.is_some() {
                continue;
            }
            if !changes_at_every_event(&wanted.expect) {
                let stamp = Some(Stamp::of(&*self.run, &wanted.expect));
                if wanted.seen == stamp {
                    continue;
                }
                self.wanted[index].seen = stamp;
            }
            if self.holds(&self.wanted[index].expect) {
                self.wanted[index].met = Some(now);
            }
        }
    }

    fn holds(&self, expect: &Expectation) -> bool {
        missing_now(&*self.run, &self.scenario, expect, &self.tally).is_none()
    }
}

impl Stamp {
    fn of(run: &dyn Run, expect: &Expectation) -> Self {
        let here = run.step();
        Self {
            asked: run.history().len(),
            answered: run
                .history()
                .iter()
                .filter(|row| row.returned.as_ref().is_some_and(|(at, _)| at.step <= here))
                .count(),
            applied: run.applied(),
            violations: run.violations().len(),
            replicas: mentions(expect, &|part| {
                matches!(part, Expectation::Lost { .. } | Expectation::Replicas { .. })
            })
            .then(|| run.replicas()),
        }
    }
}

/// Not covered by the stamp.
fn changes_at_every_event(expect: &Expectation) -> bool {
    mentions(expect, &|part| {
        matches!(
            part,
            Expectation::Mark { .. }
                | Expectation::Rule { .. }
                | Expectation::Together { .. }
                | Expectation::Field { .. }
                | Expectation::Digest(_)
        )
    })
}

fn mentions(expect: &Expectation, what: &dyn Fn(&Expectation) -> bool) -> bool {
    match expect {
        Expectation::All(parts) | Expectation::Any(parts) | Expectation::None(parts) => {
            parts.iter().any(|part| mentions(part, what))
        }
        part => what(part),
    }
}

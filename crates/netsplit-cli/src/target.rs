//! How far to run: to the end, to a time, or to the moment that a link points to.

use anyhow::Result as Anyhow;
use netsplit_scenarios::link::{Opened, Position};
use netsplit_scenarios::open::open;
use netsplit_sim::id::Step;
use netsplit_sim::run::{Progress as Moved, Run, Stopped};
use netsplit_sim::time::SimTime;

use crate::progress::Progress;

/// Where the cursor is to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// At the end of the run.
    End,
    /// At a time.
    Time(SimTime),
    /// Where a link points.
    Link(Position),
}

/// How far a run moves before somebody may be told of it.
const SLICE: u32 = 20_000;

impl Target {
    /// What the arguments and the link ask for. The record follows them.
    pub(crate) fn settle(seed: Option<u64>, until: Option<SimTime>, opened: &mut Opened) -> Self {
        let own_seed = seed.is_none_or(|seed| seed == opened.record.scenario.seed);
        if let Some(seed) = seed {
            opened.record.set_seed(seed);
        }
        if let Some(until) = until {
            if until > opened.record.scenario.until {
                opened.record.scenario.until = until;
                // What was expected of a shorter run.
                opened.record.expect.clear();
            }
            return Self::Time(until);
        }
        if own_seed && points_somewhere(opened) { Self::Link(opened.position.clone()) } else { Self::End }
    }

    /// A run at the target.
    pub(crate) fn run(&self, opened: &Opened) -> Anyhow<Box<dyn Run>> {
        let mut run = open(&opened.record)?;
        self.reach(&mut *run, &mut Progress::begin())?;
        Ok(run)
    }

    /// Moves a run that stands at its boot to the target.
    pub(crate) fn reach(&self, run: &mut dyn Run, progress: &mut Progress) -> Result<(), Stopped> {
        match self {
            Self::End => forward(run, SimTime::MAX, progress),
            Self::Time(time) => forward(run, *time, progress),
            Self::Link(position) => go_to(run, position, progress),
        }
    }
}

/// Whether a link says a moment. Where the page opens a scenario is none: there its story only begins.
fn points_somewhere(opened: &Opened) -> bool {
    let opens = opened.record.scenario.opens;
    let micros = opened.position.micros.filter(|micros| opens == SimTime::ZERO || *micros != opens.0 / 1_000);
    micros.is_some() || opened.position.step.is_some()
}

/// As the page does: everything up to the end of that microsecond, and the step wins over the time.
fn go_to(run: &mut dyn Run, position: &Position, progress: &mut Progress) -> Result<(), Stopped> {
    if let Some(micros) = position.micros {
        forward(run, SimTime(micros.saturating_mul(1_000).saturating_add(999)), progress)?;
    }
    let Some(step) = position.step.map(Step) else { return Ok(()) };
    if position.micros.is_none() {
        while run.run_to_step(step, SLICE)? == Moved::Underway {
            progress.moved(run);
        }
    }
    if run.step() == step { Ok(()) } else { run.seek_step(step) }
}

fn forward(run: &mut dyn Run, to: SimTime, progress: &mut Progress) -> Result<(), Stopped> {
    let to = to.min(run.until());
    while run.run_until(to, SLICE)? == Moved::Underway {
        progress.moved(run);
    }
    Ok(())
}

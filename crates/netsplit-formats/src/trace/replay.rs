//! Running a recorded run again and comparing, event by event.

use std::io::BufRead;

use netsplit_scenarios::open::open;
use netsplit_sim::id::Step;
use netsplit_sim::run::{Progress, Run};
use serde_json::Value;

use super::difference::{self, Difference};
use super::read::{Recorded, TraceError};
use super::write::Lines;
use crate::Tell;

/// What a replay found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// How many events were compared.
    pub events: u64,
    /// The first difference in what happened; `None` if it is the same run.
    pub differs: Option<Difference>,
    /// The first difference in the words for it, which is none of the run.
    pub reworded: Option<Difference>,
}

/// How far a run moves before `goes_on` is asked again.
const SLICE: u32 = 20_000;

/// Runs a recorded run again. `goes_on` is called now and then with the run, to show how far it is.
pub fn replay<R: BufRead>(
    mut recorded: Recorded<R>,
    tell: Tell,
    mut goes_on: impl FnMut(&dyn Run),
) -> Result<Replayed, TraceError> {
    let mut run = open(&recorded.record)?;
    while run.run_to_step(recorded.steps, SLICE)? == Progress::Underway {
        goes_on(&*run);
    }
    let mut lines = Lines::behind(&*run, tell)?;
    let mut found = Replayed::default();
    while found.differs.is_none() {
        match (recorded.next_line()?, lines.advance()?) {
            (None, None) => break,
            (was, is) => compare(&recorded, was, is, &mut found)?,
        }
    }
    if found.differs.is_none() {
        found.differs = in_the_whole(&recorded, &*run);
    }
    Ok(found)
}

fn compare<R: BufRead>(
    recorded: &Recorded<R>,
    was: Option<String>,
    is: Option<String>,
    found: &mut Replayed,
) -> Result<(), TraceError> {
    found.events += 1;
    let step = Step(found.events);
    let (Some(was), Some(is)) = (&was, &is) else {
        found.differs = Some(ended(step, was.is_some()));
        return Ok(());
    };
    if was == is {
        return Ok(());
    }
    let (was, is) = (recorded.object(was)?, recorded.object(is)?);
    found.differs = difference::in_what_happened(step, &was, &is);
    if found.reworded.is_none() {
        found.reworded = difference::in_words(step, &was, &is);
    }
    Ok(())
}

/// One of the two has no such event.
fn ended(step: Step, recorded_goes_on: bool) -> Difference {
    let shown = |goes_on| if goes_on { "an event" } else { "the end" }.to_owned();
    Difference {
        step: Some(step),
        field: "event".to_owned(),
        recorded: shown(recorded_goes_on),
        replayed: shown(!recorded_goes_on),
    }
}

/// State that no event shows, and the number of events that the first line claims.
fn in_the_whole<R>(recorded: &Recorded<R>, run: &dyn Run) -> Option<Difference> {
    let of_the_whole = |field: &str, recorded: Value, replayed: Value| {
        (recorded != replayed).then(|| Difference {
            step: None,
            field: field.to_owned(),
            recorded: recorded.to_string(),
            replayed: replayed.to_string(),
        })
    };
    let steps = of_the_whole("steps", recorded.steps.0.into(), run.step().0.into());
    let digest = || {
        let (was, is) = (recorded.digest.to_string(), run.digest().to_string());
        of_the_whole("digest", was.into(), is.into())
    };
    steps.or_else(digest)
}

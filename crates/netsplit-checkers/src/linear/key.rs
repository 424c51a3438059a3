//! Judging one key: by its zones where that is possible, by a search where not.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::timeline::{OpId, Stage, Timeline};
use super::wing_gong::{Progress, WingGong};
use super::zones;
use crate::history::{Request, Row, Value};
use crate::model::Model;

/// Judging one key.
pub(super) struct KeySearch {
    /// Its operations.
    pub timeline: Arc<Timeline>,
    way: Way,
}

enum Way {
    Zones {
        order: Vec<Row>,
        stuck: Stage,
        steps: u64,
    },
    /// Up to an answer that cannot be explained whatever happened before, if there is one.
    Search {
        search: Box<WingGong>,
        doomed: bool,
    },
}

impl KeySearch {
    /// Begins.
    pub fn new(model: Model, timeline: Arc<Timeline>) -> Self {
        let way = if zones::apply(model, &timeline) {
            Way::Zones { order: Vec::new(), stuck: 0, steps: 0 }
        } else {
            let doomed = unheard_of(model, &timeline);
            let part = match doomed {
                None => timeline.clone(),
                Some(0) => Arc::default(),
                Some(stage) => Arc::new(timeline.up_to(stage - 1, |_| true)),
            };
            Way::Search { search: Box::new(WingGong::new(model, part)), doomed: doomed.is_some() }
        };
        Self { timeline, way }
    }

    /// Goes on for about so many steps.
    pub fn run(&mut self, steps: u64) -> Progress {
        let timeline = &self.timeline;
        match &mut self.way {
            Way::Search { search, doomed } => match search.run(steps) {
                Progress::Found if *doomed => Progress::Exhausted,
                progress => progress,
            },
            Way::Zones { order, stuck, steps } => {
                *steps = timeline.ops.len() as u64;
                let found = zones::order(timeline);
                if let Some(ids) = &found {
                    *order = rows(timeline, ids);
                    return Progress::Found;
                }
                *stuck = first_broken(timeline);
                *order = stuck.checked_sub(1).map(|last| explained(timeline, last)).unwrap_or_default();
                Progress::Exhausted
            }
        }
    }

    /// Steps taken.
    pub fn steps(&self) -> u64 {
        match &self.way {
            Way::Zones { steps, .. } => *steps,
            Way::Search { search, .. } => search.steps,
        }
    }

    /// Once no order explains everything, the first answer that none explains.
    pub fn stuck(&self) -> Stage {
        match &self.way {
            Way::Search { search, .. } => search.stage(),
            Way::Zones { stuck, .. } => *stuck,
        }
    }

    /// The order found, or the one that explains most.
    pub fn order(&self) -> Vec<Row> {
        match &self.way {
            Way::Search { search, .. } => search.order(),
            Way::Zones { order, .. } => order.clone(),
        }
    }
}

/// The first stage at which the zones exclude one another. What is broken stays so.
fn first_broken(timeline: &Timeline) -> Stage {
    let (mut from, mut to) = (0, timeline.last().saturating_sub(1));
    while from < to {
        let middle = from.midpoint(to);
        if zones::order(&timeline.up_to(middle, |_| true)).is_some() {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    from
}

/// An order of what was known just after an answer before the first that breaks.
fn explained(timeline: &Timeline, last: Stage) -> Vec<Row> {
    let known = timeline.up_to(last, |_| true);
    zones::order(&known).map(|ids| rows(&known, &ids)).unwrap_or_default()
}

fn rows(timeline: &Timeline, ids: &[OpId]) -> Vec<Row> {
    ids.iter().map(|id| timeline.ops[*id].row).collect()
}

/// The first answer of a register that takes a value which nobody can have written by then.
fn unheard_of(model: Model, timeline: &Timeline) -> Option<Stage> {
    if !matches!(model, Model::Register | Model::CasRegister) {
        return None;
    }
    let mut written = BTreeMap::from([(&Value::Absent, 0)]);
    for op in &timeline.ops {
        if let Request::Write(value) | Request::Cas { new: value, .. } = &op.request {
            let called = written.entry(value).or_insert(op.called);
            *called = op.called.min(*called);
        }
    }
    let needs = |op: &OpId| match &timeline.ops[*op].request {
        Request::Read => timeline.ops[*op].answer.as_ref(),
        Request::Cas { expected, .. } => Some(expected),
        _ => None,
    };
    let early = |(stage, op): (usize, &OpId)| {
        let missing =
            needs(op).is_some_and(|value| written.get(value).is_none_or(|called| *called > stage as Stage));
        missing.then_some(stage as Stage)
    };
    timeline.returns.iter().enumerate().find_map(early)
}

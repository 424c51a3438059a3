//! The fault script: everything done to the system, in words.

use netsplit_sim::event::{Event, EventKind};
use netsplit_sim::id::Step;
use netsplit_sim::intervention::NoEffect;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;

use crate::doing;
use crate::format;
use crate::sentence::wall_stood;

/// One intervention of the script.
#[derive(Clone, Debug, PartialEq)]
pub struct ScriptLine {
    /// Its position in the script.
    pub index: usize,
    /// When.
    pub at: SimTime,
    /// `0.912 s`.
    pub time: String,
    /// What, in a sentence.
    pub text: String,
    /// Why it changed nothing, if it is known to have changed nothing.
    pub refused: Option<String>,
    /// Whether it lies behind the cursor.
    pub past: bool,
    /// The step at which it was applied, once known.
    pub step: Option<Step>,
}

/// The whole script, in order.
pub fn script(run: &dyn Run) -> Vec<ScriptLine> {
    (0..run.script().len()).filter_map(|index| line(run, index)).collect()
}

fn line(run: &dyn Run, index: usize) -> Option<ScriptLine> {
    let entry = run.script().get(index)?;
    let applied = run.outcome(index);
    let refused = applied.and_then(|applied| applied.refused).map(|reason| reason.to_string());
    Some(ScriptLine {
        index,
        at: entry.at,
        time: format::time(entry.at),
        text: doing::told(&entry.what, run, wall_stood(run.script(), index)),
        refused,
        past: index < run.applied(),
        step: applied.map(|applied| applied.moment.step),
    })
}

/// Why an intervention changed nothing, if it changed nothing.
pub fn refusal(event: &Event) -> Option<NoEffect> {
    match event.kind {
        EventKind::Intervene { refused, .. } => refused,
        _ => None,
    }
}

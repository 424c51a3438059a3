//! The fault script: everything done to the system, in words.

use netsplit_sim::event::EventKind;
use netsplit_sim::id::Step;
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
    let mut lines: Vec<ScriptLine> = run
        .script()
        .iter()
        .enumerate()
        .map(|(index, entry)| ScriptLine {
            index,
            at: entry.at,
            time: format::time(entry.at),
            text: doing::sentence(&entry.what, run, wall_stood(run.script(), index)),
            refused: None,
            past: index < run.applied(),
            step: None,
        })
        .collect();
    for event in run.known_events() {
        if let EventKind::Intervene { index, refused } = event.kind
            && let Some(line) = lines.get_mut(index as usize)
        {
            line.refused = refused.map(|reason| reason.to_string());
            line.step = Some(event.step);
        }
    }
    lines
}

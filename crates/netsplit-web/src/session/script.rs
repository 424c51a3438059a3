//! Editing the fault script: within the branch that is shown, so that the list stays the same list.

use netsplit_scenarios::error::OpenError;
use netsplit_scenarios::run_record::{Entry, RunRecord};
use netsplit_scenarios::sketch::Sketch;
use netsplit_sim::intervention::Intervention;
use netsplit_sim::time::SimTime;

use super::Session;
use super::branch::Place;

/// A change of the fault script; entries go by their position in the record.
#[derive(Clone, Debug, PartialEq)]
pub enum ScriptEdit {
    /// To another time, before all events of that instant.
    Move(usize, SimTime),
    /// Left out of the run, or taken in again.
    Mute(usize, bool),
    /// Taken away.
    Delete(usize),
    /// A second one like it, right after it.
    Duplicate(usize),
    /// Something else is done at the same time; the sketch is how a wall is drawn.
    Replace(usize, Intervention, Option<Sketch>),
    /// More is done.
    Add(Vec<Entry>),
}

impl Session {
    /// Changes the script of the branch that is shown. Returns the place of the changed entry, and
    /// where the cursor stood if it has to be brought there again.
    pub fn edit(&mut self, edit: ScriptEdit) -> Result<(usize, Option<Place>), OpenError> {
        let mut record = self.record().clone();
        let at = edited(&mut record, edit);
        if record.script == self.record().script {
            return Ok((at, None));
        }
        record.expect.clear();
        let change = self.record_change();
        let before = (self.run().now(), self.run().step());
        self.branches.current_mut().take(record)?;
        self.history.note(change);
        let moved = before != (self.run().now(), self.run().step());
        // What was added at the cursor is done at once.
        let due = self.run().next_at().is_some_and(|next| next <= before.0);
        Ok((at, (moved || due).then_some(Place::At(before.0))))
    }
}

/// Edits a record. An entry that is not there is no reason to fail: the list may have changed since it
/// was shown.
fn edited(record: &mut RunRecord, edit: ScriptEdit) -> usize {
    let there = |index: usize| index < record.script.len();
    match edit {
        ScriptEdit::Move(index, at) if there(index) => {
            let entry = record.script.remove(index);
            let at = at.min(record.scenario.until);
            record.insert(Entry { at, rank: 0, ..entry })
        }
        ScriptEdit::Mute(index, muted) if there(index) => {
            record.script[index].muted = muted;
            index
        }
        ScriptEdit::Delete(index) if there(index) => {
            record.script.remove(index);
            index
        }
        ScriptEdit::Duplicate(index) if there(index) => {
            let copy = record.script[index].clone();
            record.script.insert(index + 1, copy);
            index + 1
        }
        ScriptEdit::Replace(index, what, sketch) if there(index) => {
            let entry = &mut record.script[index];
            (entry.what, entry.sketch) = (what, sketch);
            index
        }
        ScriptEdit::Add(entries) => entries.into_iter().fold(0, |_, entry| record.insert(entry)),
        ScriptEdit::Move(index, _)
        | ScriptEdit::Mute(index, _)
        | ScriptEdit::Delete(index)
        | ScriptEdit::Duplicate(index)
        | ScriptEdit::Replace(index, ..) => index,
    }
}

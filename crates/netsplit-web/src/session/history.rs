//! Taking changes back and making them again, without limit: each change is kept as what undoes it.

use netsplit_scenarios::error::OpenError;
use netsplit_scenarios::run_record::RunRecord;

use super::Session;
use super::branch::{BranchId, Place};
use super::tree::Removed;

/// A change, as what it takes to undo it.
pub(super) enum Change {
    /// A branch had this record, and the cursor stood here.
    Record { branch: BranchId, record: Box<RunRecord>, place: Place },
    /// This branch was not there; that one was shown, and the cursor stood here.
    Absent { branch: BranchId, shown: BranchId, place: Place },
    /// This branch was there.
    Present(Box<Removed>),
}

/// Changes that can be taken back, and those that were and can be made again.
#[derive(Default)]
pub(super) struct History {
    done: Vec<Change>,
    undone: Vec<Change>,
}

impl History {
    /// Takes note of a change; what was taken back before can no longer be made again.
    pub(super) fn note(&mut self, change: Change) {
        self.done.push(change);
        self.undone.clear();
    }
}

impl Session {
    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        !self.history.done.is_empty()
    }

    /// Whether there is a change to make again.
    pub fn can_redo(&self) -> bool {
        !self.history.undone.is_empty()
    }

    /// Takes back the last change. Returns where the cursor stood when it was made, if there was one:
    /// the caller brings it there.
    pub fn undo(&mut self) -> Result<Option<Place>, OpenError> {
        let Some(change) = self.history.done.pop() else { return Ok(None) };
        let (inverse, place) = self.swap(change)?;
        self.history.undone.push(inverse);
        Ok(Some(place))
    }

    /// Makes again the change that was taken back last. Returns where the cursor stood before that.
    pub fn redo(&mut self) -> Result<Option<Place>, OpenError> {
        let Some(change) = self.history.undone.pop() else { return Ok(None) };
        let (inverse, place) = self.swap(change)?;
        self.history.done.push(inverse);
        Ok(Some(place))
    }

    /// Undoes a change; returns what undoes that, and where the cursor belongs.
    fn swap(&mut self, change: Change) -> Result<(Change, Place), OpenError> {
        match change {
            Change::Record { branch, record, place } => {
                self.branches.show(branch);
                let inverse = self.record_change();
                self.branches.current_mut().take(*record)?;
                Ok((inverse, place))
            }
            Change::Absent { branch, shown, place } => {
                self.branches.show(shown);
                let removed = self.branches.remove(branch).expect("changes are undone in reverse order");
                Ok((Change::Present(Box::new(removed)), place))
            }
            Change::Present(removed) => {
                let (shown, back) = (self.branches.current().id, self.branches.current().place());
                let (branch, place) = (removed.branch.id, removed.branch.place());
                self.branches.restore(*removed);
                self.branches.show(branch);
                Ok((Change::Absent { branch, shown, place: back }, place))
            }
        }
    }

    /// What undoes a change of the record that is shown.
    pub(super) fn record_change(&self) -> Change {
        let branch = self.branches.current();
        Change::Record { branch: branch.id, record: Box::new(branch.record.clone()), place: branch.place() }
    }
}

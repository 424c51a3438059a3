//! The branches of a session: which there are, which is shown, and what they share.

use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::time::SimTime;

use super::branch::{Branch, BranchId, Fork};

/// At least one branch, one of which is shown. A branch stands after the one it left.
pub struct Branches {
    list: Vec<Branch>,
    current: BranchId,
    next: u32,
}

/// A branch that was taken out of the tree, so that it can be put back where it was.
pub struct Removed {
    pub(super) branch: Branch,
    position: usize,
    children: Vec<BranchId>,
}

impl Branches {
    /// One branch, shown.
    pub(super) fn new(first: Branch) -> Self {
        let (current, next) = (first.id, first.id.0 + 1);
        Self { list: vec![first], current, next }
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Branch] {
        &self.list
    }

    /// The one of this name, if it is there.
    pub(super) fn get(&self, id: BranchId) -> Option<&Branch> {
        self.list.iter().find(|branch| branch.id == id)
    }

    pub(super) fn get_mut(&mut self, id: BranchId) -> Option<&mut Branch> {
        self.list.iter_mut().find(|branch| branch.id == id)
    }

    /// The one that is shown.
    pub(super) fn current(&self) -> &Branch {
        self.get(self.current).expect("the branch that is shown is never taken out")
    }

    pub(super) fn current_mut(&mut self) -> &mut Branch {
        self.get_mut(self.current).expect("the branch that is shown is never taken out")
    }

    /// A number for one more branch.
    pub(super) fn fresh(&mut self) -> BranchId {
        let id = BranchId(self.next);
        self.next += 1;
        id
    }

    /// Shows another branch; the one that was shown takes note of what it led to. Says whether the
    /// branch is there.
    pub(super) fn show(&mut self, id: BranchId) -> bool {
        if self.get(id).is_none() {
            return false;
        }
        if id != self.current {
            self.current_mut().leave();
            self.current = id;
            self.current_mut().enter();
        }
        true
    }

    /// Puts a new branch after the one it left.
    pub(super) fn insert(&mut self, branch: Branch) {
        let parent = branch.fork.map(|fork| fork.from);
        let place = self.list.iter().position(|other| Some(other.id) == parent);
        self.list.insert(place.map_or(self.list.len(), |place| place + 1), branch);
    }

    /// Takes a branch out. What left it now left what it had left. The last branch stays, and so does
    /// the one that is shown.
    pub(super) fn remove(&mut self, id: BranchId) -> Option<Removed> {
        let position = self.list.iter().position(|branch| branch.id == id)?;
        if id == self.current {
            return None;
        }
        let branch = self.list.remove(position);
        let mut children = Vec::new();
        for child in &mut self.list {
            if let Some(fork) = child.fork.filter(|fork| fork.from == id) {
                child.fork = branch.fork.map(|parent| Fork { from: parent.from, at: parent.at.min(fork.at) });
                children.push(child.id);
            }
        }
        Some(Removed { branch, position, children })
    }

    /// Puts a branch back where it was.
    pub(super) fn restore(&mut self, removed: Removed) {
        let Removed { branch, position, children } = removed;
        for child in self.list.iter_mut().filter(|child| children.contains(&child.id)) {
            let at = parting(&branch.record, &child.record).unwrap_or(child.run.now());
            child.fork = Some(Fork { from: branch.id, at });
        }
        self.list.insert(position.min(self.list.len()), branch);
    }

    /// Where a branch left another, as both stand now: an edit may have moved that to an earlier time,
    /// and another experiment shares nothing.
    pub(super) fn fork_of(&self, branch: &Branch) -> Option<Fork> {
        let fork = branch.fork?;
        let parent = self.get(fork.from)?;
        if parent.record.scenario != branch.record.scenario {
            return None;
        }
        let at = parting(&parent.record, &branch.record).map_or(fork.at, |at| at.min(fork.at));
        Some(Fork { at, ..fork })
    }

    /// A name that no branch has yet.
    pub(super) fn unused_name(&self, wanted: &str) -> String {
        let taken = |name: &str| self.list.iter().any(|branch| branch.name == name);
        let numbered = (2..).map(|number: u32| [wanted, " ", &number.to_string()].concat());
        let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
        names.find(|name| !taken(name)).expect("there are more numbers than branches")
    }
}

/// When two scripts first differ.
fn parting(one: &RunRecord, other: &RunRecord) -> Option<SimTime> {
    let (one, other) = (one.scheduled(), other.scheduled());
    let shared = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    let next = [one.get(shared), other.get(shared)];
    next.into_iter().flatten().map(|line| line.at).min()
}

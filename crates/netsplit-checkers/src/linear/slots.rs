//! Which answered operation is under way where: each has a slot of its own while it lasts, as if there were as
//! few clients as possible. A set of slots then says which of them have happened, in few bits.

use super::timeline::{OpId, Stage, Timeline};

/// The slots of a timeline.
pub(super) struct Slots {
    /// Of each slot, its operations in order, each with the stage at which it ends.
    users: Vec<Vec<(Stage, OpId)>>,
    /// The slot of each answered operation.
    of: Vec<usize>,
    /// The answered operations by the stage at which they are called.
    calls: Vec<(Stage, OpId)>,
}

impl Slots {
    /// Gives each answered operation the lowest slot that is free when it is called.
    pub fn new(timeline: &Timeline) -> Self {
        let answered = timeline.ops.iter().enumerate().filter(|(_, op)| op.ended.is_some());
        let mut calls: Vec<(Stage, OpId)> = answered.map(|(id, op)| (op.called, id)).collect();
        calls.sort_unstable();
        let mut slots = Self { users: Vec::new(), of: vec![0; timeline.ops.len()], calls: Vec::new() };
        let mut free = std::collections::BTreeSet::new();
        let mut ended = 0;
        for &(called, id) in &calls {
            while ended < called {
                free.insert(slots.of[timeline.returns[ended as usize]]);
                ended += 1;
            }
            let slot = free.pop_first().unwrap_or(slots.users.len());
            if slot == slots.users.len() {
                slots.users.push(Vec::new());
            }
            let end = timeline.ops[id].ended.unwrap_or(Stage::MAX);
            slots.users[slot].push((end, id));
            slots.of[id] = slot;
        }
        slots.calls = calls;
        slots
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.users.len()
    }

    /// The slot of an answered operation.
    pub fn of(&self, op: OpId) -> usize {
        self.of[op]
    }

    /// Who uses a slot at a stage, or will next.
    pub fn user(&self, slot: usize, stage: Stage) -> Option<OpId> {
        let users = &self.users[slot];
        users.get(users.partition_point(|(end, _)| *end < stage)).map(|(_, op)| *op)
    }

    /// What is called at a stage.
    pub fn called_at(&self, stage: Stage) -> impl Iterator<Item = OpId> + '_ {
        let from = self.calls.partition_point(|(called, _)| *called < stage);
        self.calls[from..].iter().take_while(move |(called, _)| *called == stage).map(|(_, op)| *op)
    }
}

//! What clients asked for up to the cursor, as the pictures need it.

use netsplit_sim::history::{Function, OpRow, Outcome};
use netsplit_sim::id::NodeId;
use netsplit_sim::run::Run;
use netsplit_sim::time::{SimDuration, SimTime};

/// One operation at the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Who asked.
    pub client: NodeId,
    /// When.
    pub at: SimTime,
    /// What became of it.
    pub fate: Fate,
    /// How long it took, or its age if nobody answered.
    pub took: SimDuration,
}

/// What became of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was answered.
    Answered,
    /// It was turned away: an error, which is no answer.
    Refused,
    /// Its client gave up.
    GivenUp,
    /// Its client waits.
    Waiting,
}

impl Fate {
    /// Whether nobody has answered, not even by an error.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::GivenUp | Self::Waiting)
    }
}

/// Every operation invoked up to the cursor, in order.
pub fn asked(run: &dyn Run) -> Vec<Asked> {
    run.history().iter().map(|row| one(run, row)).collect()
}

fn one(run: &dyn Run, row: &OpRow) -> Asked {
    let returned = row.returned_by(run.step());
    let fate = match &returned {
        None => Fate::Waiting,
        Some((_, Outcome::Info)) => Fate::GivenUp,
        // Finding another value than expected is an answer.
        Some((_, Outcome::Fail)) if row.operation.function != Function::Cas => Fate::Refused,
        Some(_) => Fate::Answered,
    };
    // Whoever gave up never heard, however long one waits.
    let end = returned.filter(|_| !fate.is_open()).map_or(run.now(), |(moment, _)| moment.time);
    Asked { client: row.client, at: row.invoked.time, fate, took: end.since(row.invoked.time) }
}

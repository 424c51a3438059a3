//! What a run is expected to show, as data that can be asserted.

use netsplit_sim::describe::Mark;
use netsplit_sim::encode::Digest;
use netsplit_sim::history::Value;
use netsplit_sim::id::NodeId;
use netsplit_sim::time::SimTime;

/// One statement about a run at its own seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// How often a kind of moment comes.
    Mark {
        /// Which kind.
        kind: Mark,
        /// At whom; anyone if `None`.
        node: Option<NodeId>,
        /// Counted from here on.
        after: SimTime,
        /// Counted up to here; to the end if `None`.
        by: Option<SimTime>,
        /// At least so often.
        at_least: u32,
        /// At most so often, if limited.
        at_most: Option<u32>,
    },
    /// What a participant shows.
    Field {
        /// Who.
        node: NodeId,
        /// A field by its name, or `role`, `badge`, `status`, `log.labels`, `log.epochs`, `log.settled`.
        name: String,
        /// The text it shows.
        is: String,
        /// When; at the end if `None`.
        at: Option<SimTime>,
    },
    /// Whether a property was never broken.
    Property {
        /// Its name in documents.
        name: String,
        /// `true`: never broken. `false`: broken at some point.
        holds: bool,
    },
    /// How a client's operation ended.
    Op {
        /// Whose.
        client: NodeId,
        /// Which of its operations, from one.
        n: u32,
        /// How.
        outcome: ExpectedOutcome,
    },
    /// How many crashes, walls, losses and the like the script may use.
    Faults {
        /// At most so many interventions that are not client requests.
        at_most: u32,
    },
    /// The digest at the end.
    Digest(Digest),
    /// Every one of these.
    All(Vec<Expectation>),
    /// At least one of these.
    Any(Vec<Expectation>),
}

/// How an operation is expected to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectedOutcome {
    /// It happened, whatever was seen.
    Ok,
    /// It happened and returned this value.
    OkWith(Value),
    /// It happened and returned these values side by side.
    OkWithMany(Vec<i64>),
    /// It did not happen.
    Fail,
    /// Unknown.
    Info,
    /// Never answered.
    Pending,
}

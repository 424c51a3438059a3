//! What a run is expected to show, as data that can be asserted.

use netsplit_checkers::model::Model;
use netsplit_checkers::verdict::{Consistency, Verdict};
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
    /// How often a rule of the protocol was applied.
    Rule {
        /// Its name, as the trace has it.
        name: String,
        /// By whom; anyone if `None`.
        node: Option<NodeId>,
        /// At least so often.
        at_least: u32,
        /// At most so often, if limited.
        at_most: Option<u32>,
    },
    /// How many running servers show something at one moment.
    Together {
        /// A name as in [`Field`](Self::Field).
        name: String,
        /// The text they show.
        is: String,
        /// At least so many.
        at_least: u32,
        /// At most so many, if limited.
        at_most: Option<u32>,
        /// A name as above: of those that differ in it pairwise, so many.
        differ: Option<String>,
        /// When; at the end if `None`.
        at: Option<SimTime>,
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
    /// How many operations ended so.
    Ops {
        /// Whose; anyone's if `None`.
        client: Option<NodeId>,
        /// How.
        outcome: ExpectedOutcome,
        /// Of those asked for from here on.
        after: SimTime,
        /// Of those asked for up to here; to the end if `None`.
        by: Option<SimTime>,
        /// At least so many.
        at_least: u32,
        /// At most so many, if limited.
        at_most: Option<u32>,
    },
    /// How many acknowledged writes are gone although no later one replaced them, once replicas agree.
    Lost {
        /// At least so many.
        at_least: u32,
    },
    /// What the history of the clients is, up to a time.
    Verdict {
        /// What is claimed of it, by its name in documents: `linearizable`, `causal`, …
        claim: Claim,
        /// What a checker answers.
        is: Answer,
        /// Operations up to here; up to the end if `None`.
        at: Option<SimTime>,
    },
    /// Whether those replicas that should hold a key hold the same, for every key.
    Replicas {
        /// Whether they do.
        equal: bool,
        /// When; at the end if `None`.
        at: Option<SimTime>,
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
    /// Not one of these.
    None(Vec<Expectation>),
}

/// A consistency model by its name; of which kind of object, the protocol says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim(pub &'static str);

impl Claim {
    /// The names that there are.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Consistency::all(Model::Register).into_iter().map(Consistency::name)
    }

    /// The claim, over objects of this kind.
    pub fn of(self, model: Model) -> Consistency {
        Consistency::named(self.0, model).expect("a claim is one of the names that there are")
    }
}

/// What a checker answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing contradicts it.
    Ok,
    /// It is broken.
    Violation,
    /// The search stopped before it knew.
    Unknown,
}

impl Answer {
    /// Its name in documents.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Violation => "violation",
            Self::Unknown => "unknown",
        }
    }

    /// The answer that a verdict is.
    pub fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Ok(_) => Self::Ok,
            Verdict::Violation(_) => Self::Violation,
            Verdict::Unknown(_) => Self::Unknown,
        }
    }
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

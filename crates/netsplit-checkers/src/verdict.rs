//! What a checker answers: ok with an order that explains everything, a violation with its proof, or that
//! it does not know.

use crate::history::Row;
use crate::model::{Model, State};

/// What is claimed of a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Consistency {
    /// Each operation took effect at one instant between its call and its return (Herlihy & Wing 1990).
    /// The only one that is local: a history has it if each key has it.
    Linearizable(Model),
    /// One order explains all operations and keeps that of each process, but not real time (Lamport 1979).
    Sequential(Model),
    /// What an operation could have known of came before it, for everybody who sees both.
    Causal,
    /// A process reads what it has written, or something newer.
    ReadYourWrites,
    /// What a process reads is never older than what it has read.
    MonotonicReads,
    /// The writes of a process are seen in the order in which it made them.
    MonotonicWrites,
    /// A write is seen after the writes its process had read of before.
    WritesFollowReads,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The history has the property, as this order shows.
    Ok(Order),
    /// It does not, and this proves it.
    Violation(Witness),
    /// The search stopped before it knew.
    Unknown(Spent),
}

/// Rows in an order in which they may have taken effect. Operations of unknown outcome that need not have
/// happened are not in it, nor those that failed. Of a local property the orders of the keys follow one another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order(pub Vec<Row>);

/// A proof of a violation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// Operations which alone are a violation already, ascending.
    pub rows: Vec<Row>,
    /// The one of them whose answer cannot be explained: without it, and without what came after its
    /// return, there is no violation yet.
    pub stuck: Row,
    /// Why, the best reason first: of several [`Reason::DeadEnd`], each order runs into one.
    pub reasons: Vec<Reason>,
    /// The order that explains most of what came before.
    pub best: Order,
}

/// One step of a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nobody had written what this read returned.
    NobodyWrote {
        /// The read.
        read: Row,
    },
    /// The read returned something older than what another operation wrote or read, although that came before it.
    Missed {
        /// The read.
        read: Row,
        /// The write (or read of something newer) that it should have seen.
        missed: Row,
        /// Why that came before it.
        why: Why,
    },
    /// Of two operations one comes first. A list of these is a chain, and a circle if it ends where it begins.
    Precedes {
        /// The one.
        first: Row,
        /// The other.
        then: Row,
        /// Why.
        why: Why,
    },
    /// Some order gets this far and no farther.
    DeadEnd {
        /// What took effect last, if anything did.
        after: Option<Row>,
        /// What was stored then.
        state: State,
        /// The answer that does not fit it.
        next: Row,
    },
}

/// Why one operation comes before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The first had ended when the second began.
    Ended,
    /// One process did both, in this order.
    SameProcess,
    /// The second read what the first had written.
    ReadFrom,
    /// The first read a value which the second replaced.
    ReplacedBy,
    /// The first came before a read that returned what the second had written.
    Hidden {
        /// That read.
        read: Row,
    },
    /// What is known of the two follows from operations between them.
    Causally,
}

/// How a search ended without an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Steps taken.
    pub steps: u64,
    /// The order that explained most.
    pub best: Order,
    /// Why it ended.
    pub stopped: Stopped,
}

/// Why a search ended without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The budget is spent.
    Budget,
    /// What this operation found was written more than once, so nobody can tell whom it read from; the claim is
    /// judged of histories that do tell.
    Repeated {
        /// It.
        read: Row,
    },
    /// The claim is judged of reads, writes and compare-and-sets, and this is none of them.
    NoRegister {
        /// It.
        row: Row,
    },
    /// Writes were read before they were made, in a circle: nothing says what is older than what.
    Circular,
}

impl Consistency {
    /// As written in documents and on the command line; the model of an object is named beside it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Linearizable(_) => "linearizable",
            Self::Sequential(_) => "sequential",
            Self::Causal => "causal",
            Self::ReadYourWrites => "read-your-writes",
            Self::MonotonicReads => "monotonic-reads",
            Self::MonotonicWrites => "monotonic-writes",
            Self::WritesFollowReads => "writes-follow-reads",
        }
    }

    /// The one of this name, over objects of a model if it asks for one.
    pub fn named(name: &str, model: Model) -> Option<Self> {
        Self::all(model).into_iter().find(|consistency| consistency.name() == name)
    }

    /// All of them, the strongest first.
    pub fn all(model: Model) -> [Self; 7] {
        [
            Self::Linearizable(model),
            Self::Sequential(model),
            Self::Causal,
            Self::ReadYourWrites,
            Self::MonotonicReads,
            Self::MonotonicWrites,
            Self::WritesFollowReads,
        ]
    }

    /// The model of its objects, where it matters.
    pub fn model(self) -> Option<Model> {
        match self {
            Self::Linearizable(model) | Self::Sequential(model) => Some(model),
            _ => None,
        }
    }
}

impl Reason {
    /// The same with other names for the rows.
    pub(crate) fn renamed(&self, name: &dyn Fn(Row) -> Row) -> Self {
        match self {
            Self::NobodyWrote { read } => Self::NobodyWrote { read: name(*read) },
            Self::Missed { read, missed, why } => {
                Self::Missed { read: name(*read), missed: name(*missed), why: why.renamed(name) }
            }
            Self::Precedes { first, then, why } => {
                Self::Precedes { first: name(*first), then: name(*then), why: why.renamed(name) }
            }
            Self::DeadEnd { after, state, next } => {
                Self::DeadEnd { after: after.map(name), state: state.clone(), next: name(*next) }
            }
        }
    }
}

impl Why {
    fn renamed(self, name: &dyn Fn(Row) -> Row) -> Self {
        match self {
            Self::Hidden { read } => Self::Hidden { read: name(read) },
            why => why,
        }
    }
}

impl Verdict {
    /// The order to draw: the one that explains everything, or the one that explained most.
    pub fn order(&self) -> &Order {
        match self {
            Self::Ok(order) => order,
            Self::Violation(witness) => &witness.best,
            Self::Unknown(spent) => &spent.best,
        }
    }

    /// The violation, if it is one.
    pub fn witness(&self) -> Option<&Witness> {
        match self {
            Self::Violation(witness) => Some(witness),
            _ => None,
        }
    }

    /// As written in documents: `ok`, `violation` or `unknown`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Ok(_) => "ok",
            Self::Violation(_) => "violation",
            Self::Unknown(_) => "unknown",
        }
    }
}

//! Lost acknowledged writes: what became of each write that a client was told had happened.
//!
//! A write is rightly gone if a later one replaced it: one that was called after it had ended, or that could
//! have known of it. Of two concurrent writes a store that keeps one value has to drop one; to the client whose
//! write lost the tie it looks as lost as any, but no order of real time was broken. Everything else is lost.

use netsplit_words::say;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::causal::{Clocks, EventId, Events, answers, happened, left};
use crate::convergence::Replica;
use crate::history::{History, Key, Operation, Outcome, Request, Row, Time, Value};
use crate::session::Sessions;
use crate::verdict::Order;
use crate::words::{self, Names};

/// What each key holds in the end: everything that some replica holds or some last read returned. Keys that it
/// does not name are not judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finals(pub BTreeMap<Key, BTreeSet<Value>>);

/// What became of an acknowledged write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Its value is among the last ones.
    Stands,
    /// A later write replaced it.
    Superseded {
        /// That write.
        by: Row,
    },
    /// A concurrent write won.
    LostATie {
        /// That write.
        to: Row,
    },
    /// It is gone without any later or concurrent write that explains it, or although it should have won over
    /// the concurrent one.
    Lost {
        /// The write that stands in its place, if any does.
        stands: Option<Row>,
    },
}

/// How many acknowledged writes met which fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Still there.
    pub stand: u64,
    /// Replaced by a later one.
    pub superseded: u64,
    /// Gone since a concurrent one won.
    pub lost_ties: u64,
    /// Gone.
    pub lost: u64,
}

impl Finals {
    /// What the replicas hold, under every key of the history.
    pub fn of_replicas(history: &History, replicas: &[Replica]) -> Self {
        let keys = history.operations().iter().map(|operation| operation.key);
        let held = |key: Key| replicas.iter().flat_map(move |replica| shown(replica.get(&key)));
        Self(keys.map(|key| (key, held(key).collect())).collect())
    }

    /// What was read of each key after the last write to it had ended. A key with a write that never ended, or
    /// without such a read, is not judged.
    pub fn of_last_reads(history: &History) -> Self {
        let operations = history.operations();
        let mut ended = BTreeMap::<Key, Option<Time>>::new();
        for operation in operations.iter().filter(|operation| left(operation).is_some()) {
            let end = operation.returned.as_ref().filter(|_| happened(operation)).map(|(at, _)| *at);
            let last = ended.entry(operation.key).or_insert(Some(Time(0)));
            *last = last.zip(end).map(|(last, end)| last.max(end));
        }
        let mut finals = BTreeMap::<Key, BTreeSet<Value>>::new();
        for operation in operations {
            let (Some((_, Outcome::Ok(Some(value)))), Some(Some(ended))) =
                (&operation.returned, ended.get(&operation.key))
            else {
                continue;
            };
            if operation.request == Request::Read && operation.called > *ended {
                finals.entry(operation.key).or_default().extend(shown(Some(value)));
            }
        }
        Self(finals)
    }
}

/// The values that are held together.
fn shown(value: Option<&Value>) -> Vec<Value> {
    match value {
        Some(Value::Many(siblings)) => siblings.iter().map(|sibling| Value::Number(*sibling)).collect(),
        value => vec![value.cloned().unwrap_or_default()],
    }
}

/// What became of each acknowledged write and compare-and-set, in the order of the rows. `order`, if it is
/// known, is the order in which the store let the last writer win: by it, who should have won a tie is known.
pub fn fates(history: &History, finals: &Finals, order: Option<&Order>) -> Vec<(Row, Fate)> {
    let judged = Judged::new(history, finals, order);
    let operations = history.operations().iter().enumerate();
    let acknowledged = operations.filter(|(_, operation)| happened(operation) && left(operation).is_some());
    acknowledged.filter_map(|(row, operation)| Some((row, judged.fate(row, operation)?))).collect()
}

struct Judged<'a> {
    history: &'a History,
    finals: &'a Finals,
    /// The place of each row in the order of the store.
    places: BTreeMap<Row, usize>,
    causes: Option<Causes>,
    /// The writes of each key that took effect, as far as anybody knows.
    writes: BTreeMap<Key, Vec<Row>>,
}

/// What could have caused what, if the values tell.
struct Causes {
    events: BTreeMap<Row, EventId>,
    clocks: Clocks,
}

impl Causes {
    fn of(history: &History) -> Option<Self> {
        let events = Arc::new(Events::new(history, &Sessions::default(), &answers(history)).ok()?);
        let clocks = Clocks::new(&events, &vec![true; events.all.len()], &[]).ok()?;
        let events = events.all.iter().zip(0..).map(|(event, id)| (event.row, id)).collect();
        Some(Self { events, clocks })
    }

    fn precedes(&self, first: Row, then: Row) -> bool {
        let events = self.events.get(&first).zip(self.events.get(&then));
        events.is_some_and(|(first, then)| self.clocks.precedes(*first, *then))
    }
}

impl<'a> Judged<'a> {
    fn new(history: &'a History, finals: &'a Finals, order: Option<&Order>) -> Self {
        let causes = Causes::of(history);
        let mut writes = BTreeMap::<Key, Vec<Row>>::new();
        for (row, operation) in history.operations().iter().enumerate() {
            let Some(value) = left(operation) else { continue };
            let stands = finals.0.get(&operation.key).is_some_and(|values| values.contains(value));
            let read = causes.as_ref().is_some_and(|causes| causes.events.contains_key(&row));
            if stands || happened(operation) || read {
                writes.entry(operation.key).or_default().push(row);
            }
        }
        let places = order.into_iter().flat_map(|order| order.0.iter().copied().zip(0..)).collect();
        Self { history, finals, places, causes, writes }
    }

    fn fate(&self, row: Row, write: &Operation) -> Option<Fate> {
        let finals = self.finals.0.get(&write.key)?;
        let value = left(write)?;
        if finals.contains(value) {
            return Some(Fate::Stands);
        }
        let others =
            || self.writes.get(&write.key).into_iter().flatten().copied().filter(|other| *other != row);
        let stands = |other: &Row| {
            left(&self.history.operations()[*other]).is_some_and(|value| finals.contains(value))
        };
        let later = |other: &Row| self.precedes(row, *other);
        if let Some(by) = others().filter(stands).find(later).or_else(|| others().find(later)) {
            return Some(Fate::Superseded { by });
        }
        let won = others()
            .filter(stands)
            .find(|other| !self.precedes(*other, row) && self.ordered(*other, row).unwrap_or(true));
        Some(match won {
            Some(to) => Fate::LostATie { to },
            None => Fate::Lost { stands: others().find(stands) },
        })
    }

    /// Whether one write had ended when the other was called, or could have caused it.
    fn precedes(&self, first: Row, then: Row) -> bool {
        let (one, other) = (&self.history.operations()[first], &self.history.operations()[then]);
        let ended = happened(one) && one.returned.as_ref().is_some_and(|(end, _)| *end < other.called);
        ended || self.causes.as_ref().is_some_and(|causes| causes.precedes(first, then))
    }

    /// Whether one wins over the other in the order of the store.
    fn ordered(&self, winner: Row, loser: Row) -> Option<bool> {
        Some(self.places.get(&loser)? < self.places.get(&winner)?)
    }
}

impl Count {
    /// Counts fates.
    pub fn of(fates: &[(Row, Fate)]) -> Self {
        let mut count = Self::default();
        for (_, fate) in fates {
            match fate {
                Fate::Stands => count.stand += 1,
                Fate::Superseded { .. } => count.superseded += 1,
                Fate::LostATie { .. } => count.lost_ties += 1,
                Fate::Lost { .. } => count.lost += 1,
            }
        }
        count
    }

    /// Adds what another run counted.
    pub fn merge(&mut self, other: &Self) {
        self.stand += other.stand;
        self.superseded += other.superseded;
        self.lost_ties += other.lost_ties;
        self.lost += other.lost;
    }

    /// In words: "5 acknowledged writes: 2 stand, 1 superseded, 1 lost a tie, 1 lost".
    pub fn sentence(&self) -> String {
        let Self { stand, superseded, lost_ties, lost } = self;
        let all = stand + superseded + lost_ties + lost;
        say!(
            "{all, plural, one {# acknowledged write} other {# acknowledged writes}}: {stand, plural, one {# stands} other {# stand}}, {superseded} superseded, {ties, plural, one {# lost a tie} other {# lost ties}}, {lost} lost",
            all,
            stand,
            superseded,
            ties = lost_ties,
            lost
        )
    }
}

/// What became of one write, as a sentence.
pub fn sentence(names: &dyn Names, history: &History, row: Row, fate: Fate) -> String {
    let write = words::operation(names, history, row);
    let name = |row: Row| words::operation(names, history, row);
    match fate {
        Fate::Stands => say!("{write} stands", write),
        Fate::Superseded { by } => say!("{write} was superseded by {other}", write, other = name(by)),
        Fate::LostATie { to } => {
            let winner = name(to);
            say!("{write} was acknowledged and lost a tie: {winner}, concurrent with it, won", write, winner)
        }
        Fate::Lost { stands: Some(other) } => {
            let other = name(other);
            say!("{write} was acknowledged and is lost: {other}, which is no later, stands", write, other)
        }
        Fate::Lost { stands: None } => {
            say!("{write} was acknowledged and is lost: nothing stands in its place", write)
        }
    }
}

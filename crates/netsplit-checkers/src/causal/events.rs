//! A history of reads and writes as events: who came before whom in a session, and who read from whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::history::{History, Key, Operation, Outcome, Request, Row, Value};
use crate::session::Sessions;
use crate::verdict::Stopped;

/// Position of an event among the events.
pub(crate) type EventId = usize;

/// What an event read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// It read nothing, or nobody recorded what.
    Unread,
    /// The initial value.
    Initial,
    /// What these writes left: one, or several side by side.
    Writes(Vec<EventId>),
    /// A value that nobody wrote.
    Nobody,
}

/// A read, a write, or a compare-and-set, which is both.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub row: Row,
    /// Events of one chain follow one another. A session is one chain, and each of its operations of unknown
    /// outcome that others came after is a chain of its own, for it may have happened after them.
    pub chain: usize,
    /// Its place in its chain, from 1 on.
    pub at: u32,
    /// The event of its session that came before it.
    pub previous: Option<EventId>,
    pub key: Key,
    pub source: Source,
    pub writes: bool,
    /// Whether it was answered. Else it is known to have happened only because somebody read from it.
    pub happened: bool,
}

/// The events of a history. Left out is what failed, reads that nobody saw returning, and writes of unknown
/// outcome that nobody read: they may not have happened, and if they did nothing tells.
#[derive(Clone, Debug, Default)]
pub(crate) struct Events {
    pub all: Vec<Event>,
    /// The events of each chain, in order.
    pub chains: Vec<Vec<EventId>>,
    /// The writes to each key, each chain for itself, in its order.
    pub writes: BTreeMap<Key, BTreeMap<usize, Vec<EventId>>>,
}

/// Why the events of a history cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Untold {
    /// It is neither read, write nor compare-and-set.
    NoRegister(Row),
    /// What it read was written more than once.
    Ambiguous(Row),
}

impl Untold {
    /// Why a search for which these events matter has no answer.
    pub fn stopped(self) -> Stopped {
        match self {
            Self::NoRegister(row) => Stopped::NoRegister { row },
            Self::Ambiguous(read) => Stopped::Repeated { read },
        }
    }
}

/// The value that an operation found, if it was answered and this is known.
fn found(operation: &Operation) -> Option<&Value> {
    match (&operation.request, &operation.returned) {
        (Request::Read, Some((_, Outcome::Ok(answer)))) => answer.as_ref(),
        (Request::Cas { expected, .. }, _) => Some(expected),
        _ => None,
    }
}

/// The value that an operation leaves, unless it failed.
pub(crate) fn left(operation: &Operation) -> Option<&Value> {
    match (&operation.request, &operation.returned) {
        (_, Some((_, Outcome::Fail))) => None,
        (Request::Write(value) | Request::Cas { new: value, .. }, _) => Some(value),
        _ => None,
    }
}

/// Whether an operation is known to have happened.
pub(crate) fn happened(operation: &Operation) -> bool {
    matches!(operation.returned, Some((_, Outcome::Ok(_))))
}

/// The rows whose answers tell what they read, in the order in which the answers came.
pub(crate) fn answers(history: &History) -> Vec<Row> {
    let operations = history.operations();
    let mut rows: Vec<Row> = (0..operations.len())
        .filter(|row| happened(&operations[*row]) && found(&operations[*row]).is_some())
        .collect();
    rows.sort_by_key(|row| (operations[*row].returned.as_ref().map(|(at, _)| *at), *row));
    rows
}

/// How many of these answers there were when the last of these rows was answered.
pub(crate) fn rank_after(answers: &[Row], rows: &[Row]) -> usize {
    answers.iter().rposition(|row| rows.binary_search(row).is_ok()).map_or(0, |last| last + 1)
}

/// Who wrote what each row read.
struct Reads<'a> {
    history: &'a History,
    /// Whether the answer of a row is known yet.
    known: Vec<bool>,
    writers: BTreeMap<(Key, &'a Value), Vec<Row>>,
}

/// What a row read, by rows.
enum Read {
    Unread,
    Initial,
    Writes(Vec<Row>),
    Nobody,
}

impl<'a> Reads<'a> {
    fn new(history: &'a History, known: &[Row]) -> Self {
        let operations = history.operations();
        let mut flags = vec![false; operations.len()];
        known.iter().for_each(|row| flags[*row] = true);
        let mut writers = BTreeMap::<_, Vec<Row>>::new();
        for (row, operation) in operations.iter().enumerate() {
            if let Some(value) = left(operation) {
                writers.entry((operation.key, value)).or_default().push(row);
            }
        }
        Self { history, known: flags, writers }
    }

    /// What a row read. A compare-and-set of unknown outcome that happened found what it expected.
    fn of(&self, row: Row) -> Result<Read, Untold> {
        let operation = &self.history.operations()[row];
        let (Some(value), true) = (found(operation), self.known[row] || !happened(operation)) else {
            return Ok(Read::Unread);
        };
        match value {
            Value::Many(siblings) if siblings.is_empty() => Ok(Read::Initial),
            Value::Many(siblings) => {
                let mut rows = Vec::new();
                for sibling in siblings.iter() {
                    match self.writer(row, &Value::Number(*sibling))? {
                        Some(writer) => rows.push(writer),
                        None => return Ok(Read::Nobody),
                    }
                }
                Ok(Read::Writes(rows))
            }
            value => Ok(match (self.writer(row, value)?, value) {
                (None, Value::Absent) => Read::Initial,
                (None, _) => Read::Nobody,
                (Some(_), Value::Absent) => return Err(Untold::Ambiguous(row)),
                (Some(writer), _) => Read::Writes(vec![writer]),
            }),
        }
    }

    /// Who wrote a value that a row read. Nothing reads from itself.
    fn writer(&self, row: Row, value: &Value) -> Result<Option<Row>, Untold> {
        let key = self.history.operations()[row].key;
        let mut writers =
            self.writers.get(&(key, value)).into_iter().flatten().filter(|other| **other != row);
        match (writers.next(), writers.next()) {
            (_, Some(_)) => Err(Untold::Ambiguous(row)),
            (writer, None) => Ok(writer.copied()),
        }
    }
}

impl Events {
    /// The events of a history of which only these answers are known yet.
    pub fn new(history: &History, sessions: &Sessions, known: &[Row]) -> Result<Self, Untold> {
        let operations = history.operations();
        let is_register =
            |request: &Request| matches!(request, Request::Read | Request::Write(_) | Request::Cas { .. });
        if let Some(row) = operations.iter().position(|operation| !is_register(&operation.request)) {
            return Err(Untold::NoRegister(row));
        }
        let reads = Reads::new(history, known);
        let included = included(history, &reads)?;
        let mut events = Self::default();
        let mut event_of = vec![None; operations.len()];
        for rows in sessions.rows(history) {
            events.add_session(history, &included, &rows, &mut event_of);
        }
        events.add_sources(&reads, &event_of)?;
        Ok(events)
    }

    /// Appends the events of one session.
    fn add_session(
        &mut self,
        history: &History,
        included: &[bool],
        rows: &[Row],
        event_of: &mut [Option<EventId>],
    ) {
        let rows: Vec<Row> = rows.iter().copied().filter(|row| included[*row]).collect();
        let chain = self.chains.len();
        self.chains.push(Vec::new());
        let mut previous = None;
        for (position, row) in rows.iter().enumerate() {
            let operation = &history.operations()[*row];
            let apart = !happened(operation) && position + 1 < rows.len();
            if apart {
                self.chains.push(Vec::new());
            }
            let chain = if apart { self.chains.len() - 1 } else { chain };
            let id = self.all.len();
            self.chains[chain].push(id);
            self.all.push(Event {
                row: *row,
                chain,
                at: u32::try_from(self.chains[chain].len()).expect("a history fits the memory of a page"),
                previous,
                key: operation.key,
                source: Source::Unread,
                writes: left(operation).is_some(),
                happened: happened(operation),
            });
            if left(operation).is_some() {
                self.writes.entry(operation.key).or_default().entry(chain).or_default().push(id);
            }
            event_of[*row] = Some(id);
            previous = if apart { previous } else { Some(id) };
        }
    }

    fn add_sources(&mut self, reads: &Reads<'_>, event_of: &[Option<EventId>]) -> Result<(), Untold> {
        for event in &mut self.all {
            event.source = match reads.of(event.row)? {
                Read::Unread => Source::Unread,
                Read::Initial => Source::Initial,
                Read::Nobody => Source::Nobody,
                Read::Writes(rows) => {
                    let written = |row: &Row| event_of[*row].expect("what was read has happened");
                    Source::Writes(rows.iter().map(written).collect())
                }
            };
        }
        Ok(())
    }

    /// The rows of some events, ascending, with all rows without which they would say something else: what
    /// they read, and a reader of each that was never answered.
    pub fn with_context(&self, events: &[EventId]) -> Vec<Row> {
        let mut work = events.to_vec();
        let mut rows = BTreeSet::new();
        while let Some(event) = work.pop() {
            if !rows.insert(self.all[event].row) {
                continue;
            }
            if let Source::Writes(sources) = &self.all[event].source {
                work.extend(sources);
            }
            if !self.all[event].happened {
                let reads = |reader: &EventId| matches!(&self.all[*reader].source, Source::Writes(from) if from.contains(&event));
                work.extend(
                    (0..self.all.len()).filter(reads).max_by_key(|reader| self.all[*reader].happened),
                );
            }
        }
        rows.into_iter().collect()
    }

    /// Rows of a proof with all rows without which they would say something else, as far as any answer tells:
    /// a compare-and-set of which a read tells before it is answered itself found something, too.
    pub fn in_context(history: &History, sessions: &Sessions, rows: Vec<Row>) -> Vec<Row> {
        let Ok(events) = Self::new(history, sessions, &answers(history)) else { return rows };
        let named = |event: &EventId| rows.binary_search(&events.all[*event].row).is_ok();
        let named: Vec<EventId> = (0..events.all.len()).filter(named).collect();
        events.with_context(&named)
    }

    /// What comes right before an event: in its session, and what it read from.
    pub fn before(&self, event: EventId) -> impl Iterator<Item = EventId> {
        let Event { previous, source, .. } = &self.all[event];
        let read = if let Source::Writes(writes) = source { writes.as_slice() } else { &[] };
        previous.iter().chain(read).copied()
    }
}

/// What is known to have happened: what was answered, and what somebody read who is known to have happened.
fn included(history: &History, reads: &Reads<'_>) -> Result<Vec<bool>, Untold> {
    let operations = history.operations();
    let tells = |row: &Row| {
        let operation = &operations[*row];
        happened(operation) && (left(operation).is_some() || reads.known[*row])
    };
    let mut work: Vec<Row> = (0..operations.len()).filter(tells).collect();
    let mut included = vec![false; operations.len()];
    work.iter().for_each(|row| included[*row] = true);
    while let Some(row) = work.pop() {
        let Read::Writes(writers) = reads.of(row)? else { continue };
        for writer in writers {
            if !included[writer] {
                included[writer] = true;
                work.push(writer);
            }
        }
    }
    Ok(included)
}

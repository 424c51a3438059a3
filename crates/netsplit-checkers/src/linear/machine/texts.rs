//! Keys of a key-value store: a state is a beginning of a text that somebody will read, or forgotten.

use std::collections::BTreeMap;

use super::{FORGOTTEN, Machine, StateId};
use crate::history::Request;
use crate::linear::timeline::{Op, OpId, Stage, Timeline};
use crate::model::text_of;

/// What an operation does.
enum Deed {
    /// A read whose answer nobody knows.
    Look,
    /// A read, by the state in which it fits.
    Read(StateId),
    /// A put, by the state it leaves.
    Put(StateId),
    Append(Box<str>),
    /// What no key-value store does or holds.
    Impossible,
}

/// A beginning of texts that are read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Beginning {
    /// The first of the texts that begin like this, in their order.
    first: usize,
    /// Length of the beginning.
    length: usize,
}

/// Text that is no beginning of any text read later reads as nothing anybody saw, whatever is appended to it,
/// until it is replaced. So the states that matter are few, and a search cannot stray far from the answers.
pub(crate) struct Texts {
    deeds: Vec<Deed>,
    beginnings: Beginnings,
    initial: StateId,
    /// What is known of (state, append).
    known: BTreeMap<(StateId, OpId), StateId>,
}

/// The beginnings that were met, each with a number.
struct Beginnings {
    /// The texts that are read, ascending.
    texts: Vec<String>,
    /// For each text the stage from which on nobody reads it.
    unread_from: Vec<Stage>,
    met: Vec<(Beginning, Stage)>,
    numbers: BTreeMap<Beginning, StateId>,
}

impl Texts {
    /// Collects the texts that are read.
    pub fn new(timeline: &Timeline) -> Self {
        let mut beginnings = Beginnings::new(timeline);
        let initial = beginnings.longer(None, "");
        let deeds = timeline.ops.iter().map(|op| deed(op, &mut beginnings)).collect();
        Self { deeds, beginnings, initial, known: BTreeMap::new() }
    }
}

impl Machine for Texts {
    fn initial(&self) -> StateId {
        self.seen_from(self.initial, 0)
    }

    fn after(&mut self, state: StateId, op: OpId) -> Option<StateId> {
        match &self.deeds[op] {
            Deed::Look => Some(state),
            Deed::Read(fits) => (*fits == state).then_some(state),
            Deed::Put(left) => Some(*left),
            Deed::Append(_) if state == FORGOTTEN => Some(FORGOTTEN),
            Deed::Append(more) => {
                let beginnings = &mut self.beginnings;
                Some(*self.known.entry((state, op)).or_insert_with(|| beginnings.longer(Some(state), more)))
            }
            Deed::Impossible => None,
        }
    }

    fn seen_from(&self, state: StateId, stage: Stage) -> StateId {
        if state == FORGOTTEN || self.beginnings.met[state as usize].1 <= stage { FORGOTTEN } else { state }
    }

    fn is_blind(&self, op: OpId) -> bool {
        matches!(self.deeds[op], Deed::Put(_) | Deed::Append(_))
    }

    fn erases(&self, op: OpId) -> bool {
        matches!(self.deeds[op], Deed::Put(_))
    }

    fn notices(&mut self, op: OpId, state: StateId, stage: Stage) -> bool {
        match self.deeds[op] {
            Deed::Read(fits) => fits == state,
            Deed::Append(_) => {
                self.after(state, op).is_some_and(|longer| self.seen_from(longer, stage) != FORGOTTEN)
            }
            _ => false,
        }
    }
}

impl Beginnings {
    fn new(timeline: &Timeline) -> Self {
        let mut last = BTreeMap::<String, Stage>::new();
        for op in timeline.ops.iter().filter(|op| op.request == Request::Read) {
            if let (Some(text), Some(end)) = (op.answer.as_ref().and_then(text_of), op.ended) {
                let unread = last.entry(text).or_default();
                *unread = (*unread).max(end + 1);
            }
        }
        let (texts, unread_from) = last.into_iter().unzip();
        Self { texts, unread_from, met: Vec::new(), numbers: BTreeMap::new() }
    }

    /// The number of a beginning followed by more text.
    fn longer(&mut self, state: Option<StateId>, more: &str) -> StateId {
        let start = state.map_or(Beginning { first: 0, length: 0 }, |state| self.met[state as usize].0);
        let head = self.texts.get(start.first).map_or("", |text| &text[..start.length]).to_owned() + more;
        let first = self.texts.partition_point(|text| text.as_str() < head.as_str());
        let alike = self.texts[first..].partition_point(|text| text.starts_with(&head));
        let unread = self.unread_from[first..first + alike].iter().copied().max();
        let Some(unread) = unread else { return FORGOTTEN };
        let beginning = Beginning { first, length: head.len() };
        let next = self.met.len() as StateId;
        let number = *self.numbers.entry(beginning).or_insert(next);
        if number == next {
            self.met.push((beginning, unread));
        }
        number
    }
}

fn deed(op: &Op, beginnings: &mut Beginnings) -> Deed {
    match &op.request {
        Request::Read => match &op.answer {
            None => Deed::Look,
            // A text that was read is a beginning of itself, so this finds it.
            Some(value) => {
                text_of(value).map_or(Deed::Impossible, |text| Deed::Read(beginnings.longer(None, &text)))
            }
        },
        Request::Write(new) => {
            text_of(new).map_or(Deed::Impossible, |text| Deed::Put(beginnings.longer(None, &text)))
        }
        Request::Append(more) => Deed::Append((**more).into()),
        _ => Deed::Impossible,
    }
}

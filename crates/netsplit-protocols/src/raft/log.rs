//! The replicated log: entries by index, each with a running hash over all before it.
//!
//! The hash makes two logs comparable at an index in one step, and a digest of the log as cheap
//! as a digest of its last entry: neither a clone nor a digest ever walks the log.

use netsplit_sim::encode::{Digest, Encode, Encoder};
use netsplit_sim::footprint::Footprint;
use netsplit_sim::footprint_fields;

use super::cow_vec::CowVec;
use super::entry::{Entries, Entry};
use super::types::{LogIndex, Term};

/// A log. The first entry has index one; terms never decrease along it.
#[derive(Clone, Debug, Default)]
pub struct Log {
    entries: CowVec<Stored>,
}

/// An entry and the hash of the log up to and including it.
#[derive(Clone, Debug)]
struct Stored {
    entry: Entry,
    hash: Digest,
}

/// What a running hash is made of.
struct Link<'a> {
    before: Digest,
    entry: &'a Entry,
}

impl Encode for Link<'_> {
    fn encode(&self, out: &mut Encoder) {
        self.before.encode(out);
        self.entry.encode(out);
    }
}

impl Log {
    /// The index of the last entry; [`LogIndex::NONE`] if the log is empty.
    pub fn last_index(&self) -> LogIndex {
        LogIndex::NONE.plus(self.entries.len())
    }

    /// The term of the last entry; zero if the log is empty.
    pub fn last_term(&self) -> Term {
        self.entries.last().map_or(Term(0), |stored| stored.entry.term)
    }

    /// The hash of the log up to and including its last entry.
    pub fn last_hash(&self) -> Digest {
        self.entries.last().map_or(Digest::default(), |stored| stored.hash)
    }

    /// The entry at `index`; `None` beyond the last. There is no entry zero to ask for.
    pub fn entry(&self, index: LogIndex) -> Option<&Entry> {
        assert!(index > LogIndex::NONE, "the log has no entry at index 0");
        self.stored(index).map(|stored| &stored.entry)
    }

    /// The term of the entry at `index`; `None` before the first and beyond the last.
    pub fn term_at(&self, index: LogIndex) -> Option<Term> {
        self.stored(index).map(|stored| stored.entry.term)
    }

    /// The hash of everything up to and including `index`; `None` beyond the last.
    pub fn hash_at(&self, index: LogIndex) -> Option<Digest> {
        if index == LogIndex::NONE {
            return Some(Digest::default());
        }
        self.stored(index).map(|stored| stored.hash)
    }

    /// Whether an AppendEntries that follows `index` in `term` fits here: there is such an entry, or
    /// nothing comes before it.
    pub fn matches(&self, index: LogIndex, term: Term) -> bool {
        index == LogIndex::NONE || self.term_at(index) == Some(term)
    }

    /// Up to `limit` entries from `from` on.
    pub fn slice(&self, from: LogIndex, limit: usize) -> Entries {
        let start = from.0.saturating_sub(1) as usize;
        let end = self.entries.len().min(start + limit);
        Entries::new((start..end.max(start)).map(|position| {
            self.entries.get(position).expect("positions below the length hold entries").entry
        }))
    }

    /// The first index whose term is at least `term`; one beyond the last if there is none.
    pub fn first_index_since(&self, term: Term) -> LogIndex {
        let (mut low, mut high) = (LogIndex(1), self.last_index().next());
        while low < high {
            let middle = LogIndex(low.0.midpoint(high.0));
            match self.term_at(middle) {
                Some(found) if found < term => low = middle.next(),
                _ => high = middle,
            }
        }
        low
    }

    /// The last index with this very term.
    pub fn last_index_of(&self, term: Term) -> Option<LogIndex> {
        let index = self.first_index_since(term.next()).previous();
        (self.term_at(index) == Some(term)).then_some(index)
    }

    /// Appends an entry.
    pub fn append(&mut self, entry: Entry) {
        let hash = Link { before: self.last_hash(), entry: &entry }.digest();
        self.entries.push(Stored { entry, hash });
    }

    /// Deletes the entry at `index` and all that follow it.
    pub fn truncate_from(&mut self, index: LogIndex) {
        assert!(index > LogIndex::NONE, "the log has no entry at index 0");
        self.entries.truncate(index.previous().0 as usize);
    }

    /// Holds what equals the other log only once from now on.
    pub fn share_with(&mut self, other: &Self) {
        self.entries.share_with(&other.entries, |ours, theirs| ours.hash == theirs.hash);
    }

    fn stored(&self, index: LogIndex) -> Option<&Stored> {
        index.0.checked_sub(1).and_then(|position| self.entries.get(position as usize))
    }
}

footprint_fields!(Log { entries });
impl Footprint for Stored {}

/// The length and the running hash stand for all entries.
impl Encode for Log {
    fn encode(&self, out: &mut Encoder) {
        self.last_index().encode(out);
        self.last_hash().encode(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::entry::Payload;

    /// A log whose entries have these terms, one digit each.
    fn log(terms: &str) -> Log {
        let mut log = Log::default();
        for digit in terms.bytes() {
            log.append(Entry { term: Term(u64::from(digit - b'0')), payload: Payload::Noop });
        }
        log
    }

    #[test]
    fn equal_hashes_mean_equal_prefixes() {
        let (left, right) = (log("1123"), log("1124"));
        assert_eq!(left.hash_at(LogIndex(3)), right.hash_at(LogIndex(3)));
        assert_ne!(left.hash_at(LogIndex(4)), right.hash_at(LogIndex(4)));
        // The same entry after another past has another hash.
        assert_ne!(log("13").last_hash(), log("23").last_hash());
    }

    #[test]
    fn truncating_and_appending_the_same_again_restores_the_log() {
        let mut changed = log("11233");
        changed.truncate_from(LogIndex(3));
        assert_eq!((changed.last_index(), changed.last_term()), (LogIndex(2), Term(1)));
        for entry in log("233").slice(LogIndex(1), 9).as_slice() {
            changed.append(*entry);
        }
        assert_eq!(changed.digest(), log("11233").digest());
    }

    #[test]
    fn a_slice_ends_with_the_log_and_an_empty_one_holds_nothing() {
        let log = log("11233");
        let terms = |entries: Entries| entries.as_slice().iter().map(|e| e.term.0).collect::<Vec<_>>();
        assert_eq!(terms(log.slice(LogIndex(2), 2)), [1, 2]);
        assert_eq!(terms(log.slice(LogIndex(4), 100)), [3, 3]);
        assert!(log.slice(LogIndex(6), 100).is_empty());
    }

    #[test]
    fn terms_are_found_by_their_borders() {
        let log = log("1144");
        assert_eq!(log.first_index_since(Term(4)), LogIndex(3));
        assert_eq!(log.first_index_since(Term(2)), LogIndex(3));
        assert_eq!(log.first_index_since(Term(5)), LogIndex(5));
        assert_eq!(log.last_index_of(Term(1)), Some(LogIndex(2)));
        assert_eq!(log.last_index_of(Term(2)), None);
    }

    #[test]
    #[should_panic(expected = "no entry at index 0")]
    fn there_is_no_entry_zero() {
        log("1").entry(LogIndex::NONE);
    }
}

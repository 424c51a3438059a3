//! A counter that everybody may change at once (PN-counter; Shapiro, Preguiça, Baquero and Zawirski,
//! *A Comprehensive Study of Convergent and Commutative Replicated Data Types*, 2011, §3.1).

use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::footprint_fields;
use netsplit_sim::id::NodeId;

/// Per server what was added and what was taken away through it; the sum over all is the count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counter {
    /// By the server's index; servers beyond the end have added nothing.
    tallies: Vec<Tally>,
}

/// What was added and taken away through one server. Both only grow, and only that server makes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The sum of all that was added.
    pub added: u64,
    /// The sum of all that was taken away.
    pub taken: u64,
}

impl Tally {
    fn covers(self, other: Self) -> bool {
        self.added >= other.added && self.taken >= other.taken
    }
}

impl Counter {
    /// By the server's index.
    pub fn tallies(&self) -> &[Tally] {
        &self.tallies
    }

    /// What was added and taken away through this server, as far as it is known here.
    pub fn tally(&self, server: NodeId) -> Tally {
        self.tallies.get(usize::from(server.index())).copied().unwrap_or_default()
    }

    /// The count.
    pub fn total(&self) -> i64 {
        let balance = |tally: &Tally| (tally.added as i64).wrapping_sub(tally.taken as i64);
        self.tallies.iter().map(balance).fold(0, i64::wrapping_add)
    }

    /// The counter after `amount` was added through this server.
    #[must_use]
    pub fn add(&self, server: NodeId, amount: i64) -> Self {
        let mut counter = self.clone();
        if amount == 0 {
            // Equal counters look equal: no tally at the end is empty.
            return counter;
        }
        let place = usize::from(server.index());
        if counter.tallies.len() <= place {
            counter.tallies.resize(place + 1, Tally::default());
        }
        let tally = &mut counter.tallies[place];
        let side = if amount < 0 { &mut tally.taken } else { &mut tally.added };
        *side = side.saturating_add(amount.unsigned_abs());
        counter
    }

    /// Whether the other is no news.
    pub fn covers(&self, other: &Self) -> bool {
        self.pairs(other).all(|(own, other)| own.covers(other))
    }

    /// The higher of each number: a server's own is always the highest, so nothing counts twice.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        let highest = |(own, other): (Tally, Tally)| Tally {
            added: own.added.max(other.added),
            taken: own.taken.max(other.taken),
        };
        Self { tallies: self.pairs(other).map(highest).collect() }
    }

    /// By a flaw: the sum of each number, so that what is told twice counts twice.
    #[must_use]
    pub fn sum(&self, other: &Self) -> Self {
        let both = |(own, other): (Tally, Tally)| Tally {
            added: own.added.saturating_add(other.added),
            taken: own.taken.saturating_add(other.taken),
        };
        Self { tallies: self.pairs(other).map(both).collect() }
    }

    /// The tallies of each server in both.
    fn pairs<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (Tally, Tally)> + 'a {
        let servers = self.tallies.len().max(other.tallies.len()) as u16;
        (0..servers).map(NodeId::server).map(|server| (self.tally(server), other.tally(server)))
    }
}

footprint_fields!(Counter { tallies });
impl Footprint for Tally {}

encode_fields!(Counter { tallies });
encode_fields!(Tally { added, taken });

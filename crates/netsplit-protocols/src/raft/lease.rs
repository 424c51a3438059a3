//! Leases (dissertation §6.4.1): while a majority cannot elect another leader, reads need no asking.

use std::collections::VecDeque;

use netsplit_sim::clock::LocalTime;
use netsplit_sim::encode_fields;
use netsplit_sim::footprint_fields;
use netsplit_sim::time::SimDuration;

use super::types::Round;

/// When recent broadcasts began, and until when the last one that a majority answered still counts.
/// All times are the leader's own.
#[derive(Clone, Debug, Default)]
pub struct Lease {
    /// Broadcasts not yet answered by a majority, oldest first.
    begun: VecDeque<(Round, LocalTime)>,
    /// When the latest broadcast began that a majority answered.
    confirmed: Option<LocalTime>,
}

footprint_fields!(Lease { begun });
encode_fields!(Lease { begun, confirmed });

impl Lease {
    /// A broadcast begins. Those that are too old to be worth a lease are forgotten.
    pub(super) fn begin(&mut self, round: Round, now: LocalTime, length: SimDuration) {
        while self.begun.front().is_some_and(|(_, at)| now.since(*at) >= length) {
            self.begun.pop_front();
        }
        self.begun.push_back((round, now));
    }

    /// A majority has answered this broadcast: each of them heard from the leader after it began.
    pub(super) fn confirm(&mut self, round: Round) {
        while let Some(&(begun, at)) = self.begun.front()
            && begun <= round
        {
            self.confirmed = Some(at);
            self.begun.pop_front();
        }
    }

    /// Whether no other leader can have been elected by now.
    pub(super) fn holds(&self, now: LocalTime, length: SimDuration) -> bool {
        self.confirmed.is_some_and(|at| now.since(at) < length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENGTH: SimDuration = SimDuration(100);

    #[test]
    fn a_lease_counts_from_the_beginning_of_the_round_that_was_answered() {
        let mut lease = Lease::default();
        lease.begin(Round(1), LocalTime(0), LENGTH);
        lease.begin(Round(2), LocalTime(50), LENGTH);
        assert!(!lease.holds(LocalTime(50), LENGTH));
        lease.confirm(Round(1));
        assert!(lease.holds(LocalTime(99), LENGTH));
        assert!(!lease.holds(LocalTime(100), LENGTH));
        lease.confirm(Round(2));
        assert!(lease.holds(LocalTime(149), LENGTH));
    }

    #[test]
    fn an_answer_that_comes_too_late_gives_no_lease() {
        let mut lease = Lease::default();
        lease.begin(Round(1), LocalTime(0), LENGTH);
        lease.begin(Round(2), LocalTime(200), LENGTH);
        lease.confirm(Round(1));
        assert!(!lease.holds(LocalTime(200), LENGTH));
    }
}

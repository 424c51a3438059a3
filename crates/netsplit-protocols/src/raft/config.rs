//! Raft's parameters as its servers and clients use them; see `params` for ranges and defaults.

use netsplit_sim::describe::{BadSetting, Settings};
use netsplit_sim::id::Topology;
use netsplit_sim::time::SimDuration;
use netsplit_words::say;

use super::quorum::MOST_SERVERS;

/// The same for everyone, and constant during a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// How many servers there are; a majority of these decides.
    pub servers: u16,
    /// Shortest election timeout.
    pub election_timeout_min: SimDuration,
    /// Longest election timeout.
    pub election_timeout_max: SimDuration,
    /// From one heartbeat of a leader to the next.
    pub heartbeat_interval: SimDuration,
    /// How reads are served.
    pub read_mode: ReadMode,
    /// Whether a leader begins its term with an empty entry.
    pub leader_noop: bool,
    /// How a leader finds where a follower's log departs from its own.
    pub backtracking: Backtracking,
    /// Most entries in one AppendEntries.
    pub max_entries_per_append: u32,
    /// Whether a server asks if it could win before it enters a new term.
    pub pre_vote: bool,
    /// Whether a leader that hears no majority steps down.
    pub check_quorum: bool,
    /// Whether a server that heard from a leader a moment ago ignores RequestVote.
    pub disregard_request_vote: bool,
    /// How far from true time a clock may run, in parts per million; leases allow for it.
    pub clock_drift_bound: u32,
    /// How long a client waits for a server before it asks another.
    pub client_retry: SimDuration,
    /// How long a client waits in all before it gives up.
    pub client_timeout: SimDuration,
    /// Rules broken on purpose.
    pub flaws: Flaws,
}

/// How reads are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadMode {
    /// As an entry of the log.
    Log,
    /// By the leader, after a majority confirmed that it still leads.
    ReadIndex,
    /// By the leader, without asking while its lease runs.
    Lease,
    /// By whoever believes itself leader, without asking.
    Local,
}

/// How a leader finds where a follower's log departs from its own (§5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backtracking {
    /// One entry back per refusal.
    One,
    /// One term back per refusal.
    ConflictTerm,
}

/// Rules broken on purpose, each caught by a property.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flaws {
    /// Entries of older terms are committed by counting replicas.
    pub commit_old_terms: bool,
    /// A restart forgets the vote.
    pub vote_not_persisted: bool,
    /// Replies do not wait for the disk.
    pub reply_before_durable: bool,
    /// A majority of the servers believed alive is enough.
    pub majority_of_live: bool,
    /// Votes of older terms count.
    pub count_stale_votes: bool,
    /// A follower's commit index is bounded by its last log index.
    pub commit_last_index: bool,
}

impl Config {
    /// The parameters that checked settings stand for, unless they make no sense together.
    pub(super) fn new(settings: &Settings, topology: Topology) -> Result<Self, BadSetting> {
        let duration = |name| SimDuration(settings.number(name));
        let config = Self {
            servers: topology.servers,
            election_timeout_min: duration("election_timeout_min"),
            election_timeout_max: duration("election_timeout_max"),
            heartbeat_interval: duration("heartbeat_interval"),
            read_mode: ReadMode::named(settings.choice("read_mode")),
            leader_noop: settings.switch("leader_noop"),
            backtracking: Backtracking::named(settings.choice("backtracking")),
            max_entries_per_append: settings.number("max_entries_per_append") as u32,
            pre_vote: settings.switch("pre_vote"),
            check_quorum: settings.switch("check_quorum"),
            disregard_request_vote: settings.switch("disregard_request_vote"),
            clock_drift_bound: settings.number("clock_drift_bound") as u32,
            client_retry: duration("client_retry"),
            client_timeout: duration("client_timeout"),
            flaws: Flaws::new(settings),
        };
        config.check().map(|()| config)
    }

    fn check(&self) -> Result<(), BadSetting> {
        let refuse = |sentence: String| Err(BadSetting::Combination(sentence));
        let (min, max) = (self.election_timeout_min, self.election_timeout_max);
        if self.servers > MOST_SERVERS {
            return refuse(say!(
                "Raft runs on at most {most} servers, not {servers}",
                most = MOST_SERVERS,
                servers = self.servers
            ));
        }
        if min > max {
            return refuse(say!(
                "election_timeout_min must not exceed election_timeout_max ({max}), and is {min}",
                max,
                min
            ));
        }
        if self.heartbeat_interval >= min {
            let interval = self.heartbeat_interval;
            return refuse(say!(
                "heartbeat_interval must be shorter than election_timeout_min ({min}), and is {interval}: followers would depose every leader",
                min,
                interval
            ));
        }
        Ok(())
    }

    /// Whether servers turn RequestVotes away while they hear from a leader (§6). Leases are unsafe
    /// without that: a majority could elect another leader while the lease runs.
    pub fn disregards_request_vote(&self) -> bool {
        self.disregard_request_vote || self.read_mode == ReadMode::Lease
    }

    /// How long a leader may serve reads after it began a round that a majority answered, counted by
    /// its own clock: the minimum election timeout, even if the leader's clock runs as slow and its
    /// followers' clocks as fast as they may.
    pub fn lease(&self) -> SimDuration {
        let bound = u64::from(self.clock_drift_bound);
        let nanos = u128::from(self.election_timeout_min.0) * u128::from(1_000_000 - bound);
        SimDuration((nanos / u128::from(1_000_000 + bound)) as u64)
    }
}

impl ReadMode {
    fn named(name: &str) -> Self {
        match name {
            "log" => Self::Log,
            "read_index" => Self::ReadIndex,
            "lease" => Self::Lease,
            "local" => Self::Local,
            _ => unreachable!("“{name}” passed the check of the options"),
        }
    }
}

impl Backtracking {
    fn named(name: &str) -> Self {
        match name {
            "one" => Self::One,
            "conflict_term" => Self::ConflictTerm,
            _ => unreachable!("“{name}” passed the check of the options"),
        }
    }
}

impl Flaws {
    fn new(settings: &Settings) -> Self {
        Self {
            commit_old_terms: settings.flaw("commit-old-terms"),
            vote_not_persisted: settings.flaw("vote-not-persisted"),
            reply_before_durable: settings.flaw("reply-before-durable"),
            majority_of_live: settings.flaw("majority-of-live"),
            count_stale_votes: settings.flaw("count-stale-votes"),
            commit_last_index: settings.flaw("commit-last-index"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use netsplit_sim::describe::ParamValue;

    use super::*;
    use crate::raft::about::ABOUT;

    const FIVE: Topology = Topology { servers: 5, clients: 1 };

    fn configured(params: &[(&str, u64)], topology: Topology) -> Result<Config, BadSetting> {
        let params: BTreeMap<_, _> =
            params.iter().map(|(name, value)| ((*name).to_owned(), ParamValue::Number(*value))).collect();
        Config::new(&ABOUT.settings(&params, &BTreeSet::new())?, topology)
    }

    #[test]
    fn the_defaults_make_sense_together() {
        let config = configured(&[], FIVE).unwrap();
        assert!(!config.pre_vote && !config.check_quorum && !config.disregards_request_vote());
        assert_eq!(config.flaws, Flaws::default());
    }

    #[test]
    fn settings_that_contradict_each_other_are_refused_by_a_sentence_that_names_them() {
        let check = |params: &[(&str, u64)], names: &str| {
            let refused = configured(params, FIVE).unwrap_err().to_string();
            assert!(refused.contains(names), "{refused}");
        };
        check(&[("election_timeout_min", 400_000_000)], "must not exceed election_timeout_max (300 ms)");
        check(&[("heartbeat_interval", 150_000_000)], "shorter than election_timeout_min (150 ms)");
        check(&[("election_timeout_max", u64::MAX)], "election_timeout_max must be a whole number");
    }

    #[test]
    fn more_servers_than_a_set_holds_are_refused() {
        let crowd = Topology { servers: 129, clients: 0 };
        assert!(configured(&[], crowd).unwrap_err().to_string().contains("at most 128 servers"));
    }

    #[test]
    fn a_lease_ends_before_any_follower_may_vote_again_however_the_clocks_drift() {
        let config = configured(&[("clock_drift_bound", 100_000)], FIVE).unwrap();
        let (lease, timeout) = (config.lease().0 as f64, config.election_timeout_min.0 as f64);
        // The leader's clock runs 10 % slow, so its lease takes longer; a follower's runs 10 % fast.
        assert!(lease / 0.9 <= timeout / 1.1);
    }
}

//! The parameters as servers and clients use them; see `params` for ranges and defaults.

use netsplit_sim::describe::{BadSetting, Settings};
use netsplit_sim::id::Topology;
use netsplit_sim::time::SimDuration;
use netsplit_words::say;

use super::object::Reconciliation;
use crate::quorum::MOST_SERVERS;

/// The same for everyone, and constant during a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// N: how many replicas a key has.
    pub n: u8,
    /// R: how many of them answer a read.
    pub r: u8,
    /// W: how many of them acknowledge a write.
    pub w: u8,
    /// How many servers own parts of the ring at first; the others only coordinate.
    pub members: u16,
    /// How many positions a member has on the ring.
    pub virtual_nodes: u64,
    /// Which circle: another number places members elsewhere.
    pub ring: u64,
    /// Whether stand-ins count.
    pub quorum: Quorum,
    /// Whether stand-ins hand over what they keep.
    pub hinted_handoff: bool,
    /// Whether a coordinator updates replicas that answered a read with old versions.
    pub read_repair: bool,
    /// Whether replicas compare their Merkle trees.
    pub anti_entropy: bool,
    /// How versions that differ become one.
    pub reconciliation: Reconciliation,
    /// Whom a write is sent to.
    pub propagation: Propagation,
    /// Whether a replica acknowledges only what is on its disk.
    pub sync_writes: bool,
    /// How long a coordinator waits for a replica before it suspects it.
    pub replica_timeout: SimDuration,
    /// How long a coordinator tries in all.
    pub request_timeout: SimDuration,
    /// From one look at suspected servers to the next.
    pub probe_interval: SimDuration,
    /// From one attempt to hand over to the next.
    pub handoff_interval: SimDuration,
    /// From one comparison of Merkle trees to the next.
    pub anti_entropy_interval: SimDuration,
    /// How long a client waits before it gives up.
    pub client_timeout: SimDuration,
    /// Rules broken on purpose.
    pub flaws: Flaws,
}

/// Who counts towards R and W (§4.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quorum {
    /// The first N servers of the preference list.
    Strict,
    /// The first N healthy ones.
    Sloppy,
}

/// Whom a write is sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Propagation {
    /// All N replicas, of which W have to answer.
    All,
    /// W replicas drawn at random, and nobody else ever.
    OnlyW,
}

/// Rules broken on purpose, each caught by a property.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flaws {
    /// Read repair overwrites without comparing versions.
    pub blind_repair: bool,
    /// A restart forgets hints.
    pub hints_dropped: bool,
    /// A restarted server names its writes from one again.
    pub dots_reused: bool,
    /// A replica acknowledges before its disk has stored.
    pub ack_before_durable: bool,
}

impl Config {
    /// The parameters that checked settings stand for, unless they make no sense together.
    pub(super) fn new(settings: &Settings, topology: Topology) -> Result<Self, BadSetting> {
        let duration = |name| SimDuration(settings.number(name));
        let small = |name| settings.number(name) as u8;
        let all_servers = u64::from(topology.servers);
        let config = Self {
            n: small("n"),
            r: small("r"),
            w: small("w"),
            members: match settings.number("members") {
                0 => topology.servers,
                members if members <= all_servers => members as u16,
                members => return Err(too_many_members(members, all_servers)),
            },
            virtual_nodes: settings.number("virtual_nodes"),
            ring: settings.number("ring"),
            quorum: if settings.choice("quorum") == "sloppy" { Quorum::Sloppy } else { Quorum::Strict },
            hinted_handoff: settings.switch("hinted_handoff"),
            read_repair: settings.switch("read_repair"),
            anti_entropy: settings.switch("anti_entropy"),
            reconciliation: match settings.choice("reconciliation") {
                "last_writer_wins" => Reconciliation::LastWriterWins,
                _ => Reconciliation::Siblings,
            },
            propagation: match settings.choice("propagation") {
                "only_w" => Propagation::OnlyW,
                _ => Propagation::All,
            },
            sync_writes: settings.switch("sync_writes"),
            replica_timeout: duration("replica_timeout"),
            request_timeout: duration("request_timeout"),
            probe_interval: duration("probe_interval"),
            handoff_interval: duration("handoff_interval"),
            anti_entropy_interval: duration("anti_entropy_interval"),
            client_timeout: duration("client_timeout"),
            flaws: Flaws::new(settings),
        };
        config.check(topology).map(|()| config)
    }

    fn check(&self, topology: Topology) -> Result<(), BadSetting> {
        let refuse = |sentence: String| Err(BadSetting::Combination(sentence));
        let Self { n, r, w, members, .. } = *self;
        if topology.servers > MOST_SERVERS {
            let servers = topology.servers;
            return refuse(say!(
                "a ring has at most {most} servers, not {servers}",
                most = MOST_SERVERS,
                servers
            ));
        }
        if u16::from(n) > members {
            return refuse(say!(
                "n ({n}) must not exceed the {members} servers that own the ring",
                n,
                members
            ));
        }
        if r > n || w > n {
            return refuse(say!(
                "r ({r}) and w ({w}) must not exceed n ({n}): there are no more replicas",
                r,
                w,
                n
            ));
        }
        if self.request_timeout < self.replica_timeout {
            return refuse(say!(
                "request_timeout ({request_timeout}) must not be shorter than replica_timeout ({replica_timeout})",
                request_timeout = self.request_timeout,
                replica_timeout = self.replica_timeout
            ));
        }
        Ok(())
    }
}

fn too_many_members(members: u64, servers: u64) -> BadSetting {
    BadSetting::Combination(say!(
        "members ({members}) must not exceed the {servers} servers there are",
        members,
        servers
    ))
}

impl Flaws {
    fn new(settings: &Settings) -> Self {
        Self {
            blind_repair: settings.flaw("blind-repair"),
            hints_dropped: settings.flaw("hints-dropped"),
            dots_reused: settings.flaw("dots-reused"),
            ack_before_durable: settings.flaw("ack-before-durable"),
        }
    }
}

//! What a world is made of: the compiled form of a scenario.

use std::collections::BTreeMap;

use crate::id::{Link, NodeId, Topology};
use crate::latency::Delay;
use crate::network::{LinkModel, UnderWay};
use crate::protocol::Protocol;
use crate::time::SimTime;
use crate::workload::ClientSpec;

/// Everything that is fixed before a run begins, except what the protocol's own config says.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The seed of every draw.
    pub seed: u64,
    /// The end of the run.
    pub until: SimTime,
    /// Number of servers.
    pub servers: u16,
    /// The clients.
    pub clients: Vec<ClientSpec>,
    /// How links behave unless `links` says otherwise.
    pub link: LinkModel,
    /// Links that behave differently; a later entry wins.
    pub links: Vec<(Link, LinkModel)>,
    /// What messages of a kind take on top of what their link takes: the legs of Bailis et al. 2012, where
    /// writes, acknowledgements, reads and answers each have a distribution of their own.
    pub kinds: Vec<(u8, Delay)>,
    /// What a cut does to messages under way.
    pub under_way: UnderWay,
    /// How long a sync of the disk takes; at least one nanosecond.
    pub disk: Delay,
    /// Clocks that are off from the beginning: who, by how many nanoseconds, and drift in parts per
    /// million.
    pub clocks: Vec<(NodeId, i64, i32)>,
}

/// The protocol's parameters: everybody's, and those of servers that have their own.
pub struct Configs<P: Protocol> {
    everybody: P::Config,
    own: BTreeMap<NodeId, P::Config>,
}

impl<P: Protocol> Configs<P> {
    /// The same for everybody.
    pub fn shared(everybody: P::Config) -> Self {
        Self { everybody, own: BTreeMap::new() }
    }

    /// Gives a server its own.
    pub fn give(&mut self, id: NodeId, config: P::Config) {
        self.own.insert(id, config);
    }

    /// What most servers and all clients go by.
    pub fn everybody(&self) -> &P::Config {
        &self.everybody
    }

    /// What this participant goes by.
    pub fn of(&self, id: NodeId) -> &P::Config {
        self.own.get(&id).unwrap_or(&self.everybody)
    }
}

impl Setup {
    /// Who takes part.
    pub fn topology(&self) -> Topology {
        Topology { servers: self.servers, clients: self.clients.len() as u16 }
    }
}

//! A setting as a scenario: a replicated store whose messages take what the legs say.

use netsplit_scenarios::document::Network;
use netsplit_scenarios::error::OpenError;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::describe::ParamValue;
use netsplit_sim::id::{Link, NodeId};
use netsplit_sim::latency::Delay;
use netsplit_sim::network::LinkModel;
use netsplit_sim::time::SimDuration;
use netsplit_sim::workload::{ClientSpec, Workload};

use super::setting::Setting;

/// Neither read repair nor hinted handoff nor anti-entropy, no disk to wait for, and nobody gives up.
/// Times are an hour, the longest that one leg may take.
const STORE: &str = r#"{"schema": 1, "protocol": "quorum-replication", "until": 7200000000000,
    "network": {"link": {"delay": {"constant": 0}}}, "disk": {"constant": 0},
    "params": {"read_repair": false, "hinted_handoff": false, "anti_entropy": false, "sync_writes": false,
        "reconciliation": "last_writer_wins", "virtual_nodes": 1, "replica_timeout": 3600000000000,
        "request_timeout": 3600000000000, "client_timeout": 3600000000000}}"#;

/// What the protocol calls the messages of the four legs.
const KINDS: [&str; 4] = ["write", "write ack", "read", "read reply"];

impl Setting {
    /// The scenario of a store with these quorums, in which one client does what `workload` says. The last
    /// server owns no keys and coordinates, so that all replicas are reached by messages.
    pub fn record(&self, workload: Workload) -> Result<RunRecord, OpenError> {
        let mut record = RunRecord::from_json(STORE)?;
        let scenario = &mut record.scenario;
        let coordinator = NodeId::server(u16::from(self.replicas));
        scenario.nodes = u16::from(self.replicas) + 1;
        let counts = [("n", self.replicas), ("r", self.read), ("w", self.write), ("members", self.replicas)];
        let counts = counts.map(|(name, count)| (name.to_owned(), ParamValue::Number(u64::from(count))));
        scenario.params.extend(counts);
        scenario.clients = vec![ClientSpec { home: Some(coordinator), roaming: false, workload }];
        self.lay(&mut scenario.network, coordinator);
        Ok(record)
    }

    fn lay(&self, network: &mut Network, coordinator: NodeId) {
        let legs = KINDS.into_iter().zip(self.legs.named());
        network.kinds = legs.map(|(kind, (_, delay))| (kind.to_owned(), delay.clone())).collect();
        for (index, offset) in (0..self.replicas).map(|replica| (u16::from(replica), self.offset(replica))) {
            if offset > SimDuration::ZERO {
                let model = LinkModel { delay: Delay::Constant(offset), ..network.link.clone() };
                let replica = NodeId::server(index);
                let there_and_back = [Link::new(coordinator, replica), Link::new(replica, coordinator)];
                network.links.extend(there_and_back.map(|link| (link, model.clone())));
            }
        }
    }
}

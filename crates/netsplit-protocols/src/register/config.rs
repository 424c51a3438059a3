//! The register's parameters as its servers and clients use them; see `params` for ranges and defaults.

use netsplit_sim::describe::{BadSetting, Settings};
use netsplit_sim::history::Operation;
use netsplit_sim::id::Topology;
use netsplit_sim::time::SimDuration;
use netsplit_words::say;

use super::state::Kind;
use crate::quorum::{self, MOST_SERVERS};

/// The same for everyone, and constant during a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// How many servers there are; each keeps a replica of every key.
    pub servers: u16,
    /// What is given up behind a wall.
    pub design: Design,
    /// What is kept under a key.
    pub kind: Kind,
    /// From one attempt to reach the replicas to the next.
    pub retry_interval: SimDuration,
    /// How many times they are asked before a coordinator gives up.
    pub attempts: u32,
    /// From one comparison with another replica to the next.
    pub anti_entropy_interval: SimDuration,
    /// Whether backups replace a primary that they do not hear from.
    pub failover: bool,
    /// From one heartbeat of a primary to the next.
    pub heartbeat_interval: SimDuration,
    /// How long the next in line waits for word from the primary.
    pub failover_timeout: SimDuration,
    /// How long a client waits before it gives up.
    pub client_timeout: SimDuration,
    /// Rules broken on purpose.
    pub flaws: Flaws,
}

/// What is given up behind a wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// Availability: a side without a majority does not answer.
    Cp,
    /// Consistency: every replica answers from what it has.
    Ap,
    /// Nothing, since it assumes that there are no walls.
    Ca,
}

/// Rules broken on purpose, each caught by a property.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flaws {
    /// A read answers without storing what it read at a majority.
    pub read_without_write_back: bool,
    /// Tags have no writer.
    pub tag_without_client: bool,
    /// A write that ran out of time is reported as failed.
    pub timeout_is_failure: bool,
    /// Counters are joined by adding them up.
    pub merge_by_sum: bool,
}

impl Config {
    /// The parameters that checked settings stand for, unless they make no sense together.
    pub(super) fn new(settings: &Settings, topology: Topology) -> Result<Self, BadSetting> {
        let duration = |name| SimDuration(settings.number(name));
        let design = Design::named(settings.choice("design"));
        let config = Self {
            servers: topology.servers,
            design,
            kind: kind(design, settings.choice("reconcile"), settings.choice("data_type")),
            retry_interval: duration("retry_interval"),
            attempts: settings.number("attempts") as u32,
            anti_entropy_interval: duration("anti_entropy_interval"),
            failover: settings.switch("failover"),
            heartbeat_interval: duration("heartbeat_interval"),
            failover_timeout: duration("failover_timeout"),
            client_timeout: duration("client_timeout"),
            flaws: Flaws::new(settings),
        };
        config.check().map(|()| config)
    }

    fn check(&self) -> Result<(), BadSetting> {
        let refuse = |sentence: String| Err(BadSetting::Combination(sentence));
        if self.servers > MOST_SERVERS {
            return refuse(say!(
                "a register has at most {most} replicas, not {servers}",
                most = MOST_SERVERS,
                servers = self.servers
            ));
        }
        if self.heartbeat_interval >= self.failover_timeout {
            let (interval, timeout) = (self.heartbeat_interval, self.failover_timeout);
            return refuse(say!(
                "heartbeat_interval must be shorter than failover_timeout ({timeout}), and is {interval}: backups would replace every primary",
                timeout,
                interval
            ));
        }
        Ok(())
    }

    /// How many servers are a majority.
    pub fn majority(&self) -> u32 {
        quorum::majority(u32::from(self.servers))
    }

    /// How many replicas have to answer this operation: as many as it names, else a majority where
    /// consistency comes first and one where availability does.
    pub fn needs(&self, operation: &Operation) -> u32 {
        let usual = if self.design == Design::Cp { self.majority() } else { 1 };
        operation.replicas.map_or(usual, |named| u32::from(named).clamp(1, u32::from(self.servers)))
    }
}

/// What is kept under a key; only available replicas have a choice.
fn kind(design: Design, reconcile: &str, data_type: &str) -> Kind {
    match (design, reconcile, data_type) {
        (Design::Cp, _, _) => Kind::Tagged,
        (Design::Ca, _, _) => Kind::Numbered,
        (Design::Ap, "lww", _) => Kind::Stamped,
        (Design::Ap, "siblings", _) | (Design::Ap, "crdt", "register") => Kind::Siblings,
        (Design::Ap, "crdt", "counter") => Kind::Counter,
        (Design::Ap, "crdt", "set") => Kind::Set,
        (Design::Ap, _, _) => unreachable!("“{reconcile}” and “{data_type}” passed the check of the options"),
    }
}

impl Design {
    fn named(name: &str) -> Self {
        match name {
            "cp" => Self::Cp,
            "ap" => Self::Ap,
            "ca" => Self::Ca,
            _ => unreachable!("“{name}” passed the check of the options"),
        }
    }
}

impl Flaws {
    fn new(settings: &Settings) -> Self {
        Self {
            read_without_write_back: settings.flaw("read-without-write-back"),
            tag_without_client: settings.flaw("tag-without-client"),
            timeout_is_failure: settings.flaw("timeout-is-failure"),
            merge_by_sum: settings.flaw("merge-by-sum"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use netsplit_sim::describe::ParamValue;

    use super::*;
    use crate::register::about::ABOUT;

    fn configured(params: &[(&str, ParamValue)]) -> Result<Config, BadSetting> {
        let params: BTreeMap<_, _> =
            params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let topology = Topology { servers: 5, clients: 1 };
        Config::new(&ABOUT.settings(&params, &BTreeSet::new())?, topology)
    }

    fn name(name: &str) -> ParamValue {
        ParamValue::Name(name.to_owned())
    }

    #[test]
    fn without_any_setting_consistency_comes_first() {
        let config = configured(&[]).unwrap();
        assert_eq!((config.design, config.kind), (Design::Cp, Kind::Tagged));
        assert_eq!(config.needs(&Operation::read(0)), 3);
        assert_eq!(config.flaws, Flaws::default());
    }

    #[test]
    fn an_operation_may_name_how_many_replicas_it_waits_for_up_to_all_there_are() {
        let config = configured(&[("design", name("ap"))]).unwrap();
        assert_eq!(config.needs(&Operation::write(0, 1)), 1);
        let needs = [0, 1, 4, 200].map(|named| config.needs(&Operation::read(0).by_replicas(named)));
        assert_eq!(needs, [1, 1, 4, 5]);
    }

    #[test]
    fn every_way_to_reconcile_has_its_kind_of_state() {
        let check = |reconcile: &str, data_type: &str, kind: Kind| {
            let params =
                [("design", name("ap")), ("reconcile", name(reconcile)), ("data_type", name(data_type))];
            assert_eq!(configured(&params).unwrap().kind, kind);
        };
        check("lww", "counter", Kind::Stamped);
        check("siblings", "set", Kind::Siblings);
        check("crdt", "register", Kind::Siblings);
        check("crdt", "counter", Kind::Counter);
        check("crdt", "set", Kind::Set);
    }

    #[test]
    fn heartbeats_that_come_too_late_are_refused_by_a_sentence() {
        let refused = configured(&[("heartbeat_interval", ParamValue::Number(900_000_000))]).unwrap_err();
        assert!(refused.to_string().contains("shorter than failover_timeout (200 ms)"), "{refused}");
    }
}

//! A server as it can be shown: its state in the order of Figure 2, its log and its store.

use netsplit_sim::describe::{Field, Images, NodeView, Panel, TablePanel, Window, shown_key, shown_value};
use netsplit_sim::id::NodeId;
use netsplit_words::{say, word};

use super::{field, log, shown_index, shown_node};
use crate::quorum::{self, ServerSet};
use crate::raft::Raft;
use crate::raft::about::role;
use crate::raft::config::Config;
use crate::raft::disk::Disk;
use crate::raft::server::{Role, Server};
use crate::raft::state_machine::StateMachine;

/// The whole of a server.
pub(in crate::raft) fn view(
    config: &Config,
    id: NodeId,
    server: Option<&Server>,
    disk: Images<'_, Raft>,
    window: Window,
) -> NodeView {
    let mut fields = persistent(disk.live);
    let mut panels = vec![Panel::Log(log::panel(id, server, disk, window))];
    if let Some(server) = server {
        fields.extend(volatile(server));
        fields.extend(role_fields(config, server));
        panels.push(Panel::Table(store(&server.state_machine)));
    }
    NodeView {
        role: role(server),
        badge: say!("term {current_term}", current_term = disk.live.current_term),
        fields,
        panels,
    }
}

/// What a server is; one that is down would begin as a follower.
pub(in crate::raft) fn role(server: Option<&Server>) -> u16 {
    match server.map(|server| &server.role) {
        None | Some(Role::Follower) => role::FOLLOWER,
        Some(Role::PreCandidate(_)) => role::PRE_CANDIDATE,
        Some(Role::Candidate(_)) => role::CANDIDATE,
        Some(Role::Leader(_)) => role::LEADER,
    }
}

fn persistent(disk: &Disk) -> Vec<Field> {
    vec![
        field(
            "current_term",
            disk.current_term,
            word!("Latest term this server has seen; on disk, never decreases."),
        ),
        field(
            "voted_for",
            shown_node(disk.voted_for),
            word!("The candidate that received its vote in the current term; on disk."),
        ),
        field(
            "last_log_index",
            shown_index(disk.log.last_index()),
            word!("Index of its last log entry; on disk."),
        ),
        field(
            "last_log_term",
            disk.log.last_term(),
            word!("Term of its last log entry; decides who is up-to-date."),
        ),
    ]
}

fn volatile(server: &Server) -> Vec<Field> {
    vec![
        field(
            "commit_index",
            shown_index(server.commit_index),
            word!("Highest entry it knows to be committed; in memory, never decreases until a crash."),
        ),
        field(
            "last_applied",
            shown_index(server.state_machine.last_applied()),
            word!("Highest entry it has applied to its state machine; follows commit_index."),
        ),
        field(
            "leader",
            shown_node(server.leader),
            word!("Whom it takes for the leader, and sends clients to."),
        ),
        field(
            "election_timeout",
            server.election_timeout,
            word!("How long it waits for word from a leader; drawn anew each time."),
        ),
    ]
}

/// What a server keeps in its role only.
fn role_fields(config: &Config, server: &Server) -> Vec<Field> {
    let tally = |votes: &ServerSet| {
        let servers = u32::from(config.servers);
        say!(
            "{votes} of {servers}, needs {majority}",
            votes = votes.count(),
            servers,
            majority = quorum::majority(servers)
        )
    };
    match &server.role {
        Role::Follower => Vec::new(),
        Role::PreCandidate(votes) => {
            vec![field("pre_votes", tally(votes), word!("Servers that would vote for it, itself included."))]
        }
        Role::Candidate(votes) => {
            vec![field(
                "votes",
                tally(votes),
                word!("Votes of this term; its own counts once it is on disk."),
            )]
        }
        Role::Leader(leadership) => {
            let unanswered = leadership.unanswered();
            vec![field(
                "unanswered",
                unanswered,
                word!("Requests that wait for a majority; a step-down forgets them."),
            )]
        }
    }
}

/// The replicated state machine.
fn store(machine: &StateMachine) -> TablePanel {
    let rows = machine.values().map(|(key, value)| vec![shown_key(key), shown_value(value)]).collect();
    TablePanel { title: say!("key-value store"), columns: vec![say!("key"), say!("value")], rows }
}

//! A server as it can be shown: what it stores, keeps for others, and does now.

use netsplit_sim::describe::{Field, Images, NodeView, Panel, TablePanel, shown_key, shown_value};
use netsplit_sim::history::Value;
use netsplit_sim::id::NodeId;
use netsplit_sim::time::SimDuration;
use netsplit_words::{say, word};

use super::{field, ring, shown_dot, shown_object, shown_set, shown_vector};
use crate::quorum_replication::QuorumReplication;
use crate::quorum_replication::about::role;
use crate::quorum_replication::config::Config;
use crate::quorum_replication::coordination::{Coordination, Task};
use crate::quorum_replication::disk::Kept;
use crate::quorum_replication::server::Server;
use crate::quorum_replication::store::Store;

/// The most rows of a table.
const MOST_ROWS: usize = 64;

/// The whole of a server.
pub(in crate::quorum_replication) fn view(
    config: &Config,
    id: NodeId,
    server: Option<&Server>,
    disk: Images<'_, QuorumReplication>,
) -> NodeView {
    let Some(server) = server else { return crashed(config, disk.live) };
    let kept = kept(config, server, disk.live);
    let store = &kept.store;
    let mut fields = settings(config, kept);
    fields.extend(volatile(server));
    let mut panels = vec![Panel::Table(contents(store)), Panel::Table(versions(store))];
    if !kept.hints.is_empty() {
        panels.push(Panel::Table(hints(kept)));
    }
    if !server.coordinations.is_empty() {
        panels.push(Panel::Table(coordinations(&server.coordinations)));
    }
    panels.push(Panel::Ring(ring::panel(config, id, &server.ring, store)));
    if config.anti_entropy {
        panels.push(Panel::Table(ring::merkle(store)));
    }
    NodeView { role: role(Some(server)), badge: badge(kept), fields, panels }
}

/// Only the disk is left to show.
fn crashed(config: &Config, disk: &Kept) -> NodeView {
    let panels = vec![Panel::Table(contents(&disk.store)), Panel::Table(versions(&disk.store))];
    NodeView { role: role(None), badge: badge(disk), fields: settings(config, disk), panels }
}

/// Where a server keeps things.
pub(in crate::quorum_replication) fn kept<'a>(
    config: &Config,
    server: &'a Server,
    disk: &'a Kept,
) -> &'a Kept {
    if config.sync_writes { disk } else { &server.memory }
}

/// What a server is just now.
pub(in crate::quorum_replication) fn role(server: Option<&Server>) -> u16 {
    let Some(server) = server else { return role::REPLICA };
    if server.coordinations.iter().any(|coordination| !coordination.told) {
        role::COORDINATOR
    } else if server.hands_over {
        role::STAND_IN
    } else if server.is_member() {
        role::REPLICA
    } else {
        role::OUTSIDE
    }
}

fn badge(kept: &Kept) -> String {
    match kept.hints.len() {
        0 => say!("keys: {keys}", keys = kept.store.keys()),
        hints => say!("keys: {keys}, hints: {hints}", keys = kept.store.keys(), hints),
    }
}

fn settings(config: &Config, kept: &Kept) -> Vec<Field> {
    let (n, r, w) = (config.n, config.r, config.w);
    vec![
        field(
            "N, R, W",
            format!("{n}, {r}, {w}"),
            word!("Homes of a key, and how many answer a read and a write."),
        ),
        field(
            "store",
            in_a_line(&kept.store),
            word!("What it holds; versions side by side where none follows another."),
        ),
        field(
            "hints",
            kept.hints.len(),
            word!("Objects that it keeps for homes until they are back (§4.6)."),
        ),
    ]
}

fn in_a_line(store: &Store) -> String {
    let mut pairs: Vec<(u32, String)> =
        store.iter().take(MOST_ROWS).map(|(key, object)| (key, shown_object(object))).collect();
    pairs.sort_unstable();
    let pairs: Vec<String> =
        pairs.into_iter().map(|(key, object)| format!("{} = {object}", shown_key(key))).collect();
    if pairs.is_empty() { say!("nothing").to_owned() } else { pairs.join(", ") }
}

fn volatile(server: &Server) -> Vec<Field> {
    let members = shown_set(server.membership().members());
    vec![
        field("members", members, word!("Who owns parts of the ring, as far as it knows (§4.8.1).")),
        field(
            "suspected",
            shown_set(server.suspected),
            word!("Whom it takes for down, since they did not answer (§4.8.3)."),
        ),
        field(
            "moving",
            server.moving.len(),
            word!("Keys that left it and are on their way to new homes (§4.9)."),
        ),
        field(
            "named",
            server.named,
            word!("How many writes it has given names; a restart begins another count."),
        ),
    ]
}

fn sorted(store: &Store) -> Vec<u32> {
    let mut keys: Vec<u32> = store.iter().map(|(key, _)| key).collect();
    keys.sort_unstable();
    keys
}

/// Keys with their values: what the stage shows in small.
fn contents(store: &Store) -> TablePanel {
    let keys = sorted(store).into_iter().take(MOST_ROWS);
    let rows = keys.map(|key| vec![shown_key(key), shown_object(&store.get(key))]).collect();
    TablePanel { title: say!("store"), columns: vec![say!("key"), say!("value")], rows }
}

/// Each version with its name, its past and its timestamp.
fn versions(store: &Store) -> TablePanel {
    let mut rows = Vec::new();
    for key in sorted(store).into_iter().take(MOST_ROWS) {
        for version in store.get(key).versions() {
            rows.push(vec![
                shown_key(key),
                shown_value(Value::Number(version.value.number)),
                shown_dot(version.dot),
                shown_vector(&version.past),
                shown_time(version.value.at.0),
            ]);
        }
    }
    TablePanel {
        title: say!("versions"),
        columns: vec![say!("key"), say!("value"), say!("name"), say!("had seen"), say!("timestamp")],
        rows,
    }
}

/// What a clock read: it can lie before the beginning.
fn shown_time(nanos: i64) -> String {
    let sign = if nanos < 0 { "−" } else { "" };
    format!("{sign}{}", SimDuration(nanos.unsigned_abs()))
}

fn hints(kept: &Kept) -> TablePanel {
    let rows = kept.hints.iter().take(MOST_ROWS);
    let rows =
        rows.map(|((home, key), object)| vec![home.to_string(), shown_key(*key), shown_object(object)]);
    TablePanel {
        title: say!("hints"),
        columns: vec![say!("for"), say!("key"), say!("value")],
        rows: rows.collect(),
    }
}

fn coordinations(coordinations: &[Coordination]) -> TablePanel {
    let row = |coordination: &Coordination| {
        let what = match &coordination.task {
            Task::Write(object, _) => say!("write {object}", object = shown_object(object)),
            Task::Read { newest, .. } => say!("read: {object}", object = shown_object(newest)),
        };
        let count = format!("{} of {}", coordination.count(), coordination.needed);
        let missing = shown_set(coordination.asked.without(coordination.answered));
        vec![shown_key(coordination.key), what, count, missing]
    };
    let rows = coordinations.iter().take(MOST_ROWS).map(row).collect();
    TablePanel {
        title: say!("coordinates"),
        columns: vec![say!("key"), say!("what"), say!("answers"), say!("waits for")],
        rows,
    }
}

//! A server as it can be shown: its store, and what it is at work on.

use netsplit_sim::describe::{Field, Images, NodeView, Panel, TablePanel, shown_key};
use netsplit_words::{say, word};

use super::{field, shown_operation, shown_reading, shown_version};
use crate::quorum::ServerSet;
use crate::register::Register;
use crate::register::about::role;
use crate::register::config::{Config, Design};
use crate::register::coordination::{Coordination, Phase};
use crate::register::disk::Disk;
use crate::register::office::{Job, Office, Primary, Running};
use crate::register::server::Server;

/// The first keys as fields of their own, so that stories can name what they hold.
const NAMED_KEYS: [(u32, &str); 3] = [(0, "x"), (1, "y"), (2, "z")];

/// The whole of a server.
pub(in crate::register) fn view(
    config: &Config,
    server: Option<&Server>,
    disk: Images<'_, Register>,
) -> NodeView {
    let mut fields = named_keys(config, disk.live);
    if config.design == Design::Ca {
        fields.push(field(
            "view",
            disk.live.view.0,
            word!("The primary's time in office; on disk, never decreases."),
        ));
    }
    let mut panels = vec![Panel::Table(store(disk))];
    if let Some(server) = server {
        fields.extend(office_fields(server.office.as_ref()));
        panels.extend(coordinations(server).map(Panel::Table));
    }
    NodeView { role: role(config, server), badge: badge(config, disk.live), fields, panels }
}

/// What a server is; one that is down would begin as a replica or as a backup.
pub(in crate::register) fn role(config: &Config, server: Option<&Server>) -> u16 {
    match server {
        Some(Server { office: Some(Office::Primary(_)), .. }) => role::PRIMARY,
        _ if config.design == Design::Ca => role::BACKUP,
        Some(server) if !server.coordinations.is_empty() => role::COORDINATOR,
        _ => role::REPLICA,
    }
}

/// What is stored under the first key, `x = B`, or with its version where that is short, `B (2, c1)`.
fn badge(config: &Config, disk: &Disk) -> String {
    match (disk.store.first_key_value(), config.design) {
        (None, _) => say!("empty").to_owned(),
        (Some((_, state)), Design::Cp) => format!("{} {}", shown_reading(state), shown_version(state)),
        (Some((key, state)), Design::Ap | Design::Ca) => {
            format!("{} = {}", shown_key(*key), shown_reading(state))
        }
    }
}

fn named_keys(config: &Config, disk: &Disk) -> Vec<Field> {
    let held = NAMED_KEYS.iter().filter(|(key, _)| *key == 0 || disk.store.contains_key(key));
    held.map(|(key, name)| {
        let reading = shown_reading(&disk.state(*key, config.kind));
        field(name, reading, word!("What this replica holds under the key; on disk."))
    })
    .collect()
}

/// Every key with its version, and whether it is durable.
fn store(Images { live, durable }: Images<'_, Register>) -> TablePanel {
    let row = |(key, state)| {
        let on_disk = if durable.store.get(key) == Some(state) { "yes" } else { "not yet" };
        vec![shown_key(*key), shown_reading(state), shown_version(state), on_disk.to_owned()]
    };
    let rows = live.store.iter().map(row).collect();
    TablePanel {
        title: say!("store"),
        columns: vec![say!("key"), say!("value"), say!("version"), say!("on disk")],
        rows,
    }
}

fn office_fields(office: Option<&Office>) -> Vec<Field> {
    match office {
        None => Vec::new(),
        Some(Office::Backup { up_to_date }) => {
            let shown = if *up_to_date { "yes" } else { "no" };
            vec![field(
                "up_to_date",
                shown,
                word!("Whether the primary waits for it, so that it may take over."),
            )]
        }
        Some(Office::Primary(primary)) => primary_fields(primary),
    }
}

fn primary_fields(primary: &Primary) -> Vec<Field> {
    let names = |set: ServerSet| {
        let names: Vec<String> = set.iter().map(|id| id.to_string()).collect();
        if names.is_empty() { say!("nobody").to_owned() } else { names.join(" ") }
    };
    let missing = primary.running.as_deref().map(Running::missing);
    let doing = match primary.running.as_ref().map(|running| &running.job) {
        None => say!("nothing").to_owned(),
        Some(Job::Serve(request)) => {
            format!("{} of {}", shown_operation(&request.operation), request.id.client)
        }
        Some(Job::Join(joins)) => say!("bringing {names} up to date", names = names(*joins)),
    };
    vec![
        field("members", names(primary.members), word!("Whom it waits for at every write, itself included.")),
        field("doing", doing, word!("What it waits to end; one thing after the other.")),
        field("missing", names(missing.unwrap_or_default()), word!("Who has not stored that yet.")),
        field("waiting", primary.queue.len(), word!("How much has to wait until then.")),
    ]
}

/// What it carries out for clients.
fn coordinations(server: &Server) -> Option<TablePanel> {
    let row = |coordination: &Coordination| {
        let trip = match coordination.phase {
            Phase::Query(..) => "query",
            Phase::Store(..) => "store",
        };
        let answered = format!("{} of {}", coordination.answered().count(), coordination.needs);
        let operation = shown_operation(&coordination.operation);
        vec![coordination.id.client.to_string(), operation, trip.to_owned(), answered]
    };
    let rows: Vec<_> = server.coordinations.iter().map(row).collect();
    let columns = vec![say!("client"), say!("operation"), say!("round trip"), say!("answered")];
    (!rows.is_empty()).then_some(TablePanel { title: say!("coordinates"), columns, rows })
}

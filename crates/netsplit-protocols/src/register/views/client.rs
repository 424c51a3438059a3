//! A client as it can be shown.

use netsplit_sim::describe::{NodeView, Panel, TablePanel, shown_key};
use netsplit_words::{say, word};

use super::{field, shown_operation};
use crate::register::about::role;
use crate::register::client::Client;
use crate::version_vector::VersionVector;

/// The whole of a client.
pub(in crate::register) fn view(client: &Client) -> NodeView {
    let mut fields = vec![
        field("home", client.home, word!("Its server, unless an operation names another.")),
        field("serial", client.serial.0, word!("How many operations it has begun.")),
    ];
    let badge = match &client.pending {
        None => String::new(),
        Some(pending) => {
            fields.push(field("asked", pending.asked, word!("Whom it waits for now.")));
            shown_operation(&pending.operation)
        }
    };
    let panels = if client.contexts.is_empty() { Vec::new() } else { vec![Panel::Table(contexts(client))] };
    NodeView { role: role::CLIENT, badge, fields, panels }
}

/// What it has seen of each key.
fn contexts(client: &Client) -> TablePanel {
    let row = |(key, context): (&u32, &VersionVector)| {
        let entries = context.entries().iter().map(|dot| format!("{}:{}", dot.actor.node, dot.counter));
        vec![shown_key(*key), entries.collect::<Vec<_>>().join(" ")]
    };
    let rows = client.contexts.iter().map(row).collect();
    TablePanel {
        title: say!("versions seen, which its next write replaces"),
        columns: vec![say!("key"), say!("seen")],
        rows,
    }
}

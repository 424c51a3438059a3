//! A client as it can be shown.

use netsplit_sim::describe::{NodeView, Panel, TablePanel, shown_key};
use netsplit_words::{say, word};

use super::{field, shown_object, shown_operation, shown_vector};
use crate::quorum_replication::about::role;
use crate::quorum_replication::client::Client;

/// The whole of a client.
pub(in crate::quorum_replication) fn view(client: &Client) -> NodeView {
    let mut fields = vec![
        field("home", client.home, word!("The server that it asks, unless an operation names another.")),
        field("serial", client.serial, word!("How many operations it has issued.")),
    ];
    let badge = match &client.pending {
        None => String::new(),
        Some(pending) => {
            fields.push(field("asked", pending.asked, word!("Whom it waits for now.")));
            let process = pending.ticket.process.0;
            fields.push(field("process", process, word!("Its session; a new one after an unknown outcome.")));
            shown_operation(&pending.operation)
        }
    };
    let seen = client.seen.iter();
    let rows = seen
        .map(|(key, object)| vec![shown_key(*key), shown_object(object), shown_vector(&object.context())]);
    let context = TablePanel {
        title: say!("context of its next writes"),
        columns: vec![say!("key"), say!("has read"), say!("context")],
        rows: rows.collect(),
    };
    NodeView { role: role::CLIENT, badge, fields, panels: vec![Panel::Table(context)] }
}

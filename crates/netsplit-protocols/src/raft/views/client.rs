//! A client as it can be shown.

use netsplit_sim::describe::NodeView;
use netsplit_words::word;

use super::{field, shown_operation};
use crate::raft::about::role;
use crate::raft::client::Client;

/// The whole of a client.
pub(in crate::raft) fn view(client: &Client) -> NodeView {
    let mut fields = vec![
        field("leader", client.leader, word!("Whom it asks first: the server that answered it last.")),
        field("serial", client.serial.0, word!("How many commands it has issued.")),
    ];
    let badge = match &client.pending {
        None => String::new(),
        Some(pending) => {
            let process = pending.command.process.0;
            fields.push(field("asked", pending.asked, word!("Whom it waits for now.")));
            fields.push(field("process", process, word!("Its session; a new one after an unknown outcome.")));
            shown_operation(&pending.command.operation)
        }
    };
    NodeView { role: role::CLIENT, badge, fields, panels: Vec::new() }
}

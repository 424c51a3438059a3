//! An operation that a client is made to ask for.

use netsplit_sim::describe::shown_key;
use netsplit_sim::history::{Function, Operation, Value};
use netsplit_sim::id::{NodeId, Topology};
use netsplit_sim::intervention::Intervention;
use netsplit_view::format;
use yew::prelude::{Callback, Html, html};

use super::field::choice;

/// What is chosen so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RequestEntry {
    topology: Topology,
    /// A value that was never written.
    fresh: i64,
    client: NodeId,
    via: Option<NodeId>,
    reads: bool,
    key: u32,
}

/// Keys that can be chosen.
const KEYS: u32 = 3;

impl RequestEntry {
    /// A write of a fresh value: by this client or else the first one, of this server if one is meant.
    pub fn new(topology: Topology, fresh: i64, client: Option<NodeId>, via: Option<NodeId>) -> Self {
        Self { topology, fresh, client: client.unwrap_or(NodeId::client(0)), via, reads: false, key: 0 }
    }

    /// An operation as it was asked for.
    pub fn of(topology: Topology, client: NodeId, operation: Operation, via: Option<NodeId>) -> Self {
        let fresh = if let Value::Number(number) = operation.value { number } else { 1 };
        let reads = operation.function == Function::Read;
        Self { topology, fresh, client, via, reads, key: operation.key }
    }

    fn operation(&self, reads: bool) -> Operation {
        if reads { Operation::read(self.key) } else { Operation::write(self.key, self.fresh) }
    }

    /// What it does to the system.
    pub fn done(&self) -> Vec<Intervention> {
        let operation = self.operation(self.reads);
        vec![Intervention::Request { client: self.client, operation, via: self.via }]
    }

    /// A callback that puts the entry with one part changed by the position of a choice.
    fn change(&self, put: &Callback<Self>, set: fn(&mut Self, u16)) -> Callback<usize> {
        let entry = *self;
        put.reform(move |index: usize| {
            let mut next = entry;
            set(&mut next, index as u16);
            next
        })
    }

    /// Its fields; `put` takes the entry as it is chosen.
    pub fn fields(&self, put: &Callback<Self>) -> Html {
        let names =
            |nodes: &mut dyn Iterator<Item = NodeId>| nodes.map(|id| id.to_string()).collect::<Vec<_>>();
        let clients = names(&mut self.topology.clients());
        let operations = [false, true].map(|reads| format::operation(&self.operation(reads)));
        let keys: Vec<String> = (0..KEYS).map(shown_key).collect();
        let mut servers = vec!["whom it thinks best".to_owned()];
        servers.extend(names(&mut self.topology.servers()));
        let via = self.via.map_or(0, |id| usize::from(id.index()) + 1);
        let ask = self.change(put, |entry, index| entry.via = index.checked_sub(1).map(NodeId::server));
        html! {
            <fieldset>
                { choice("client", &clients, usize::from(self.client.index()),
                    self.change(put, |entry, index| entry.client = NodeId::client(index))) }
                { choice("operation", &operations, usize::from(self.reads),
                    self.change(put, |entry, index| entry.reads = index == 1)) }
                { choice("key", &keys, self.key as usize,
                    self.change(put, |entry, index| entry.key = u32::from(index))) }
                { choice("asks", &servers, via, ask) }
            </fieldset>
        }
    }
}

/// The least positive number that no operation of the history has written.
pub fn fresh_value(written: impl IntoIterator<Item = Value>) -> i64 {
    let highest = written.into_iter().filter_map(|value| match value {
        Value::Number(number @ 1..1_000) => Some(number),
        _ => None,
    });
    highest.max().map_or(1, |highest| highest + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_value_follows_the_letters_written() {
        assert_eq!(fresh_value([]), 1);
        assert_eq!(fresh_value([Value::Number(3), Value::Absent, Value::Number(1)]), 4);
        // Generated values of other clients lie far above, and letters are easier to follow.
        assert_eq!(fresh_value([Value::Number(2), Value::Number(1_000_001)]), 3);
    }

    #[test]
    fn an_operation_through_a_server_is_asked_of_it() {
        let server = NodeId::server(2);
        let entry = RequestEntry::new(Topology { servers: 5, clients: 2 }, 7, None, Some(server));
        let operation = Operation::write(0, 7);
        let asked = Intervention::Request { client: NodeId::client(0), operation, via: Some(server) };
        assert_eq!(entry.done(), [asked]);
    }
}

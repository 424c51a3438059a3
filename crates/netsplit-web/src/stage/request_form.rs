//! An operation that a client is made to ask for.

use netsplit_sim::describe::{About, shown_key};
use netsplit_sim::history::{Function, Operation, Value};
use netsplit_sim::id::{NodeId, Topology};
use netsplit_sim::intervention::Intervention;
use netsplit_sim::run::Run;
use netsplit_view::format;
use netsplit_words::{say, word};
use yew::prelude::{Callback, Html, html};

use super::field::choice;

/// What is chosen so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RequestEntry {
    asks: Asks,
    /// A value that was never written.
    fresh: i64,
    client: NodeId,
    via: Option<NodeId>,
    operation: Operation,
}

/// What can be asked in a run, and whom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asks {
    /// Who takes part.
    pub topology: Topology,
    /// What clients can ask for.
    pub functions: &'static [Function],
    /// Whether they may say how many replicas have to answer.
    pub replica_choice: bool,
}

impl Asks {
    /// In this run.
    pub fn of(run: &dyn Run) -> Self {
        let About { functions, replica_choice, .. } = *run.about();
        Self { topology: run.topology(), functions, replica_choice }
    }
}

/// Keys that can be chosen.
const KEYS: u32 = 3;

impl RequestEntry {
    /// A write of a fresh value, or what else can be asked: by this client or else the first one, of this
    /// server if one is meant.
    pub fn new(asks: Asks, fresh: i64, client: Option<NodeId>, via: Option<NodeId>) -> Self {
        let function = asks.functions.iter().find(|function| **function != Function::Read);
        let operation = operation(*function.unwrap_or(&Function::Read), 0, fresh);
        Self { asks, fresh, client: client.unwrap_or(NodeId::client(0)), via, operation }
    }

    /// An operation as it was asked for.
    pub fn of(asks: Asks, client: NodeId, operation: Operation, via: Option<NodeId>) -> Self {
        let fresh = if let Value::Number(number) = operation.value { number } else { 1 };
        Self { asks, fresh, client, via, operation }
    }

    /// What it does to the system.
    pub fn done(&self) -> Vec<Intervention> {
        vec![Intervention::Request { client: self.client, operation: self.operation, via: self.via }]
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

    /// The same operation of another kind or on another key.
    fn with(&self, function: Function, key: u32) -> Operation {
        let replicas = self.operation.replicas;
        Operation { replicas, ..operation(function, key, self.fresh) }
    }

    /// Its fields; `put` takes the entry as it is chosen.
    pub fn fields(&self, put: &Callback<Self>) -> Html {
        let names =
            |nodes: &mut dyn Iterator<Item = NodeId>| nodes.map(|id| id.to_string()).collect::<Vec<_>>();
        let clients = names(&mut self.asks.topology.clients());
        let functions = self.asks.functions;
        let shown =
            |function: &Function| format::operation(&operation(*function, self.operation.key, self.fresh));
        let operations: Vec<String> = functions.iter().map(shown).collect();
        let function = functions.iter().position(|function| *function == self.operation.function);
        let keys: Vec<String> = (0..KEYS).map(shown_key).collect();
        let mut servers = vec![say!("whom it thinks best").to_owned()];
        servers.extend(names(&mut self.asks.topology.servers()));
        let via = self.via.map_or(0, |id| usize::from(id.index()) + 1);
        let ask = self.change(put, |entry, index| entry.via = index.checked_sub(1).map(NodeId::server));
        let of_kind = self.change(put, |entry, index| {
            if let Some(function) = entry.asks.functions.get(usize::from(index)) {
                entry.operation = entry.with(*function, entry.operation.key);
            }
        });
        let on_key = self.change(put, |entry, index| {
            entry.operation = entry.with(entry.operation.function, u32::from(index));
        });
        html! {
            <fieldset>
                { choice(word!("client"), &clients, usize::from(self.client.index()),
                    self.change(put, |entry, index| entry.client = NodeId::client(index))) }
                { choice(word!("operation"), &operations, function.unwrap_or_default(), of_kind) }
                { choice(word!("key"), &keys, self.operation.key as usize, on_key) }
                { choice(word!("asks"), &servers, via, ask) }
                if self.asks.replica_choice { { self.replicas(put) } }
            </fieldset>
        }
    }

    /// How many replicas have to answer.
    fn replicas(&self, put: &Callback<Self>) -> Html {
        let mut counts = vec![say!("as set").to_owned()];
        counts.extend((1..=self.asks.topology.servers).map(|count| count.to_string()));
        let now = self.operation.replicas.map_or(0, usize::from);
        let set = self.change(put, |entry, index| {
            entry.operation.replicas = u8::try_from(index).ok().filter(|count| *count > 0);
        });
        choice(word!("replicas that answer"), &counts, now, set)
    }
}

/// An operation of this kind: what it writes is fresh, a counter goes up by one, and a key is changed from
/// nothing.
fn operation(function: Function, key: u32, fresh: i64) -> Operation {
    match function {
        Function::Read => Operation::read(key),
        Function::Write => Operation::write(key, fresh),
        Function::Cas => Operation::cas(key, Value::Absent, fresh),
        Function::Add => Operation::add(key, 1),
        Function::Remove => Operation::remove(key, 1),
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

    fn asks() -> Asks {
        let functions = &[Function::Read, Function::Write];
        Asks { topology: Topology { servers: 5, clients: 2 }, functions, replica_choice: true }
    }

    #[test]
    fn an_operation_through_a_server_is_asked_of_it() {
        let server = NodeId::server(2);
        let entry = RequestEntry::new(asks(), 7, None, Some(server));
        let operation = Operation::write(0, 7);
        let asked = Intervention::Request { client: NodeId::client(0), operation, via: Some(server) };
        assert_eq!(entry.done(), [asked]);
    }
}

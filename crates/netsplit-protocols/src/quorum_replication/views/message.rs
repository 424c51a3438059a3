//! Messages as they can be shown.

use netsplit_sim::describe::{Field, MessageView, shown_key, shown_value};
use netsplit_sim::history::Value;
use netsplit_sim::protocol::Message as _;
use netsplit_words::{say, word};

use super::{field, shown_dot, shown_object, shown_set, shown_vector};
use crate::quorum_replication::message::{
    Action, Batch, Exchange, Message, Outcome, ReplicaWrite, Request, Tree,
};
use crate::quorum_replication::object::Object;

/// The whole of a message.
pub(in crate::quorum_replication) fn view(message: &Message) -> MessageView {
    let (title, fields) = match message {
        Message::Write(write) => (write_title(write), object_fields(&write.object)),
        Message::Ack(_) => (say!("write ack: stored").to_owned(), Vec::new()),
        Message::Read(_, key) => (say!("read {key}", key = shown_key(*key)), Vec::new()),
        Message::Reply(_, object) => {
            (say!("read reply: {object}", object = shown_object(object)), object_fields(object))
        }
        Message::Request(request) => (request_title(request), request_fields(request)),
        Message::Answer(answer) => (answer_title(&answer.result), Vec::new()),
        Message::Repair(key, object) => (
            say!("read repair: {key} = {object}", key = shown_key(*key), object = shown_object(object)),
            object_fields(object),
        ),
        Message::Handoff(batch) => (batch_title("handoff", batch), items_fields(&batch.items)),
        Message::HandoffAck(batch) => (batch_title("handoff ack", batch), Vec::new()),
        Message::Ping => ("ping: are you back?".to_owned(), Vec::new()),
        Message::Pong => (say!("pong: here").to_owned(), Vec::new()),
        Message::Gossip(ring) => (say!("ring: members {set}", set = shown_set(ring.members())), Vec::new()),
        Message::GossipAck(_) => (say!("ring ack: known").to_owned(), Vec::new()),
        Message::Tree(tree) => (tree_title(tree), Vec::new()),
        Message::Exchange(exchange) => (exchange_title(exchange), items_fields(&exchange.items)),
    };
    MessageView { kind: message.kind(), title, fields }
}

fn write_title(write: &ReplicaWrite) -> String {
    let what =
        say!("write {key} = {object}", key = shown_key(write.key), object = shown_object(&write.object));
    write.hint.map_or(what.clone(), |home| say!("{what}, for {home}", what, home))
}

fn object_fields(object: &Object) -> Vec<Field> {
    let names: Vec<String> = object.versions().iter().map(|version| shown_dot(version.dot)).collect();
    vec![
        field("names", names.join(" "), word!("Each version's own: who named it, and its how manyth.")),
        field("context", shown_vector(&object.context()), word!("What somebody has seen who read this.")),
    ]
}

fn request_title(request: &Request) -> String {
    let key = shown_key(request.key);
    match request.action {
        Action::Get => say!("client request: read {key}", key),
        Action::Put(number) => {
            say!("client request: {key} = {value}", key, value = shown_value(Value::Number(number)))
        }
    }
}

fn request_fields(request: &Request) -> Vec<Field> {
    let replicas = request.replicas.map_or(say!("as configured").to_owned(), |replicas| replicas.to_string());
    vec![
        field("replicas", replicas, word!("How many have to answer: R of a read, W of a write.")),
        field(
            "context",
            shown_vector(&request.context),
            word!("What the client has read of the key (§4.4)."),
        ),
    ]
}

fn answer_title(result: &Outcome) -> String {
    match result {
        Outcome::Done(object) => say!("client reply: {object}", object = shown_object(object)),
        Outcome::NotDone => say!("client reply: nothing was done").to_owned(),
        Outcome::Unknown => say!("client reply: it may be written, or may yet be").to_owned(),
    }
}

fn batch_title(kind: &str, batch: &Batch) -> String {
    let why = if batch.moved { say!("moved to a new home") } else { say!("kept for the receiver") };
    say!("{kind}: keys {why}: {items}", kind, why, items = batch.items.len())
}

fn items_fields(items: &[(u32, Object)]) -> Vec<Field> {
    let shown: Vec<String> = items
        .iter()
        .take(8)
        .map(|(key, object)| format!("{} = {}", shown_key(*key), shown_object(object)))
        .collect();
    vec![field("objects", shown.join(", "), word!("The first of them."))]
}

fn tree_title(tree: &Tree) -> String {
    match tree.level {
        0 => "Merkle tree: the root".to_owned(),
        level => say!("Merkle tree: hashes of level {level}: {nodes}", level, nodes = tree.nodes.len()),
    }
}

fn exchange_title(exchange: &Exchange) -> String {
    let items = exchange.items.len();
    if exchange.ask {
        say!("exchange: objects of ranges that differ: {items}, and asks for the receiver's", items)
    } else {
        say!("exchange: objects of ranges that differ: {items}", items)
    }
}

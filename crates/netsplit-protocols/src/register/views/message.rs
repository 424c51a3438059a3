//! A message as it can be shown.

use netsplit_sim::describe::{Field, MessageView, shown_key, shown_value};
use netsplit_sim::history::Value;
use netsplit_sim::protocol::Message as _;
use netsplit_words::{say, word};

use super::{field, shown_operation, shown_reading, shown_version};
use crate::register::message::{Answer, ClientReply, Message, Refusal, Request, Seen};
use crate::register::state::State;
use crate::register::types::{OpId, View};

/// Title and fields of a message.
pub(in crate::register) fn view(message: &Message) -> MessageView {
    let (title, fields) = match message {
        Message::Query(id, key) => (say!("query: what is {key}?", key = shown_key(*key)), vec![served(*id)]),
        Message::QueryReply(id, state) => (
            say!("query reply: {reading}", reading = shown_reading(state)),
            vec![served(*id), version(state)],
        ),
        Message::Store(id, key, state) => (
            say!("store {key} = {reading}", key = shown_key(*key), reading = shown_reading(state)),
            vec![served(*id), version(state)],
        ),
        Message::StoreReply(id) => (say!("store reply: it is stored").to_owned(), vec![served(*id)]),
        Message::Replicate(key, state) => (
            say!("replicate {key} = {reading}", key = shown_key(*key), reading = shown_reading(state)),
            vec![version(state)],
        ),
        Message::Compare(digest) => {
            let told = field("digest", digest, word!("A fingerprint of the sender's whole store."));
            ("compare: have you the same?".to_owned(), vec![told])
        }
        Message::Exchange(exchange) => {
            let keys = keys(exchange.store.len());
            let title = if exchange.wants_reply {
                say!("exchange: {keys}, and what have you?", keys)
            } else {
                say!("exchange: {keys}, in return", keys)
            };
            (title, Vec::new())
        }
        Message::Heartbeat(current, members) => {
            let members: Vec<String> = members.iter().map(|id| id.to_string()).collect();
            let told =
                field("members", members.join(" "), word!("Whom the primary waits for at every write."));
            (
                say!("heartbeat of the primary of view {current}", current = current.0),
                vec![in_view(*current), told],
            )
        }
        Message::HeartbeatReply(current) => {
            (say!("heartbeat reply: view {current}", current = current.0), vec![in_view(*current)])
        }
        Message::Transfer(current, all) => (
            say!("transfer: all {keys} of view {current}", keys = keys(all.store.len()), current = current.0),
            vec![in_view(*current)],
        ),
        Message::TransferReply(current) => {
            (say!("transfer reply: taken over").to_owned(), vec![in_view(*current)])
        }
        Message::Forward(request) => (
            say!(
                "forward: {client} asks {operation}",
                client = request.id.client,
                operation = shown_operation(&request.operation)
            ),
            request_fields(request),
        ),
        Message::ClientRequest(request) => (
            say!("client request: {operation}", operation = shown_operation(&request.operation)),
            request_fields(request),
        ),
        Message::ClientReply(reply) => (reply_title(reply), reply_fields(reply)),
    };
    MessageView { kind: message.kind(), title, fields }
}

fn keys(count: usize) -> String {
    say!("{count, plural, one {# key} other {# keys}}", count)
}

fn served(id: OpId) -> Field {
    field(
        "for",
        say!("{client}, operation {number}", client = id.client, number = id.serial.0),
        word!("Whose operation this serves."),
    )
}

fn version(state: &State) -> Field {
    field(
        "version",
        shown_version(state),
        word!("Which version it is: the higher one stays, siblings stay both."),
    )
}

fn in_view(view: View) -> Field {
    field("view", view.0, word!("The primary's time in office; a later one counts more."))
}

fn request_fields(request: &Request) -> Vec<Field> {
    let mut fields = vec![field("serial", request.id.serial.0, word!("Which operation of the client."))];
    if let Some(replicas) = request.operation.replicas {
        fields.push(field("replicas", replicas, word!("How many replicas have to answer.")));
    }
    if !request.context.is_empty() {
        let seen = request.context.entries().iter();
        let seen: Vec<String> = seen.map(|dot| format!("{}:{}", dot.actor.node, dot.counter)).collect();
        fields.push(field(
            "context",
            seen.join(" "),
            word!("What the client has seen; its write replaces that."),
        ));
    }
    fields
}

fn reply_title(reply: &ClientReply) -> String {
    match &reply.answer {
        Answer::Done(value) => say!("answer: {value}", value = shown_value(*value)),
        Answer::Many(numbers) => {
            let values = numbers.iter().map(|number| shown_value(Value::Number(*number)));
            say!("answer: {join}", join = values.collect::<Vec<_>>().join(" | "))
        }
        Answer::Refused(Refusal::TooFew) => say!("refused: too few replicas answer").to_owned(),
        Answer::Refused(Refusal::NotSupported) => say!("refused: the key cannot do that").to_owned(),
        Answer::Refused(Refusal::NotExpected) => say!("refused: another value was there").to_owned(),
        Answer::Refused(Refusal::OutOfTime) => say!("failed: out of time").to_owned(),
        Answer::Unknown => say!("unknown: it may count, or may yet").to_owned(),
    }
}

fn reply_fields(reply: &ClientReply) -> Vec<Field> {
    let serial = field("serial", reply.id.serial.0, word!("Which operation of the client."));
    match &reply.seen {
        Seen::Tag(tag) => vec![serial, field("tag", tag, word!("The tag of what was read or written."))],
        Seen::Nothing | Seen::Context(_) => vec![serial],
    }
}

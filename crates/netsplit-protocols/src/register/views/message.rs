//! A message as it can be shown.

use netsplit_sim::describe::{Field, MessageView, shown_key, shown_value};
use netsplit_sim::history::Value;
use netsplit_sim::protocol::Message as _;

use super::{field, shown_operation, shown_reading, shown_version};
use crate::register::message::{Answer, ClientReply, Message, Refusal, Request, Seen};
use crate::register::state::State;
use crate::register::types::{OpId, View};

/// Title and fields of a message.
pub(in crate::register) fn view(message: &Message) -> MessageView {
    let (title, fields) = match message {
        Message::Query(id, key) => (format!("query: what is {}?", shown_key(*key)), vec![served(*id)]),
        Message::QueryReply(id, state) => {
            (format!("query reply: {}", shown_reading(state)), vec![served(*id), version(state)])
        }
        Message::Store(id, key, state) => (
            format!("store {} = {}", shown_key(*key), shown_reading(state)),
            vec![served(*id), version(state)],
        ),
        Message::StoreReply(id) => ("store reply: it is stored".to_owned(), vec![served(*id)]),
        Message::Replicate(key, state) => {
            (format!("replicate {} = {}", shown_key(*key), shown_reading(state)), vec![version(state)])
        }
        Message::Compare(digest) => {
            let told = field("digest", digest, "A fingerprint of the sender's whole store.");
            ("compare: have you the same?".to_owned(), vec![told])
        }
        Message::Exchange(exchange) => {
            let wants = if exchange.wants_reply { "and what have you?" } else { "in return" };
            (format!("exchange: {}, {wants}", keys(exchange.store.len())), Vec::new())
        }
        Message::Heartbeat(current, members) => {
            let members: Vec<String> = members.iter().map(|id| id.to_string()).collect();
            let told = field("members", members.join(" "), "Whom the primary waits for at every write.");
            (format!("heartbeat of the primary of view {}", current.0), vec![in_view(*current), told])
        }
        Message::HeartbeatReply(current) => {
            (format!("heartbeat reply: view {}", current.0), vec![in_view(*current)])
        }
        Message::Transfer(current, all) => (
            format!("transfer: all {} of view {}", keys(all.store.len()), current.0),
            vec![in_view(*current)],
        ),
        Message::TransferReply(current) => ("transfer reply: taken over".to_owned(), vec![in_view(*current)]),
        Message::Forward(request) => (
            format!("forward: {} asks {}", request.id.client, shown_operation(&request.operation)),
            request_fields(request),
        ),
        Message::ClientRequest(request) => {
            (format!("client request: {}", shown_operation(&request.operation)), request_fields(request))
        }
        Message::ClientReply(reply) => (reply_title(reply), reply_fields(reply)),
    };
    MessageView { kind: message.kind(), title, fields }
}

fn keys(count: usize) -> String {
    if count == 1 { "1 key".to_owned() } else { format!("{count} keys") }
}

fn served(id: OpId) -> Field {
    field("for", format_args!("{}, operation {}", id.client, id.serial.0), "Whose operation this serves.")
}

fn version(state: &State) -> Field {
    field("version", shown_version(state), "Which version it is: the higher one stays, siblings stay both.")
}

fn in_view(view: View) -> Field {
    field("view", view.0, "The primary's time in office; a later one counts more.")
}

fn request_fields(request: &Request) -> Vec<Field> {
    let mut fields = vec![field("serial", request.id.serial.0, "Which operation of the client.")];
    if let Some(replicas) = request.operation.replicas {
        fields.push(field("replicas", replicas, "How many replicas have to answer."));
    }
    if !request.context.is_empty() {
        let seen = request.context.entries().iter();
        let seen: Vec<String> = seen.map(|dot| format!("{}:{}", dot.actor.node, dot.counter)).collect();
        fields.push(field("context", seen.join(" "), "What the client has seen; its write replaces that."));
    }
    fields
}

fn reply_title(reply: &ClientReply) -> String {
    match &reply.answer {
        Answer::Done(value) => format!("answer: {}", shown_value(*value)),
        Answer::Many(numbers) => {
            let values = numbers.iter().map(|number| shown_value(Value::Number(*number)));
            format!("answer: {}", values.collect::<Vec<_>>().join(" | "))
        }
        Answer::Refused(Refusal::TooFew) => "refused: too few replicas answer".to_owned(),
        Answer::Refused(Refusal::NotSupported) => "refused: the key cannot do that".to_owned(),
        Answer::Refused(Refusal::NotExpected) => "refused: another value was there".to_owned(),
        Answer::Refused(Refusal::OutOfTime) => "failed: out of time".to_owned(),
        Answer::Unknown => "unknown: it may count, or may yet".to_owned(),
    }
}

fn reply_fields(reply: &ClientReply) -> Vec<Field> {
    let serial = field("serial", reply.id.serial.0, "Which operation of the client.");
    match &reply.seen {
        Seen::Tag(tag) => vec![serial, field("tag", tag, "The tag of what was read or written.")],
        Seen::Nothing | Seen::Context(_) => vec![serial],
    }
}

//! A message as it can be shown.

use netsplit_sim::describe::{Field, MessageView, shown_value};
use netsplit_sim::protocol::Message as _;
use netsplit_words::{say, word};

use super::{field, shown_index, shown_node, shown_operation};
use crate::raft::message::{
    Answer, AppendEntries, AppendEntriesReply, AppendResult, ClientReply, Message, RequestVote,
};
use crate::raft::types::Term;

/// Title and fields of a message.
pub(in crate::raft) fn view(message: &Message) -> MessageView {
    let (title, fields) = match message {
        Message::RequestVote(request) => {
            (say!("RequestVote, term {term}", term = request.term), request_fields(request))
        }
        Message::PreVote(request) => {
            (say!("PreVote, would be term {term}", term = request.term), request_fields(request))
        }
        Message::RequestVoteReply(reply) => vote(say!("vote"), reply.vote_granted, reply.term),
        Message::PreVoteReply(reply) => vote(say!("pre-vote"), reply.vote_granted, reply.term),
        Message::AppendEntries(append) => (append_title(append), append_fields(append)),
        Message::AppendEntriesReply(reply) => (reply_title(reply), reply_fields(reply)),
        Message::ClientRequest(command) => {
            let session = field("process", command.process.0, word!("The session of the client."));
            let serial = field(
                "serial",
                command.serial.0,
                word!("Which command of the session: a retry has the same."),
            );
            (
                say!("client request: {operation}", operation = shown_operation(&command.operation)),
                vec![session, serial],
            )
        }
        Message::ClientReply(reply) => (client_reply_title(reply), Vec::new()),
    };
    MessageView { kind: message.kind(), title, fields }
}

fn term(term: Term) -> Field {
    field("term", term, word!("The sender's current term; whoever has a lower one adopts it."))
}

fn request_fields(request: &RequestVote) -> Vec<Field> {
    vec![
        term(request.term),
        field(
            "last_log_index",
            shown_index(request.last_log_index),
            word!("Where the candidate's log ends; no vote if the voter's is more up-to-date."),
        ),
        field("last_log_term", request.last_log_term, word!("The term of the candidate's last entry.")),
    ]
}

fn vote(what: &str, granted: bool, of: Term) -> (String, Vec<Field>) {
    let title = if granted {
        say!("{what} granted, term {of}", what, of)
    } else {
        say!("{what} refused, term {of}", what, of)
    };
    (title, vec![term(of)])
}

fn append_title(append: &AppendEntries) -> String {
    let after = append.prev_log_index;
    match append.entries.len() {
        0 => say!("heartbeat, term {term}", term = append.term),
        1 => say!("AppendEntries, term {term}: 1 entry after index {after}", term = append.term, after),
        count => say!(
            "AppendEntries, term {term}: {count} entries after index {after}",
            term = append.term,
            count,
            after
        ),
    }
}

fn append_fields(append: &AppendEntries) -> Vec<Field> {
    vec![
        term(append.term),
        field(
            "prev_log_index",
            shown_index(append.prev_log_index),
            word!("Index of the entry before the new ones; refused if the follower has no such entry."),
        ),
        field("prev_log_term", append.prev_log_term, word!("The term of that entry.")),
        field("leader_commit", shown_index(append.leader_commit), word!("The leader's commit index.")),
    ]
}

fn reply_title(reply: &AppendEntriesReply) -> String {
    match reply.result {
        AppendResult::Matched(index) => say!("AppendEntries reply: logs match up to index {index}", index),
        AppendResult::Mismatched { prev_log_index, .. } => {
            say!("AppendEntries reply: no such entry at index {prev_log_index}", prev_log_index)
        }
        AppendResult::StaleTerm => say!("AppendEntries reply: it is term {term}", term = reply.term),
    }
}

fn reply_fields(reply: &AppendEntriesReply) -> Vec<Field> {
    let mut fields = vec![
        term(reply.term),
        field(
            "round",
            reply.round.0,
            word!("Which broadcast of the leader this answers; proves that it led then."),
        ),
    ];
    if let AppendResult::Mismatched { conflict_term, conflict_index, .. } = reply.result {
        let conflict = conflict_term.map_or_else(|| say!("none").to_owned(), |term| term.to_string());
        fields.push(field("conflict_term", conflict, word!("The term of the follower's entry there.")));
        fields.push(field("conflict_index", conflict_index, word!("The first index it has for that term.")));
    }
    fields
}

fn client_reply_title(reply: &ClientReply) -> String {
    match reply.answer {
        Answer::Done(value) => say!("answer: {value}", value = shown_value(value)),
        Answer::NotExpected => say!("answer: another value was there").to_owned(),
        Answer::NotLeader(leader) => say!("not the leader; it may be {node}", node = shown_node(leader)),
    }
}

//! A message as it can be shown.

use netsplit_sim::describe::{Field, MessageView, shown_value};
use netsplit_sim::protocol::Message as _;

use super::{field, shown_index, shown_node, shown_operation};
use crate::raft::message::{
    Answer, AppendEntries, AppendEntriesReply, AppendResult, ClientReply, Message, RequestVote,
};
use crate::raft::types::Term;

/// Title and fields of a message.
pub(in crate::raft) fn view(message: &Message) -> MessageView {
    let (title, fields) = match message {
        Message::RequestVote(request) => {
            (format!("RequestVote, term {}", request.term), request_fields(request))
        }
        Message::PreVote(request) => {
            (format!("PreVote, would be term {}", request.term), request_fields(request))
        }
        Message::RequestVoteReply(reply) => vote("vote", reply.vote_granted, reply.term),
        Message::PreVoteReply(reply) => vote("pre-vote", reply.vote_granted, reply.term),
        Message::AppendEntries(append) => (append_title(append), append_fields(append)),
        Message::AppendEntriesReply(reply) => (reply_title(reply), reply_fields(reply)),
        Message::ClientRequest(command) => {
            let session = field("process", command.process.0, "The session of the client.");
            let serial =
                field("serial", command.serial.0, "Which command of the session: a retry has the same.");
            (format!("client request: {}", shown_operation(&command.operation)), vec![session, serial])
        }
        Message::ClientReply(reply) => (client_reply_title(reply), Vec::new()),
    };
    MessageView { kind: message.kind(), title, fields }
}

fn term(term: Term) -> Field {
    field("term", term, "The sender's current term; whoever has a lower one adopts it.")
}

fn request_fields(request: &RequestVote) -> Vec<Field> {
    vec![
        term(request.term),
        field(
            "last_log_index",
            shown_index(request.last_log_index),
            "Where the candidate's log ends; no vote if the voter's is more up-to-date.",
        ),
        field("last_log_term", request.last_log_term, "The term of the candidate's last entry."),
    ]
}

fn vote(what: &str, granted: bool, of: Term) -> (String, Vec<Field>) {
    let verb = if granted { "granted" } else { "refused" };
    (format!("{what} {verb}, term {of}"), vec![term(of)])
}

fn append_title(append: &AppendEntries) -> String {
    let after = append.prev_log_index;
    match append.entries.len() {
        0 => format!("heartbeat, term {}", append.term),
        1 => format!("AppendEntries, term {}: 1 entry after index {after}", append.term),
        count => format!("AppendEntries, term {}: {count} entries after index {after}", append.term),
    }
}

fn append_fields(append: &AppendEntries) -> Vec<Field> {
    vec![
        term(append.term),
        field(
            "prev_log_index",
            shown_index(append.prev_log_index),
            "Index of the entry before the new ones; refused if the follower has no such entry.",
        ),
        field("prev_log_term", append.prev_log_term, "The term of that entry."),
        field("leader_commit", shown_index(append.leader_commit), "The leader's commit index."),
    ]
}

fn reply_title(reply: &AppendEntriesReply) -> String {
    match reply.result {
        AppendResult::Matched(index) => format!("AppendEntries reply: logs match up to index {index}"),
        AppendResult::Mismatched { prev_log_index, .. } => {
            format!("AppendEntries reply: no such entry at index {prev_log_index}")
        }
        AppendResult::StaleTerm => format!("AppendEntries reply: it is term {}", reply.term),
    }
}

fn reply_fields(reply: &AppendEntriesReply) -> Vec<Field> {
    let mut fields = vec![
        term(reply.term),
        field("round", reply.round.0, "Which broadcast of the leader this answers; proves that it led then."),
    ];
    if let AppendResult::Mismatched { conflict_term, conflict_index, .. } = reply.result {
        let conflict = conflict_term.map_or_else(|| "none".to_owned(), |term| term.to_string());
        fields.push(field("conflict_term", conflict, "The term of the follower's entry there."));
        fields.push(field("conflict_index", conflict_index, "The first index it has for that term."));
    }
    fields
}

fn client_reply_title(reply: &ClientReply) -> String {
    match reply.answer {
        Answer::Done(value) => format!("answer: {}", shown_value(value)),
        Answer::NotExpected => "answer: another value was there".to_owned(),
        Answer::NotLeader(leader) => format!("not the leader; it may be {}", shown_node(leader)),
    }
}

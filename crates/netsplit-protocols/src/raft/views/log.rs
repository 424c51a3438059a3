//! A log as a row of cells with the positions that matter marked in it.

use netsplit_sim::describe::{
    Images, LogCell, LogMark, LogPanel, Window, shown_key, shown_number, shown_value,
};
use netsplit_sim::history::Function;
use netsplit_sim::id::NodeId;
use netsplit_words::say;

use super::shown_operation;
use crate::raft::Raft;
use crate::raft::disk::Disk;
use crate::raft::entry::{Entry, Payload};
use crate::raft::server::{Role, Server};
use crate::raft::types::LogIndex;

/// The log of a server as far as the window shows it; without memory, only what its disk holds.
pub(super) fn panel(
    id: NodeId,
    server: Option<&Server>,
    Images { live, durable }: Images<'_, Raft>,
    window: Window,
) -> LogPanel {
    let committed = server.map_or(LogIndex::NONE, |server| server.commit_index);
    let cell = |index: u64| {
        let index = LogIndex(index);
        let entry = live.log.entry(index)?;
        Some(LogCell {
            index: index.0,
            label: label(&entry.payload),
            title: title(index, entry),
            epoch: entry.term.0,
            settled: index <= committed,
            durable: durable.log.hash_at(index) == live.log.hash_at(index),
        })
    };
    let last = live.log.last_index();
    LogPanel {
        entries: window.indices(last.0).filter_map(cell).collect(),
        last: last.0,
        settled: committed.min(last).0,
        marks: marks(id, server, durable),
    }
}

fn marks(id: NodeId, server: Option<&Server>, durable: &Disk) -> Vec<LogMark> {
    let mark = |label: String, index: LogIndex| LogMark { label, index: index.0 };
    let mut marks = vec![mark(say!("durable").to_owned(), durable.log.last_index())];
    let Some(server) = server else { return marks };
    marks.push(mark(say!("commit").to_owned(), server.commit_index));
    marks.push(mark(say!("applied").to_owned(), server.state_machine.last_applied()));
    if let Role::Leader(leadership) = &server.role {
        for (index, progress) in leadership.progress.iter().enumerate() {
            let peer = NodeId::server(index as u16);
            if peer != id {
                marks.push(mark(say!("next {peer}", peer), progress.next_index));
                marks.push(mark(say!("match {peer}", peer), progress.match_index));
            }
        }
    }
    marks
}

/// At most three characters for a cell: the value written, `?x` for a read, `·` for nothing.
fn label(payload: &Payload) -> String {
    match payload {
        Payload::Noop => "·".to_owned(),
        Payload::Command(command) => match command.operation.function {
            Function::Read => format!("?{}", shown_key(command.operation.key)),
            Function::Write | Function::Cas => short(shown_value(command.operation.value)),
            Function::Add => short(format!("+{}", shown_number(command.operation.value))),
            Function::Remove => short(format!("−{}", shown_number(command.operation.value))),
        },
    }
}

/// The end of a long number tells neighbours apart best.
fn short(value: String) -> String {
    let digits = value.len();
    if digits <= 3 { value } else { format!("…{}", &value[digits - 2..]) }
}

fn title(index: LogIndex, entry: &Entry) -> String {
    let what = match &entry.payload {
        Payload::Noop => say!("empty, the first entry of a leader").to_owned(),
        Payload::Command(command) => {
            let operation = shown_operation(&command.operation);
            say!(
                "{operation}, command {serial} of process {process}",
                operation,
                serial = command.serial.0,
                process = command.process.0
            )
        }
    };
    say!("index {index}, term {term}: {what}", index, term = entry.term, what)
}

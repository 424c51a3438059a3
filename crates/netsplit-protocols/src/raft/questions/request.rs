//! What became of a client's request (§8).

use netsplit_sim::describe::{Sentence, shown_key, shown_value};
use netsplit_sim::event::Arrival;
use netsplit_sim::history::{Function, OpRow, Outcome};
use netsplit_sim::id::{Link, NodeId};
use netsplit_sim::journey::{Ending, Journey};
use netsplit_sim::sentence;
use netsplit_words::say;

use super::super::client::{Pending, RETRY};
use super::super::entry::{Command, Payload};
use super::super::leadership::PendingRead;
use super::super::rules;
use super::super::types::LogIndex;
use super::facts::{Facts, quoted};
use super::{commitment, quorum};

/// Kinds of messages: the client's request, and the answer.
const REQUEST: u8 = 7;
const ANSWER: u8 = 8;

/// A request by its name: `c1's write x = D`.
pub(super) fn named(row: &OpRow) -> String {
    let (client, key, value) = (row.client, shown_key(row.operation.key), shown_value(row.operation.value));
    match row.operation.function {
        Function::Read => say!("{client}'s read of {key}", client, key),
        Function::Write => say!("{client}'s write {key} = {value}", client, key, value),
        Function::Cas => say!("{client}'s compare-and-set {key} = {value}", client, key, value),
        Function::Add => say!("{client}'s adding {value} to {key}", client, value, key),
        Function::Remove => say!("{client}'s taking {value} out of {key}", client, value, key),
    }
}

/// Why a request is unanswered, was refused, or what is known of it.
pub(super) fn became(facts: &Facts<'_>, row: u32) -> Vec<Sentence> {
    let Some(row) = facts.run.history().get(row as usize) else { return Vec::new() };
    match row.returned_by(facts.run.step()) {
        None => unanswered(facts, row),
        Some((moment, Outcome::Ok(_) | Outcome::Many(_))) => {
            vec![sentence!("It was answered at {moment}.", moment).of("§8")]
        }
        Some((moment, Outcome::Fail)) => {
            let told = sentence!(
                "It was carried out and found another value than expected: nothing changed. {client} was told at {moment}.",
                client = row.client,
                moment
            );
            vec![told.of("§8")]
        }
        Some((moment, Outcome::Info)) => {
            let told = sentence!(
                "{client} gave up at {moment}, without knowing what became of it. It may have taken effect, or may yet.",
                client = row.client,
                moment
            );
            let told = told.of("§8");
            let same = |held: &Command| held.process == row.process && held.operation == row.operation;
            std::iter::once(told).chain(in_logs(facts, same).unwrap_or_else(nowhere)).collect()
        }
    }
}

fn unanswered(facts: &Facts<'_>, row: &OpRow) -> Vec<Sentence> {
    let Some(pending) = facts.world.client(row.client).pending else { return Vec::new() };
    let mut told = vec![asked(facts, row, &pending)];
    let there = Link::new(row.client, pending.asked);
    if let Some(request) = facts.sent(there, &[REQUEST], row.invoked.step).pop() {
        told.extend(at_server(facts, &pending, &request));
    }
    let same = |held: &Command| is_same(held, &pending.command);
    told.extend(in_logs(facts, same).unwrap_or_default());
    told.extend(patience(facts, row.client, &pending));
    told
}

/// A retry carries the same command.
fn is_same(one: &Command, other: &Command) -> bool {
    (one.process, one.serial) == (other.process, other.serial)
}

/// `c1 asked at 1.284 s and now waits for n4.`
fn asked(facts: &Facts<'_>, row: &OpRow, pending: &Pending) -> Sentence {
    let waited = facts.run.now().since(row.invoked.time);
    sentence!(
        "{client} asked at {at}, {waited} ago, and now waits for {server}.",
        client = row.client,
        at = row.invoked,
        waited,
        server = pending.asked
    )
    .of("§8")
}

/// How far the last request got.
fn at_server(facts: &Facts<'_>, pending: &Pending, request: &Journey) -> Vec<Sentence> {
    let server = request.id.link.to;
    let Ending::Arrived(moment, Arrival::Handled) = request.ending else {
        return vec![facts.journey_to(request, server)];
    };
    if let Some(answer) = facts.sent(request.id.link.reversed(), &[ANSWER], moment.step).pop() {
        let notes = facts.run.notes(moment.step).iter();
        let sent_on = notes.filter(|note| [rules::REDIRECT, rules::REDIRECT_UNKNOWN].contains(&note.rule));
        let quotes = sent_on.map(|note| quoted(moment, note));
        return quotes.chain([facts.journey_from(&answer, server)]).collect();
    }
    let mut told = vec![facts.journey_to(request, server)];
    told.extend(worked_on(facts, server, &pending.command));
    told
}

/// What a server that has the request still waits for, besides the commitment of an entry.
fn worked_on(facts: &Facts<'_>, server: NodeId, command: &Command) -> Vec<Sentence> {
    let Some(leadership) = facts.leads(server) else {
        let told = sentence!("{server} does not lead, and has not answered.", server).of("§5.1");
        let note = facts.last_note(server, &[rules::STEP_DOWN]);
        return std::iter::once(told).chain(note.map(|(moment, note)| quoted(moment, &note))).collect();
    };
    let is_asked = |read: &PendingRead| (read.process, read.serial) == (command.process, command.serial);
    if !leadership.reads.iter().any(is_asked) {
        return Vec::new();
    }
    let told = sentence!(
        "{server} answers the read once a majority has confirmed that it still leads, and an entry of its own term is committed.",
        server
    );
    std::iter::once(told.of("§8")).chain(quorum::missing(facts, server)).collect()
}

/// When the client asks the next server.
fn patience(facts: &Facts<'_>, client: NodeId, pending: &Pending) -> Option<Sentence> {
    let timer = facts.run.timers(client).into_iter().find(|timer| timer.timer == RETRY)?;
    let left = timer.due_at.since(facts.run.now());
    let next = NodeId::server((pending.asked.index() + 1) % facts.world.topology().servers);
    Some(sentence!("{client} asks {next} in {left} if it hears nothing.", client, next, left).of("§8"))
}

/// Where a command stands in the logs, at whom it has come furthest; `None` if in none.
fn in_logs(facts: &Facts<'_>, same: impl Fn(&Command) -> bool) -> Option<Vec<Sentence>> {
    let servers = facts.world.topology().servers().rev();
    let holders = servers.filter_map(|id| Some((id, index_of(facts, id, &same)?)));
    let (holder, index) = holders.max_by_key(|(id, index)| {
        (facts.commit_index(*id) >= *index, facts.leads(*id).map(|_| facts.term(*id)))
    })?;
    if facts.commit_index(holder) >= index {
        let told = sentence!(
            "{holder} has it in its log at index {index}, and knows that this is committed: it has taken effect.",
            holder,
            index = index.0
        );
        return Some(vec![told.of("§8")]);
    }
    let told = sentence!(
        "{holder} has it in its log at index {index}, and it counts once that is committed.",
        holder,
        index = index.0
    );
    Some(std::iter::once(told.of("§8")).chain(commitment::not_committed(facts, holder, index)).collect())
}

fn nowhere() -> Vec<Sentence> {
    vec![sentence!("No log holds it now: it takes effect only if a copy is still under way.").of("§8")]
}

/// The index of the last entry with such a command in a server's log.
fn index_of(facts: &Facts<'_>, id: NodeId, wanted: &impl Fn(&Command) -> bool) -> Option<LogIndex> {
    let log = &facts.world.disk(id).log;
    let holds = |index: &LogIndex| match log.entry(*index).map(|entry| entry.payload) {
        Some(Payload::Command(command)) => wanted(&command),
        _ => false,
    };
    (1..=log.last_index().0).rev().map(LogIndex).find(holds)
}

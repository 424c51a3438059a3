//! What can be asked of Raft about something that has not happened, and the answers: who did not win and
//! why, what is not committed and why, who is missing, what became of a request.

mod commitment;
mod election;
mod facts;
mod quorum;
mod request;
mod vote;

use netsplit_sim::describe::{Answer, Ask, Question, Subject};
use netsplit_sim::history::Outcome;
use netsplit_sim::id::{NodeId, Topology};
use netsplit_sim::run::Run;
use netsplit_sim::sentence;
use netsplit_sim::world::World;
use netsplit_words::say;

use super::Raft;
use super::types::LogIndex;

use facts::Facts;

/// Why does this server, or nobody, lead?
const LEADS: u8 = 0;
/// Who is missing from a majority?
const QUORUM: u8 = 1;
/// Why is an entry not committed?
const COMMITTED: u8 = 2;
/// What became of a client's request?
const ANSWERED: u8 = 3;

/// The questions that make sense at the cursor.
pub(super) fn questions(world: &World<Raft>, run: &dyn Run, about: Subject) -> Vec<Question> {
    let facts = Facts { world, run };
    if !exists(about, world.topology()) {
        return Vec::new();
    }
    match about {
        Subject::System => about_system(&facts),
        Subject::Node(id) if id.is_client() => {
            last_row(run, id).and_then(|row| about_row(run, row)).into_iter().collect()
        }
        Subject::Node(id) => about_server(&facts, id),
        Subject::Entry(id, index) => about_entry(&facts, id, LogIndex(index)).into_iter().collect(),
        Subject::Operation(row) => about_row(run, row).into_iter().collect(),
    }
}

/// The answer at the cursor.
pub(super) fn answer(world: &World<Raft>, run: &dyn Run, ask: Ask) -> Answer {
    let facts = Facts { world, run };
    let sentences = match (ask.subject, ask.number) {
        (subject, _) if !exists(subject, world.topology()) => Vec::new(),
        (Subject::System, LEADS) => election::nobody_leads(&facts),
        (Subject::System, QUORUM) => quorum::missing_anywhere(&facts),
        (Subject::Node(id), LEADS) if !id.is_client() => election::does_not_lead(&facts, id),
        (Subject::Node(id), QUORUM) if !id.is_client() => quorum::missing(&facts, id),
        (Subject::Entry(id, index), COMMITTED) if index > 0 => {
            commitment::not_committed(&facts, id, LogIndex(index))
        }
        (Subject::Operation(row), ANSWERED) => request::became(&facts, row),
        _ => Vec::new(),
    };
    let sentences =
        if sentences.is_empty() { vec![sentence!("There is nothing of that kind here.")] } else { sentences };
    Answer { sentences }
}

fn exists(subject: Subject, topology: Topology) -> bool {
    match subject {
        Subject::System | Subject::Operation(_) => true,
        Subject::Node(id) => topology.contains(id),
        Subject::Entry(id, _) => topology.contains(id) && !id.is_client(),
    }
}

fn question(subject: Subject, number: u8, label: String) -> Question {
    Question { ask: Ask { subject, number }, label }
}

fn about_system(facts: &Facts<'_>) -> Vec<Question> {
    let quorum = question(Subject::System, QUORUM, say!("Who is missing from a majority?").to_owned());
    let nobody = question(Subject::System, LEADS, say!("Why does nobody lead?").to_owned());
    if facts.leader().is_some() { vec![quorum] } else { vec![nobody, quorum] }
}

/// Whether it leads, and the first and the last entry of its log that it does not know to be committed.
fn about_server(facts: &Facts<'_>, id: NodeId) -> Vec<Question> {
    let subject = Subject::Node(id);
    let first = if facts.leads(id).is_some() {
        question(subject, QUORUM, say!("Who is missing from {id}'s majority?", id))
    } else {
        question(subject, LEADS, say!("Why does {id} not lead?", id))
    };
    let committed = facts.commit_index(id);
    let last = facts.world.disk(id).log.last_index();
    let mut questions = vec![first];
    questions.extend(about_entry(facts, id, committed.next()));
    questions.extend((last > committed.next()).then(|| about_entry(facts, id, last)).flatten());
    questions
}

fn about_entry(facts: &Facts<'_>, id: NodeId, index: LogIndex) -> Option<Question> {
    let is_open = index > facts.commit_index(id) && index <= facts.world.disk(id).log.last_index();
    if !is_open {
        return None;
    }
    let label = match (commitment::is_known_elsewhere(facts, id, index), facts.world.server(id)) {
        // What it knew is lost with its memory, and says nothing about the entry.
        (true, None) => return None,
        (true, Some(_)) => say!("Why does {id} not know that entry {index} is committed?", id, index),
        (false, _) => say!("Why is entry {index} of {id} not committed?", index, id),
    };
    Some(question(Subject::Entry(id, index.0), COMMITTED, label))
}

/// The last operation of a client.
fn last_row(run: &dyn Run, client: NodeId) -> Option<u32> {
    let row = run.history().iter().rposition(|row| row.client == client)?;
    u32::try_from(row).ok()
}

fn about_row(run: &dyn Run, row: u32) -> Option<Question> {
    let asked = run.history().get(row as usize)?;
    let what = request::named(asked);
    let label = match asked.returned_by(run.step()) {
        None => say!("Why is {what} not answered?", what),
        Some((_, Outcome::Fail)) => say!("Why was {what} refused?", what),
        Some((_, Outcome::Info)) => say!("What became of {what}?", what),
        Some((_, Outcome::Ok(_) | Outcome::Many(_))) => return None,
    };
    Some(question(Subject::Operation(row), ANSWERED, label))
}

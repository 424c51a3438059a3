//! What can be asked of the register about something that has not happened: why a request has no answer,
//! why it was refused, and what became of it.

use netsplit_sim::describe::{Answer, Ask, Question, Sentence, Subject};
use netsplit_sim::history::{Function, OpRow, Outcome};
use netsplit_sim::id::NodeId;
use netsplit_sim::run::Run;
use netsplit_sim::sentence;
use netsplit_sim::world::World;
use netsplit_words::say;

use super::Register;
use super::config::Design;
use super::coordination::{Coordination, Phase};
use super::office::{Job, Office, Primary};
use super::types::{OpId, Serial};
use super::views::shown_operation;
use crate::quorum::ServerSet;

/// What became of a client's request?
const BECAME: u8 = 0;

/// The questions that make sense at the cursor.
pub(super) fn questions(world: &World<Register>, run: &dyn Run, about: Subject) -> Vec<Question> {
    let row = match about {
        Subject::Operation(row) => Some(row),
        Subject::Node(id) if id.is_client() && world.topology().contains(id) => last_row(run, id),
        Subject::System | Subject::Node(_) | Subject::Entry(..) => None,
    };
    row.and_then(|row| question(run, row)).into_iter().collect()
}

/// The last operation of a client.
fn last_row(run: &dyn Run, client: NodeId) -> Option<u32> {
    let row = run.history().iter().rposition(|row| row.client == client)?;
    u32::try_from(row).ok()
}

fn question(run: &dyn Run, row: u32) -> Option<Question> {
    let asked = run.history().get(row as usize)?;
    let operation = shown_operation(&asked.operation);
    let what = say!("{client}'s “{operation}”", client = asked.client, operation);
    let label = match asked.returned_by(run.step()) {
        None => say!("Why is {what} not answered?", what),
        Some((_, Outcome::Fail)) => say!("Why was {what} refused?", what),
        Some((_, Outcome::Info)) => say!("What became of {what}?", what),
        Some((_, Outcome::Ok(_) | Outcome::Many(_))) => return None,
    };
    Some(Question { ask: Ask { subject: Subject::Operation(row), number: BECAME }, label })
}

/// The answer at the cursor.
pub(super) fn answer(world: &World<Register>, run: &dyn Run, ask: Ask) -> Answer {
    let sentences = match (ask.subject, ask.number) {
        (Subject::Operation(row), BECAME) => became(world, run, row),
        _ => Vec::new(),
    };
    if sentences.is_empty() {
        return Answer { sentences: vec![sentence!("There is nothing of that kind here.")] };
    }
    Answer { sentences }
}

fn became(world: &World<Register>, run: &dyn Run, row: u32) -> Vec<Sentence> {
    let Some(asked) = run.history().get(row as usize) else { return Vec::new() };
    let earlier = run.history()[..=row as usize].iter().filter(|other| other.client == asked.client);
    let id = OpId { client: asked.client, serial: Serial(earlier.count() as u32) };
    let mut told = vec![ended(run, asked)];
    told.extend(received(run, asked));
    let at_work = |server: NodeId| at_work(world, server, id);
    told.extend(world.topology().servers().filter_map(at_work));
    if world.config().design == Design::Cp && asked.operation.function == Function::Write {
        told.push(stored(world, asked, id));
    }
    told
}

fn ended(run: &dyn Run, asked: &OpRow) -> Sentence {
    let client = asked.client;
    match asked.returned_by(run.step()) {
        None => {
            let (at, waits) = (asked.invoked, run.now().since(asked.invoked.time));
            sentence!("{client} asked at {at} and has waited for {waits}.", client, at, waits)
        }
        Some((at, Outcome::Fail)) => {
            sentence!("{client} was refused at {at}, which is an answer, and an error.", client, at)
        }
        Some((at, Outcome::Info)) => sentence!(
            "{client} knows since {at} that it does not know: the request may count, or may yet.",
            client,
            at
        ),
        Some((at, _)) => sentence!("{client} was answered at {at}.", client, at),
    }
}

fn received(run: &dyn Run, asked: &OpRow) -> Option<Sentence> {
    let told = sentence!("No server that is up has received the request.");
    asked.received_by(run.step()).is_none().then_some(told)
}

/// What a server does about an operation, if it is at work on it.
fn at_work(world: &World<Register>, id: NodeId, operation: OpId) -> Option<Sentence> {
    let server = world.server(id)?;
    if let Some(position) = server.coordinates(operation) {
        return Some(coordinates(world, id, &server.coordinations[position]));
    }
    match &server.office {
        Some(Office::Primary(primary)) => serves(id, primary, operation),
        _ => None,
    }
}

fn coordinates(world: &World<Register>, id: NodeId, coordination: &Coordination) -> Sentence {
    let answered = coordination.answered();
    let missing: Vec<NodeId> = ServerSet::first(world.topology().servers).without(answered).iter().collect();
    let (count, needs) = (answered.count(), coordination.needs);
    let told = match coordination.phase {
        Phase::Query(..) => sentence!(
            "{id} has asked all replicas what they have; {count} of the {needs} it needs have answered, and nothing came from {missing}.",
            id,
            count,
            needs,
            missing
        ),
        Phase::Store(..) => sentence!(
            "{id} has told all replicas to store it; {count} of the {needs} it needs have answered, and nothing came from {missing}.",
            id,
            count,
            needs,
            missing
        ),
    };
    told.of("§3")
}

fn serves(id: NodeId, primary: &Primary, operation: OpId) -> Option<Sentence> {
    let is_it = |job: &Job| matches!(job, Job::Serve(request) if request.id == operation);
    if let Some(running) = primary.running.as_ref().filter(|running| is_it(&running.job)) {
        let missing: Vec<NodeId> = running.missing().iter().collect();
        return Some(sentence!("{id} waits for every backup; nothing came from {missing}.", id, missing));
    }
    let before = primary.queue.iter().position(is_it)? + 1;
    Some(sentence!("{id} does one thing after the other: {before} before it.", id, before))
}

/// Which replicas hold what was written.
fn stored(world: &World<Register>, asked: &OpRow, id: OpId) -> Sentence {
    let holds = |server: &NodeId| {
        let state = world.disk(*server).state(asked.operation.key, world.config().kind);
        state.tag().is_some_and(|tag| tag.writer == Some(id))
    };
    let holders: Vec<NodeId> = world.topology().servers().filter(holds).collect();
    if holders.is_empty() {
        return sentence!("No replica holds its value now.").of("§3");
    }
    sentence!("Its value is now held by {holders}: whoever reads it there has a majority store it.", holders)
        .of("§3")
}

//! What can be asked about something that has not happened, and the answers: why an operation is not
//! answered, why homes do not agree, why a stand-in still keeps what is not its own.

use netsplit_sim::describe::{Answer, Ask, Describe, Question, Sentence, Subject, shown_key, shown_value};
use netsplit_sim::history::{OpRow, Value};
use netsplit_sim::id::{Link, NodeId};
use netsplit_sim::run::{Run, Status};
use netsplit_sim::sentence;
use netsplit_sim::world::World;
use netsplit_words::say;

use super::QuorumReplication;
use super::coordination::Coordination;
use super::views::server::kept;

/// Why do homes not agree?
const AGREE: u8 = 0;
/// Why does a stand-in still keep hints?
const HINTS: u8 = 1;
/// Why is an operation not answered?
const ANSWERED: u8 = 2;

/// The most keys that an answer names.
const MOST_KEYS: usize = 4;

/// What each home of a key holds.
type Held = Vec<(NodeId, Vec<i64>)>;

type Worlds<'a> = &'a World<QuorumReplication>;

/// The questions that make sense at the cursor.
pub(super) fn questions(world: Worlds<'_>, run: &dyn Run, about: Subject) -> Vec<Question> {
    let question = |number, label: String| vec![Question { ask: Ask { subject: about, number }, label }];
    match about {
        Subject::System if !differing(world).is_empty() => {
            question(AGREE, say!("Why do homes not hold the same?").to_owned())
        }
        Subject::Node(id) if !hints(world, id).is_empty() => {
            question(HINTS, say!("Why does {id} still keep hints?", id))
        }
        Subject::Operation(row) if waiting(world, run, row).is_some() => {
            question(ANSWERED, say!("Why is it not answered?").to_owned())
        }
        Subject::System | Subject::Node(_) | Subject::Operation(_) | Subject::Entry(..) => Vec::new(),
    }
}

/// The answer at the cursor.
pub(super) fn answer(world: Worlds<'_>, run: &dyn Run, ask: Ask) -> Answer {
    let sentences = match (ask.subject, ask.number) {
        (Subject::System, AGREE) => disagree(world),
        (Subject::Node(id), HINTS) => keeps(world, run, id),
        (Subject::Operation(row), ANSWERED) => unanswered(world, run, row),
        _ => Vec::new(),
    };
    if sentences.is_empty() {
        return Answer { sentences: vec![sentence!("There is nothing of that kind here.")] };
    }
    Answer { sentences }
}

/// Keys whose homes do not hold the same, with what each holds.
fn differing(world: Worlds<'_>) -> Vec<(u32, Held)> {
    let replicas = QuorumReplication::replicas(world).into_iter();
    let keys = replicas.map(|(key, held)| (key, held.into_iter().collect::<Held>()));
    keys.filter(|(_, held)| held.iter().any(|(_, numbers)| *numbers != held[0].1)).collect()
}

/// §4.6, §4.7, §5: what would bring replicas together.
fn disagree(world: Worlds<'_>) -> Vec<Sentence> {
    let config = world.config();
    let mut told: Vec<Sentence> = Vec::new();
    for (key, held) in differing(world).into_iter().take(MOST_KEYS) {
        let mut holding = Sentence::default();
        for (place, (id, numbers)) in held.iter().enumerate() {
            let values = shown_numbers(numbers);
            let one = sentence!("{id} holds {values}", id, values);
            holding = if place == 0 { one } else { sentence!("{holding}, {one}", holding, one) };
        }
        let key = shown_key(key);
        told.push(sentence!("Of {key} {holding}.", key, holding).of("§4.5"));
    }
    let means = [
        (config.read_repair, say!("a read that finds the difference (read_repair)")),
        (config.hinted_handoff, say!("hints that are handed over (hinted_handoff)")),
        (config.anti_entropy, say!("a comparison of Merkle trees (anti_entropy)")),
    ];
    let means: Vec<&str> = means.iter().filter(|(on, _)| *on).map(|(_, means)| *means).collect();
    if !told.is_empty() {
        let means = match means.as_slice() {
            [] => say!("only a later write").to_owned(),
            several => several.join(say!(", or ")),
        };
        told.push(sentence!("What can bring them together: {means}.", means).of("§4.7"));
    }
    told
}

fn shown_numbers(numbers: &[i64]) -> String {
    let shown: Vec<String> = numbers.iter().map(|number| shown_value(Value::Number(*number))).collect();
    if shown.is_empty() { say!("nothing").to_owned() } else { shown.join(" | ") }
}

/// What a server keeps for others, by home.
fn hints(world: Worlds<'_>, id: NodeId) -> Vec<(NodeId, u32)> {
    let exists = !id.is_client() && world.topology().contains(id);
    let Some(server) = exists.then(|| world.server(id)).flatten() else { return Vec::new() };
    kept(world.config(), server, world.disk(id)).hints.keys().copied().collect()
}

fn keeps(world: Worlds<'_>, run: &dyn Run, id: NodeId) -> Vec<Sentence> {
    let mut told = Vec::new();
    for (home, key) in hints(world, id).into_iter().take(MOST_KEYS) {
        let keeps = sentence!(
            "{id} keeps {key} for {home}, {why, select, crashed {which is crashed} paused {which is paused} cut {which is behind a wall} other {which has not answered yet}}.",
            id,
            key = shown_key(key),
            home,
            why = silence(run, id, home)
        );
        told.push(keeps.of("§4.6"));
    }
    if !world.config().hinted_handoff && !told.is_empty() {
        told.push(sentence!("It never hands over: hinted_handoff is off.").of("§4.6"));
    }
    told
}

/// Why nothing has come back from somebody yet, as far as the stage can see and the servers cannot.
fn silence(run: &dyn Run, from: NodeId, to: NodeId) -> &'static str {
    let cut = run.is_cut(Link::new(from, to)) || run.is_cut(Link::new(to, from));
    match run.status(to) {
        Status::Crashed => "crashed",
        Status::Paused => "paused",
        Status::Up if cut => "cut",
        Status::Up => "slow",
    }
}

/// An operation that somebody coordinates, and who does.
fn waiting<'a>(world: Worlds<'a>, run: &dyn Run, row: u32) -> Option<(NodeId, &'a Coordination)> {
    let row: &OpRow = run.history().get(row as usize)?;
    if row.returned_by(run.step()).is_some() {
        return None;
    }
    let pending = world.client(row.client).pending?;
    let server = world.server(pending.asked)?;
    let mine = |coordination: &&Coordination| coordination.ticket == pending.ticket && !coordination.told;
    server.coordinations.iter().find(mine).map(|coordination| (pending.asked, coordination))
}

/// §4.5: who has answered, and what is known of those who have not.
fn unanswered(world: Worlds<'_>, run: &dyn Run, row: u32) -> Vec<Sentence> {
    let Some((id, coordination)) = waiting(world, run, row) else { return Vec::new() };
    let (count, needed) = (coordination.count(), coordination.needed);
    let mut told = vec![
        sentence!("{id} has {count} of the {needed} answers that it needs.", id, count, needed).of("§4.5"),
    ];
    for missing in coordination.asked.without(coordination.answered).iter() {
        let waits = if missing == id {
            sentence!("It waits for its own disk.")
        } else {
            sentence!(
                "It waits for {missing}, {why, select, crashed {which is crashed} paused {which is paused} cut {which is behind a wall} other {which has not answered yet}}.",
                missing,
                why = silence(run, id, missing)
            )
        };
        told.push(waits.of("§4.5"));
    }
    told
}

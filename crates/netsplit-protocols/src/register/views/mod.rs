//! Servers, clients and messages of the register as they can be shown.

pub(super) mod client;
pub(super) mod message;
pub(super) mod server;

use netsplit_sim::describe::{Field, shown_key, shown_value};
use netsplit_sim::history::{Function, Operation, Value};
use netsplit_words::say;

use super::state::{Numbered, Reading, Stamped, State, Tagged};

/// A field with its law.
fn field(name: &'static str, value: impl ToString, meaning: &'static str) -> Field {
    Field { name, value: value.to_string(), meaning }
}

/// What a reader of this state sees: `B`, `B | C` for siblings, a number for a counter, `{1, 2}` for a
/// set.
fn shown_reading(state: &State) -> String {
    let plain = |numbers: &[i64]| numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    match (state, state.reading()) {
        (State::Counter(counter), _) => counter.total().to_string(),
        (State::Set(_), Reading::Many(numbers)) => format!("{{{}}}", plain(&numbers)),
        (_, Reading::One(value)) => shown_value(value),
        (_, Reading::Many(numbers)) => {
            let letters = numbers.iter().map(|number| shown_value(Value::Number(*number)));
            letters.collect::<Vec<_>>().join(" | ")
        }
    }
}

/// The version of this state, as its design counts versions.
fn shown_version(state: &State) -> String {
    match state {
        State::Tagged(Tagged { tag, .. }) => tag.to_string(),
        State::Stamped(Stamped { stamp, .. }) => {
            stamp.map_or_else(|| say!("none").to_owned(), |stamp| stamp.to_string())
        }
        State::Numbered(Numbered { view, number, .. }) => {
            say!("view {view}, write {number}", view = view.0, number)
        }
        State::Siblings(siblings) => {
            let dots = siblings.versions().iter().map(|version| version.dot);
            dots.map(|dot| format!("{}:{}", dot.actor.node, dot.counter)).collect::<Vec<_>>().join(" | ")
        }
        State::Set(set) => {
            let seen = set.seen().entries().iter();
            seen.map(|dot| format!("{}:{}", dot.actor.node, dot.counter)).collect::<Vec<_>>().join(" ")
        }
        State::Counter(counter) => {
            let tallies = counter.tallies().iter().zip(1..);
            let made = tallies.filter(|(tally, _)| tally.added > 0 || tally.taken > 0);
            made.map(|(tally, server)| format!("n{server}:+{}−{}", tally.added, tally.taken))
                .collect::<Vec<_>>()
                .join(" ")
        }
    }
}

/// An operation as a phrase: `x = D`.
pub(super) fn shown_operation(operation: &Operation) -> String {
    let (key, value) = (shown_key(operation.key), shown_value(operation.value));
    let number = match operation.value {
        Value::Number(number) => number,
        Value::Absent => 0,
    };
    match operation.function {
        Function::Read => say!("read {key}", key),
        Function::Write => format!("{key} = {value}"),
        Function::Cas => format!("{key} = {value} if it is {}", shown_value(operation.expected)),
        Function::Add if number < 0 => format!("{key} − {}", number.unsigned_abs()),
        Function::Add => format!("{key} + {number}"),
        Function::Remove => say!("{key} without {number}", key, number),
    }
}

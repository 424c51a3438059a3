//! The replicated state machine: keys with values, and a session per client process (§8).

use std::collections::BTreeMap;
use std::rc::Rc;

use netsplit_sim::encode::{Encode, Encoder};
use netsplit_sim::footprint::Footprint;
use netsplit_sim::footprint_fields;
use netsplit_sim::history::{Function, Operation, Value};
use netsplit_sim::id::ProcessId;

use super::entry::{Command, Payload};
use super::message::Answer;
use super::types::{LogIndex, Serial};

/// What the entries applied so far have led to.
#[derive(Clone, Debug, Default)]
pub struct StateMachine {
    /// Index of the last entry applied; increases monotonically, volatile.
    last_applied: LogIndex,
    /// Shared between clones until the next entry changes it.
    state: Rc<State>,
}

#[derive(Clone, Debug, Default)]
struct State {
    values: BTreeMap<u32, Value>,
    /// Per process its latest command and the answer to it.
    sessions: BTreeMap<ProcessId, (Serial, Answer)>,
}

/// What applying an entry did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// The entry was empty.
    Nothing,
    /// The command took effect, with this answer.
    Effect(Answer),
    /// The command had been applied before and did nothing this time.
    Repeated,
}

/// What a session knows of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recall {
    /// Not applied yet.
    New,
    /// Applied, with this answer.
    Answered(Answer),
    /// The client has moved on since.
    Outdated,
}

impl StateMachine {
    /// Index of the last entry applied.
    pub fn last_applied(&self) -> LogIndex {
        self.last_applied
    }

    /// The value under a key.
    pub fn value(&self, key: u32) -> Value {
        self.state.values.get(&key).copied().unwrap_or_default()
    }

    /// All keys ever written, with their values.
    pub fn values(&self) -> impl Iterator<Item = (u32, Value)> {
        self.state.values.iter().map(|(key, value)| (*key, *value))
    }

    /// Applies the entry that follows the last one applied.
    pub fn apply(&mut self, payload: &Payload) -> Applied {
        self.last_applied = self.last_applied.next();
        match payload {
            Payload::Noop => Applied::Nothing,
            Payload::Command(command) => self.apply_once(command),
        }
    }

    /// §8: a command whose serial was applied already is answered without being executed again.
    fn apply_once(&mut self, command: &Command) -> Applied {
        if self.recall(command.process, command.serial) != Recall::New {
            return Applied::Repeated;
        }
        let state = Rc::make_mut(&mut self.state);
        let answer = state.execute(&command.operation);
        state.sessions.insert(command.process, (command.serial, answer));
        Applied::Effect(answer)
    }

    /// What is known of a command.
    pub fn recall(&self, process: ProcessId, serial: Serial) -> Recall {
        match self.state.sessions.get(&process) {
            Some((latest, answer)) if *latest == serial => Recall::Answered(*answer),
            Some((latest, _)) if *latest > serial => Recall::Outdated,
            _ => Recall::New,
        }
    }
}

impl State {
    fn execute(&mut self, operation: &Operation) -> Answer {
        let found = self.values.get(&operation.key).copied().unwrap_or_default();
        match operation.function {
            Function::Read => return Answer::Done(found),
            Function::Cas if found != operation.expected => return Answer::NotExpected,
            Function::Add | Function::Remove => return Answer::NotExpected,
            Function::Cas | Function::Write => {}
        }
        self.values.insert(operation.key, operation.value);
        Answer::Done(operation.value)
    }
}

footprint_fields!(StateMachine { state });
footprint_fields!(State { values, sessions });
impl Footprint for Answer {}

/// The entries up to `last_applied` determine all the rest.
impl Encode for StateMachine {
    fn encode(&self, out: &mut Encoder) {
        self.last_applied.encode(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(process: u32, serial: u32, operation: Operation) -> Payload {
        Payload::Command(Command { process: ProcessId(process), serial: Serial(serial), operation })
    }

    #[test]
    fn a_retried_command_takes_effect_once_and_its_answer_is_kept() {
        let mut machine = StateMachine::default();
        let cas = command(0, 1, Operation::cas(0, Value::Absent, 5));
        assert_eq!(machine.apply(&cas), Applied::Effect(Answer::Done(Value::Number(5))));
        assert_eq!(
            machine.apply(&command(1, 1, Operation::write(0, 6))),
            Applied::Effect(Answer::Done(Value::Number(6)))
        );
        assert_eq!(machine.apply(&cas), Applied::Repeated);
        assert_eq!(machine.value(0), Value::Number(6));
        let kept = machine.recall(ProcessId(0), Serial(1));
        assert_eq!(kept, Recall::Answered(Answer::Done(Value::Number(5))));
        assert_eq!(machine.last_applied(), LogIndex(3));
    }

    #[test]
    fn a_command_that_arrives_after_its_client_moved_on_does_nothing() {
        let mut machine = StateMachine::default();
        machine.apply(&command(0, 2, Operation::write(0, 2)));
        assert_eq!(machine.apply(&command(0, 1, Operation::write(0, 1))), Applied::Repeated);
        assert_eq!(machine.value(0), Value::Number(2));
        assert_eq!(machine.recall(ProcessId(0), Serial(1)), Recall::Outdated);
    }

    #[test]
    fn a_compare_and_set_that_finds_another_value_changes_nothing() {
        let mut machine = StateMachine::default();
        machine.apply(&command(0, 1, Operation::write(0, 1)));
        let refused = machine.apply(&command(0, 2, Operation::cas(0, Value::Number(9), 2)));
        assert_eq!(refused, Applied::Effect(Answer::NotExpected));
        assert_eq!(machine.value(0), Value::Number(1));
    }

    #[test]
    fn a_read_sees_the_value_and_leaves_a_session() {
        let mut machine = StateMachine::default();
        machine.apply(&command(0, 1, Operation::write(7, 3)));
        let read = machine.apply(&command(1, 1, Operation::read(7)));
        assert_eq!(read, Applied::Effect(Answer::Done(Value::Number(3))));
        assert_eq!(machine.values().collect::<Vec<_>>(), [(7, Value::Number(3))]);
    }
}

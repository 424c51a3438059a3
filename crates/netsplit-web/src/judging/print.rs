//! What tells one client history from another, cheap enough for every frame.

use netsplit_sim::history::{Function, OpRow, Operation, Outcome, Value};
use netsplit_sim::id::Step;

/// A client history as far as a verdict depends on it: everything that was asked before the last answer, and
/// every answer. What is asked later can still take effect anywhere after, so it changes no verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Print(u64);

impl Print {
    /// The history right after a step.
    pub fn of(rows: &[OpRow], step: Step) -> Self {
        let Some(last) = last_answer(rows, step) else { return Self::default() };
        let mut print = Self(OFFSET);
        for row in rows.iter().take_while(|row| row.invoked.step <= last) {
            print.row(row, step);
        }
        print
    }

    /// Whether nothing was answered.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    fn row(&mut self, row: &OpRow, step: Step) {
        let Operation { function, key, value, expected, .. } = row.operation;
        for part in [u64::from(row.process.0), row.invoked.time.0, place(function), u64::from(key)] {
            self.add(part);
        }
        self.value(value);
        self.value(expected);
        match row.returned_by(step) {
            None | Some((_, Outcome::Info)) => self.add(0),
            Some((moment, Outcome::Fail)) => [1, moment.time.0].into_iter().for_each(|part| self.add(part)),
            Some((moment, Outcome::Ok(value))) => {
                [2, moment.time.0].into_iter().for_each(|part| self.add(part));
                self.value(value);
            }
            Some((moment, Outcome::Many(values))) => {
                [3, moment.time.0, values.len() as u64].into_iter().for_each(|part| self.add(part));
                values.iter().for_each(|value| self.add(*value as u64));
            }
        }
    }

    fn value(&mut self, value: Value) {
        match value {
            Value::Absent => self.add(0),
            Value::Number(number) => [1, number as u64].into_iter().for_each(|part| self.add(part)),
        }
    }

    /// Like FNV-1a, but eight bytes at a time, so the high bits are brought back down.
    fn add(&mut self, part: u64) {
        self.0 = (self.0 ^ part).wrapping_mul(PRIME).rotate_left(23);
    }
}

/// Of a history that never changes.
impl From<u64> for Print {
    fn from(number: u64) -> Self {
        Self(number)
    }
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The step of the last answer that says something: giving up says nothing.
fn last_answer(rows: &[OpRow], step: Step) -> Option<Step> {
    let answers = rows.iter().filter_map(|row| row.returned_by(step));
    answers.filter(|(_, outcome)| *outcome != Outcome::Info).map(|(moment, _)| moment.step).max()
}

const fn place(function: Function) -> u64 {
    match function {
        Function::Read => 0,
        Function::Write => 1,
        Function::Cas => 2,
        Function::Add => 3,
        Function::Remove => 4,
    }
}

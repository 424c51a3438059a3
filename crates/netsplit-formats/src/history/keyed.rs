//! Which key an operation is on: written as `:key`, or in front of each value, or nowhere.

use super::bad::{Reason, shown};
use super::function::Function;
use super::half::{Half, Kind, Who};
use crate::edn::{Datum, Form};

/// How a history names keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keying {
    /// Not at all: there is one.
    One,
    /// In a field of its own.
    Field,
    /// In front of the value: `[key value]`.
    Tuple,
}

impl Keying {
    /// How these rows name keys. A vector of two is a key and a value only if every invocation has one,
    /// since reads of unkeyed histories are invoked with nil.
    pub(super) fn of(halves: &[Half]) -> Self {
        let mut invocations = halves.iter().filter_map(invocation).peekable();
        if halves.iter().any(|half| half.key.is_some()) {
            return Self::Field;
        }
        match invocations.peek().is_some() && invocations.all(|(function, value)| is_tuple(function, value)) {
            true => Self::Tuple,
            false => Self::One,
        }
    }

    /// The key and the value of an invocation.
    pub(super) fn invoked(self, half: &Half) -> Result<(Option<&Datum>, &Datum), Reason> {
        match self {
            Self::One => Ok((None, &half.value)),
            Self::Field => Ok((Some(half.key.as_ref().ok_or(Reason::Lacks(":key"))?), &half.value)),
            Self::Tuple => {
                let (key, value) = tuple(&half.value).ok_or_else(|| Reason::NoKey(shown(&half.value)))?;
                Ok((Some(key), value))
            }
        }
    }

    /// The same of a completion, which may leave the key out where it has a field.
    pub(super) fn completed(self, half: &Half) -> Result<(Option<&Datum>, &Datum), Reason> {
        match self {
            Self::Field => Ok((half.key.as_ref(), &half.value)),
            Self::Tuple if half.value.form == Form::Nil => Ok((None, &half.value)),
            Self::One | Self::Tuple => self.invoked(half),
        }
    }
}

fn invocation(half: &Half) -> Option<(Function, &Datum)> {
    match half.who {
        Who::Client { function, .. } if half.kind == Kind::Invoke => Some((function, &half.value)),
        _ => None,
    }
}

fn is_tuple(function: Function, value: &Datum) -> bool {
    match tuple(value) {
        // A swap of an unkeyed history is a vector of two as well.
        Some((_, inner)) => function != Function::Cas || tuple(inner).is_some(),
        None => false,
    }
}

fn tuple(value: &Datum) -> Option<(&Datum, &Datum)> {
    match &value.untagged().form {
        Form::Sequence(both) if both.len() == 2 => Some((&both[0], &both[1])),
        _ => None,
    }
}

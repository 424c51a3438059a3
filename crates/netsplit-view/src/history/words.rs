//! An operation in a few characters, and in words.

use netsplit_checkers::history::{Operation, Outcome, Request, Row};
use netsplit_checkers::words::{self, Names};
use netsplit_words::say;

use super::account::Account;
use super::naming::Naming;

/// How an operation stands: by shape, letter and colour role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It happened.
    Done,
    /// It did not happen.
    Refused,
    /// Nobody knows whether it happened.
    Unknown,
    /// It has not ended.
    Pending,
}

impl Standing {
    /// How an operation stands.
    pub fn of(operation: &Operation) -> Self {
        match &operation.returned {
            None => Self::Pending,
            Some((_, Outcome::Ok(_))) => Self::Done,
            Some((_, Outcome::Fail)) => Self::Refused,
            Some((_, Outcome::Info)) => Self::Unknown,
        }
    }

    /// One sign.
    pub const fn sign(self) -> char {
        match self {
            Self::Done => '✓',
            Self::Refused => '✗',
            Self::Unknown => '?',
            Self::Pending => '…',
        }
    }

    /// Whether it has an end in time.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Unknown | Self::Pending)
    }

    fn words(self) -> &'static str {
        match self {
            Self::Done => say!("answered"),
            Self::Refused => say!("failed: it did not happen"),
            Self::Unknown => say!("given up: it may or may not have happened"),
            Self::Pending => say!("no answer yet: it may or may not have happened"),
        }
    }
}

/// `x=D`, `x: D` for a read of D, `x: C→D`, `x +3`.
pub fn short(naming: &Naming, operation: &Operation) -> String {
    let key = naming.key(operation.key);
    let (joint, tail) = match &operation.request {
        Request::Read => (": ", saw(naming, operation).unwrap_or_else(|| "?".to_owned())),
        Request::Write(value) => ("=", naming.value(value)),
        Request::Cas { expected, new } => (": ", [&naming.value(expected), "→", &naming.value(new)].concat()),
        Request::Append(text) => ("+", ["“", text, "”"].concat()),
        Request::Add(number) if *number < 0 => (" ", ["−", &naming.number(number.saturating_neg())].concat()),
        Request::Add(number) => (" +", naming.number(*number)),
        Request::Remove(number) => (" ", say!("without {number}", number = naming.number(*number))),
        Request::Enqueue(value) => ("←", naming.value(value)),
        Request::Dequeue => ("→", saw(naming, operation).unwrap_or_else(|| "?".to_owned())),
        Request::Acquire => (" ", say!("lock").to_owned()),
        Request::Release => (" ", say!("unlock").to_owned()),
    };
    [key.as_str(), if key.is_empty() { joint.trim_start_matches([':', ' ']) } else { joint }, &tail].concat()
}

/// What an operation that returns something returned.
fn saw(naming: &Naming, operation: &Operation) -> Option<String> {
    match &operation.returned {
        Some((_, Outcome::Ok(Some(value)))) => Some(naming.value(value)),
        _ => None,
    }
}

/// `c2's read of x: asked at 1.2 s, answered at 1.3 s, saw D`.
pub fn spoken(account: &Account, row: Row) -> String {
    let Some(operation) = account.operations().get(row) else { return String::new() };
    let standing = Standing::of(operation);
    let name = words::operation(account, &account.history, row);
    let (time, standing) = (account.time(operation.called), standing.words());
    let mut told = say!("{name}: asked at {time}, {standing}", name, time, standing);
    if let Some((at, _)) = &operation.returned {
        told = say!("{told}, at {time}", told, time = account.time(*at));
    }
    match saw(&account.naming, operation) {
        Some(value) => say!("{told}, saw {value}", told, value),
        None => told,
    }
}

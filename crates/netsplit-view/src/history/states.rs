//! What an object held before and after an operation, in the order that explains them.

use netsplit_checkers::history::{Outcome, Row};
use netsplit_checkers::model::{Model, State};

use super::account::Account;
use super::points;

/// An operation's place in the order of its key, and what the key held around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// From one.
    pub number: usize,
    /// Of so many.
    pub of: usize,
    /// What was held before.
    pub before: String,
    /// What was held after.
    pub after: String,
}

/// What an operation found and left in an order of all; nothing if it is not in the order.
pub fn around(account: &Account, order: &[Row], model: Model, row: Row) -> Option<Around> {
    let orders = points::by_key(&account.history, order);
    let order = orders.into_iter().find(|order| order.contains(&row))?;
    let mut state = State::initial(model);
    for (before, earlier) in order.iter().enumerate() {
        let next = after(account, &state, *earlier)?;
        if *earlier == row {
            let shown = |state| account.naming.state(state);
            return Some(Around {
                number: before + 1,
                of: order.len(),
                before: shown(&state),
                after: shown(&next),
            });
        }
        state = next;
    }
    None
}

fn after(account: &Account, state: &State, row: Row) -> Option<State> {
    let operation = account.operations().get(row)?;
    let answer = match &operation.returned {
        Some((_, Outcome::Ok(answer))) => answer.as_ref(),
        _ => None,
    };
    state.after(&operation.request, answer)
}

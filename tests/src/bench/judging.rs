//! How long linearizability takes to judge: many clients, one key, and what was never answered.

use netsplit_checkers::made::{Making, make, with_a_stale_read};
use netsplit_checkers::model::Model;
use netsplit_checkers::search::{Budget, judge};
use netsplit_checkers::verdict::Consistency;

use super::{Clock, Row};

const TIMES: u64 = 5;

/// Histories of a register, of two kinds of length.
const VALID: [(&str, Making); 2] = [
    ("2,000 operations of 50 clients on 10 keys", making(Model::Register, 50, 10, 2_000, 0)),
    ("2,000 operations of 10 clients on one key", making(Model::Register, 10, 1, 2_000, 0)),
];

const fn making(model: Model, clients: u32, keys: u32, operations: u32, unanswered: u32) -> Making {
    Making { model, clients, keys, operations, unanswered, values: 0, seed: 0 }
}

pub(super) fn linearizability(clock: Clock) -> Vec<Row> {
    let mut rows: Vec<Row> =
        VALID.into_iter().map(|(name, making)| row(name, making, false, clock)).collect();
    for model in [Model::CasRegister, Model::KeyValue] {
        let making = making(model, 10, 1, 90, 20);
        for (is_stale, kind) in [(false, "valid"), (true, "invalid")] {
            let name = format!("90 operations, 20 unanswered, {}, {kind}", model.name());
            rows.push(row(&name, making, is_stale, clock));
        }
    }
    rows
}

/// The seconds of several histories of one kind.
fn row(name: &str, making: Making, is_stale: bool, clock: Clock) -> Row {
    let took = |seed| {
        let made = make(&Making { seed, ..making });
        let history = if is_stale { with_a_stale_read(&made) } else { made };
        let begun = clock();
        let verdict = judge(Consistency::Linearizable(making.model), &history, Budget::USUAL);
        assert_ne!(verdict.name(), "unknown", "{name}, seed {seed}");
        (clock() - begun) / 1_000.0
    };
    Row::new(format!("linearizability: {name}"), "s", (0..TIMES).map(took).collect())
}

//! Zones and search are two ways to the same answer. A read whose answer nobody knows says nothing, but takes a
//! history out of the reach of zones.

use netsplit_checkers::history::{History, Key, Operation, Outcome, Process, Request, Time};
use netsplit_checkers::made::{Making, make, with_a_stale_read};
use netsplit_checkers::model::Model;
use netsplit_checkers::search::{Budget, judge};
use netsplit_checkers::verdict::Consistency;
use proptest::test_runner::{Config, TestRunner};

use crate::small::{distinct, history, sketches};

fn agree(history: &History) -> &'static str {
    let by_zones = judge(Consistency::Linearizable(Model::Register), history, Budget::USUAL).name();
    let mut searched = history.operations().to_vec();
    let keys: std::collections::BTreeSet<Key> = searched.iter().map(|operation| operation.key).collect();
    for (nth, key) in keys.into_iter().enumerate() {
        searched.push(Operation {
            process: Process(1_000_000 + nth as u32),
            key,
            request: Request::Read,
            called: Time(0),
            returned: Some((Time(1_000_000), Outcome::Ok(None))),
        });
    }
    let searched = History::new(searched).expect("a history");
    let by_search = judge(Consistency::Linearizable(Model::Register), &searched, Budget::USUAL).name();
    assert_eq!(by_zones, by_search, "{:#?}", history.operations());
    by_zones
}

#[test]
fn zones_and_search_agree_on_small_histories() {
    let mut runner = TestRunner::new(Config { cases: 4000, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&sketches(Model::Register, 12, 2), |sketches| {
        agree(&history(Model::Register, &distinct(sketches)));
        Ok(())
    });
    outcome.expect("they agree");
}

#[test]
fn zones_and_search_agree_on_longer_histories() {
    for seed in 0..50 {
        let making = Making {
            model: Model::Register,
            clients: 4,
            keys: 1,
            operations: 60,
            unanswered: 5,
            values: 0,
            seed,
        };
        assert_eq!(agree(&make(&making)), "ok");
        assert_eq!(agree(&with_a_stale_read(&make(&making))), "violation");
    }
}

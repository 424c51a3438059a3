//! A search in slices gives the answer of a search at once, and one that is spent says so.

use std::sync::Arc;

use netsplit_checkers::made::{Making, make, with_a_stale_read};
use netsplit_checkers::model::Model;
use netsplit_checkers::search::{Budget, begin, judge};
use netsplit_checkers::verdict::{Consistency, Verdict};

const HARD: Making = Making {
    model: Model::CasRegister,
    clients: 10,
    keys: 3,
    operations: 300,
    unanswered: 10,
    values: 4,
    seed: 1,
};

#[test]
fn slices_of_any_size_give_the_same_verdict() {
    for stale in [false, true] {
        let made = make(&HARD);
        let history = Arc::new(if stale { with_a_stale_read(&made) } else { made });
        let what = Consistency::Linearizable(Model::CasRegister);
        let at_once = judge(what, &history, Budget::USUAL);
        for steps in [1, 7, 1000] {
            let mut search = begin(what, history.clone(), Budget::USUAL);
            let verdict = std::iter::repeat_with(|| search.run(steps)).find_map(|verdict| verdict);
            assert_eq!(verdict.as_ref(), Some(&at_once), "{steps} steps a slice");
            assert_eq!(search.run(steps), verdict, "an answer is final");
        }
    }
}

#[test]
fn a_spent_budget_is_unknown() {
    let history = make(&HARD);
    let what = Consistency::Linearizable(Model::CasRegister);
    let Verdict::Unknown(spent) = judge(what, &history, Budget(100)) else {
        panic!("100 steps are not enough")
    };
    assert!((100..=110).contains(&spent.steps), "{}", spent.steps);
    assert!(!spent.best.0.is_empty(), "something is explained");
}

#[test]
fn a_hard_key_does_not_hide_a_violation_of_another() {
    let hard = make(&Making {
        model: Model::Queue,
        clients: 8,
        keys: 1,
        operations: 400,
        unanswered: 10,
        values: 0,
        seed: 1,
    });
    let mut rows = hard.operations().to_vec();
    let mut broken = rows[0].clone();
    broken.key = netsplit_checkers::history::Key(7);
    broken.process = netsplit_checkers::history::Process(1_000_000);
    broken.request = netsplit_checkers::history::Request::Dequeue;
    let answer = netsplit_checkers::history::Outcome::Ok(Some(netsplit_checkers::history::Value::Number(1)));
    broken.returned = Some((broken.called, answer));
    rows.push(broken);
    let history = netsplit_checkers::history::History::new(rows).expect("a history");
    let verdict = judge(Consistency::Linearizable(Model::Queue), &history, Budget(200_000));
    let witness = verdict.witness().expect("nobody put that in");
    assert_eq!(witness.rows, vec![history.operations().len() - 1]);
}

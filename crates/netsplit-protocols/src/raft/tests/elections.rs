//! §5.1 and §5.2: terms, votes and leaders.

use netsplit_sim::history::{Operation, Outcome, Value};

use super::lab::{ms, n, plan};

#[test]
fn a_leader_is_elected_and_what_a_client_writes_reaches_every_server() {
    let mut lab = plan(5).start();
    lab.pass(ms(500));
    assert_eq!(lab.leaders().len(), 1);
    lab.ask(n(1), Operation::write(0, 4)).pass(ms(100));
    assert_eq!(lab.outcomes(), [Some(Outcome::Ok(Value::Number(4)))]);
    for id in (1..=5).map(n) {
        assert_eq!((lab.log(id).as_str(), lab.commit_index(id)), ("11", 2), "{id}");
    }
    assert!(lab.broken().is_empty());
}

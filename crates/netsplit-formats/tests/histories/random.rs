//! Random histories, with many equal times, come back from EDN as they were.

use netsplit_checkers::history::{History, Key, Operation, Outcome, Process, Request, Time, Value};
use netsplit_checkers::model::Model;
use netsplit_checkers::search::{Budget, judge};
use netsplit_checkers::verdict::Consistency;
use netsplit_formats::history::{Names, Told};
use proptest::prelude::prop;
use proptest::{prop_assert, prop_assert_eq, proptest};

use crate::exported::{by_process, read_back};

/// What is drawn for an operation: of which client, on which key, how long after its last and how long, what,
/// and how it ends.
type Drawn = (u32, u32, u64, u64, u8, u8);

/// Each client goes on as another process after an unknown outcome, and says nothing more if it waits.
fn history(drawn: &[Drawn]) -> History {
    let mut clients = [(0, Time(0), false); 4];
    let mut operations = Vec::new();
    for &(client, key, gap, length, what, ending) in drawn {
        let (retired, free, waits) = &mut clients[client as usize];
        if *waits {
            continue;
        }
        let called = Time(free.0 + gap);
        let request = match what {
            0..3 => Request::Read,
            3..5 => Request::Write(Value::Number(i64::from(what))),
            _ => Request::Cas { expected: Value::Absent, new: Value::Number(7) },
        };
        let seen = [Value::Absent, Value::Number(3), Value::Number(4), Value::Number(7)];
        let answer = (request == Request::Read).then(|| seen[usize::from(ending % 4)].clone());
        let outcome = match ending {
            0..8 => Some(Outcome::Ok(answer)),
            8 => Some(Outcome::Fail),
            9 => Some(Outcome::Info),
            _ => None,
        };
        let process = Process(client + 4 * *retired);
        *free = Time(called.0 + length);
        *waits = outcome.is_none();
        *retired += u32::from(outcome == Some(Outcome::Info));
        let returned = outcome.map(|outcome| (*free, outcome));
        operations.push(Operation { process, key: Key(key), request, called, returned });
    }
    operations.sort_by_key(|operation| operation.called);
    History::new(operations).expect("each process has one operation at a time")
}

proptest! {
    #[test]
    fn a_random_history_comes_back_with_its_verdict(
        drawn in prop::collection::vec((0..4_u32, 0..3_u32, 0..3_u64, 0..4_u64, 0..6_u8, 0..11_u8), 0..24)
    ) {
        let history = history(&drawn);
        let names = Names::of_run(&history);
        let imported = read_back(&Told { history: &history, names: &names, bands: &[], model: Model::CasRegister });
        let one_key = history.operations().iter().all(|operation| operation.key == history.operations()[0].key);
        if !one_key {
            prop_assert_eq!(by_process(&imported.history, &imported.names), by_process(&history, &names));
        }
        prop_assert_eq!(imported.history.operations().len(), history.operations().len());
        let verdict = |history| judge(Consistency::Linearizable(Model::CasRegister), history, Budget::USUAL);
        let (before, after) = (verdict(&history), verdict(&imported.history));
        prop_assert!(before.name() != "unknown");
        prop_assert_eq!(before.name(), after.name());
    }
}

//! What is exported for Jepsen is read back as the same history, with the same verdict.

use std::collections::BTreeMap;

use netsplit_checkers::history::{History, Key, Operation, Outcome, Process, Request, Time, Value};
use netsplit_checkers::model::Model;
use netsplit_formats::history::{Band, Clock, Imported, Names, Told, read};
use netsplit_formats::jepsen;
use proptest::prelude::{any, prop};
use proptest::{prop_assert_eq, proptest};

fn exported(told: &Told<'_>) -> String {
    let mut out = Vec::new();
    jepsen::write(told, &mut out).expect("memory takes a history");
    String::from_utf8(out).expect("EDN is UTF-8")
}

pub fn read_back(told: &Told<'_>) -> Imported {
    let text = exported(told);
    read(&text).unwrap_or_else(|bad| panic!("{bad} in\n{text}"))
}

/// The operations of each process, in its order, with the names of their keys.
pub fn by_process(history: &History, names: &Names) -> BTreeMap<String, Vec<(String, Operation)>> {
    let mut all: BTreeMap<String, Vec<(String, Operation)>> = BTreeMap::new();
    let keys = names.keys.len();
    for operation in history.operations() {
        // A single key loses its name.
        let key = if keys == 1 { String::new() } else { names.key(operation.key).to_owned() };
        let plain = Operation { process: Process(0), key: Key(0), ..operation.clone() };
        all.entry(names.process(operation.process).to_owned()).or_default().push((key, plain));
    }
    all
}

#[test]
fn files_come_back_with_bands_lines_and_model() {
    for text in [include_str!("../data/cas-register.edn"), include_str!("../data/cas-register-stale.edn")] {
        let imported = read(text).expect("it is a history");
        let again = read_back(&imported.told(Model::CasRegister));
        assert_eq!(again.history, imported.history);
        assert_eq!((again.names, again.bands), (imported.names, imported.bands));
        assert_eq!((again.clock, again.model), (Clock::Nanoseconds, Some(Model::CasRegister)));
    }
    let imported = read(include_str!("../data/independent.edn")).expect("it is a history");
    assert_eq!(read_back(&imported.told(Model::CasRegister)).history, imported.history);
    let imported = read(include_str!("../data/key-value.edn")).expect("it is a history");
    assert_eq!(read_back(&imported.told(Model::KeyValue)).history, imported.history);
    assert!(exported(&imported.told(Model::KeyValue)).contains(":f :append, :key \"a\", :value \"x 1 0 y\""));
}

fn operation(process: u32, request: Request, called: u64, returned: Option<(u64, Outcome)>) -> Operation {
    let returned = returned.map(|(time, outcome)| (Time(time), outcome));
    Operation { process: Process(process), key: Key(0), request, called: Time(called), returned }
}

fn one_key(operations: Vec<Operation>) -> (History, Names) {
    let history = History::new(operations).expect("it is well-formed");
    let names = Names::of_run(&history);
    (history, names)
}

#[test]
fn what_was_never_written_is_absent_and_not_unknown() {
    let seen = |value| Some((3, Outcome::Ok(value)));
    let (history, names) = one_key(vec![
        operation(0, Request::Write(Value::Number(1)), 0, Some((1, Outcome::Ok(None)))),
        operation(1, Request::Read, 2, seen(Some(Value::Absent))),
        operation(2, Request::Read, 2, seen(Some(Value::Many([2, 3].into())))),
        operation(3, Request::Read, 2, seen(None)),
        operation(4, Request::Cas { expected: Value::Absent, new: Value::Number(3) }, 2, None),
    ]);
    let told = Told { history: &history, names: &names, bands: &[], model: Model::CasRegister };
    let text = exported(&told);
    for row in [
        ":type :ok, :process 1, :f :read, :value :absent}",
        ":type :ok, :process 2, :f :read, :value [2 3]}",
        ":type :ok, :process 3, :f :read, :value nil}",
        ":type :invoke, :process 4, :f :cas, :value [:absent 3]}",
    ] {
        assert!(text.contains(row), "{row} in\n{text}");
    }
    assert_eq!(read_back(&told).history, history);
}

#[test]
fn at_one_time_calls_come_first_except_after_their_own_return() {
    let write = |number| Request::Write(Value::Number(number));
    let done = |time| Some((time, Outcome::Ok(None)));
    let (history, names) = one_key(vec![
        operation(0, write(1), 5, done(7)),
        operation(0, write(2), 7, done(7)),
        operation(1, write(3), 7, done(9)),
    ]);
    let text = exported(&Told { history: &history, names: &names, bands: &[], model: Model::Register });
    let rows: Vec<(bool, char)> = text
        .lines()
        .filter(|line| line.starts_with('{'))
        .map(|line| (line.contains(":invoke"), line.chars().rev().nth(1).expect("a value")))
        .collect();
    let (call, end) = (true, false);
    assert_eq!(rows, [(call, '1'), (call, '3'), (end, '1'), (call, '2'), (end, '2'), (end, '3')]);
    assert_eq!(
        by_process(&read(&text).expect("it is a history").history, &names),
        by_process(&history, &names)
    );
}

#[test]
fn bands_that_overlap_keep_their_ends() {
    let (history, names) = one_key(vec![operation(0, Request::Read, 0, None)]);
    let band = |label: &str, from, to: Option<u64>| Band {
        label: label.to_owned(),
        from: Time(from),
        to: to.map(Time),
    };
    let bands = [
        band("wall: n1 | n2, n3", 1, Some(5)),
        band("wall: n1, n2 | n3", 2, Some(4)),
        band("crash: n3", 2, Some(9)),
        band("paused", 3, None),
    ];
    let told = Told { history: &history, names: &names, bands: &bands, model: Model::Register };
    assert_eq!(read_back(&told).bands, bands);
}

proptest! {
    /// Whatever a text holds, it is written so that it is read back.
    #[test]
    fn any_text_comes_back(text in any::<String>(), key in any::<String>(), numbers in prop::collection::btree_set(any::<i64>(), 0..4)) {
        let request = Request::Write(Value::Text(text.as_str().into()));
        let seen = Value::Many(numbers.into_iter().collect());
        let (history, _) = one_key(vec![
            Operation { key: Key(1), ..operation(0, request, 0, Some((1, Outcome::Ok(None)))) },
            operation(0, Request::Read, 2, Some((3, Outcome::Ok(Some(seen))))),
        ]);
        let names = Names { keys: vec!["x".to_owned(), format!("k{key}")], processes: vec!["0".to_owned()] };
        let imported = read_back(&Told { history: &history, names: &names, bands: &[], model: Model::Register });
        prop_assert_eq!(by_process(&imported.history, &imported.names), by_process(&history, &names));
    }
}

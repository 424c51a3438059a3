//! Every form that tools write is read into the same operations.

use std::sync::Arc;

use netsplit_checkers::history::{Key, Operation, Outcome, Process, Request, Time, Value};
use netsplit_checkers::model::Model;
use netsplit_formats::history::{Clock, Imported, read};

const MAPS: &str = include_str!("../data/cas-register.edn");
const LINES: &str = include_str!("../data/cas-register.log");

fn imported(text: &str) -> Imported {
    read(text).unwrap_or_else(|bad| panic!("{bad} in\n{text}"))
}

/// What was asked and what came of it.
fn outcomes(text: &str) -> Vec<(Request, Option<Outcome>)> {
    let operations = imported(text).history.operations().to_vec();
    operations.into_iter().map(|it| (it.request, it.returned.map(|(_, outcome)| outcome))).collect()
}

fn text(text: &str) -> Value {
    Value::Text(Arc::from(text))
}

#[test]
fn the_older_form_is_the_same_history() {
    assert_eq!(outcomes(MAPS), outcomes(LINES));
    assert_eq!(imported(MAPS).names, imported(LINES).names);
    assert_eq!(imported(MAPS).bands.len(), imported(LINES).bands.len());
    let spaces = LINES.replace('\t', "   ");
    assert_eq!(outcomes(&spaces), outcomes(LINES));
}

#[test]
fn a_vector_a_list_and_rows_in_one_line_are_the_same_history() {
    let rows: Vec<&str> = MAPS.lines().filter(|line| line.starts_with('#')).collect();
    for text in [format!("[{}]", rows.join(",\n")), format!("({})", rows.join(" ")), rows.concat()] {
        assert_eq!(imported(&text).history, imported(MAPS).history);
    }
}

#[test]
fn a_realistic_file_keeps_every_operation_with_its_lines() {
    let imported = imported(MAPS);
    let operations = imported.history.operations();
    assert_eq!(operations.len(), 90);
    assert_eq!(imported.clock, Clock::Nanoseconds);
    let lost = operations.iter().filter(|it| matches!(it.returned, Some((_, Outcome::Info)))).count();
    let failed = operations.iter().filter(|it| matches!(it.returned, Some((_, Outcome::Fail)))).count();
    let pending = operations.iter().filter(|it| it.returned.is_none()).count();
    assert_eq!((lost, failed > 10, pending), (5, true, 0));
    for (operation, lines) in operations.iter().zip(&imported.lines) {
        let invoked = MAPS.lines().nth(lines.called as usize - 1).expect("the line is there");
        assert!(invoked.contains(":invoke") && invoked.contains(&format!(":time {}", operation.called.0)));
    }
}

#[test]
fn operations_keep_process_key_and_times() {
    let imported = imported(include_str!("../data/independent.edn"));
    assert_eq!(imported.names.keys, [":x", ":y", "7"]);
    assert_eq!(imported.names.processes, ["0", "1"]);
    let operations = imported.history.operations();
    let swap = Request::Cas { expected: Value::Number(3), new: Value::Number(4) };
    assert_eq!(
        operations[2],
        Operation {
            process: Process(0),
            key: Key(0),
            request: swap,
            called: Time(3_000_000),
            returned: Some((Time(4_000_000), Outcome::Ok(None))),
        }
    );
    assert_eq!(
        operations[1].returned,
        Some((Time(2_100_000), Outcome::Ok(None))),
        "nil is unknown, not absent"
    );
    assert_eq!(operations[3].returned, Some((Time(4_100_000), Outcome::Info)));
    assert_eq!(operations[4].returned, Some((Time(6_000_000), Outcome::Ok(Some(Value::Number(4))))));
}

#[test]
fn key_value_histories_name_their_keys_in_a_field() {
    let imported = imported(include_str!("../data/key-value.edn"));
    assert_eq!(imported.names.keys, ["a", "b"]);
    assert_eq!(imported.clock, Clock::Lines);
    let operations = imported.history.operations();
    assert_eq!(operations[1].request, Request::Append(Arc::from("x 1 0 y")));
    assert_eq!(operations[2].request, Request::Write(text("é\n")));
    assert_eq!(operations[0].returned, Some((Time(3), Outcome::Ok(Some(text(""))))));
    assert_eq!((operations[1].called, operations[1].key), (Time(2), Key(0)));
}

#[test]
fn a_swap_without_keys_is_no_key_with_a_value() {
    let cas = |from, to| Request::Cas { expected: from, new: to };
    let number = Value::Number;
    let only = "0 :invoke :cas [1 2]\n1 :invoke :cas [2 3]\n";
    assert_eq!(outcomes(only), [(cas(number(1), number(2)), None), (cas(number(2), number(3)), None)]);
    let keyed = "0 :invoke :cas [1 [2 3]]\n";
    assert_eq!(outcomes(keyed), [(cas(number(2), number(3)), None)]);
    assert_eq!(imported(keyed).names.keys, ["1"]);
    let nothing = "0 :invoke :cas [nil 3]\n1 :invoke :read nil";
    assert_eq!(outcomes(nothing)[0].0, cas(Value::Absent, number(3)));
}

#[test]
fn reads_return_what_they_say() {
    for (value, returned) in [
        ("3", Some(Value::Number(3))),
        ("\"a\"", Some(text("a"))),
        (":absent", Some(Value::Absent)),
        (":red", Some(text(":red"))),
        ("nil", None),
        ("[3 1 3]", Some(Value::Many([1, 3].into()))),
        ("#{2 1}", Some(Value::Many([1, 2].into()))),
        ("#{}", Some(Value::Many([].into()))),
    ] {
        let text = format!("0 :invoke :read nil\n0 :ok :read {value}");
        assert_eq!(outcomes(&text), [(Request::Read, Some(Outcome::Ok(returned)))], "{value}");
    }
}

#[test]
fn functions_of_every_model_are_read() {
    let text = "0 :invoke :add 3\n1 :invoke :remove 3\n2 :invoke :enqueue 4\n3 :invoke :dequeue nil\n\
                4 :invoke :acquire nil\n5 :invoke :release nil\n3 :ok :dequeue 4\n";
    let requests: Vec<Request> = outcomes(text).into_iter().map(|(request, _)| request).collect();
    let enqueue = Request::Enqueue(Value::Number(4));
    assert_eq!(
        requests,
        [Request::Add(3), Request::Remove(3), enqueue, Request::Dequeue, Request::Acquire, Request::Release]
    );
    assert_eq!(outcomes(text)[3].1, Some(Outcome::Ok(Some(Value::Number(4)))));
}

#[test]
fn an_empty_history_is_legal() {
    for text in ["", "\n; nothing happened\n", "[]", "()", "\u{feff}", "INFO  jepsen.core - Run complete"] {
        assert_eq!(imported(text).history.operations(), [], "{text:?}");
    }
}

#[test]
fn times_count_only_if_every_row_has_one_and_they_never_go_back() {
    let row = |process: u32, kind: &str, time: &str| {
        format!("{{:process {process} :type :{kind} :f :read :value nil {time}}}")
    };
    let timed = [row(0, "invoke", ":time 7"), row(1, "invoke", ":time 7"), row(0, "ok", ":time 9")];
    assert_eq!(imported(&timed.join("\n")).clock, Clock::Nanoseconds);
    let one_lacks = [row(0, "invoke", ":time 7"), row(0, "ok", "")];
    let back = [row(0, "invoke", ":time 7"), row(0, "ok", ":time 6")];
    for rows in [one_lacks, back] {
        let by_line = imported(&rows.join("\n"));
        assert_eq!((by_line.clock, by_line.history.operations()[0].called), (Clock::Lines, Time(1)));
        let by_row = imported(&rows.concat());
        assert_eq!(by_row.clock, Clock::Rows);
        assert_eq!(by_row.history.operations()[0].returned, Some((Time(2), Outcome::Ok(None))));
    }
}

#[test]
fn lines_of_other_loggers_are_no_rows() {
    let text = "INFO  jepsen.core - Setting up\nWARN  etcd.client - slow\n\
                2015-03-01 12:00:00,000 INFO jepsen.util: 3\t:invoke\t:read\tnil\n\
                INFO  jepsen.util - 3 :fail :read :timed-out\n";
    assert_eq!(outcomes(text), [(Request::Read, Some(Outcome::Fail))]);
    assert_eq!(imported(text).lines[0].called, 3);
}

#[test]
fn a_read_invoked_with_the_value_it_will_return_is_read() {
    let text = "{:process 14, :type :invoke, :f :read, :value 4}{:process 14, :type :ok, :f :read, :value 4}";
    assert_eq!(outcomes(text), [(Request::Read, Some(Outcome::Ok(Some(Value::Number(4)))))]);
}

#[test]
fn the_model_is_guessed_by_the_functions() {
    for (rows, model) in [
        (MAPS, Some(Model::CasRegister)),
        (include_str!("../data/key-value.edn"), Some(Model::KeyValue)),
        ("0 :invoke :write 3\n1 :invoke :read nil", Some(Model::Register)),
        ("0 :invoke :add 3\n1 :invoke :read nil\n1 :ok :read 3", Some(Model::Counter)),
        ("0 :invoke :add 3\n1 :invoke :read nil\n1 :ok :read [3]", Some(Model::Set)),
        ("0 :invoke :enqueue 3", Some(Model::Queue)),
        ("0 :invoke :acquire nil", Some(Model::Mutex)),
        ("0 :invoke :acquire nil\n1 :invoke :write 3", None),
    ] {
        assert_eq!(imported(rows).model, model, "{rows:.80}");
    }
}

#[test]
fn a_model_that_does_not_fit_is_refused_with_the_line() {
    let imported = imported(MAPS);
    assert_eq!(imported.fits(Model::CasRegister), Ok(()));
    let told = imported.fits(Model::Register).expect_err("it has no compare-and-set").to_string();
    assert_eq!(told, "line 3: an object of the model register has no compare-and-set");
}

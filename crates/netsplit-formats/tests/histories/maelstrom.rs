//! Messages of Maelstrom's clients are operations.

use netsplit_checkers::history::{Operation, Outcome, Request, Value};
use netsplit_checkers::model::Model;
use netsplit_formats::history::{Imported, read};

/// Messages of c1, unless they say otherwise.
fn imported(messages: &[&str]) -> Imported {
    let text = messages.join("\n");
    read(&text).unwrap_or_else(|bad| panic!("{bad} in\n{text}"))
}

fn asks(id: u32, body: &str) -> String {
    format!(r#"{{"src":"c1","dest":"n1","body":{{"msg_id":{id},{body}}}}}"#)
}

fn hears(id: u32, body: &str) -> String {
    format!(r#"{{"src":"n1","dest":"c1","body":{{"in_reply_to":{id},{body}}}}}"#)
}

fn endings(imported: &Imported) -> Vec<Option<Outcome>> {
    let ending = |it: &Operation| it.returned.as_ref().map(|(_, outcome)| outcome.clone());
    imported.history.operations().iter().map(ending).collect()
}

#[test]
fn requests_and_replies_are_operations_on_keys() {
    let imported = imported(&[
        r#"{"src":"c0","dest":"n1","body":{"type":"init","msg_id":1,"node_id":"n1","node_ids":["n1"]}}"#,
        r#"{"src":"n1","dest":"c0","body":{"type":"init_ok","in_reply_to":1}}"#,
        &asks(1, r#""type":"write","key":7,"value":3"#),
        r#"{"src":"n1","dest":"n2","body":{"type":"replicate"}}"#,
        &hears(1, r#""type":"write_ok""#),
        &asks(2, r#""type":"cas","key":7,"from":3,"to":4"#),
        &hears(2, r#""type":"cas_ok""#),
        &asks(3, r#""type":"read","key":7"#),
        &hears(3, r#""type":"read_ok","value":4"#),
    ]);
    let swap = Request::Cas { expected: Value::Number(3), new: Value::Number(4) };
    let requests: Vec<&Request> = imported.history.operations().iter().map(|it| &it.request).collect();
    assert_eq!(requests, [&Request::Write(Value::Number(3)), &swap, &Request::Read]);
    let done = |value| Some(Outcome::Ok(value));
    assert_eq!(endings(&imported), [done(None), done(None), done(Some(Value::Number(4)))]);
    assert_eq!((imported.names.keys, imported.model), (vec!["7".to_owned()], Some(Model::CasRegister)));
    assert_eq!((imported.lines[0].called, imported.lines[0].returned), (3, Some(5)));
}

#[test]
fn definite_errors_did_not_happen_and_others_may_have() {
    for (code, outcome) in [(11, Outcome::Fail), (22, Outcome::Fail), (0, Outcome::Info), (13, Outcome::Info)]
    {
        let reply = hears(1, &format!(r#""type":"error","code":{code},"text":"no""#));
        let again = asks(2, r#""type":"read","key":7"#);
        let imported = imported(&[&asks(1, r#""type":"write","key":7,"value":3"#), &reply, &again]);
        assert_eq!(endings(&imported), [Some(outcome), None], "{code}");
        let processes = if code < 11 || code == 13 { 2 } else { 1 };
        assert_eq!(imported.names.processes.len(), processes, "{code}");
    }
}

#[test]
fn who_asks_again_has_given_up_and_late_answers_do_not_count() {
    let imported = imported(&[
        &asks(1, r#""type":"write","key":7,"value":3"#),
        &asks(2, r#""type":"read","key":7"#),
        &hears(1, r#""type":"write_ok""#),
        &hears(2, r#""type":"read_ok","value":null"#),
    ]);
    assert_eq!(endings(&imported), [Some(Outcome::Info), Some(Outcome::Ok(None))]);
    assert_eq!(imported.names.processes, ["0", "1"]);
}

#[test]
fn counters_and_sets_have_words_of_their_own() {
    let counter = imported(&[&asks(1, r#""type":"add","delta":-3"#), &hears(1, r#""type":"add_ok""#)]);
    assert_eq!(counter.history.operations()[0].request, Request::Add(-3));
    let set = imported(&[
        &asks(1, r#""type":"add","element":3"#),
        &asks(2, r#""type":"read""#),
        &hears(2, r#""value":[3]"#),
    ]);
    assert_eq!(set.model, Some(Model::Set));
}

#[test]
fn what_is_no_message_is_refused_with_its_line() {
    let first = asks(1, r#""type":"read","key":7"#);
    for (second, told) in [
        ("{", "line 2: column 1: this is no message in JSON: EOF while parsing an object"),
        (r#"{"src":"c1","body":{}}"#, "line 2: this row has no dest"),
        (r#"{"src":"c1","dest":"n1","body":{"type":"read"}}"#, "line 2: this row has no msg_id"),
        (
            r#"{"src":"c2","dest":"n1","body":{"type":"echo","msg_id":1}}"#,
            "line 2: no model has a function \"echo\"",
        ),
    ] {
        let text = format!("{first}\n{second}");
        let bad = read(&text).expect_err(second).to_string();
        assert!(bad.starts_with(told), "{bad}");
    }
}

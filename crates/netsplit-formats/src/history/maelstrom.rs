//! Messages between clients and nodes as Maelstrom writes them, one JSON object a line.
//!
//! A client that asks again before it was answered has given its operation up: like one that ended with an
//! indefinite error, it goes on as a new process.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::bad::{BadHistory, Reason, short};
use super::half::{Fields, Half};
use crate::edn::{Datum, Form, Place};

/// Errors after which the operation did not happen.
const DEFINITE: [i64; 9] = [1, 10, 11, 12, 14, 20, 21, 22, 30];
/// What a client says before it asks for anything.
const SET_UP: [&str; 2] = ["init", "topology"];

/// Whether a text holds messages.
pub fn is_messages(text: &str) -> bool {
    let first = text.lines().map(str::trim_start).find(|line| !line.is_empty());
    first.is_some_and(|line| line.starts_with('{') && line.contains("\"dest\"") && line.contains("\"body\""))
}

/// Clients, and what each waits for.
#[derive(Debug, Default)]
pub(super) struct Clients {
    waiting: BTreeMap<String, Waiting>,
    processes: i64,
}

#[derive(Debug)]
struct Waiting {
    process: i64,
    /// The message that has no answer yet, what it asked, and on which key.
    asked: Option<(i64, String, Option<Datum>)>,
}

impl Clients {
    /// The rows of a line: none if no client sent it or got it.
    pub(super) fn rows(&mut self, text: &str, line: u32) -> Result<Vec<Half>, BadHistory> {
        if text.trim().is_empty() {
            return Ok(Vec::new());
        }
        let bad = |reason| BadHistory { line, reason };
        let message: Json = serde_json::from_str(text).map_err(|error| bad(no_json(&error)))?;
        let end = |name: &'static str| message[name].as_str().ok_or_else(|| bad(Reason::Lacks(name)));
        let (from, to, body) = (end("src")?, end("dest")?, &message["body"]);
        let at = Place { line, column: 1 };
        let rows = match (from.starts_with('c'), to.starts_with('c')) {
            (true, _) => self.asks(from, body, at),
            (false, true) => self.hears(to, body, at),
            (false, false) => Ok(Vec::new()),
        };
        rows.map_err(bad)
    }

    fn asks(&mut self, client: &str, body: &Json, at: Place) -> Result<Vec<Half>, Reason> {
        let kind = body["type"].as_str().ok_or(Reason::Lacks("type"))?;
        if SET_UP.contains(&kind) {
            return Ok(Vec::new());
        }
        let message = body["msg_id"].as_i64().ok_or(Reason::Lacks("msg_id"))?;
        let mut rows = Vec::new();
        if let Some(given_up) = self.waiting.get_mut(client).and_then(|waiting| waiting.asked.take()) {
            rows.push(self.ended(client, "info", given_up, Form::Nil, at)?);
        }
        let key = body.get("key").map(|key| datum(key, at));
        let process = self.process(client);
        self.waiting.insert(
            client.to_owned(),
            Waiting { process, asked: Some((message, kind.to_owned(), key.clone())) },
        );
        rows.push(half(process, "invoke", kind, key, value(body, at), at)?);
        Ok(rows)
    }

    fn hears(&mut self, client: &str, body: &Json, at: Place) -> Result<Vec<Half>, Reason> {
        let answers = body["in_reply_to"].as_i64();
        let waiting = self.waiting.get_mut(client);
        let Some(asked) = waiting.and_then(|it| it.asked.take_if(|asked| Some(asked.0) == answers)) else {
            // The answer to what was given up, or to the set-up.
            return Ok(Vec::new());
        };
        let kind = match (body["type"].as_str(), body["code"].as_i64()) {
            (Some("error"), Some(code)) if DEFINITE.contains(&code) => "fail",
            (Some("error"), _) => "info",
            _ => "ok",
        };
        Ok(vec![self.ended(client, kind, asked, value(body, at), at)?])
    }

    fn ended(
        &mut self,
        client: &str,
        kind: &str,
        (_, asked, key): (i64, String, Option<Datum>),
        value: Form,
        at: Place,
    ) -> Result<Half, Reason> {
        let process = self.process(client);
        if kind == "info" {
            self.waiting.remove(client);
        }
        half(process, kind, &asked, key, value, at)
    }

    /// The process of a client, a new one if the last has ended.
    fn process(&mut self, client: &str) -> i64 {
        if let Some(waiting) = self.waiting.get(client) {
            return waiting.process;
        }
        let process = self.processes;
        self.processes += 1;
        self.waiting.insert(client.to_owned(), Waiting { process, asked: None });
        process
    }
}

fn no_json(error: &serde_json::Error) -> Reason {
    let told = error.to_string();
    // It was given one line, and counts lines of its own.
    let reason = told.split(" at line ").next().unwrap_or_default().to_owned();
    Reason::Json { column: error.column(), reason }
}

fn half(
    process: i64,
    kind: &str,
    asked: &str,
    key: Option<Datum>,
    value: Form,
    at: Place,
) -> Result<Half, Reason> {
    let plain = |form| Some(Datum { at, form });
    let fields = Fields {
        process: plain(Form::Integer(process)),
        kind: plain(Form::Keyword(kind.to_owned())),
        function: plain(Form::Text(asked.to_owned())),
        key,
        value: plain(value),
        time: None,
    };
    Half::of(fields, at)
}

/// What is asked with or comes back, under whatever name the workload has for it.
fn value(body: &Json, at: Place) -> Form {
    if let (Some(from), Some(to)) = (body.get("from"), body.get("to")) {
        return Form::Sequence(vec![datum(from, at), datum(to, at)]);
    }
    let named = ["value", "delta", "element"].iter().find_map(|name| body.get(name));
    named.map_or(Form::Nil, |value| datum(value, at).form)
}

fn datum(json: &Json, at: Place) -> Datum {
    let form = match json {
        Json::Null => Form::Nil,
        Json::Bool(value) => Form::Boolean(*value),
        Json::Number(number) => {
            number.as_i64().map_or_else(|| Form::Other(number.to_string()), Form::Integer)
        }
        Json::String(text) => Form::Text(text.clone()),
        Json::Array(items) => Form::Sequence(items.iter().map(|item| datum(item, at)).collect()),
        Json::Object(_) => Form::Other(short(&json.to_string())),
    };
    Datum { at, form }
}

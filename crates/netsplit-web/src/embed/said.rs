//! What this page tells its host, as data. Verbs are called as xAPI calls them, so that a host can forward them.

use serde_json::{Value, json};

/// What a person did, or what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Did something with the run for the first time.
    Attempted,
    /// Did something to the system.
    Interacted,
    /// Said what they expect.
    Answered,
    /// Saw a rule break.
    Experienced,
    /// Met every goal.
    Completed,
}

impl Verb {
    const fn name(self) -> &'static str {
        match self {
            Self::Attempted => "attempted",
            Self::Interacted => "interacted",
            Self::Answered => "answered",
            Self::Experienced => "experienced",
            Self::Completed => "completed",
        }
    }
}

/// Something for the host.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// The page stands: what it shows.
    Ready(Value),
    /// A person did something, or something came of it: in a sentence, and where the run stands.
    Event {
        /// What kind of thing.
        verb: Verb,
        /// A sentence.
        text: String,
        /// Where the run stands.
        state: Value,
    },
    /// A goal was met; whoever opens the link sees that it was.
    Goal {
        /// Its lesson.
        lesson: String,
        /// Its name.
        goal: String,
        /// What it asks for.
        text: String,
        /// The fragment that proves it.
        link: String,
        /// How many goals are met, of how many.
        met: (u32, u32),
    },
    /// Something went wrong, in a sentence.
    Error(String),
    /// What became of a command.
    Answer {
        /// The id of the command.
        id: Value,
        /// What it called itself.
        of: String,
        /// What it led to, or why it did not.
        outcome: Result<Value, String>,
    },
    /// How high the page would like to be, in pixels.
    Resize(u32),
    /// The state that was reported last time is wanted.
    AskState,
    /// How far somebody has come, and what brings them back there.
    Report {
        /// How many goals are met, of how many.
        met: (u32, u32),
        /// The fragment that opens this moment.
        fragment: String,
        /// What the host called its wish, if it wished.
        flush: Option<Value>,
    },
}

impl Said {
    /// As it is sent. `number` tells messages of one page apart; some become two messages, one for each set.
    pub fn messages(&self, number: u32) -> Vec<Value> {
        match self {
            Self::Ready(state) => vec![own("ready", json!({ "state": state }))],
            Self::Event { verb, text, state } => vec![
                own("event", json!({ "verb": verb.name(), "text": text, "state": state })),
                splice(
                    "sendEvent",
                    number,
                    json!({ "name": verb.name(), "data": { "verb": verb.name(), "text": text } }),
                ),
            ],
            Self::Goal { lesson, goal, text, link, met } => vec![own(
                "goal",
                json!({ "lesson": lesson, "goal": goal, "text": text, "link": link, "met": met.0, "of": met.1 }),
            )],
            Self::Error(text) => vec![own("error", json!({ "text": text }))],
            Self::Answer { id, of, outcome } => vec![answer(id, of, outcome)],
            Self::Resize(height) => {
                let message =
                    json!({ "subject": "lti.frameResize", "message_id": name(number), "height": height });
                vec![message]
            }
            Self::AskState => vec![splice("getState", number, json!({}))],
            Self::Report { met, fragment, flush } => report(number, *met, fragment, flush.as_ref()),
        }
    }
}

fn own(kind: &str, rest: Value) -> Value {
    joined(json!({ "netsplit": 1, "type": kind }), rest)
}

fn splice(subject: &str, number: u32, rest: Value) -> Value {
    let subject = ["SPLICE.", subject].concat();
    joined(json!({ "subject": subject, "message_id": name(number) }), rest)
}

fn name(number: u32) -> String {
    ["netsplit-", &number.to_string()].concat()
}

fn answer(id: &Value, of: &str, outcome: &Result<Value, String>) -> Value {
    let head = json!({ "id": id, "of": of, "ok": outcome.is_ok() });
    let rest = match outcome {
        Ok(rest) => rest.clone(),
        Err(reason) => json!({ "error": reason }),
    };
    own("answer", joined(head, rest))
}

/// A run without goals has no score: a host must not take it for a zero.
fn report(number: u32, met: (u32, u32), fragment: &str, flush: Option<&Value>) -> Vec<Value> {
    let state = json!({ "netsplit": 1, "fragment": fragment, "met": met.0, "of": met.1 });
    let score = (met.1 > 0).then(|| json!({ "score": f64::from(met.0) / f64::from(met.1) }));
    let body = joined(json!({ "state": state }), score.unwrap_or_else(|| json!({})));
    let reported = splice("reportScoreAndState", number, body);
    let answered = flush
        .map(|message_id| json!({ "subject": "SPLICE.flushState.response", "message_id": message_id, "success": true }));
    [Some(reported), answered].into_iter().flatten().collect()
}

fn joined(mut head: Value, rest: Value) -> Value {
    if let (Value::Object(head), Value::Object(rest)) = (&mut head, rest) {
        head.extend(rest);
    }
    head
}

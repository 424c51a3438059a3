//! What a host page and an embedded page tell each other, without a browser.
#![cfg(not(target_arch = "wasm32"))]

use boon::{Compiler, SchemaIndex, Schemas};
use netsplit_sim::describe::ParamValue;
use netsplit_sim::id::NodeId;
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_web::embed::asked::{Asked, Command, read};
use netsplit_web::embed::news::Known;
use netsplit_web::embed::obey::obey;
use netsplit_web::embed::said::{Said, Verb};
use netsplit_web::embed::state::{fragment, state};
use netsplit_web::model::{Model, Prediction, cold_start};
use netsplit_web::msg::{Dialog, Msg, Origin, Panel, Tool};
use netsplit_web::options::Options;
use serde_json::{Value, json};

/// The schema that documents the messages, and what passes through it.
struct Schema {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    /// Messages in this direction: `toHost` or `toPage`.
    fn of(direction: &str) -> Self {
        let text = include_str!("../../../www/embed/messages.schema.json");
        let document = serde_json::from_str(text).expect("the schema is JSON");
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("messages.json", document).expect("the schema has a name");
        let place = format!("messages.json#/$defs/{direction}");
        let index = compiler.compile(&place, &mut schemas).expect("the schema is one");
        Self { schemas, index }
    }

    fn refuses(&self, message: &Value) -> Option<String> {
        self.schemas.validate(message, self.index).err().map(|error| format!("{message}: {error:#}"))
    }
}

fn page(query: &str, fragment: &str) -> Model {
    cold_start(fragment, Options::parse(query), false)
}

fn embedded() -> Model {
    page("?embed=1", "#scenario=raft/minority-leader")
}

fn does(model: &mut Model, command: Command) -> Result<Value, String> {
    obey(model, command, &|| 0.0).1
}

fn crash() -> Msg {
    Msg::Intervene { what: Intervention::Crash(NodeId::server(0), CrashKind::KeepWritten), sketch: None }
}

fn events(said: &[Said]) -> Vec<Verb> {
    let verbs = said.iter().map(|said| match said {
        Said::Event { verb, .. } => Some(*verb),
        _ => None,
    });
    verbs.flatten().collect()
}

#[test]
fn every_message_to_the_host_is_as_its_schema_says() {
    let model = embedded();
    let (schema, here) = (Schema::of("toHost"), state(&model));
    let answer = |outcome| Said::Answer { id: json!(7), of: "seek".to_owned(), outcome };
    let said = [
        Said::Ready(here.clone()),
        Said::Event { verb: Verb::Attempted, text: "x".to_owned(), state: here.clone() },
        Said::Goal {
            lesson: "cap".to_owned(),
            goal: "stale".to_owned(),
            text: "x".to_owned(),
            link: "#s".to_owned(),
            met: (1, 2),
        },
        Said::Error("x".to_owned()),
        answer(Ok(json!({ "playing": false, "state": here }))),
        answer(Ok(json!({ "svg": "<svg/>" }))),
        answer(Err("x".to_owned())),
        Said::Resize(405),
        Said::AskState,
        Said::Report { met: (1, 2), fragment: fragment(&model), flush: Some(json!("m")) },
        Said::Report { met: (0, 0), fragment: fragment(&model), flush: None },
    ];
    for message in said.iter().flat_map(|said| said.messages(3)) {
        assert_eq!(schema.refuses(&message), None);
    }
    assert!(schema.refuses(&json!({ "netsplit": 1, "type": "ready" })).is_some(), "the schema can refuse");
}

#[test]
fn every_message_that_the_schema_allows_is_understood() {
    let schema = Schema::of("toPage");
    let own = |kind: &str, rest: Value| {
        let mut message = json!({ "netsplit": 1, "id": 1, "type": kind });
        let (Value::Object(message), Value::Object(rest)) = (&mut message, rest) else { unreachable!() };
        message.extend(rest);
        Value::Object(message.clone())
    };
    let messages = [
        own("load", json!({ "fragment": "#scenario=raft/minority-leader" })),
        own("load", json!({ "document": { "schema": 1 } })),
        own("play", json!({})),
        own("pause", json!({})),
        own("reset", json!({})),
        own("getState", json!({})),
        own("exportSvg", json!({})),
        own("step", json!({})),
        own("step", json!({ "count": -1 })),
        own("seek", json!({ "t": 1_000 })),
        own("seek", json!({ "step": 12 })),
        own("theme", json!({ "theme": "contrast" })),
        json!("slide:start"),
        json!("slide:stop"),
        json!({ "subject": "SPLICE.getState.response", "message_id": "m", "state": null }),
        json!({ "subject": "SPLICE.getState.response", "state": { "fragment": "#s" } }),
        json!({ "subject": "SPLICE.flushState", "message_id": "m" }),
    ];
    for message in messages {
        assert_eq!(schema.refuses(&message), None);
        match read(&message) {
            None => panic!("{message} is understood"),
            Some(Asked::Command { command: Err(reason), .. }) => panic!("{message}: {reason}"),
            Some(_) => {}
        }
    }
    for message in [own("seek", json!({})), own("seek", json!({ "t": -1 })), own("dance", json!({}))] {
        assert!(schema.refuses(&message).is_some(), "{message} is no message");
        assert!(matches!(read(&message), Some(Asked::Command { command: Err(_), .. })), "{message}");
    }
}

#[test]
fn an_embedded_page_opens_at_rest_unless_it_is_asked_to_play() {
    assert!(!embedded().playback().playing());
    assert!(page("?embed=1&play=1", "#scenario=raft/minority-leader").playback().playing());
}

#[test]
fn a_command_is_done_before_it_is_answered() {
    let mut model = embedded();
    let answer = does(&mut model, Command::SeekTime(1_500_000)).expect("it goes there");
    assert_eq!(answer["state"]["t"], 1_500_000);
    let step = answer["state"]["step"].as_u64().expect("a step is a number");
    let answer = does(&mut model, Command::Back).expect("it goes back");
    assert!(answer["state"]["t"].as_u64() < Some(1_500_000), "{answer}");
    let answer = does(&mut model, Command::SeekStep(step)).expect("it goes there");
    assert_eq!(answer["state"]["step"], step);
    let answer = does(&mut model, Command::Play).expect("it plays");
    assert_eq!(answer["playing"], true);
    assert_eq!(does(&mut model, Command::Play).expect("twice is once")["playing"], true);
    let answer = does(&mut model, Command::Pause).expect("it rests");
    assert_eq!(answer["playing"], false);
    let answer = does(&mut model, Command::Reset).expect("it begins again");
    assert_eq!(answer["state"]["step"], 0);
}

#[test]
fn what_a_host_loads_is_answered_and_a_bad_link_leaves_the_run() {
    let mut model = embedded();
    let loaded = does(&mut model, Command::Load("#scenario=raft/playground".to_owned()));
    let refused =
        does(&mut model, Command::Load("#scenario=no/such".to_owned())).expect_err("it is not there");
    assert!(refused.contains("no/such"), "{refused}");
    let title = loaded.map(|answer| answer["state"]["title"].clone());
    assert_eq!(Ok(json!(model.session().scenario().title)), title.map_err(|_| ()));
    assert_eq!(does(&mut model, Command::GetState).expect("it stands")["state"], state(&model));
}

#[test]
fn a_document_of_the_host_is_opened_at_rest() {
    let text = embedded().session().record().to_json();
    let mut model = page("?embed=1&lock=scenario&play=1", "");
    let answer = does(&mut model, Command::LoadDocument(text)).expect("its author is the host's");
    assert_eq!(
        (&answer["playing"], &answer["state"]["title"]),
        (&json!(false), &json!("The minority leader"))
    );
}

#[test]
fn the_stage_is_given_as_a_picture() {
    let answer = does(&mut embedded(), Command::ExportSvg).expect("it is drawn");
    assert!(answer["svg"].as_str().is_some_and(|svg| svg.starts_with("<svg ") && svg.contains("n5")));
}

#[test]
fn the_fragment_of_the_state_opens_the_same_moment() {
    let mut model = embedded();
    does(&mut model, Command::SeekTime(1_200_000)).expect("it goes there");
    model.update(crash());
    let here = state(&model);
    let again = page("", here["fragment"].as_str().expect("a fragment is text"));
    assert_eq!(state(&again)["digest"], here["digest"]);
    assert_eq!(state(&again)["t"], here["t"]);
}

#[test]
fn a_host_is_told_what_a_person_does_and_nothing_twice() {
    let mut model = embedded();
    let mut known = Known::of(&model);
    assert_eq!(known.news(&model), []);
    assert!(!known.touched());
    model.update(crash());
    assert_eq!(events(&known.news(&model)), [Verb::Attempted]);
    assert!(known.touched());
    assert_eq!(known.news(&model), []);
    model.update(Msg::Undo);
    assert_eq!(events(&known.news(&model)), [Verb::Interacted]);
    model.update(Msg::Predict(Prediction::Breaks));
    assert_eq!(events(&known.news(&model)), [Verb::Answered]);
    model.update(Msg::Warn("something".to_owned()));
    assert_eq!(known.news(&model), [Said::Error("something".to_owned())]);
    assert_eq!(known.news(&model), []);
}

#[test]
fn what_is_locked_stays_and_the_page_says_why() {
    let mut model = page(
        "?lock=seed,flaws,faults,requests,script,scenario,speed,r:1..2&embed=1",
        "#scenario=quorum-replication/lab",
    );
    let (runs, before) = (model.runs(), model.session().record().clone());
    let tries = [
        Msg::Seed(9),
        Msg::Flaw("any", true),
        crash(),
        Msg::Tool(Tool::Wall),
        Msg::OpenDialog(Dialog::Gallery),
        Msg::Open(String::new(), Origin::Inside),
        Msg::Param("r", ParamValue::Number(3)),
    ];
    for tried in tries {
        model.update(tried.clone());
        let notice = model.ui().notices.last().map(|notice| notice.text.clone()).unwrap_or_default();
        assert!(notice.contains("whoever made this page"), "{tried:?}: {notice}");
        assert_eq!((model.runs(), model.session().record()), (runs, &before), "{tried:?}");
        assert_eq!(model.ui().dialog, None);
    }
    model.update(Msg::Param("r", ParamValue::Number(2)));
    assert_eq!(model.session().scenario().params.get("r"), Some(&ParamValue::Number(2)));
}

#[test]
fn a_lock_of_something_unknown_is_a_warning() {
    let model = page("?lock=quorum_size:1..3", "#scenario=raft/minority-leader");
    let notices: Vec<_> = model.ui().notices.iter().map(|notice| notice.text.as_str()).collect();
    assert!(notices.iter().any(|text| text.contains("quorum_size")), "{notices:?}");
}

#[test]
fn only_the_panels_that_were_named_are_open_at_first() {
    let model = page("?embed=1&panels=events,settings", "");
    assert_eq!((model.ui().drawer, model.ui().side), (Some(Panel::Events), Some(Panel::Settings)));
    let model = page("?embed=1&panels=events", "");
    assert_eq!((model.ui().drawer, model.ui().side), (Some(Panel::Events), None));
}

#[test]
fn claims_are_kept_back_until_somebody_says_what_they_expect() {
    let mut model = page("?verdict=after-prediction", "#scenario=raft/minority-leader");
    assert!(model.keeps_verdict());
    model.update(Msg::Predict(Prediction::Holds));
    assert!(!model.keeps_verdict());
    model.update(Msg::Open("#scenario=raft/minority-leader".to_owned(), Origin::Inside));
    assert!(model.keeps_verdict(), "another run is another question");
    assert!(!embedded().keeps_verdict());
}

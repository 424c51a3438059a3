//! What a host page may tell this page, as data. Subjects that are not ours are nothing.

use netsplit_words::say;
use serde_json::Value;

use crate::options::Theme;
use crate::options::choice::Named;

/// Something that the host told.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// One of our own commands; it is answered with the same id, whatever becomes of it.
    Command {
        /// The id of the answer.
        id: Value,
        /// What it calls itself.
        of: String,
        /// What is wanted, or why that cannot be read.
        command: Result<Command, String>,
    },
    /// The slide with this page is shown: `slide:start` of reveal.js.
    SlideStart,
    /// It is no longer: `slide:stop`.
    SlideStop,
    /// The state that was reported last time, if there was one: `SPLICE.getState.response`.
    State(Option<String>),
    /// The state is wanted now: `SPLICE.flushState`.
    Flush {
        /// The id of the answer.
        message_id: Value,
    },
}

/// One of our own commands.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Open what this fragment names.
    Load(String),
    /// Open this document.
    LoadDocument(String),
    /// Run.
    Play,
    /// Rest.
    Pause,
    /// Over one event.
    Forward,
    /// Back before the last event.
    Back,
    /// Everything up to and including this microsecond has happened.
    SeekTime(u64),
    /// So many events and interventions have happened.
    SeekStep(u64),
    /// The run as it was opened.
    Reset,
    /// Nothing but the state.
    GetState,
    /// The stage as a picture.
    ExportSvg,
    /// Other colours.
    Theme(Theme),
}

/// Reads a message, if it is one for this page.
pub fn read(message: &Value) -> Option<Asked> {
    if let Some(plain) = message.as_str() {
        return match plain {
            "slide:start" => Some(Asked::SlideStart),
            "slide:stop" => Some(Asked::SlideStop),
            _ => None,
        };
    }
    match message["subject"].as_str() {
        Some("SPLICE.getState.response") => {
            Some(Asked::State(message["state"]["fragment"].as_str().map(str::to_owned)))
        }
        Some("SPLICE.flushState") => Some(Asked::Flush { message_id: message["message_id"].clone() }),
        Some(_) => None,
        None => own(message),
    }
}

/// A message of our own set, of the version that we know.
fn own(message: &Value) -> Option<Asked> {
    if message["netsplit"] != 1 {
        return None;
    }
    let of = message["type"].as_str()?.to_owned();
    let command = command(&of, message);
    Some(Asked::Command { id: message["id"].clone(), of, command })
}

fn command(of: &str, message: &Value) -> Result<Command, String> {
    match of {
        "load" => load(message),
        "play" => Ok(Command::Play),
        "pause" => Ok(Command::Pause),
        "step" => step(&message["count"]),
        "seek" => seek(message),
        "reset" => Ok(Command::Reset),
        "getState" => Ok(Command::GetState),
        "exportSvg" => Ok(Command::ExportSvg),
        "theme" => theme(&message["theme"]),
        _ => Err(say!(
            "There is no command {name}: there are load, play, pause, step, seek, reset, getState, exportSvg and theme.",
            name = clipped(of),
        )),
    }
}

fn load(message: &Value) -> Result<Command, String> {
    match (message["fragment"].as_str(), &message["document"]) {
        (Some(fragment), _) => Ok(Command::Load(fragment.to_owned())),
        (None, Value::String(text)) => Ok(Command::LoadDocument(text.clone())),
        (None, document @ Value::Object(_)) => Ok(Command::LoadDocument(document.to_string())),
        (None, _) => Err(say!("load needs a fragment (a text that begins with #) or a document.").to_owned()),
    }
}

fn step(count: &Value) -> Result<Command, String> {
    match count.as_i64() {
        Some(1) => Ok(Command::Forward),
        None if count.is_null() => Ok(Command::Forward),
        Some(-1) => Ok(Command::Back),
        _ => Err(say!("step has a count of 1 or -1.").to_owned()),
    }
}

fn seek(message: &Value) -> Result<Command, String> {
    match (message["step"].as_u64(), message["t"].as_u64()) {
        (Some(step), _) => Ok(Command::SeekStep(step)),
        (None, Some(micros)) => Ok(Command::SeekTime(micros)),
        (None, None) => {
            Err(say!("seek needs t (a whole number of microseconds) or step (a whole number).").to_owned())
        }
    }
}

fn theme(name: &Value) -> Result<Command, String> {
    let named = Theme::NAMES.iter().find(|(known, _)| name == known);
    named
        .map(|(_, theme)| Command::Theme(*theme))
        .ok_or_else(|| say!("theme is one of auto, light, dark and contrast.").to_owned())
}

fn clipped(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn command_of(message: &Value) -> Command {
        match read(message) {
            Some(Asked::Command { command: Ok(command), .. }) => command,
            other => panic!("{message} is a command, not {other:?}"),
        }
    }

    fn refused(message: &Value) -> String {
        match read(message) {
            Some(Asked::Command { command: Err(reason), .. }) => reason,
            other => panic!("{message} is refused, not {other:?}"),
        }
    }

    #[test]
    fn commands_are_read_with_what_they_carry() {
        let seek = json!({ "netsplit": 1, "id": 7, "type": "seek", "t": 1_284_000 });
        assert_eq!(command_of(&seek), Command::SeekTime(1_284_000));
        let step = json!({ "netsplit": 1, "id": "a", "type": "step", "count": -1 });
        assert_eq!(command_of(&step), Command::Back);
        let load = json!({ "netsplit": 1, "id": 1, "type": "load", "document": { "schema": 1 } });
        assert_eq!(command_of(&load), Command::LoadDocument("{\"schema\":1}".to_owned()));
        let theme = json!({ "netsplit": 1, "id": 1, "type": "theme", "theme": "contrast" });
        assert_eq!(command_of(&theme), Command::Theme(Theme::Contrast));
    }

    #[test]
    fn a_command_that_cannot_be_read_says_what_it_needs_and_keeps_its_id() {
        let seek = json!({ "netsplit": 1, "id": 9, "type": "seek", "t": 1.5 });
        assert!(refused(&seek).contains("microseconds"));
        assert!(matches!(read(&seek), Some(Asked::Command { id, .. }) if id == 9));
        assert!(refused(&json!({ "netsplit": 1, "type": "dance" })).contains("no command dance"));
        assert!(refused(&json!({ "netsplit": 1, "type": "step", "count": 5 })).contains("1 or -1"));
    }

    #[test]
    fn courses_that_speak_other_sets_are_understood() {
        assert_eq!(read(&json!("slide:stop")), Some(Asked::SlideStop));
        let state = json!({ "subject": "SPLICE.getState.response", "message_id": "m", "state": { "fragment": "#s=x" } });
        assert_eq!(read(&state), Some(Asked::State(Some("#s=x".to_owned()))));
        let none = json!({ "subject": "SPLICE.getState.response", "message_id": "m", "state": null });
        assert_eq!(read(&none), Some(Asked::State(None)));
    }

    #[test]
    fn what_is_not_for_us_is_nothing() {
        for message in [
            json!("hello"),
            json!(null),
            json!([1]),
            json!({ "netsplit": 2, "type": "play" }),
            json!({ "type": "play" }),
            json!({ "subject": "lti.frameResize.response", "error": { "code": "unsupported_subject" } }),
            json!({ "netsplit": 1 }),
        ] {
            assert_eq!(read(&message), None, "{message}");
        }
    }
}

//! Doing what the host asks for, and what to answer.

use netsplit_sim::id::Step;
use netsplit_sim::time::SimTime;
use netsplit_view::picture::{self, Subject, What};
use netsplit_words::say;
use serde_json::{Value, json};

use super::asked::Command;
use super::state::state;
use crate::model::{Effects, Model};
use crate::msg::{Msg, Origin};
use crate::options;
use crate::playback::Drive;

/// A host may ask for a place far away while nobody looks, so the way there is gone at once, in at most so
/// many slices: about two seconds.
const MOST_SLICES: u32 = 250;

/// Does what the host asks for. A lock of the page binds its host too: both come from whoever made the link.
pub fn obey(
    model: &mut Model,
    command: Command,
    clock: &dyn Fn() -> f64,
) -> (Effects, Result<Value, String>) {
    match command {
        Command::Load(fragment) => load(model, Msg::Open(fragment, Origin::Host)),
        Command::LoadDocument(text) => load(model, Msg::OpenDocument { text, fragment: "#".to_owned() }),
        Command::ExportSvg => (Effects::default(), Ok(json!({ "svg": picture(model) }))),
        Command::GetState => (Effects::default(), Ok(answer(model))),
        Command::Play if model.playback().playing() => (Effects::default(), Ok(answer(model))),
        Command::Play => moved(model, Msg::TogglePlay, clock),
        Command::Pause => moved(model, Msg::Pause, clock),
        Command::Forward => moved(model, Msg::StepForward, clock),
        Command::Back => moved(model, Msg::StepBack, clock),
        Command::SeekTime(micros) => moved(model, Msg::Seek(SimTime(micros.saturating_mul(1_000))), clock),
        Command::SeekStep(step) => moved(model, Msg::SeekStep(Step(step)), clock),
        Command::Reset => moved(model, Msg::Reset, clock),
        Command::Theme(theme) => {
            let effects = model.update(Msg::Theme(theme));
            (effects, Ok(answer(model)))
        }
    }
}

fn answer(model: &Model) -> Value {
    json!({ "playing": model.playback().playing(), "state": state(model) })
}

/// Opens something; whatever went wrong stands in the newest notice.
fn load(model: &mut Model, msg: Msg) -> (Effects, Result<Value, String>) {
    let runs = model.runs();
    let effects = model.update(msg);
    if model.runs() != runs {
        return (effects, Ok(answer(model)));
    }
    let reason = model.ui().notices.last().map(|notice| notice.text.clone());
    (effects, Err(reason.unwrap_or_else(|| say!("Nothing was opened.").to_owned())))
}

fn moved(model: &mut Model, msg: Msg, clock: &dyn Fn() -> f64) -> (Effects, Result<Value, String>) {
    let mut effects = model.update(msg);
    for _ in 0..MOST_SLICES {
        if !matches!(model.playback().drive, Drive::Go(_)) {
            return (effects, Ok(answer(model)));
        }
        effects = model.tick(0.0, clock);
    }
    (effects, Err(say!("The run is still on its way there.").to_owned()))
}

/// The stage at this moment, in light colours unless the page is dark; its metadata name the run, so that it
/// opens again where it is dropped.
fn picture(model: &Model) -> String {
    let session = model.session();
    let subject =
        Subject { layout: session.layout().clone(), ..Subject::new(session.record(), session.run()) };
    let theme = match model.ui().theme {
        options::Theme::Dark | options::Theme::Contrast => picture::Theme::Dark,
        options::Theme::Auto | options::Theme::Light => picture::Theme::Light,
    };
    let caption = Some(picture::Caption::unseen(session.fragment(&session.position())));
    picture::svg(&subject, What::Stage, &picture::Options { theme, caption, ..picture::Options::default() })
}

//! The fault script: what was and will be done to the system, in order, each line to be changed.

use netsplit_view::doing;
use netsplit_view::script::{self, ScriptLine};
use netsplit_words::say;
use yew::prelude::{Callback, Html, MouseEvent, classes, html};

use super::line_form::line_form;
use super::{branch_list, more_faults, random_faults};
use crate::button::icon_key;
use crate::icon::Icon;
use crate::model::Model;
use crate::msg::Msg;
use crate::session::Session;
use crate::stage_contract::AppHandle;

/// One line as it is shown.
struct Line {
    /// Its position in the record.
    index: usize,
    time: String,
    text: String,
    /// What the run knows of it; nothing of a line that is muted.
    known: Option<ScriptLine>,
}

/// The fault script.
pub(super) fn script(app: &AppHandle) -> Html {
    app.read(|model| draw(app, model))
}

fn draw(app: &AppHandle, model: &Model) -> Html {
    let lines = lines(model.session());
    let open = model.ui().line;
    html! {
        <>
            <div class="script-head">
                <h3>{ say!("Fault script") }</h3>
                { turn(app, Icon::Undo, say!("Undo"), "Control+Z", Msg::Undo, model.session().can_undo()) }
                { turn(app, Icon::Redo, say!("Redo"), "Control+Y", Msg::Redo, model.session().can_redo()) }
            </div>
            <p class="soft">{ say!("Everything that is done to the system, by this scenario and by you. It is part of the link.") }</p>
            if lines.is_empty() {
                <p class="nothing">{ say!("Nothing yet. Drag a wall onto the stage, or open a node’s menu.") }</p>
            }
            <ol class="script">{ for lines.iter().map(|line| entry(app, model, line, open == Some(line.index))) }</ol>
            { more_faults::add(app) }
            { random_faults::random_faults(app) }
            { branch_list::branch_list(app, model.session()) }
        </>
    }
}

fn turn(app: &AppHandle, icon: Icon, name: &'static str, keys: &'static str, msg: Msg, usable: bool) -> Html {
    if usable { icon_key(icon, name, Some(keys), app.sends(msg)) } else { Html::default() }
}

fn lines(session: &Session) -> Vec<Line> {
    let run = session.run();
    let mut known = script::script(run).into_iter();
    let lines = session.record().script.iter().enumerate().map(|(index, entry)| {
        let known = if entry.muted { None } else { known.next() };
        let text = known.as_ref().map(|line| line.text.clone());
        Line {
            index,
            time: netsplit_view::format::time(entry.at),
            text: text.unwrap_or_else(|| doing::told(&entry.what, run, false)),
            known,
        }
    });
    lines.collect()
}

fn entry(app: &AppHandle, model: &Model, line: &Line, open: bool) -> Html {
    let known = line.known.as_ref();
    let past = known.is_some_and(|line| line.past);
    let class = classes!("line", past.then_some("past"), known.is_none().then_some("muted"));
    html! {
        <li {class} key={line.index}>
            <button type="button" aria-expanded={if open { "true" } else { "false" }} onclick={turn_line(app, line, open)}>
                <span class="event-time mono">{ &line.time }</span>
                <span><span class="line-what">{ &line.text }</span>{ " " }<span class="soft">{ state(known) }</span></span>
            </button>
            if open { { line_form(app, model, line.index) } }
        </li>
    }
}

/// What became of it, or will.
fn state(known: Option<&ScriptLine>) -> String {
    match known {
        None => say!("Muted.").to_owned(),
        Some(ScriptLine { refused: Some(reason), .. }) => say!("No effect: {reason}.", reason),
        Some(line) if !line.past => say!("Still to come.").to_owned(),
        Some(_) => String::new(),
    }
}

/// Opens the line and goes to its moment, or closes it.
fn turn_line(app: &AppHandle, line: &Line, open: bool) -> Callback<MouseEvent> {
    let (app, index) = (app.clone(), line.index);
    let go = line.known.as_ref().map(|line| line.step.map_or(Msg::Seek(line.at), Msg::SeekStep));
    Callback::from(move |_| {
        app.send(Msg::Line((!open).then_some(index)));
        if let Some(go) = go.clone().filter(|_| !open) {
            app.send(go);
        }
    })
}

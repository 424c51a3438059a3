//! Transport: play, steps, speed, time, timeline, branches, reset.

mod branches;
mod cursor;
mod flags;
mod pace;
mod scrub;
mod timeline;
mod track;

pub use cursor::paint;

use netsplit_scenarios::document::Speed;
use netsplit_view::timeline::Window;
use netsplit_words::say;
use yew::prelude::{Html, Properties, component, html, use_mut_ref};

use crate::button::icon_key;
use crate::icon::Icon;
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// What the transport shows.
#[derive(Clone, PartialEq, Properties)]
pub struct TransportProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// Grows, now and then while it plays, when the run shows something else.
    pub revision: u64,
    /// Whether the run plays.
    pub playing: bool,
    /// Virtual time per real time.
    pub speed: Speed,
    /// Whether quiet stretches pass faster.
    pub skip_quiet: bool,
    /// Whether the machine cannot keep up.
    pub late: bool,
    /// Whether the speed's surface is open.
    pub pace_open: bool,
    /// The stretch of time that the timeline shows; without one it follows the run.
    pub zoom: Option<Window>,
    /// The line of the fault script that is open to be changed.
    pub line: Option<usize>,
    /// Whether only the controls are shown that everybody needs.
    pub basic: bool,
}

/// Transport. A component, so that marks and bands are not drawn anew on every frame.
#[component]
pub fn Transport(props: &TransportProps) -> Html {
    let dragged = use_mut_ref(|| None);
    let does = |icon, name, keys, msg| icon_key(icon, name, keys, props.app.sends(msg));
    if props.basic {
        return basic(props);
    }
    html! {
        <section class="transport" aria-labelledby="transport-title">
            <h2 id="transport-title" class="unseen">{ say!("Transport") }</h2>
            <div class="steps">
                { does(Icon::PreviousMark, say!("To the previous moment of note"), None, Msg::PreviousMark) }
                { does(Icon::StepBack, say!("One event back"), Some("Alt+J"), Msg::StepBack) }
                { play(props) }
                { does(Icon::StepForward, say!("One event forward"), Some("Alt+L"), Msg::StepForward) }
                { does(Icon::NextMark, say!("To the next moment of note"), None, Msg::NextMark) }
            </div>
            { pace::pace(props) }
            if props.late {
                <span class="pill badge-warn late" title={say!("Virtual time lags: more happens than this machine can simulate at this speed.")}>
                    { say!("cannot keep up") }
                </span>
            }
            <span class="time mono" role="timer" aria-live="off" aria-label={say!("Virtual time")} />
            { timeline::timeline(props, dragged) }
            { does(Icon::Reset, say!("Reset: the run as it was opened"), Some("Alt+R"), Msg::Reset) }
        </section>
    }
}

/// What everybody needs: play, a step either way, the time, reset.
fn basic(props: &TransportProps) -> Html {
    let does = |icon, name, keys, msg| icon_key(icon, name, Some(keys), props.app.sends(msg));
    html! {
        <section class="transport basic" aria-labelledby="transport-title">
            <h2 id="transport-title" class="unseen">{ say!("Transport") }</h2>
            <div class="steps">
                { does(Icon::StepBack, say!("One event back"), "Alt+J", Msg::StepBack) }
                { play(props) }
                { does(Icon::StepForward, say!("One event forward"), "Alt+L", Msg::StepForward) }
            </div>
            <span class="time mono" role="timer" aria-live="off" aria-label={say!("Virtual time")} />
            { does(Icon::Reset, say!("Reset: the run as it was opened"), "Alt+R", Msg::Reset) }
        </section>
    }
}

fn play(props: &TransportProps) -> Html {
    let (icon, name) = if props.playing { (Icon::Pause, say!("Pause")) } else { (Icon::Play, say!("Play")) };
    html! {
        <button
            type="button"
            class="play"
            aria-label={name}
            title={name}
            aria-keyshortcuts="Alt+K"
            onclick={props.app.sends(Msg::TogglePlay)}
        >
            { icon.draw() }
        </button>
    }
}

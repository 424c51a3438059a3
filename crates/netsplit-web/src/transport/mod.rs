//! Transport: play, steps, speed, time, timeline, reset.

mod pace;
mod readout;
mod timeline;
mod track;

use netsplit_scenarios::document::Speed;
use yew::prelude::{Html, Properties, classes, component, html};

use crate::button::IconButton;
use crate::icon::Icon;
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

use pace::Pace;
use readout::Readout;
use timeline::Timeline;

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
    /// Whether there is little room.
    pub compact: bool,
}

/// Transport.
#[component]
pub fn Transport(props: &TransportProps) -> Html {
    let app = &props.app;
    let does = |icon, name: &'static str, keys, msg| {
        html! { <IconButton {icon} {name} {keys} onclick={app.sends(msg)} /> }
    };
    html! {
        <section class="transport" aria-labelledby="transport-title">
            <h2 id="transport-title" class="unseen">{ "Transport" }</h2>
            <div class="steps">
                { does(Icon::PreviousMark, "To the previous moment of note", None, Msg::PreviousMark) }
                { does(Icon::StepBack, "One event back", Some("Alt+J"), Msg::StepBack) }
                { play(props) }
                { does(Icon::StepForward, "One event forward", Some("Alt+L"), Msg::StepForward) }
                { does(Icon::NextMark, "To the next moment of note", None, Msg::NextMark) }
            </div>
            <Pace app={app.clone()} speed={props.speed} skip_quiet={props.skip_quiet} />
            if props.late {
                <span class="pill badge-warn" title="Virtual time lags: more happens than this machine can simulate at this speed.">
                    { "cannot keep up" }
                </span>
            }
            <Readout app={app.clone()} />
            <Timeline app={app.clone()} revision={props.revision} />
            { does(Icon::Reset, "Reset: the run as it was opened", Some("Alt+R"), Msg::Reset) }
        </section>
    }
}

fn play(props: &TransportProps) -> Html {
    let (icon, name) = if props.playing { (Icon::Pause, "Pause") } else { (Icon::Play, "Play") };
    html! {
        <button
            type="button"
            class={classes!("play", props.playing.then_some("on"))}
            aria-label={name}
            title={name}
            aria-keyshortcuts="Alt+K"
            onclick={props.app.sends(Msg::TogglePlay)}
        >
            { icon.draw() }
        </button>
    }
}

//! The list of keys.

use yew::prelude::{Html, html};

const ANYWHERE: [(&str, &str); 7] = [
    ("Alt K", "Play or pause"),
    ("Alt L", "One event forward"),
    ("Alt J", "One event back"),
    ("Alt R", "Reset: the run as it was opened"),
    ("Ctrl Z", "Undo the last change"),
    ("Ctrl Y, Ctrl Shift Z", "Redo"),
    ("?", "This list"),
];
const ON_STAGE: [(&str, &str); 8] = [
    ("Tab", "From nodes and links to walls, and while paused to messages"),
    ("← ↑ → ↓", "To the next node, link, wall or message"),
    ("Enter", "Open its menu"),
    ("G", "Grab it: arrows move, Shift moves finer, Enter drops, Esc cancels"),
    ("Delete", "Take a wall away"),
    ("Space", "Play or pause"),
    (",", "One event back"),
    (".", "One event forward"),
];
const ON_TIMELINE: [(&str, &str); 4] = [
    ("← →", "A little back or forward; with Shift less"),
    ("Page Up, Page Down", "Much forward or back"),
    ("Home", "To the beginning"),
    ("End", "To the furthest moment seen"),
];
const ON_DIAGRAM: [(&str, &str); 6] = [
    ("← →", "To the event before or after on the lane"),
    ("↑ ↓", "To the lane above or below"),
    ("Enter", "Select it, and light what it could know and influence"),
    ("Shift Enter", "Go there"),
    ("+ − 0", "Zoom in, zoom out, the whole run"),
    ("Esc", "Let everything be lit again"),
];

/// The list of keys.
pub(super) fn keys() -> Html {
    html! {
        <div class="keys">
            { group("Anywhere", &ANYWHERE) }
            { group("While the stage has the focus", &ON_STAGE) }
            { group("While the timeline has the focus", &ON_TIMELINE) }
            { group("While the space-time diagram has the focus", &ON_DIAGRAM) }
        </div>
    }
}

fn group(title: &'static str, keys: &'static [(&str, &str)]) -> Html {
    html! {
        <section>
            <h3>{ title }</h3>
            <dl>{ for keys.iter().map(|(key, does)| html! { <><dt><kbd>{ *key }</kbd></dt><dd>{ *does }</dd></> }) }</dl>
        </section>
    }
}

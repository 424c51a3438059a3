//! The list of keys.

use netsplit_words::{say, told, word};
use yew::prelude::{Html, html};

const ANYWHERE: [(&str, &str); 7] = [
    ("Alt K", word!("Play or pause")),
    ("Alt L", word!("One event forward")),
    ("Alt J", word!("One event back")),
    ("Alt R", word!("Reset: the run as it was opened")),
    ("Ctrl Z", word!("Undo the last change")),
    ("Ctrl Y, Ctrl Shift Z", word!("Redo")),
    ("?", word!("Help")),
];
const ON_STAGE: [(&str, &str); 8] = [
    ("Tab", word!("From nodes and links to walls, and while paused to messages")),
    ("← ↑ → ↓", word!("To the next node, link, wall or message")),
    ("Enter", word!("Open its menu")),
    ("G", word!("Grab it: arrows move, Shift moves finer, Enter drops, Esc cancels")),
    ("Delete", word!("Take a wall away")),
    ("Space", word!("Play or pause")),
    (",", word!("One event back")),
    (".", word!("One event forward")),
];
const ON_TIMELINE: [(&str, &str); 4] = [
    ("← →", word!("A little back or forward; with Shift less")),
    ("Page Up, Page Down", word!("Much forward or back")),
    ("Home", word!("To the beginning")),
    ("End", word!("To the furthest moment seen")),
];
const ON_DIAGRAM: [(&str, &str); 6] = [
    ("← →", word!("To the event before or after on the lane")),
    ("↑ ↓", word!("To the lane above or below")),
    ("Enter", word!("Select it, and light what it could know and influence")),
    ("Shift Enter", word!("Go there")),
    ("+ − 0", word!("Zoom in, zoom out, the whole run")),
    ("Esc", word!("Let everything be lit again")),
];

/// The list of keys.
pub(super) fn keys() -> Html {
    html! {
        <div class="keys">
            { group(say!("Anywhere"), &ANYWHERE) }
            { group(say!("While the stage has the focus"), &ON_STAGE) }
            { group(say!("While the timeline has the focus"), &ON_TIMELINE) }
            { group(say!("While the space-time diagram has the focus"), &ON_DIAGRAM) }
        </div>
    }
}

fn group(title: &'static str, keys: &'static [(&str, &str)]) -> Html {
    html! {
        <section>
            <h4>{ title }</h4>
            <dl>{ for keys.iter().map(|(key, does)| html! { <><dt><kbd>{ *key }</kbd></dt><dd>{ told(does) }</dd></> }) }</dl>
        </section>
    }
}

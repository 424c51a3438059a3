//! Help: what to try first, what the words mean, and all keys.

mod keys;

use netsplit_words::{say, told, word};
use yew::prelude::{Html, html};

use crate::button::{Look, button};
use crate::msg::{Dialog, Msg};
use crate::stage_contract::AppHandle;

/// What to try, in this order.
const FIRST: [&str; 5] = [
    word!(
        "Drag the hatched wall onto the cluster: it cuts every link between its two sides. Drag it off again, and they heal."
    ),
    word!(
        "Read the sentence above the stage: it says what just happened, and which section of the paper says so."
    ),
    word!(
        "Go one event back, or drag along the timeline: nothing is lost, and every future that you have made is kept."
    ),
    word!("Click a node, a link or a message: a menu says what can be done to it."),
    word!("Share the run: whoever opens its link sees the same run, event for event."),
];

/// The words of the page.
const WORDS: [(&str, &str); 8] = [
    (
        word!("Scenario"),
        word!("An experiment: who takes part, what clients ask for, what is done to the system."),
    ),
    (
        word!("Run"),
        word!("One execution of it. The same scenario with the same seed is always the same run."),
    ),
    (word!("Wall"), word!("A partition as it is drawn; it cuts the links between its sides.")),
    (word!("Fault"), word!("Something done to the system: a crash, a pause, a cut, a slow or a lossy link.")),
    (word!("Property"), word!("What must hold after every event, such as at most one leader in a term.")),
    (
        word!("Verdict"),
        word!("What the operations of the clients say about consistency, with those that prove it."),
    ),
    (
        word!("Flaw"),
        word!("A switch that breaks one rule of a protocol on purpose, to show what the rule is for."),
    ),
    (word!("Branch"), word!("Another future of the same past.")),
];

/// What the dialog says.
pub(super) fn help(app: &AppHandle) -> Html {
    html! {
        <div class="help">
            <section class="help-first">
                <h3>{ say!("Try this") }</h3>
                <ol>{ for FIRST.iter().map(|step| html! { <li>{ told(step) }</li> }) }</ol>
                { button(Look::Framed, say!("Lessons and scenarios"), app.sends(Msg::OpenDialog(Dialog::Gallery))) }
            </section>
            <section class="help-words">
                <h3>{ say!("What the words mean") }</h3>
                <dl>{ for WORDS.iter().map(|(word, meaning)| html! { <><dt>{ told(word) }</dt><dd>{ told(meaning) }</dd></> }) }</dl>
            </section>
            <section class="help-keys">
                <h3>{ say!("Keys") }</h3>
                { keys::keys() }
            </section>
        </div>
    }
}

//! What the protocol says of itself: its rules in short, what it assumes, where it departs.

use netsplit_sim::describe::About;
use netsplit_words::{say, told};
use yew::prelude::{Html, html};

/// A disclosure with the protocol's cards.
pub(super) fn cards(about: &'static About) -> Html {
    html! {
        <details class="about">
            <summary>{ say!("About this protocol") }</summary>
            <p>{ about.summary }</p>
            { card(say!("Rules in short"), (about.rule_card)()) }
            { card(say!("Assumptions and promises"), (about.model_card)()) }
            { card(say!("Where it departs from the paper"), (about.departures)()) }
        </details>
    }
}

fn card(title: &'static str, rows: &'static [(&'static str, &'static str)]) -> Html {
    if rows.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <h4>{ title }</h4>
            <dl class="card">
                { for rows.iter().map(|(name, text)| html! { <><dt>{ told(name) }</dt><dd>{ told(text) }</dd></> }) }
            </dl>
        </>
    }
}

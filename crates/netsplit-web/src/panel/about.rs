//! What the protocol says of itself: its rules in short, what it assumes, where it departs.

use netsplit_sim::describe::About;
use yew::prelude::{Html, html};

/// A disclosure with the protocol's cards.
pub(super) fn cards(about: &'static About) -> Html {
    html! {
        <details class="about">
            <summary>{ "About this protocol" }</summary>
            <p>{ about.summary }</p>
            { card("Rules in short", (about.rule_card)()) }
            { card("Assumptions and promises", (about.model_card)()) }
            { card("Where it departs from the paper", (about.departures)()) }
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
                { for rows.iter().map(|(name, text)| html! { <><dt>{ *name }</dt><dd>{ *text }</dd></> }) }
            </dl>
        </>
    }
}

//! "Why?": what can be asked about the selection, and the last answer, whose words lead to what they name.

use netsplit_sim::describe::{Part, Sentence, Target};
use netsplit_view::why::{Cause, Offer, Told, offered};
use netsplit_words::say;
use yew::prelude::{Html, html};

use super::DetailsProps;
use crate::msg::Msg;

/// The last answer, then what else can be asked.
pub(super) fn why(props: &DetailsProps) -> Html {
    props.app.read(|model| {
        let offers = offered(model.session().run(), props.selection);
        html! {
            <div class="why">
                if let Some(told) = &model.ui().why { { answer(props, told) } }
                { questions(props, &offers) }
            </div>
        }
    })
}

/// Questions as buttons, under a heading; nothing if there are none.
pub(super) fn questions(props: &DetailsProps, offers: &[Offer]) -> Html {
    if offers.is_empty() {
        return Html::default();
    }
    html! {
        <section class="questions">
            <h3>{ say!("Ask") }</h3>
            <ul>{ for offers.iter().map(|offer| question(props, offer)) }</ul>
        </section>
    }
}

fn question(props: &DetailsProps, offer: &Offer) -> Html {
    html! {
        <li>
            <button type="button" class="question" onclick={props.app.sends(Msg::Ask(offer.clone()))}>
                { &offer.label }
            </button>
        </li>
    }
}

fn answer(props: &DetailsProps, told: &Told) -> Html {
    html! {
        <section class="answer" aria-label={told.title.clone()}>
            <h3>{ &told.title }</h3>
            <p class="soft">
                { words(props, &say!("Asked at {time}.", time = told.at.time), Target::Moment(told.at)) }
            </p>
            if !told.chain.is_empty() {
                <ol class="causes">{ for told.chain.iter().map(|link| cause(props, link)) }</ol>
                <p class="soft">{ told.root }</p>
            }
            { sentences(props, &told.sentences) }
        </section>
    }
}

fn cause(props: &DetailsProps, cause: &Cause) -> Html {
    html! {
        <li>
            if !cause.how.parts.is_empty() {
                <p class="soft how">{ sentence(props, &cause.how) }</p>
            }
            if cause.left_out > 0 {
                <p class="soft">{ say!("Between them: {count} more.", count = cause.left_out) }</p>
            }
            <p class="cause">
                { words(props, &cause.time, Target::Moment(cause.moment)) }
                { " " }{ &cause.text }
                { section(&cause.sections.join(", ")) }
            </p>
            { sentences(props, &cause.missed) }
        </li>
    }
}

fn sentences(props: &DetailsProps, told: &[Sentence]) -> Html {
    if told.is_empty() {
        return Html::default();
    }
    html! { <ul class="told">{ for told.iter().map(|told| html! { <li>{ sentence(props, told) }</li> }) }</ul> }
}

fn sentence(props: &DetailsProps, told: &Sentence) -> Html {
    html! { <>{ for told.parts.iter().map(|told| part(props, told)) }{ section(told.section) }</> }
}

fn section(section: &str) -> Html {
    if section.is_empty() {
        return Html::default();
    }
    html! { <span class="event-section soft">{ " " }{ section }</span> }
}

fn part(props: &DetailsProps, part: &Part) -> Html {
    match part.target {
        None => Html::from(part.text.clone()),
        Some(target) => words(props, &part.text, target),
    }
}

/// Words that lead to what they name.
fn words(props: &DetailsProps, text: &str, target: Target) -> Html {
    html! {
        <button type="button" class="named" onclick={props.app.sends(Msg::Follow(target))}>{ text.to_owned() }</button>
    }
}

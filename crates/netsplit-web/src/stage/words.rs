//! Words round the edge of the stage: what happens, what is claimed, what the signs mean.

use netsplit_sim::history::Moment;
use netsplit_view::fitting::fitting;
use netsplit_view::sentence::Headline;
use netsplit_view::stage::{LegendItem, LegendKind};
use netsplit_view::verdict::{Chip, Mood};
use netsplit_words::say;
use yew::prelude::{Callback, Html, classes, html};

use crate::tone;

/// The sentence that says what is going on, and the claims; `on_claim` shows what one is about.
pub fn head(headline: Option<&Headline>, chips: &[Chip], on_claim: &Callback<About>) -> Html {
    html! {
        <div class="stage-head">
            <div class="stage-say">
                if let Some(headline) = headline {
                    <p>{ &headline.text }</p>
                    <small>{ aside(headline) }</small>
                } else {
                    <p>{ say!("Nothing has happened yet.") }</p>
                }
            </div>
            <ul class="stage-verdicts" aria-label={say!("Verdicts")}>
                { for fitting(chips).into_iter().map(|chip| verdict(chip, on_claim)) }
            </ul>
        </div>
    }
}

/// What a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A moment.
    Moment(Moment),
    /// The client history, and a moment of it.
    History(Option<Moment>),
}

fn aside(headline: &Headline) -> String {
    let when = headline.at.to_string();
    let parts = [headline.detail.as_str(), headline.section, when.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn verdict(chip: &Chip, on_claim: &Callback<About>) -> Html {
    let (class, meant) = match chip.mood {
        Mood::Good => ("is-good", say!("holds so far:")),
        Mood::Bad => ("is-bad", say!("broken:")),
        Mood::Waiting => ("is-waiting", say!("waiting:")),
        Mood::Note => ("is-note", say!("note:")),
    };
    let title = (!chip.meaning.is_empty()).then(|| chip.meaning.clone());
    let words = html! {
        <>
            <i aria-hidden="true"></i>
            <span class="unseen">{ meant }{ " " }</span>
            <span>{ &chip.text }</span>
        </>
    };
    let about = match (chip.history, chip.moment) {
        (true, moment) => Some(About::History(moment)),
        (false, moment) => moment.map(About::Moment),
    };
    let inner = match about {
        Some(about) => {
            let go = on_claim.clone();
            let onclick = Callback::from(move |_| go.emit(about));
            html! { <button type="button" class={classes!("verdict", class)} {title} {onclick}>{ words }</button> }
        }
        None => html! { <span class={classes!("verdict", class)} {title}>{ words }</span> },
    };
    html! { <li>{ inner }</li> }
}

/// The legend: roles and kinds of messages, and whether there are cells and timers to explain.
pub fn legend(items: &[LegendItem], cells: bool, arcs: bool) -> Html {
    html! {
        <ul class="stage-key" aria-label={say!("Legend")}>
            { for items.iter().map(entry) }
            if cells {
                <li class="is-minor"><i class="cell"></i>{ say!("final") }</li>
                <li class="is-minor"><i class="cell is-open"></i>{ say!("not yet") }</li>
            }
            if arcs {
                <li class="is-minor">{ say!("arc: time left") }</li>
            }
        </ul>
    }
}

fn entry(item: &LegendItem) -> Html {
    match item.kind {
        LegendKind::Role => html! {
            <li><b class={classes!("role", tone::class(item.tone))}>{ item.letter }</b>{ item.text }</li>
        },
        LegendKind::Message => html! {
            <li class={tone::class(item.tone)}><i class="dot">{ item.letter }</i>{ item.text }</li>
        },
    }
}

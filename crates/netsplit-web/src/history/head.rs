//! The head of the history: the claims with how they stand, the verdict on the chosen one, and its proof.

use netsplit_checkers::model::Model as Objects;
use netsplit_checkers::words;
use netsplit_view::format;
use netsplit_view::verdict::Mood;
use netsplit_words::say;
use web_sys::HtmlSelectElement;
use yew::prelude::{Callback, Event, Html, TargetCast, classes, html};

use super::bring;
use super::import::Import;
use super::looking::{Change, Look};
use super::root::{focus, whole};
use super::shown::{Claim, Shown};
use crate::button::{Look as Style, button, icon_button};
use crate::icon::Icon;
use crate::msg::Msg;
use crate::spacetime;
use crate::stage_contract::AppHandle;

/// The head; `shown` is nothing if there is no history.
pub fn head(app: &AppHandle, shown: Option<&Shown>) -> Html {
    html! {
        <div class="history-head">
            if let Some(shown) = shown {
                { file(app, shown) }
                <div class="history-claims" role="group" aria-label={say!("What is claimed of the history")}>
                    { for shown.claims.iter().map(|claim| self::claim(app, *claim)) }
                </div>
            }
            <span class="grow" />
            { zoom(app, shown) }
            { bring::chooser(app) }
        </div>
    }
}

/// Of which file it is, by which model it is judged, and the way back to the run.
fn file(app: &AppHandle, shown: &Shown) -> Html {
    let Some(name) = &shown.file else { return Html::default() };
    let models = app.read(|model| model.import().map_or_else(Vec::new, |import| import.models().collect()));
    html! {
        <>
            <b class="history-file">{ name }</b>
            { model_of(app, &models, shown.objects) }
            { button(Style::Framed, say!("Back to the run"), app.sends(Msg::History(Change::CloseImport))) }
        </>
    }
}

fn model_of(app: &AppHandle, models: &[Objects], chosen: Objects) -> Html {
    let app = app.clone();
    let onchange = Callback::from(move |event: Event| {
        let named = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        if let Some(model) = named.and_then(|name| Objects::named(&name)) {
            app.send(Msg::History(Change::Look(Look::Model(model))));
        }
    });
    html! {
        <label class="inline-label">
            { say!("Model") }
            <select class="field" {onchange}>
                { for models.iter().map(|model| html! {
                    <option value={model.name()} selected={*model == chosen}>{ model.name() }</option>
                }) }
            </select>
        </label>
    }
}

fn claim(app: &AppHandle, claim: Claim) -> Html {
    let (sign, meaning) = claim.sign.told();
    let class = match sign {
        "✓" => "is-good",
        "✗" => "is-bad",
        _ => "is-open",
    };
    let title = say!("{claim}: {meaning}", claim = words::noun(claim.what), meaning);
    html! {
        <button
            type="button"
            class={classes!("history-claim", class)}
            aria-pressed={if claim.chosen { "true" } else { "false" }}
            title={title}
            onclick={app.sends(Msg::History(Change::Claim(Some(claim.what))))}
        >
            <i aria-hidden="true">{ sign }</i>
            { claim.what.name() }
            <span class="unseen">{ say!(", {meaning}", meaning) }</span>
        </button>
    }
}

/// Closer and farther: of a run as in the space-time diagram, whose stretch of time it shares.
fn zoom(app: &AppHandle, shown: Option<&Shown>) -> Html {
    let Some(shown) = shown else { return Html::default() };
    let does = |factor: f64| app.sends(zoomed(app, shown, factor));
    html! {
        <span class="history-zoom">
            { icon_button(Icon::ZoomOut, say!("Show more time of the history"), does(2.0)) }
            { icon_button(Icon::ZoomIn, say!("Zoom in on the history"), does(0.5)) }
            <button type="button" class="button" title={say!("Show all of the history")} onclick={app.sends(whole(shown))}>{ say!("Whole") }</button>
        </span>
    }
}

/// About the cursor, or the middle of a file.
pub fn zoomed(app: &AppHandle, shown: &Shown, factor: f64) -> Msg {
    app.read(|model| match model.import().filter(|_| shown.file.is_some()) {
        Some(Import { window: (from, to), .. }) => {
            let middle = netsplit_checkers::history::Time(from.0 + (to.0 - from.0) / 2);
            Msg::History(Change::Look(Look::Zoom(middle, factor)))
        }
        None => Msg::Diagram(spacetime::Change::Zoom(model.session().run().now(), factor)),
    })
}

/// The verdict.
pub fn verdict(app: &AppHandle, shown: &Shown) -> Html {
    let Some(chip) = &shown.verdict else { return Html::default() };
    let class = match chip.mood {
        Mood::Good => "is-good",
        Mood::Bad => "is-bad",
        Mood::Waiting | Mood::Note => "is-open",
    };
    html! {
        <div class={classes!("history-verdict", class)}>
            <b class="history-says">{ &shown.says }</b>
            if let Some(moment) = chip.moment {
                { button(Style::Framed, say!("Go there"), app.sends(Msg::History(Change::Moment(moment)))) }
            } else if let Some(stuck) = shown.stuck {
                { button(Style::Framed, say!("Show it"), Callback::from(move |_| focus(Some(stuck)))) }
            }
        </div>
    }
}

/// The proof of a violation, without its first reason: that stands in the verdict.
pub fn proof(shown: &Shown) -> Html {
    /// More reasons than this are counted only.
    const MOST: usize = 3;
    let proof = shown.proof.get(1..).unwrap_or_default();
    let more = proof.len().saturating_sub(MOST);
    if proof.is_empty() {
        return Html::default();
    }
    html! {
        <ol class="history-proof" aria-label={say!("Why")}>
            { for proof.iter().take(MOST).map(|reason| html! { <li>{ say!("{reason}.", reason = format::capital(reason)) }</li> }) }
            if more > 0 {
                <li>{ say!("And so in {more, plural, one {# more way} other {# more ways}}.", more) }</li>
            }
        </ol>
    }
}

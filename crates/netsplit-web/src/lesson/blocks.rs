//! What a lesson asks: predictions, goals, questions.

use netsplit_scenarios::lesson::content::{Choice, Goal, Predict, Question};
use netsplit_words::say;
use web_sys::HtmlTextAreaElement;
use yew::prelude::{Callback, Html, InputEvent, TargetCast, classes, html};

use super::goals::State;
use super::learning::{Learning, Predicted};
use super::panel::id;
use super::{Change, Spot, prose};
use crate::address;
use crate::browser;
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// A prediction: choices, then what the run says.
pub(super) fn predict(app: &AppHandle, learning: &Learning, spot: Spot, predict: &Predict) -> Html {
    let said = learning.predicted(spot);
    let choices = predict.choices.iter().enumerate();
    let told = said.and_then(|said| said.right);
    html! {
        <fieldset class="predict">
            <legend>
                <span class="lesson-kind">{ say!("Predict") }</span>
                { prose::spans(app, learning, &predict.ask) }
            </legend>
            { for choices.map(|(number, choice)| self::choice(app, learning, spot, said, number, choice)) }
            { reveal(app, learning, spot, said) }
            if told.is_some() {
                <p class="because">{ prose::spans(app, learning, &predict.why) }</p>
            }
        </fieldset>
    }
}

fn choice(
    app: &AppHandle,
    learning: &Learning,
    spot: Spot,
    said: Option<Predicted>,
    number: usize,
    choice: &Choice,
) -> Html {
    let (id, name) = (id(spot, &number.to_string()), id(spot, "choice"));
    let chosen = said.is_some_and(|said| said.choice == number);
    let right = said.and_then(|said| said.right);
    let verdict = match right {
        Some(right) if right == number && chosen => Some(("right", say!("✓ as you said"))),
        Some(right) if right == number => Some(("right", say!("✓ this came true"))),
        Some(_) if chosen => Some(("wrong", say!("✗ you said this"))),
        _ => None,
    };
    let onchange = app.sends(Msg::Lesson(Change::Choose(spot, number)));
    html! {
        <div class={classes!("choice", verdict.map(|(class, _)| class))}>
            <input type="radio" id={id.clone()} {name} checked={chosen} disabled={right.is_some()} {onchange} />
            <label for={id}>
                { prose::spans(app, learning, &choice.say) }
                if let Some((_, words)) = verdict { <span class="came">{ " " }{ words }</span> }
            </label>
        </div>
    }
}

/// The button that lets the run tell.
fn reveal(app: &AppHandle, learning: &Learning, spot: Spot, said: Option<Predicted>) -> Html {
    let words = match said {
        _ if learning.reveals() == Some(spot) => say!("Running …"),
        Some(Predicted { right: Some(_), .. }) => say!("Run it again"),
        _ => say!("Run it"),
    };
    let ready = said.is_some();
    let onclick = if ready { app.sends(Msg::Lesson(Change::Reveal(spot))) } else { Callback::noop() };
    let disabled = (!ready).then_some("true");
    let hint = if ready { "" } else { say!("Choose an answer first.") };
    html! {
        <p>
            <button type="button" class="button primary" aria-disabled={disabled} {onclick}>{ words }</button>
            <span class="soft">{ " " }{ hint }</span>
        </p>
    }
}

/// A goal: what to bring about, and how far that is.
pub(super) fn goal(app: &AppHandle, learning: &Learning, goal: &Goal) -> Html {
    let number = learning.lesson().goals().position(|(_, other)| other.name == goal.name);
    let state = number.and_then(|number| learning.goals().states().get(number)).cloned().unwrap_or_default();
    let met = state.met.is_some();
    html! {
        <section class={classes!("goal", met.then_some("met"))} data-goal={goal.name.clone()}>
            <p>
                <span class="lesson-kind">{ say!("Goal") }</span>
                { prose::spans(app, learning, &goal.say) }
            </p>
            { how_far(app, &state) }
            if met && !goal.done.is_empty() { <p>{ prose::spans(app, learning, &goal.done) }</p> }
            if !met && !goal.hint.is_empty() {
                <details>
                    <summary>{ say!("Hint") }</summary>
                    <p>{ prose::spans(app, learning, &goal.hint) }</p>
                </details>
            }
        </section>
    }
}

fn how_far(app: &AppHandle, state: &State) -> Html {
    let Some((moment, link)) = &state.met else {
        return html! {
            <>
                <p class="goal-state">{ say!("○ not yet") }</p>
                if !state.differences.is_empty() {
                    <p class="soft">{ say!("This run does not count: {reasons}.", reasons = state.differences.join("; ")) }</p>
                }
            </>
        };
    };
    let link = [&*address::page(), link].concat();
    let copy = {
        let app = app.clone();
        move |_| browser::copy(&app, link.clone(), say!("The link that proves it was copied."))
    };
    html! {
        <p class="goal-state">
            { say!("✓ met at {time}", time = moment.time) }{ " " }
            <button type="button" class="button framed" data-proof={state.met.as_ref().map(|(_, link)| link.clone())} onclick={copy}>
                { say!("Copy the proof") }
            </button>
        </p>
    }
}

/// A question with room for an answer.
pub(super) fn question(app: &AppHandle, learning: &Learning, spot: Spot, question: &Question) -> Html {
    let oninput = {
        let app = app.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                app.send(Msg::Lesson(Change::Answer(spot, area.value())));
            }
        })
    };
    let id = id(spot, "answer");
    html! {
        <div class="question-block">
            <label for={id.clone()}>
                <span class="lesson-kind">{ say!("Question") }</span>
                { prose::spans(app, learning, &question.ask) }
            </label>
            <textarea {id} rows="3" value={learning.answer(spot).to_owned()} {oninput} />
        </div>
    }
}

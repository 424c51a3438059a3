//! The lesson as it stands beside the stage: where one is, what the step says, and the way on.

use netsplit_words::say;
use web_sys::HtmlElement;
use yew::prelude::{Html, NodeRef, Properties, component, html, use_effect_with, use_mut_ref, use_node_ref};

use super::learning::Learning;
use super::{Change, Spot, prose, sheet};
use crate::address;
use crate::browser;
use crate::model::Model;
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// What it is given.
#[derive(Clone, PartialEq, Properties)]
pub struct LessonProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// Grows when the run or the lesson shows something else.
    pub revision: u64,
}

/// The lesson that is open.
#[component]
pub fn LessonPanel(props: &LessonProps) -> Html {
    let heading = use_node_ref();
    let before = use_mut_ref(|| None);
    let place = props.app.read(|model| model.lesson().map(Learning::place));
    let target = heading.clone();
    use_effect_with(place, move |place| {
        // Who goes on to another step reads on at its heading; who opens a lesson is not dragged there.
        let turned = before.borrow().as_ref().is_some_and(|before| before != place);
        before.replace(Some(place.clone()));
        if let Some(heading) = target.cast::<HtmlElement>().filter(|_| turned) {
            let _taken = heading.focus();
        }
    });
    props.app.read(|model| match model.lesson() {
        Some(learning) => draw(&props.app, learning, &heading),
        None => Html::default(),
    })
}

fn draw(app: &AppHandle, learning: &Learning, heading: &NodeRef) -> Html {
    let (step, lesson) = (learning.step(), learning.lesson());
    let part = learning.shown();
    let intro = if step == 0 { prose::blocks(app, learning, None, &lesson.intro) } else { Html::default() };
    html! {
        <article class="lesson">
            <p class="soft lesson-where">{ where_one_is(learning) }</p>
            <h3 ref={heading} tabindex="-1">{ &part.title }</h3>
            if !learning.shows_its_run() { { elsewhere(app, step) } }
            { intro }
            { prose::blocks(app, learning, Some(step), &part.body) }
            { ways(app, step, lesson.steps.len()) }
            { all_steps(app, learning) }
        </article>
    }
}

fn where_one_is(learning: &Learning) -> String {
    let (title, number, of) = (&learning.lesson().title, learning.step() + 1, learning.lesson().steps.len());
    say!("{title} · step {number} of {of}", title, number, of)
}

/// Another run is on the page.
fn elsewhere(app: &AppHandle, step: usize) -> Html {
    html! {
        <p class="lesson-away">
            { say!("The page shows another run than this step’s.") }{ " " }
            <button type="button" class="do" onclick={app.sends(Msg::Lesson(Change::Step(step)))}>
                { say!("Back to this step’s run") }
            </button>
        </p>
    }
}

/// Back, a bar of progress, next.
fn ways(app: &AppHandle, step: usize, of: usize) -> Html {
    let to = |step: usize| app.sends(Msg::Lesson(Change::Step(step)));
    html! {
        <nav class="lesson-ways" aria-label={say!("Steps of the lesson")}>
            if step > 0 {
                <button type="button" class="button framed" onclick={to(step - 1)}>{ say!("Back") }</button>
            }
            <progress max={of.to_string()} value={(step + 1).to_string()} aria-label={say!("Progress")} />
            if step + 1 < of {
                <button type="button" class="button primary" onclick={to(step + 1)}>{ say!("Next") }</button>
            }
        </nav>
    }
}

/// All steps, the run of this one again, the answers, and the way out.
fn all_steps(app: &AppHandle, learning: &Learning) -> Html {
    let steps = learning.lesson().steps.iter().enumerate().map(|(number, step)| {
        let current = (number == learning.step()).then_some("step");
        html! {
            <li>
                <button type="button" class="named" aria-current={current} onclick={app.sends(Msg::Lesson(Change::Step(number)))}>
                    { &step.title }
                </button>
            </li>
        }
    });
    html! {
        <details class="lesson-more">
            <summary>{ say!("All steps, answers, and more") }</summary>
            <ol>{ for steps }</ol>
            <div class="lesson-deeds">
                { deed(app, say!("This step’s run again"), Msg::Lesson(Change::Again)) }
                { sheet_buttons(app, learning) }
                { whole_page() }
                { deed(app, say!("Close the lesson"), Msg::Lesson(Change::Close)) }
            </div>
        </details>
    }
}

fn deed(app: &AppHandle, words: &'static str, msg: Msg) -> Html {
    html! { <button type="button" class="button framed" onclick={app.sends(msg)}>{ words }</button> }
}

fn sheet_buttons(app: &AppHandle, learning: &Learning) -> Html {
    let copy = {
        let app = app.clone();
        move |_| browser::copy(&app, answers(&app), say!("The sheet of answers was copied."))
    };
    let name = ["netsplit-", &learning.lesson().name, ".md"].concat();
    let save = {
        let app = app.clone();
        move |_| {
            if browser::download(&name, &answers(&app)).is_err() {
                app.send(Msg::Warn(say!("This browser saves no files here; copying works.").to_owned()));
            }
        }
    };
    html! {
        <>
            <button type="button" class="button framed" onclick={copy}>{ say!("Copy the sheet of answers") }</button>
            <button type="button" class="button framed" onclick={save}>{ say!("Save the sheet of answers") }</button>
        </>
    }
}

fn answers(app: &AppHandle) -> String {
    let write = |model: &Model| {
        let mut position = model.session().position();
        position.fingerprint = model.session().fingerprint(model.session().run().step()).ok();
        let link = model.fragment(&position);
        let digest = model.session().run().digest();
        model.lesson().map(|learning| sheet::sheet(learning, &address::page(), &link, digest))
    };
    app.read(write).unwrap_or_default()
}

/// The page with all lessons as one file, where there is a place to fetch it from.
fn whole_page() -> Html {
    if !address::page().starts_with("http") {
        return Html::default();
    }
    html! {
        <a class="button framed" href="netsplit.html" download="netsplit.html">
            { say!("Save the page with all lessons as one file") }
        </a>
    }
}

/// The names of parts of the page belong to what they are about.
pub(super) fn id(spot: Spot, part: &str) -> String {
    format!("lesson-{}-{}-{part}", spot.step + 1, spot.block + 1)
}

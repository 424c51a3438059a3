//! The small forms of the stage: what is typed so far, and what it does to the system.

use netsplit_sim::intervention::Intervention;
use netsplit_view::geometry::Point;
use web_sys::HtmlElement;
use yew::prelude::{
    Callback, Html, KeyboardEvent, Properties, SubmitEvent, classes, component, html, use_effect_with,
    use_node_ref, use_state,
};

use super::clock_form::ClockDraft;
use super::link_form::LinkDraft;
use super::link_values::BadValue;
use super::place::{Anchor, Place};
use super::request_form::RequestDraft;

/// What is typed into a form so far.
#[derive(Clone, Debug, PartialEq)]
pub enum Draft {
    /// How a link behaves.
    Link(LinkDraft),
    /// How a clock is off.
    Clock(ClockDraft),
    /// An operation of a client.
    Request(RequestDraft),
}

impl Draft {
    fn title(&self) -> String {
        match self {
            Self::Link(draft) => format!("Link {}", draft.link),
            Self::Clock(draft) => format!("Clock of {}", draft.node),
            Self::Request(_) => "Ask for an operation".to_owned(),
        }
    }

    const fn verb(&self) -> &'static str {
        match self {
            Self::Link(_) => "Apply",
            Self::Clock(_) => "Set",
            Self::Request(_) => "Ask",
        }
    }

    fn done(&self) -> Result<Vec<Intervention>, BadValue> {
        match self {
            Self::Link(draft) => draft.done(),
            Self::Clock(draft) => draft.done(),
            Self::Request(draft) => Ok(draft.done()),
        }
    }

    fn fields(&self, put: &Callback<Self>) -> Html {
        match self {
            Self::Link(draft) => draft.fields(&put.reform(Self::Link)),
            Self::Clock(draft) => draft.fields(&put.reform(Self::Clock)),
            Self::Request(draft) => draft.fields(&put.reform(Self::Request)),
        }
    }
}

/// What a form is made of.
#[derive(Clone, PartialEq, Properties)]
pub struct FormProps {
    /// What stands in it at first.
    pub draft: Draft,
    /// Where it opens.
    pub at: Point,
    /// Does this to the system.
    pub on_do: Callback<Vec<Intervention>>,
    /// It is to be closed; `true` gives the focus back.
    pub on_close: Callback<bool>,
}

/// A form.
#[component]
pub fn Form(props: &FormProps) -> Html {
    let form = use_node_ref();
    let draft = use_state(|| props.draft.clone());
    let refused = use_state(|| None);
    {
        let form = form.clone();
        use_effect_with((), move |()| {
            if let Some(form) = form.cast::<HtmlElement>() {
                // A form with a tabindex can take the focus.
                let _ = form.focus();
            }
        });
    }
    let onsubmit = {
        let (draft, refused, on_do) = (draft.clone(), refused.clone(), props.on_do.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match draft.done() {
                Ok(done) => on_do.emit(done),
                Err(bad) => refused.set(Some(bad.to_string())),
            }
        })
    };
    let put = {
        let draft = draft.clone();
        Callback::from(move |next| draft.set(next))
    };
    let title = draft.title();
    html! {
        <Place at={props.at} anchor={Anchor::Beside} class={classes!("stage-menu", "stage-form")}>
            <form ref={form} tabindex="-1" aria-label={title.clone()} {onsubmit} onkeydown={keys(&props.on_close)}>
                <h3>{ title }</h3>
                { draft.fields(&put) }
                if let Some(refused) = &*refused {
                    <p class="refused" role="alert">{ refused }{ "." }</p>
                }
                <footer>
                    <button type="button" onclick={props.on_close.reform(|_| true)}>{ "Cancel" }</button>
                    <button type="submit" class="is-main">{ draft.verb() }</button>
                </footer>
            </form>
        </Place>
    }
}

fn keys(close: &Callback<bool>) -> Callback<KeyboardEvent> {
    let close = close.clone();
    Callback::from(move |event: KeyboardEvent| {
        // Keys typed into a form are nobody else's.
        event.stop_propagation();
        if event.key() == "Escape" {
            close.emit(true);
        }
    })
}

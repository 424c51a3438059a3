//! The small forms of the stage: what is typed so far, and what it does to the system.

use netsplit_sim::intervention::Intervention;
use netsplit_view::geometry::Point;
use netsplit_words::say;
use web_sys::HtmlElement;
use yew::prelude::{
    Callback, Html, KeyboardEvent, Properties, SubmitEvent, classes, component, html, use_effect_with,
    use_node_ref, use_state,
};

use super::clock_form::ClockEntry;
use super::link_form::LinkEntry;
use super::link_values::BadValue;
use super::place::{Anchor, Place};
use super::request_form::RequestEntry;
use super::retime_form::RetimeEntry;

/// What is typed into a form so far.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// How a link behaves.
    Link(LinkEntry),
    /// How a clock is off.
    Clock(ClockEntry),
    /// When a message arrives.
    Retime(RetimeEntry),
    /// An operation of a client.
    Request(RequestEntry),
}

impl Entry {
    fn title(&self) -> String {
        match self {
            Self::Link(entry) => say!("Link {link}", link = entry.link),
            Self::Clock(entry) => say!("Clock of {node}", node = entry.node),
            Self::Retime(entry) => say!("Message {link}", link = entry.message.link),
            Self::Request(_) => say!("Ask for an operation").to_owned(),
        }
    }

    fn verb(&self) -> &'static str {
        match self {
            Self::Link(_) => say!("Apply"),
            Self::Clock(_) | Self::Retime(_) => say!("Set"),
            Self::Request(_) => say!("Ask"),
        }
    }

    fn done(&self) -> Result<Vec<Intervention>, BadValue> {
        match self {
            Self::Link(entry) => entry.done(),
            Self::Clock(entry) => entry.done(),
            Self::Retime(entry) => entry.done(),
            Self::Request(entry) => Ok(entry.done()),
        }
    }

    fn fields(&self, put: &Callback<Self>) -> Html {
        match self {
            Self::Link(entry) => entry.fields(&put.reform(Self::Link)),
            Self::Clock(entry) => entry.fields(&put.reform(Self::Clock)),
            Self::Retime(entry) => entry.fields(&put.reform(Self::Retime)),
            Self::Request(entry) => entry.fields(&put.reform(Self::Request)),
        }
    }
}

/// What a form is made of.
#[derive(Clone, PartialEq, Properties)]
pub struct FormProps {
    /// What stands in it at first.
    pub entry: Entry,
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
    let entry = use_state(|| props.entry.clone());
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
        let (entry, refused, on_do) = (entry.clone(), refused.clone(), props.on_do.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match entry.done() {
                Ok(done) => on_do.emit(done),
                Err(bad) => refused.set(Some(bad.to_string())),
            }
        })
    };
    let put = {
        let entry = entry.clone();
        Callback::from(move |next| entry.set(next))
    };
    let title = entry.title();
    html! {
        <Place at={props.at} anchor={Anchor::Beside} class={classes!("stage-menu", "stage-form")}>
            <form ref={form} tabindex="-1" aria-label={title.clone()} {onsubmit} onkeydown={keys(&props.on_close)}>
                <h3>{ title }</h3>
                { entry.fields(&put) }
                if let Some(refused) = &*refused {
                    <p class="refused" role="alert">{ say!("{refused}.", refused) }</p>
                }
                <footer>
                    <button type="button" onclick={props.on_close.reform(|_| true)}>{ say!("Cancel") }</button>
                    <button type="submit" class="is-main">{ entry.verb() }</button>
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

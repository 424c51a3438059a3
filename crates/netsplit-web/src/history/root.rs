//! The history as one component.

use std::rc::Rc;

use netsplit_checkers::history::Row;
use netsplit_view::format;
use netsplit_view::history::states::Around;
use netsplit_view::history::words;
use netsplit_words::say;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, SvgElement};
use yew::prelude::{
    Callback, FocusEvent, Html, KeyboardEvent, MouseEvent, PointerEvent, Properties, UseStateHandle,
    component, html, use_node_ref, use_state,
};

use super::looking::{self, Change, Looking};
use super::rove::{self, Way};
use super::shown::Shown;
use super::{draw, head};
use crate::browser;
use crate::button::{Look, button};
use crate::msg::{Msg, Selection};
use crate::spacetime::{self, Diagram};
use crate::stage::size::use_size;
use crate::stage_contract::AppHandle;

/// What the history shows.
#[derive(Clone, PartialEq, Properties)]
pub struct HistoryProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// Grows, now and then while it plays, when the run or what is known of it is another.
    pub revision: u64,
    /// What is selected.
    pub selection: Option<Selection>,
    /// What is looked at.
    pub looking: Looking,
    /// The stretch of time, which the space-time diagram shows, too.
    pub diagram: Diagram,
}

/// How wide the drawing is until it is measured.
const WIDTH: f64 = 800.0;

/// The history.
#[component]
pub fn HistoryPanel(props: &HistoryProps) -> Html {
    let plot = use_node_ref();
    let width = (use_size(&plot).map_or(WIDTH, |(width, _)| width) - draw::GUTTER).max(1.0);
    let pointed = use_state(|| None::<Row>);
    let stop = use_state(|| None::<Row>);
    let app = &props.app;
    let shown = app.read(|model| Shown::read(model, width));
    let shown = shown.filter(|shown| !shown.account.operations().is_empty()).map(Rc::new);
    html! {
        <div class="history">
            { head::head(app, shown.as_deref()) }
            { shown.as_ref().map_or_else(|| empty(app), |shown| head::verdict(app, shown)) }
            // Always there, since its width is followed from the beginning on.
            <div class="history-view">
                <div
                    ref={plot}
                    class="history-plot"
                    onkeydown={on_key(app, shown.as_ref(), *stop)}
                    onfocusin={on_focus(&pointed, &stop)}
                    onfocusout={leave(&pointed)}
                    onpointerover={on_pointer(&pointed)}
                    onpointerleave={leave(&pointed)}
                    onclick={on_click(app, shown.as_ref())}
                >
                    if let Some(shown) = &shown {
                        { draw::drawing(shown, width, stop_of(shown, *stop)) }
                        { draw::axis(&shown.picture.ticks, width) }
                    }
                </div>
            </div>
            if let Some(shown) = &shown {
                { left_out(shown) }
                <p class="history-tip">{ tip(shown, (*pointed).or(shown.selected)) }</p>
                { head::proof(shown) }
            }
        </div>
    }
}

/// That there are more operations than are drawn.
fn left_out(shown: &Shown) -> Html {
    let count = shown.picture.left_out as u64;
    if count == 0 {
        return Html::default();
    }
    html! {
        <p class="history-tip soft">
            { say!(
                "{count, plural, one {# older operation is} other {# older operations are}} not drawn: zoom in to see them.",
                count = format::grouped(count),
            ) }
        </p>
    }
}

fn empty(app: &AppHandle) -> Html {
    let from_file = app.read(|model| model.import().is_some());
    let words = if from_file {
        say!("This history is empty: nobody asked for anything.")
    } else {
        say!(
            "No client operation yet. Play, or let a client ask for something; or open a history from a file."
        )
    };
    html! {
        <p class="nothing">
            { words }
            if from_file {
                { button(Look::Framed, say!("Back to the run"), app.sends(Msg::History(Change::CloseImport))) }
            }
        </p>
    }
}

/// The operation that Tab leads to: where the focus was, else what is selected, else the last in sight.
fn stop_of(shown: &Shown, stop: Option<Row>) -> Option<Row> {
    let bars = &shown.picture.bars;
    let in_sight = |row: &Row| bars.iter().any(|bar| bar.row == *row);
    stop.filter(in_sight).or(shown.selected.filter(in_sight)).or(bars.last().map(|bar| bar.row))
}

/// What is said of the operation that is pointed at, or selected; else what can be done.
fn tip(shown: &Shown, row: Option<Row>) -> Html {
    let Some(row) = row.filter(|row| *row < shown.account.operations().len()) else {
        return html! { <span class="soft">{ hint(shown) }</span> };
    };
    let told = words::spoken(&shown.account, row);
    let around = shown.around(row).map(|around| {
        let key = shown.account.naming.key(shown.account.operations()[row].key);
        around_words(key, around)
    });
    html! {
        <>
            { told }
            if let Some(around) = around {
                <span class="history-around">{ around }</span>
            }
        </>
    }
}

/// What a key held before and after an operation, by the order that was found; a history of one register has no
/// key.
fn around_words(key: String, around: Around) -> String {
    let Around { number, of, before, after } = around;
    let changed = before != after;
    match (key.is_empty(), changed) {
        (true, false) => say!("it held {before}; no. {number} of {of} in the order", before, number, of),
        (true, true) => say!(
            "it held {before}, then {after}; no. {number} of {of} in the order",
            before,
            after,
            number,
            of
        ),
        (false, false) => {
            say!("{key} held {before}; no. {number} of {of} in the order", key, before, number, of)
        }
        (false, true) => say!(
            "{key} held {before}, then {after}; no. {number} of {of} in the order",
            key,
            before,
            after,
            number,
            of
        ),
    }
}

fn hint(shown: &Shown) -> &'static str {
    match shown.file {
        Some(_) => say!("Point at an operation to see what the key held before and after it."),
        None => {
            say!(
                "Click an operation: the stage goes to its answer, and the space-time diagram lights what served it."
            )
        }
    }
}

/// The operation that an event happened on.
fn row_of(event: &Event) -> Option<Row> {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok())?;
    let holder = element.closest("[data-row]").ok().flatten()?;
    holder.get_attribute("data-row")?.parse().ok()
}

fn on_pointer(pointed: &UseStateHandle<Option<Row>>) -> Callback<PointerEvent> {
    let pointed = pointed.clone();
    Callback::from(move |event: PointerEvent| pointed.set(row_of(&event)))
}

fn on_focus(
    pointed: &UseStateHandle<Option<Row>>,
    stop: &UseStateHandle<Option<Row>>,
) -> Callback<FocusEvent> {
    let (pointed, stop) = (pointed.clone(), stop.clone());
    Callback::from(move |event: FocusEvent| {
        let row = row_of(&event);
        pointed.set(row);
        stop.set(row);
    })
}

fn leave<E>(pointed: &UseStateHandle<Option<Row>>) -> Callback<E> {
    let pointed = pointed.clone();
    Callback::from(move |_| pointed.set(None))
}

fn on_click(app: &AppHandle, shown: Option<&Rc<Shown>>) -> Callback<MouseEvent> {
    let (app, shown) = (app.clone(), shown.cloned());
    Callback::from(move |event: MouseEvent| {
        if let Some((shown, row)) = shown.as_ref().zip(row_of(&event)) {
            choose(&app, shown, row);
        }
    })
}

/// Goes there, or lets go of what was chosen already.
fn choose(app: &AppHandle, shown: &Shown, row: Row) {
    match shown.invoked(row) {
        Some(_) if shown.selected == Some(row) => app.send(Msg::Select(None)),
        Some(invoked) => app.send(Msg::History(Change::Operation(invoked))),
        None => {}
    }
}

fn on_key(app: &AppHandle, shown: Option<&Rc<Shown>>, stop: Option<Row>) -> Callback<KeyboardEvent> {
    let (app, shown) = (app.clone(), shown.cloned());
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let Some((shown, row)) = shown.as_ref().zip(row_of(&event).or(stop)) else { return };
        let key = event.key();
        if let Some(way) = Way::of(&key) {
            focus(rove::next(&shown.picture, row, way));
        } else {
            match key.as_str() {
                "Enter" | " " => choose(&app, shown, row),
                "Escape" if shown.selected.is_some() => app.send(Msg::Select(None)),
                "+" | "=" => app.send(head::zoomed(&app, shown, 0.5)),
                "-" => app.send(head::zoomed(&app, shown, 2.0)),
                "0" => app.send(whole(shown)),
                _ => return,
            }
        }
        event.prevent_default();
        event.stop_propagation();
    })
}

/// All of it.
pub fn whole(shown: &Shown) -> Msg {
    match shown.file {
        Some(_) => Msg::History(Change::Look(looking::Look::Whole)),
        None => Msg::Diagram(spacetime::Change::Whole),
    }
}

/// Gives an operation the focus, which brings it in sight.
pub fn focus(row: Option<Row>) {
    let id = row.map(draw::element_id);
    let found = id.and_then(|id| browser::document()?.get_element_by_id(&id));
    if let Some(element) = found.and_then(|element| element.dyn_into::<SvgElement>().ok()) {
        // An element that cannot take the focus keeps it where it is.
        let _taken = element.focus();
    }
}

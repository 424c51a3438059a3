//! A context menu: arrow keys move, Enter does, Escape gives the focus back, and what would do
//! nothing says why.

use netsplit_view::geometry::Point;
use netsplit_view::menu::{Action, Item, Menu};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::{
    Callback, Html, KeyboardEvent, MouseEvent, NodeRef, PointerEvent, Properties, classes, component, html,
    use_effect_with, use_mut_ref, use_node_ref,
};

use super::place::{Anchor, Place};

/// What a menu is drawn from.
#[derive(Clone, PartialEq, Properties)]
pub struct MenuProps {
    /// Its items.
    pub menu: Menu,
    /// Where it opens.
    pub at: Point,
    /// An item was chosen.
    pub on_choose: Callback<Action>,
    /// It is to be closed; `true` gives the focus back.
    pub on_close: Callback<bool>,
}

/// A context menu.
#[component]
pub fn MenuView(props: &MenuProps) -> Html {
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with(props.menu.title.clone(), move |_| focus_item(&list, Move::First));
    }
    let onkeydown = {
        let (list, close) = (list.clone(), props.on_close.clone());
        Callback::from(move |event: KeyboardEvent| on_key(&list, &close, &event))
    };
    // The tap that opened the menu may end in a click on an item that has appeared under the finger: a
    // click counts only if it was pressed here, or comes from a key.
    let pressed = use_mut_ref(|| false);
    let onpointerdown = {
        let pressed = pressed.clone();
        Callback::from(move |_: PointerEvent| *pressed.borrow_mut() = true)
    };
    let choose = {
        let on_choose = props.on_choose.clone();
        Callback::from(move |(event, action): (MouseEvent, Action)| {
            if event.detail() == 0 || *pressed.borrow() {
                on_choose.emit(action);
            }
        })
    };
    let groups = props.menu.groups.iter().enumerate();
    html! {
        <Place at={props.at} anchor={Anchor::Beside} class={classes!("stage-menu")}>
            <p class="menu-title">{ &props.menu.title }</p>
            <div ref={list} role="menu" aria-label={props.menu.title.clone()} {onkeydown} {onpointerdown}>
                { for groups.map(|(index, group)| html! {
                    <>
                        if index > 0 {
                            <hr class="menu-rule" />
                        }
                        { for group.iter().map(|item| menu_item(item, &choose)) }
                    </>
                }) }
            </div>
        </Place>
    }
}

fn menu_item(item: &Item, choose: &Callback<(MouseEvent, Action)>) -> Html {
    let onclick = {
        let (choose, action, disabled) = (choose.clone(), item.action.clone(), item.disabled.is_some());
        Callback::from(move |event| {
            if !disabled {
                choose.emit((event, action.clone()));
            }
        })
    };
    html! {
        <button type="button" class="menu-item" role="menuitem" tabindex="-1" {onclick}
            aria-disabled={item.disabled.is_some().then_some("true")}>
            <span>{ &item.label }</span>
            if !item.key.is_empty() {
                <kbd aria-hidden="true">{ item.key }</kbd>
            }
            if let Some(reason) = &item.disabled {
                <small>{ reason }</small>
            }
        </button>
    }
}

/// Where the focus goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    First,
    Last,
    Next,
    Back,
}

fn on_key(list: &NodeRef, close: &Callback<bool>, event: &KeyboardEvent) {
    let movement = match event.key().as_str() {
        "Escape" | "Tab" => {
            close.emit(true);
            None
        }
        "ArrowDown" => Some(Move::Next),
        "ArrowUp" => Some(Move::Back),
        "Home" => Some(Move::First),
        "End" => Some(Move::Last),
        // Enter and Space are the button's own; nothing else may reach the stage.
        _ => return event.stop_propagation(),
    };
    event.prevent_default();
    event.stop_propagation();
    if let Some(movement) = movement {
        focus_item(list, movement);
    }
}

fn focus_item(list: &NodeRef, movement: Move) {
    let Some(list) = list.cast::<Element>() else { return };
    let Ok(items) = list.query_selector_all("[role=menuitem]") else { return };
    let count = items.length();
    if count == 0 {
        return;
    }
    let focused = list.owner_document().and_then(|document| document.active_element());
    let is_focused = |index: &u32| items.item(*index).is_some_and(|item| focused.as_deref() == Some(&item));
    let here = (0..count).find(is_focused);
    let next = match (movement, here) {
        (Move::Last, _) | (Move::Back, None) => count - 1,
        (Move::First, _) | (Move::Next, None) => 0,
        (Move::Next, Some(here)) => (here + 1) % count,
        (Move::Back, Some(here)) => (here + count - 1) % count,
    };
    if let Some(item) = items.item(next).and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
        // A button of an open menu can take the focus.
        let _ = item.focus();
    }
}

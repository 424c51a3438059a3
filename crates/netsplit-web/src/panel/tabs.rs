//! Tabs: one Tab stop, arrow keys between them; the chosen one closes its panel when chosen again.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::{Callback, Html, KeyboardEvent, Properties, component, html};

use crate::msg::{Msg, Panel};
use crate::stage_contract::AppHandle;

/// A row of tabs.
#[derive(Clone, PartialEq, Properties)]
pub struct TabsProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// What the tabs are for.
    pub label: &'static str,
    /// The panels.
    pub panels: &'static [Panel],
    /// The one that is shown, if one is.
    pub shown: Option<Panel>,
}

/// A row of tabs.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let onkeydown = {
        let (app, panels, shown) = (props.app.clone(), props.panels, props.shown);
        Callback::from(move |event: KeyboardEvent| {
            if let Some(panel) = neighbour(&event.key(), panels, shown) {
                event.prevent_default();
                if Some(panel) != shown {
                    app.send(Msg::Panel(panel));
                }
                focus(panel);
            }
        })
    };
    html! {
        <div class="tabs" role="tablist" aria-label={props.label} {onkeydown}>
            { for props.panels.iter().map(|panel| tab(props, *panel)) }
        </div>
    }
}

fn tab(props: &TabsProps, panel: Panel) -> Html {
    let chosen = props.shown == Some(panel);
    let stop = chosen || (props.shown.is_none() && props.panels.first() == Some(&panel));
    html! {
        <button
            type="button"
            id={panel.tab_id()}
            class="tab"
            role="tab"
            aria-selected={if chosen { "true" } else { "false" }}
            aria-controls={chosen.then(|| panel.id())}
            tabindex={if stop { "0" } else { "-1" }}
            onclick={props.app.sends(Msg::Panel(panel))}
        >
            { panel.title() }
        </button>
    }
}

/// The tab that a key leads to.
fn neighbour(key: &str, panels: &[Panel], shown: Option<Panel>) -> Option<Panel> {
    let at = shown.and_then(|shown| panels.iter().position(|panel| *panel == shown)).unwrap_or(0);
    let to = match key {
        "ArrowRight" => (at + 1) % panels.len(),
        "ArrowLeft" => (at + panels.len() - 1) % panels.len(),
        "Home" => 0,
        "End" => panels.len() - 1,
        _ => return None,
    };
    panels.get(to).copied()
}

fn focus(panel: Panel) {
    let document = web_sys::window().and_then(|window| window.document());
    let tab = document.and_then(|document| document.get_element_by_id(panel.tab_id()));
    if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
        // Focus stays where it is if the tab cannot take it.
        let _taken = tab.focus();
    }
}

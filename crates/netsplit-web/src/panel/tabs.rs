//! Tabs: one Tab stop, arrow keys between them; the chosen one closes its panel when chosen again.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::{Callback, Html, KeyboardEvent, html};

use crate::browser;
use crate::msg::{Msg, Panel};
use crate::stage_contract::AppHandle;

/// A row of tabs; `label` says what they are for.
pub(super) fn tabs(app: &AppHandle, label: &'static str, panels: &[Panel], shown: Option<Panel>) -> Html {
    let onkeydown = {
        let (app, panels) = (app.clone(), panels.to_vec());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(panel) = neighbour(&event.key(), &panels, shown) {
                event.prevent_default();
                if Some(panel) != shown {
                    app.send(Msg::Panel(panel));
                }
                focus(panel);
            }
        })
    };
    let stop = shown.or(panels.first().copied());
    html! {
        <div class="tabs" role="tablist" aria-label={label} {onkeydown}>
            { for panels.iter().map(|panel| tab(app, *panel, shown == Some(*panel), stop == Some(*panel))) }
        </div>
    }
}

fn tab(app: &AppHandle, panel: Panel, chosen: bool, stop: bool) -> Html {
    html! {
        <button
            type="button"
            id={panel.tab_id()}
            class="tab"
            role="tab"
            aria-selected={if chosen { "true" } else { "false" }}
            aria-controls={chosen.then(|| panel.id())}
            tabindex={if stop { "0" } else { "-1" }}
            onclick={app.sends(Msg::Panel(panel))}
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
    let tab = browser::document().and_then(|document| document.get_element_by_id(panel.tab_id()));
    if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
        // Focus stays where it is if the tab cannot take it.
        let _taken = tab.focus();
    }
}

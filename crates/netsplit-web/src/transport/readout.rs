//! The time at the cursor, written past the component tree on every frame.

use std::cell::RefCell;

use yew::prelude::{Html, Properties, component, html, use_effect_with, use_node_ref};

use crate::stage_contract::AppHandle;

/// Whose time.
#[derive(Clone, PartialEq, Properties)]
pub struct ReadoutProps {
    /// The model and its messages.
    pub app: AppHandle,
}

/// The time at the cursor.
#[component]
pub fn Readout(props: &ReadoutProps) -> Html {
    let node = use_node_ref();
    {
        let (node, app) = (node.clone(), props.app.clone());
        use_effect_with((), move |()| {
            let shown = RefCell::new(String::new());
            let painter = app.on_frame(move |model| {
                let time = model.session().run().now().to_string();
                if let Some(node) = node.get().filter(|_| *shown.borrow() != time) {
                    node.set_text_content(Some(&time));
                    shown.replace(time);
                }
            });
            move || drop(painter)
        });
    }
    html! { <span ref={node} class="time mono" role="timer" aria-live="off" aria-label="Virtual time" /> }
}

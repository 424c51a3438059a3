//! A small surface under a button. It goes away by Esc and when the focus leaves it.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};
use yew::prelude::{
    AttrValue, Callback, Children, FocusEvent, Html, KeyboardEvent, Properties, component, html,
    use_effect_with, use_node_ref,
};

/// A small surface under a button.
#[derive(Clone, PartialEq, Properties)]
pub struct PopoverProps {
    /// What it is, for those who do not see it.
    pub label: AttrValue,
    /// Asks to be closed.
    pub close: Callback<()>,
    /// What stands on it.
    pub children: Children,
}

/// A small surface under a button.
#[component]
pub fn Popover(props: &PopoverProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(element) = node.cast::<HtmlElement>() {
                // Focus stays on the button if the surface cannot take it.
                let _taken = element.focus();
            }
        });
    }
    let onfocusout = {
        let (node, close) = (node.clone(), props.close.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
            let inside = node.get().zip(to).is_some_and(|(node, to)| around(&node).contains(Some(&to)));
            if !inside {
                close.emit(());
            }
        })
    };
    let onkeydown = {
        let close = props.close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                close.emit(());
            }
        })
    };
    html! {
        <div
            ref={node}
            class="popover"
            role="group"
            tabindex="-1"
            aria-label={props.label.clone()}
            {onfocusout}
            {onkeydown}
        >
            { for props.children.iter() }
        </div>
    }
}

/// The surface with the button it belongs to: a click on that button closes by itself.
fn around(node: &Node) -> Node {
    node.parent_node().unwrap_or_else(|| node.clone())
}

//! The frame of every dialog: the browser's own `<dialog>`, which keeps focus inside and closes by Esc.

use web_sys::HtmlDialogElement;
use yew::prelude::{
    AttrValue, Callback, Children, Event, Html, MouseEvent, Properties, classes, component, html,
    use_effect_with, use_node_ref,
};

use crate::button::IconButton;
use crate::icon::Icon;
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// A dialog.
#[derive(Clone, PartialEq, Properties)]
pub struct ModalProps {
    /// Its heading.
    pub title: AttrValue,
    /// The model and its messages.
    pub app: AppHandle,
    /// More classes.
    #[prop_or_default]
    pub class: Option<&'static str>,
    /// What stands in it.
    pub children: Children,
}

/// A dialog.
#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            // A dialog that is open already stays open.
            let _shown = dialog.as_ref().map(HtmlDialogElement::show_modal);
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let close: Callback<MouseEvent> = props.app.sends(Msg::CloseDialog);
    let onclose: Callback<Event> = props.app.sends(Msg::CloseDialog);
    let backdrop = {
        let (node, app) = (node.clone(), props.app.clone());
        Callback::from(move |event: MouseEvent| {
            // The dialog's content covers it whole, so only its backdrop is the dialog itself.
            if event.target().as_ref() == node.get().as_ref().map(AsRef::as_ref) {
                app.send(Msg::CloseDialog);
            }
        })
    };
    html! {
        <dialog ref={node} class={classes!("modal", props.class)} aria-labelledby="modal-title" {onclose} onclick={backdrop}>
            <div class="modal-body">
                <header class="modal-head">
                    <h2 id="modal-title">{ props.title.clone() }</h2>
                    <IconButton icon={Icon::Close} name="Close" onclick={close} />
                </header>
                { for props.children.iter() }
            </div>
        </dialog>
    }
}

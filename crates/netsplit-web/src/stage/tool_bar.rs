//! What the tool in hand expects next, and how to finish or to put it away.

use netsplit_words::say;
use yew::prelude::{Callback, Html, html};

/// What the bar is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct ToolBarProps {
    /// What to do next.
    pub hint: String,
    /// Raises the wall between the sides that were clicked, if some were.
    pub on_raise: Option<Callback<()>>,
    /// Puts the tool away.
    pub on_leave: Callback<()>,
}

/// The bar.
pub fn tool_bar(props: &ToolBarProps) -> Html {
    let leave = props.on_leave.reform(|_| ());
    html! {
        <div class="tool-bar">
            <p role="status">{ &props.hint }</p>
            if let Some(raise) = &props.on_raise {
                <button type="button" class="is-main" onclick={raise.reform(|_| ())}>{ say!("Raise the wall") }</button>
            }
            <button type="button" onclick={leave}>{ say!("Done") }</button>
        </div>
    }
}

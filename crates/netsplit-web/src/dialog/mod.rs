//! The dialogs of the page.

mod fetch;
mod gallery;
mod keys;
pub mod modal;
mod paste;
mod share;

use yew::prelude::{Html, html};

use crate::msg::Dialog;
use crate::stage::PartitionDialog;
use crate::stage_contract::StageProps;

use modal::Modal;

/// The dialog that is open.
pub fn open(dialog: Option<&Dialog>, stage: &StageProps) -> Html {
    let Some(dialog) = dialog else { return Html::default() };
    let app = stage.app.clone();
    match dialog {
        Dialog::Gallery => {
            html! { <Modal key="gallery" {app} title="Choose a scenario" class="wide"><gallery::Gallery ..stage.clone() /></Modal> }
        }
        Dialog::Share => {
            html! { <Modal key="share" {app} title="Share this run"><share::Share ..stage.clone() /></Modal> }
        }
        Dialog::Paste => {
            html! { <Modal key="paste" {app} title="Open a link or a document"><paste::Paste ..stage.clone() /></Modal> }
        }
        Dialog::Fetch { address, fragment } => html! {
            <Modal key="fetch" {app} title="Fetch this file?"><fetch::Fetch app={stage.app.clone()} address={address.clone()} fragment={fragment.clone()} /></Modal>
        },
        Dialog::Keys => html! { <Modal key="keys" {app} title="Keys"><keys::Keys /></Modal> },
        Dialog::Partition(wall) => html! {
            <Modal key="partition" {app} title="Partition"><PartitionDialog stage={stage.clone()} wall={*wall} /></Modal>
        },
    }
}

//! The dialogs of the page.

mod compare;
mod fetch;
mod gallery;
mod help;
mod modal;
mod paste;
mod share;

use netsplit_words::say;
use yew::prelude::{Html, html};

use crate::metrics::StalenessDialog;
use crate::model::Ui;
use crate::msg::Dialog;
use crate::stage::{PartitionDialog, Wanted};
use crate::stage_contract::StageProps;

use gallery::Gallery;
use modal::modal;
use share::Sharing;

/// The dialog that is open.
pub fn open(ui: &Ui, stage: &StageProps) -> Html {
    let Some(dialog) = &ui.dialog else { return Html::default() };
    let app = &stage.app;
    match dialog {
        Dialog::Gallery => {
            modal(app, "gallery", say!("Lessons and scenarios"), html! { <Gallery app={app.clone()} /> })
        }
        Dialog::Compare => modal(app, "comparing-with", say!("Compare"), compare::compare(app)),
        Dialog::Share => {
            let content = html! { <Sharing app={app.clone()} fragment={ui.shared.clone()} /> };
            modal(app, "sharing", say!("Share this run"), content)
        }
        Dialog::Paste => modal(app, "pasting", say!("Open a link or a document"), paste::paste(app)),
        Dialog::Fetch { address, fragment } => {
            modal(app, "fetching", say!("Fetch this file?"), fetch::fetch(app, address, fragment))
        }
        Dialog::Staleness => {
            modal(app, "staleness", say!("How stale can reads be?"), html! { <StalenessDialog /> })
        }
        Dialog::Help => modal(app, "helping", say!("Help"), help::help(app)),
        Dialog::Partition(wall) => {
            let wanted = wall.map_or(Wanted::New, Wanted::Standing);
            let content = html! { <PartitionDialog app={app.clone()} {wanted} /> };
            modal(app, "partitioning", say!("Partition"), content)
        }
        Dialog::WallOfLine(line) => {
            let content = html! { <PartitionDialog app={app.clone()} wanted={Wanted::Line(*line)} /> };
            modal(app, "partitioning", say!("The wall of this line"), content)
        }
    }
}

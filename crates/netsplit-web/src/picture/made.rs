//! The pictures of the model's run: what `netsplit picture` makes of its link.

use netsplit_view::picture::{Caption, Options, Subject, Theme, What, svg};
use netsplit_words::say;

use crate::address;
use crate::browser;
use crate::model::Model;

/// The picture of this moment, with its caption.
pub fn picture(model: &Model, what: What, theme: Theme) -> String {
    let session = model.session();
    let subject = Subject { record: session.record(), run: session.run(), layout: session.layout().clone() };
    let link = [&address::page(), &*session.fragment(&session.position())].concat();
    svg(&subject, what, &Options { theme, caption: Some(Caption::new(link)), ..Options::default() })
}

/// What a picture shows, in a word.
pub fn name(what: What) -> &'static str {
    match what {
        What::Stage => say!("Stage"),
        What::Diagram => say!("Space-time diagram"),
        What::History => say!("Client history"),
        What::Metrics => say!("Metrics"),
    }
}

/// All of them.
pub const ALL: [What; 4] = [What::Stage, What::Diagram, What::History, What::Metrics];

/// The theme that the page shows now.
pub fn shown_theme() -> Theme {
    let root = browser::document().and_then(|document| document.document_element());
    let name = root.and_then(|root| root.get_attribute("data-theme"));
    name.and_then(|name| Theme::named(&name)).unwrap_or(Theme::Dark)
}

/// A name for a file of this run: `netsplit-the-minority-leader-stage.svg`.
pub fn file_name(model: &Model, what: &str, ending: &str) -> String {
    let title = model.session().scenario().title.chars().take(60);
    let plain: String =
        title.map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    ["netsplit-", plain.trim_matches('-'), "-", what, ".", ending].concat()
}

/// What a picture shows, in the name of a file.
pub const fn short(what: What) -> &'static str {
    match what {
        What::Stage => "stage",
        What::Diagram => "diagram",
        What::History => "history",
        What::Metrics => "metrics",
    }
}

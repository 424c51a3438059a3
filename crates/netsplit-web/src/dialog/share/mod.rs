//! Sharing: everything that leaves the page, in sections behind tabs. A section is one file here.

mod embed;
mod file;
mod link;
mod picture;
mod qr;
mod text;
mod trace;

use netsplit_words::say;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::{Callback, Component, Context, Html, KeyboardEvent, Properties, html};

use crate::browser;
use crate::stage_contract::AppHandle;

use embed::Embedding;
use picture::Picturing;

/// The content of the dialog. The run rests while it is open, so that what is shared stays what it is.
pub(super) struct Sharing {
    shown: Section,
}

/// What it is given.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct SharingProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// The fragment that opens this moment.
    pub fragment: String,
}

/// A section of the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// The link, and where it fits.
    Link,
    /// The link as a QR code.
    Qr,
    /// What goes into the page of a course.
    Embed,
    /// This moment as a picture, and what led to it as a film.
    Picture,
    /// What happened, for other tools.
    Trace,
    /// The run as a file.
    File,
}

/// In the order of their tabs.
const SECTIONS: [Section; 6] =
    [Section::Link, Section::Qr, Section::Embed, Section::Picture, Section::Trace, Section::File];

impl Section {
    fn title(self) -> &'static str {
        match self {
            Self::Link => say!("Link"),
            Self::Qr => say!("QR code"),
            Self::Embed => say!("Embed"),
            Self::Picture => say!("Picture"),
            Self::Trace => say!("Trace"),
            Self::File => say!("File"),
        }
    }

    /// Names its tab in the document.
    const fn tab_id(self) -> &'static str {
        match self {
            Self::Link => "share-tab-link",
            Self::Qr => "share-tab-qr",
            Self::Embed => "share-tab-embed",
            Self::Picture => "share-tab-picture",
            Self::Trace => "share-tab-trace",
            Self::File => "share-tab-file",
        }
    }

    fn draw(self, given: &SharingProps) -> Html {
        match self {
            Self::Link => link::draw(&given.app, &given.fragment),
            Self::Qr => qr::draw(&given.fragment),
            Self::Embed => html! { <Embedding ..given.clone() /> },
            Self::Picture => html! { <Picturing ..given.clone() /> },
            Self::Trace => trace::draw(&given.app),
            Self::File => file::draw(&given.app),
        }
    }
}

impl Component for Sharing {
    type Message = Section;
    type Properties = SharingProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self { shown: Section::Link }
    }

    fn update(&mut self, _ctx: &Context<Self>, section: Section) -> bool {
        self.shown = section;
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! {
            <div class="sharing-sections">
                { tabs(self.shown, &ctx.link().callback(|section| section)) }
                <div class="share" id="share-section" role="tabpanel" aria-labelledby={self.shown.tab_id()}>
                    { self.shown.draw(ctx.props()) }
                </div>
            </div>
        }
    }
}

fn tabs(shown: Section, show: &Callback<Section>) -> Html {
    let onkeydown = {
        let show = show.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(section) = neighbour(&event.key(), shown) {
                event.prevent_default();
                show.emit(section);
                focus(section);
            }
        })
    };
    html! {
        <div class="tabs" role="tablist" aria-label={say!("Ways to share")} {onkeydown}>
            { for SECTIONS.iter().map(|section| tab(*section, *section == shown, show)) }
        </div>
    }
}

fn tab(section: Section, chosen: bool, show: &Callback<Section>) -> Html {
    html! {
        <button
            type="button"
            id={section.tab_id()}
            class="tab"
            role="tab"
            aria-selected={if chosen { "true" } else { "false" }}
            aria-controls="share-section"
            tabindex={if chosen { "0" } else { "-1" }}
            onclick={show.reform(move |_| section)}
        >
            { section.title() }
        </button>
    }
}

/// The section that a key leads to.
fn neighbour(key: &str, shown: Section) -> Option<Section> {
    let at = SECTIONS.iter().position(|section| *section == shown).unwrap_or(0);
    let to = match key {
        "ArrowRight" => (at + 1) % SECTIONS.len(),
        "ArrowLeft" => (at + SECTIONS.len() - 1) % SECTIONS.len(),
        "Home" => 0,
        "End" => SECTIONS.len() - 1,
        _ => return None,
    };
    SECTIONS.get(to).copied()
}

fn focus(section: Section) {
    let tab = browser::document().and_then(|document| document.get_element_by_id(section.tab_id()));
    if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
        // Focus stays where it is if the tab cannot take it.
        let _taken = tab.focus();
    }
}

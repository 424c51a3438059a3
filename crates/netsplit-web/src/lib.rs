//! The page: components over one model, and the only crate that knows a browser.
//!
//! | concept | room |
//! |---|---|
//! | the run, and what a message does to it | [`session`], [`playback`], [`model`], [`msg`] |
//! | what the address asks for, and shows | [`options`], [`address`] |
//! | which language is spoken | [`language`] |
//! | a page inside another one | [`embed`] |
//! | real time, and long work between frames | [`frame`], [`slices`] |
//! | the page, and who is given what | [`app`] |
//! | what the shell and the stage agree on | [`stage_contract`], [`stage`] |
//! | parts of the shell | [`header`], [`seed`], [`notices`], [`transport`], [`panel`], [`dialog`] |
//! | what happened, by time and participant | [`spacetime`] |
//! | what clients saw, and verdicts over it | [`mod@history`], [`judging`] |
//! | latency, availability, staleness, cost | [`metrics`] |
//! | a lesson beside it all | [`lesson`] |
//! | shapes they share | [`button`], [`icon`], [`tone`], [`popover`], [`decimal`], [`later`] |
//! | for those who do not look | [`text_view`], and the live regions of [`app`] |
//! | what outlives a panic, and services of the browser | [`outside`], [`offline`], [`browser`] |
//!
//! No protocol's name occurs here: everything shown comes from `dyn Run` and `sim::describe`.

pub mod address;
pub mod app;
pub mod browser;
pub mod button;
pub mod decimal;
pub mod dialog;
pub mod embed;
pub mod frame;
pub mod header;
pub mod history;
pub mod icon;
pub mod judging;
pub mod language;
pub mod later;
pub mod lesson;
pub mod metrics;
pub mod model;
pub mod msg;
pub mod notices;
pub mod offline;
pub mod options;
pub mod outside;
pub mod panel;
pub mod picture;
pub mod playback;
pub mod popover;
pub mod seed;
pub mod session;
pub mod slices;
pub mod spacetime;
pub mod stage;
pub mod stage_contract;
pub mod text_view;
pub mod tone;
pub mod transport;

use yew::Renderer;

/// Mounts the page in `#app`, or in the body if there is no such element, once its language is settled.
pub fn start() {
    outside::catch_panics();
    language::settle(mount);
}

fn mount() {
    let document = web_sys::window().and_then(|window| window.document());
    match document.and_then(|document| document.get_element_by_id("app")) {
        Some(root) => Renderer::<app::App>::with_root(root).render(),
        None => Renderer::<app::App>::new().render(),
    };
}

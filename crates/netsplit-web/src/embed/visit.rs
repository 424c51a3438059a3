//! A visit to a host page: everything that goes on between it and this page while that stands.

use web_sys::Element;
use yew::html::Scope;

use super::asked::{Asked, Command};
use super::host::Host;
use super::news::{Known, score};
use super::obey::obey;
use super::said::Said;
use super::sight::{Height, Sight};
use super::state::{fragment, state};
use crate::app::{App, Wake};
use crate::browser;
use crate::frame;
use crate::later::Later;
use crate::model::{Effects, Model};
use crate::msg::{Msg, Origin};

/// What the visit itself is woken by.
pub enum Visited {
    /// The host tells something.
    Heard(Asked),
    /// Whether the page is on the screen.
    Seen(bool),
    /// The page has this height in pixels.
    High(u32),
    /// It is time to report how far somebody has come.
    Report,
    /// The page goes away.
    Leave,
}

/// A visit to a host page.
pub struct Visit {
    host: Host,
    known: Known,
    height: u32,
    /// Whether the run played when its slide went away.
    resumes: bool,
    report: Later,
    _sight: Option<Sight>,
    _height: Option<Height>,
}

/// Reports come at most this often.
const REPORT_MS: i32 = 5_000;

impl Visit {
    /// Begins once the page stands. Without a host there is none to visit.
    pub fn begin(model: &Model, link: &Scope<App>) -> Option<Self> {
        let mut host = Host::find()?;
        host.tell(&Said::Ready(state(model)));
        host.tell(&Said::AskState);
        let root = browser::document().and_then(|document| document.query_selector(".app").ok().flatten());
        let later = link.clone();
        Some(Self {
            host,
            known: Known::of(model),
            height: 0,
            resumes: model.options().play == Some(true),
            report: Later::new(move || later.send_message(Wake::Visit(Visited::Report))),
            _sight: root.as_ref().and_then(|root| watch_sight(root, link)),
            _height: root.filter(|_| model.options().resize).and_then(|root| watch_height(&root, link)),
        })
    }

    /// Tells what is new.
    pub fn follow(&mut self, model: &Model) {
        let news = self.known.news(model);
        if news.iter().any(|said| matches!(said, Said::Event { .. } | Said::Goal { .. })) {
            self.report.after(REPORT_MS);
        }
        news.iter().for_each(|said| self.host.tell(said));
    }

    /// The host tells something.
    pub fn hear(&mut self, asked: Asked, model: &mut Model) -> Effects {
        match asked {
            Asked::Command { id, of, command } => self.answer(id, of, command, model),
            Asked::SlideStart if self.resumes && !model.playback().playing() => model.update(Msg::TogglePlay),
            Asked::SlideStop => {
                self.resumes = model.playback().playing();
                model.update(Msg::Pause)
            }
            // Somebody who has begun already is not taken elsewhere.
            Asked::State(Some(fragment)) if !self.known.touched() => {
                model.update(Msg::Open(fragment, Origin::Host))
            }
            Asked::SlideStart | Asked::State(_) => Effects::default(),
            Asked::Flush { message_id } => {
                self.report(model, Some(message_id));
                Effects::default()
            }
        }
    }

    fn answer(
        &mut self,
        id: serde_json::Value,
        of: String,
        command: Result<Command, String>,
        model: &mut Model,
    ) -> Effects {
        let (effects, outcome) = match command {
            Ok(command) => obey(model, command, &frame::clock),
            Err(reason) => (Effects::default(), Err(reason)),
        };
        self.host.tell(&Said::Answer { id, of, outcome });
        effects
    }

    /// Reports how far somebody has come.
    pub fn report(&mut self, model: &Model, flush: Option<serde_json::Value>) {
        self.host.tell(&Said::Report { met: score(model), fragment: fragment(model), flush });
    }

    /// The page goes away: the last report, if there is anything to report.
    pub fn leave(&mut self, model: &Model) {
        if self.known.touched() {
            self.report(model, None);
        }
    }

    /// Tells how high the page is, once for each height.
    pub fn high(&mut self, height: u32) {
        if height != self.height {
            self.height = height;
            self.host.tell(&Said::Resize(height));
        }
    }
}

fn watch_sight(root: &Element, link: &Scope<App>) -> Option<Sight> {
    let link = link.clone();
    Sight::watch(root, move |seen| link.send_message(Wake::Visit(Visited::Seen(seen))))
}

fn watch_height(root: &Element, link: &Scope<App>) -> Option<Height> {
    let link = link.clone();
    Height::watch(root, move |height| link.send_message(Wake::Visit(Visited::High(height))))
}

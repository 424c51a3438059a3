//! Choosing a lesson or a scenario: by topic, by how hard it is, by word; with pictures of the runs
//! themselves.

mod card;
mod entry;
mod looked;
mod scene;
mod thumbs;

use netsplit_words::{say, told};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement};
use yew::prelude::{Component, Context, Html, InputEvent, Properties, TargetCast, html};

use crate::browser;
use crate::button::{Look, button};
use crate::msg::{Dialog, Msg};
use crate::stage_contract::AppHandle;

use card::{PICTURE, card, level};
use looked::{Group, Looked};
use thumbs::Thumbs;

/// From easy to hard.
const LEVELS: [u8; 3] = [1, 2, 3];

/// Choosing a lesson or a scenario.
pub(super) struct Gallery {
    looked: Looked,
    thumbs: Thumbs,
}

/// What it is given.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct GalleryProps {
    /// The model and its messages.
    pub app: AppHandle,
}

/// What reaches it.
pub(super) enum Heard {
    /// Words were typed.
    Words(String),
    /// A topic was chosen, or all.
    Topic(Option<&'static str>),
    /// A level was chosen, or all.
    Level(Option<u8>),
    /// The pointer or the focus is on the card of this entry, or on none.
    On(Option<String>),
}

impl Component for Gallery {
    type Message = Heard;
    type Properties = GalleryProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self { looked: Looked::default(), thumbs: Thumbs::new() }
    }

    fn update(&mut self, ctx: &Context<Self>, heard: Heard) -> bool {
        match heard {
            Heard::Words(words) => self.looked.words = words,
            Heard::Topic(topic) => self.looked.topic = topic,
            Heard::Level(level) => self.looked.level = level,
            Heard::On(entry) => {
                let still = ctx.props().app.read(|model| model.playback().still);
                self.thumbs.play(entry.as_deref().filter(|_| !still));
                return false;
            }
        }
        true
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        self.thumbs.watch();
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let app = &ctx.props().app;
        let found = self.looked.found();
        let (pointed, left) = (ctx.link().callback(on), ctx.link().callback(|_| Heard::On(None)));
        html! {
            <div class="gallery-body">
                { self.tools(ctx) }
                { self.topics(ctx) }
                <div class="gallery-found" onpointerover={pointed.reform(Event::from)} onfocusin={pointed.reform(Event::from)} onpointerleave={left.reform(Event::from)} onfocusout={left.reform(Event::from)}>
                    <p class="unseen" role="status">{ number(&found) }</p>
                    if found.is_empty() {
                        <p class="nothing">{ say!("Nothing is like this. Try another word, such as wall, vote or read.") }</p>
                    }
                    { for found.iter().map(|group| section(app, group)) }
                </div>
            </div>
        }
    }
}

impl Gallery {
    fn tools(&self, ctx: &Context<Self>) -> Html {
        let oninput = ctx.link().callback(|event: InputEvent| {
            let typed = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
            Heard::Words(typed.unwrap_or_default())
        });
        let app = &ctx.props().app;
        html! {
            <div class="gallery-tools">
                <input
                    class="field"
                    type="search"
                    placeholder={say!("Search, such as stale or split brain")}
                    aria-label={say!("Search the lessons and scenarios")}
                    value={self.looked.words.clone()}
                    autofocus={has_keys()}
                    {oninput}
                />
                <div class="gallery-levels" role="group" aria-label={say!("How hard")}>
                    { for LEVELS.into_iter().map(|level| self.level(ctx, level)) }
                </div>
                { button(Look::Framed, say!("Open a link or a file"), app.sends(Msg::OpenDialog(Dialog::Paste))) }
            </div>
        }
    }

    /// A level can be chosen, and let go again.
    fn level(&self, ctx: &Context<Self>, of: u8) -> Html {
        let chosen = self.looked.level == Some(of);
        let then = (!chosen).then_some(of);
        html! {
            <button
                type="button"
                class="button level"
                aria-pressed={chosen.to_string()}
                aria-label={level(of)}
                title={level(of)}
                onclick={ctx.link().callback(move |_| Heard::Level(then))}
            >
                <span class="card-level" data-level={of.to_string()}></span>
            </button>
        }
    }

    fn topics(&self, ctx: &Context<Self>) -> Html {
        let topics = self.looked.topics().into_iter();
        html! {
            <ul class="gallery-topics" aria-label={say!("Topics")}>
                { self.topic(ctx, None, self.looked.of_all_topics()) }
                { for topics.map(|(topic, number)| self.topic(ctx, Some(topic), number)) }
            </ul>
        }
    }

    fn topic(&self, ctx: &Context<Self>, of: Option<&'static str>, number: usize) -> Html {
        let chosen = self.looked.topic == of;
        let name = of.map_or_else(|| say!("Everything"), told);
        html! {
            <li key={name}>
                <button
                    type="button"
                    class="button topic-choice"
                    aria-pressed={chosen.to_string()}
                    onclick={ctx.link().callback(move |_| Heard::Topic(of))}
                >
                    <span>{ name }</span>
                    <span class="topic-number">{ number }</span>
                </button>
            </li>
        }
    }
}

/// Whether a keyboard is likely: on a touch screen the focus would bring one up over the cards.
fn has_keys() -> bool {
    browser::media("(pointer: coarse)").is_none_or(|query| !query.matches())
}

/// On which card the pointer or the focus is.
fn on(event: Event) -> Heard {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let card = target.and_then(|target| target.closest(".card").ok().flatten());
    let picture = card.and_then(|card| card.first_element_child());
    Heard::On(picture.and_then(|picture| picture.get_attribute(PICTURE)))
}

fn number(found: &[Group]) -> String {
    let number: usize = found.iter().map(|group| group.entries.len()).sum();
    say!("{number, plural, one {# is found} other {# are found}}", number)
}

fn section(app: &AppHandle, group: &Group) -> Html {
    let title = group.topic.map_or_else(|| say!("Lessons"), told);
    html! {
        <section class="topic" key={title}>
            <h3>{ title }</h3>
            <ul class="cards">{ for group.entries.iter().map(|entry| card(app, *entry)) }</ul>
        </section>
    }
}

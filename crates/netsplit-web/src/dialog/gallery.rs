//! Choosing a scenario: cards by topic, and a search.

use netsplit_scenarios::gallery::{self, GalleryItem};
use web_sys::HtmlInputElement;
use yew::prelude::{Callback, Html, InputEvent, TargetCast, html};

use crate::button::{Look, button};
use crate::msg::{Dialog, Msg, Origin};
use crate::stage_contract::AppHandle;

/// Choosing a scenario.
pub(super) fn gallery(app: &AppHandle, wanted: &str) -> Html {
    let oninput = {
        let app = app.clone();
        Callback::from(move |event: InputEvent| {
            let words = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
            app.send(Msg::Search(words.unwrap_or_default()));
        })
    };
    let found = matching(gallery::gallery(), wanted);
    html! {
        <>
            <div class="gallery-tools">
                <input class="field" type="search" placeholder="Search" aria-label="Search the scenarios" value={wanted.to_owned()} {oninput} />
                { button(Look::Framed, "Open a link or a file", app.sends(Msg::OpenDialog(Dialog::Paste))) }
            </div>
            if found.is_empty() {
                <p class="nothing">{ "No scenario is like this. Try another word, such as wall, vote or read." }</p>
            }
            { for topics(&found).into_iter().map(|(topic, items)| html! {
                <section class="topic" key={topic}>
                    <h3>{ topic }</h3>
                    <ul class="cards">{ for items.into_iter().map(|item| card(app, item)) }</ul>
                </section>
            }) }
        </>
    }
}

fn card(app: &AppHandle, item: &'static GalleryItem) -> Html {
    let fragment = ["#scenario=", item.path, "@", &item.revision.to_string()].concat();
    html! {
        <li>
            <button type="button" class="card" onclick={app.sends(Msg::Open(fragment, Origin::Inside))}>
                <span class="card-title">{ item.title }</span>
                <span class="card-text">{ item.summary() }</span>
                <span class="card-level">{ level(item.level) }</span>
            </button>
        </li>
    }
}

const fn level(level: u8) -> &'static str {
    match level {
        1 => "For a first look",
        2 => "For a second look",
        _ => "For those who have read the paper",
    }
}

/// Every word that is wanted stands somewhere in the item.
fn matching(items: &'static [GalleryItem], wanted: &str) -> Vec<&'static GalleryItem> {
    let wanted = wanted.to_ascii_lowercase();
    let holds = |item: &&GalleryItem| {
        let text = [item.title, item.summary(), item.topic, item.path].join(" ").to_ascii_lowercase();
        wanted.split_whitespace().all(|word| text.contains(word))
    };
    items.iter().filter(holds).collect()
}

/// Items by topic, topics in the order in which they first appear.
fn topics(items: &[&'static GalleryItem]) -> Vec<(&'static str, Vec<&'static GalleryItem>)> {
    let mut topics: Vec<(&'static str, Vec<&'static GalleryItem>)> = Vec::new();
    for item in items {
        match topics.iter_mut().find(|(topic, _)| *topic == item.topic) {
            Some((_, of_topic)) => of_topic.push(item),
            None => topics.push((item.topic, vec![item])),
        }
    }
    topics
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_search_finds_all_and_a_strange_one_nothing() {
        assert_eq!(matching(gallery::gallery(), " ").len(), gallery::gallery().len());
        assert!(matching(gallery::gallery(), "zebra crossing").is_empty());
    }

    #[test]
    fn every_item_stands_under_its_topic_once() {
        let all = matching(gallery::gallery(), "");
        let grouped: usize = topics(&all).iter().map(|(_, items)| items.len()).sum();
        assert_eq!(grouped, all.len());
    }
}

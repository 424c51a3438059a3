//! Other languages: every text comes from a table and fits its box, none is taken for markup, and no language changes
//! a run.

mod views;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::harness::{Page, Story, tell};
use views::{MOMENT, VIEWS, View};

/// Ways to look for texts that no table has reached, and for boxes that are too small.
const LOOK: &str = include_str!("words.js");
const SIZES: [(u32, u32); 3] = [(1440, 900), (1024, 768), (390, 844)];

/// What a script finds on every view in one language, each once, with the first view that has it.
async fn on_every_view(page: &Page, language: &str, found_by: &str) -> BTreeMap<String, &'static str> {
    let mut found = BTreeMap::new();
    for view in VIEWS {
        if open(page, view, language).await {
            let here = page.script(&format!("{LOOK}\nreturn {found_by};")).await;
            for text in texts(&here) {
                found.entry(text).or_insert(view.name);
            }
        } else {
            found.insert(format!("{} does not open", view.name), view.name);
        }
    }
    found
}

/// Whether everything that leads to the view was there.
async fn open(page: &Page, view: &View, language: &str) -> bool {
    page.visit("about:blank").await;
    page.go(&format!("?lang={language}{}", view.address)).await;
    page.until("the rest of the page is there", "document.querySelector('#text-view-title')").await;
    for step in view.steps {
        let opened = format!("{LOOK}\nreturn activated({step});");
        if page.script(&opened).await != Value::Bool(true) {
            return false;
        }
        // What it opens is drawn in the next frame.
        page.script_later("requestAnimationFrame(() => requestAnimationFrame(() => arguments[0]()));").await;
    }
    true
}

fn texts(value: &Value) -> Vec<String> {
    let list = value.as_array().expect("it is a list");
    list.iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn every_text_of_every_view_comes_from_the_table() {
    tell("words-all-told", async |story| {
        let page = story.fresh().await;
        let untold = on_every_view(&page, "xx-brackets", "untoldTexts()").await;
        assert!(untold.is_empty(), "{} texts are in no table: {untold:#?}", untold.len());
    })
    .await;
}

async fn texts_of_twice_the_length_fit(story: &Story, (width, height): (u32, u32)) {
    let page = story.fresh().await;
    page.resize(width, height).await;
    let clipped = on_every_view(&page, "xx-long", "misfits()").await;
    assert!(clipped.is_empty(), "at {width} pixels: {clipped:#?}");
}

#[tokio::test]
async fn texts_of_twice_the_length_fit_a_wide_page() {
    tell("words-long-wide", async |story| texts_of_twice_the_length_fit(story, (1440, 900)).await).await;
}

#[tokio::test]
async fn texts_of_twice_the_length_fit_a_phone() {
    tell("words-long-phone", async |story| texts_of_twice_the_length_fit(story, (390, 844)).await).await;
}

#[tokio::test]
async fn texts_from_right_to_left_stay_in_their_boxes() {
    tell("words-right", async |story| {
        let page = story.fresh().await;
        let clipped = on_every_view(&page, "xx-right", "misfits()").await;
        assert!(clipped.is_empty(), "{clipped:#?}");
    })
    .await;
}

#[tokio::test]
async fn markup_in_a_text_stays_text() {
    tell("words-markup", async |story| {
        let page = story.fresh().await;
        let made = on_every_view(&page, "xx-script", "injected()").await;
        assert!(made.is_empty(), "{made:#?}");
        let shown = page.look("tidy(document.body.textContent).includes('<img src=x onerror=')").await;
        assert_eq!(shown, Value::Bool(true), "the markup is there to be read");
    })
    .await;
}

#[tokio::test]
async fn a_german_page_shows_the_same_run_with_german_words_and_marks() {
    tell("words-german", async |story| {
        let (english, german) = (story.open(MOMENT).await, story.open(&format!("?lang=de{MOMENT}")).await);
        assert_eq!(english.moment().await, german.moment().await, "no language changes a run");
        let said = "[document.documentElement.lang, button(/^Abspielen$/) !== undefined]";
        assert_eq!(german.look(said).await, serde_json::json!(["de", true]));
        let time = "tidy(document.querySelector('.transport .time').textContent)";
        assert_eq!(english.look(time).await, "1.662 s");
        assert_eq!(german.look(time).await, "1,662 s");
        let fetched = "performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/lang/')).length";
        assert_eq!((english.look(fetched).await, german.look(fetched).await), (0.into(), 1.into()));
    })
    .await;
}

#[tokio::test]
async fn the_switch_opens_the_same_moment_in_the_other_language() {
    tell("words-switch", async |story| {
        let page = story.open(&format!("?theme=dark{MOMENT}")).await;
        let before = page.moment().await;
        page.click("button(/^Deutsch$/)").await;
        page.until("the page is German", "document.documentElement.lang === 'de' && button(/^Abspielen$/)")
            .await;
        assert_eq!(page.moment().await, before);
        let query = page.look("new URLSearchParams(location.search).get('theme')").await;
        assert_eq!(query, "dark", "the rest of the query is kept");
        page.click("button(/^English$/)").await;
        page.until("the page is English", "document.documentElement.lang === 'en' && button(/^Play$/)").await;
        assert_eq!(page.moment().await, before);
    })
    .await;
}

#[tokio::test]
async fn a_number_with_a_decimal_comma_is_read_in_either_language() {
    tell("words-comma", async |story| {
        for (language, mark) in [("en", '.'), ("de", ',')] {
            let page = story.open(&format!("?lang={language}{MOMENT}")).await;
            let field = "document.querySelector('#panel-settings input[inputmode=decimal][title*=ms]')";
            page.click("document.getElementById('tab-settings')").await;
            page.until("a length of time can be typed", field).await;
            for (typed, shown) in [("151.5", format!("151{mark}5")), ("152,5", format!("152{mark}5"))] {
                let change = "input.dispatchEvent(new Event('change', { bubbles: true }));";
                page.script(&format!("const input = {field}; input.value = '{typed}'; {change}")).await;
                page.until(&format!("{typed} is read"), &format!("{field}.value === '{shown}'")).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn pictures_of_the_german_page_at_three_sizes() {
    tell("words-pictures", async |story| {
        let page = story.fresh().await;
        let mut misfits = Vec::new();
        for (width, height) in SIZES {
            page.resize(width, height).await;
            page.go(&format!("?lang=de&size={width}{MOMENT}")).await;
            page.until("the rest of the page is there", "document.querySelector('#text-view-title')").await;
            page.picture(&format!("words-de-{width}x{height}")).await;
            misfits.extend(texts(&page.script(&format!("{LOOK}\nreturn misfits();")).await));
        }
        assert!(misfits.is_empty(), "{misfits:#?}");
    })
    .await;
}

//! The page in a browser: it opens, runs, pauses, and shares what it shows.
#![cfg(target_arch = "wasm32")]

use netsplit_scenarios::gallery::FIRST;
use netsplit_web::app::App;
use netsplit_web::frame;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, HtmlElement, HtmlInputElement};
use yew::AppHandle;
use yew::Renderer;

wasm_bindgen_test_configure!(run_in_browser);

fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("tests run in a window")
}

/// A page of its own for each test.
struct Page {
    root: Element,
    app: Option<AppHandle<App>>,
}

impl Page {
    async fn open(fragment: &str) -> Self {
        web_sys::window().unwrap().location().set_hash(fragment).unwrap();
        let root = document().create_element("div").unwrap();
        document().body().unwrap().append_child(&root).unwrap();
        let app = Renderer::<App>::with_root(root.clone()).render();
        let page = Self { root, app: Some(app) };
        wait_until("the stage is there", || page.main().is_some()).await;
        page
    }

    fn main(&self) -> Option<Element> {
        self.root.query_selector("main").unwrap()
    }

    fn shows(&self, name: &str) -> String {
        self.main().and_then(|main| main.get_attribute(name)).unwrap_or_default()
    }

    fn click(&self, selector: &str) {
        let found = self.root.query_selector(selector).unwrap();
        let element = found.unwrap_or_else(|| panic!("nothing is {selector}"));
        element.unchecked_into::<HtmlElement>().click();
    }

    fn text(&self) -> String {
        self.root.text_content().unwrap_or_default()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}

async fn sleep(millis: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        web_sys::window()
            .unwrap()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis)
            .unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

async fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let start = frame::clock();
    while !holds() {
        assert!(frame::clock() - start < 15_000.0, "it did not happen within 15 s that {what}");
        sleep(20).await;
    }
}

#[wasm_bindgen_test]
async fn the_bare_page_elects_a_leader_by_itself() {
    let page = Page::open("").await;
    assert_eq!(page.shows("data-playing"), "1");
    wait_until("time passes", || page.shows("data-time-ns") != "0").await;
    page.click("[aria-label='To the next moment of note']");
    wait_until("there is a leader", || page.text().contains("leader, term")).await;
}

#[wasm_bindgen_test]
async fn pausing_ends_the_animation_and_steps_go_on_from_there() {
    let page = Page::open("").await;
    wait_until("time passes", || page.shows("data-step") != "0").await;
    page.click("[aria-label='Pause']");
    wait_until("it pauses", || page.shows("data-playing") == "0").await;
    let (time, digest) = (page.shows("data-time-ns"), page.shows("data-digest"));
    sleep(200).await;
    assert_eq!((page.shows("data-time-ns"), page.shows("data-digest")), (time, digest.clone()));
    page.click("[aria-label='One event forward']");
    wait_until("the step is shown", || page.shows("data-digest") != digest).await;
    page.click("[aria-label='One event back']");
    wait_until("the old digest is back", || page.shows("data-digest") == digest).await;
}

#[wasm_bindgen_test]
async fn the_shared_link_opens_the_same_moment() {
    let page = Page::open(&format!("scenario={FIRST}&t=800000")).await;
    let seen = (page.shows("data-digest"), page.shows("data-time-ns"));
    page.click(".bar .primary");
    wait_until("the dialog opens", || page.root.query_selector(".share-link input").unwrap().is_some()).await;
    let input = page.root.query_selector(".share-link input").unwrap().unwrap();
    let link = input.unchecked_into::<HtmlInputElement>().value();
    let (_, fragment) = link.split_once('#').expect("a link has a fragment");
    let again = Page::open(fragment).await;
    assert_eq!((again.shows("data-digest"), again.shows("data-time-ns")), seen);
    assert_eq!(again.shows("data-playing"), "0");
}

#[wasm_bindgen_test]
async fn a_bad_link_is_told_and_the_page_is_alive() {
    let page = Page::open("s=z1.cut").await;
    assert!(page.text().contains("cut short"), "{}", page.text());
    page.click("[aria-label='Play']");
    wait_until("it plays", || page.shows("data-playing") == "1").await;
}

#[wasm_bindgen_test]
async fn nothing_on_the_page_has_a_style_attribute() {
    let page = Page::open(&format!("scenario={FIRST}&t=900000")).await;
    page.click(".crumb");
    wait_until("the gallery opens", || page.root.query_selector(".cards").unwrap().is_some()).await;
    let styled = page.root.query_selector_all("[style]").unwrap();
    assert_eq!(styled.length(), 0, "a strict policy would block it");
}

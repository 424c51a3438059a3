//! A story is one test: it opens pages, and whatever happens its browsers end with it.

use std::cell::{Cell, RefCell};
use std::fs;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::task::{LocalSet, spawn_local};
use tokio::time::timeout;

use super::browser::{Driver, console_errors};
use super::page::Page;

/// A story that takes longer hangs.
const LONGEST: Duration = Duration::from_secs(120);

/// One test under way.
pub struct Story {
    name: &'static str,
    driver: Driver,
    pages: RefCell<Vec<Page>>,
    fails_on_purpose: Cell<bool>,
}

/// Tells a story. If it fails, pictures of its pages lie in `target/e2e/<name>.png`; it fails, too, if a
/// console was told of an error.
pub async fn tell(name: &'static str, plot: impl AsyncFnOnce(&Story) + 'static) {
    let story = Rc::new(Story {
        name,
        driver: Driver::start(),
        pages: RefCell::default(),
        fails_on_purpose: Cell::new(false),
    });
    let told = Rc::clone(&story);
    // A task of its own, so that a panic comes back here before it ends the test.
    let telling = async move { spawn_local(async move { timeout(LONGEST, plot(&told)).await }).await };
    let outcome = LocalSet::new().run_until(telling).await;
    let errors = story.console_errors().await;
    if !matches!(outcome, Ok(Ok(()))) || !errors.is_empty() {
        story.take_pictures().await;
    }
    drop(story);
    match outcome {
        Err(panic) => resume_unwind(panic.into_panic()),
        Ok(in_time) => assert!(in_time.is_ok(), "the story did not end within {LONGEST:?}"),
    }
    assert!(errors.is_empty(), "the console was told of errors: {errors:#?}");
}

impl Story {
    /// Opens an address of the page (`?speed=1#scenario=…`; nothing for the bare page) in a fresh profile.
    pub async fn open(&self, address: &str) -> Page {
        let page = self.fresh().await;
        page.go(address).await;
        page
    }

    /// A fresh profile with no page in it yet.
    pub async fn fresh(&self) -> Page {
        self.fresh_with(json!({})).await
    }

    /// A fresh profile with settings that a person could choose, by the names of Chromium's preferences.
    pub async fn fresh_with(&self, settings: Value) -> Page {
        let page = Page::new(self.driver.browser(settings).await);
        self.pages.borrow_mut().push(page.clone());
        page.resize(1440, 900).await;
        page
    }

    /// The page is made to fail in this story, so errors on the console are expected.
    pub fn fails_on_purpose(&self) {
        self.fails_on_purpose.set(true);
    }

    async fn console_errors(&self) -> Vec<String> {
        let mut errors = Vec::new();
        let pages = self.pages.borrow().clone();
        if !self.fails_on_purpose.get() {
            for page in &pages {
                errors.extend(console_errors(page.client()).await);
            }
        }
        errors
    }

    async fn take_pictures(&self) {
        let pages = self.pages.borrow().clone();
        for (number, page) in pages.iter().enumerate() {
            let suffix = if number == 0 { String::new() } else { format!("-{}", number + 1) };
            page.picture(&format!("{}{suffix}", self.name)).await;
        }
    }
}

/// Where a picture of this name belongs.
pub fn picture_path(name: &str) -> PathBuf {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/e2e"));
    fs::create_dir_all(&folder).expect("target/ can be written to");
    folder.join(format!("{name}.png"))
}

//! Course material built with the tools of others: in each sample the labs load when they are scrolled to, run, and
//! follow the theme of their site.

use std::env;
use std::path::PathBuf;

use serde_json::json;

use crate::harness::{Host, Page, tell};

/// The built sample of a tool, on a site of its own.
fn sample(tool: &str) -> String {
    let folder =
        env::var_os("NETSPLIT_COURSES").expect("NETSPLIT_COURSES names the folder of the built samples");
    Host::new().with_folder(&PathBuf::from(folder).join(tool)).open("localhost")
}

/// A lab of the page by its number, from 0.
fn lab(number: usize) -> String {
    format!("all('netsplit-lab')[{number}]")
}

/// Looks at both labs of a chapter, and plays the first one.
async fn try_labs(page: &Page) {
    page.until("the chapter has two labs", "all('netsplit-lab').length === 2").await;
    for number in 0..2 {
        let lab = lab(number);
        page.script(&format!("{lab}.scrollIntoView({{ block: 'center', behavior: 'instant' }});")).await;
        page.until("the lab is there", &format!("{lab}.shadowRoot?.querySelector('.live')")).await;
    }
    page.script(&format!(
        "{}.scrollIntoView({{ block: 'center', behavior: 'instant' }}); {}.play();",
        lab(0),
        lab(0)
    ))
    .await;
    page.enter(&format!("{}.frame", lab(0))).await;
    page.until("the lab plays", "moment().time_ns > 2_610_000_000").await;
    page.pause().await;
    page.leave().await;
}

/// Waits until the first lab has this theme, and keeps a picture.
async fn has_theme(page: &Page, tool: &str, theme: &str) {
    page.enter(&format!("{}.frame", lab(0))).await;
    page.until(
        "the lab has the site's theme",
        &format!("document.documentElement.dataset.theme === '{theme}'"),
    )
    .await;
    page.leave().await;
    page.picture(&format!("course-{tool}-{theme}")).await;
}

#[tokio::test]
async fn labs_in_a_book_of_mdbook() {
    tell("course-mdbook", async |story| {
        let page = story.fresh().await;
        page.visit(&format!("{}partitions.html", sample("mdbook"))).await;
        try_labs(&page).await;
        has_theme(&page, "mdbook", "light").await;
        for theme in ["Navy", "Rust", "Ayu"] {
            // The list of themes stays open after a choice.
            if theme == "Navy" {
                page.click("button(/Change theme/)").await;
            }
            page.click(&format!("button(/^{theme}/)")).await;
            has_theme(&page, "mdbook", if theme == "Rust" { "light" } else { "dark" }).await;
        }
    })
    .await;
}

#[tokio::test]
async fn labs_in_a_site_of_mkdocs() {
    tell("course-mkdocs", async |story| {
        let page = story.fresh().await;
        page.visit(&sample("mkdocs")).await;
        // By its link, since the theme then changes the page without leaving it.
        page.click("named('article a', /what a wall does/)").await;
        try_labs(&page).await;
        has_theme(&page, "mkdocs", "light").await;
        page.click("document.querySelector('label[for=__palette_1]')").await;
        has_theme(&page, "mkdocs", "dark").await;
    })
    .await;
}

#[tokio::test]
async fn labs_in_a_document_of_sphinx() {
    tell("course-sphinx", async |story| {
        let page = story.fresh().await;
        page.visit(&format!("{}partitions.html", sample("sphinx"))).await;
        try_labs(&page).await;
        has_theme(&page, "sphinx", "light").await;
        // From automatic, which is light here, to what it is not.
        page.script("scrollTo({ top: 0, behavior: 'instant' });").await;
        page.click("all('.theme-toggle').find(isShown)").await;
        has_theme(&page, "sphinx", "dark").await;
    })
    .await;
}

#[tokio::test]
async fn labs_in_slides_of_reveal() {
    tell("course-reveal", async |story| {
        let page = story.fresh().await;
        page.visit(&sample("reveal")).await;
        page.until("the slides are ready", "Reveal.isReady()").await;
        page.keys(&["ArrowRight"]).await;
        page.until(
            "the lab is there",
            "document.querySelector('netsplit-lab').shadowRoot.querySelector('.live')",
        )
        .await;
        has_theme(&page, "reveal", "dark").await;
        page.keys(&["ArrowRight", "ArrowRight"]).await;
        page.until("the frame has its address", "document.querySelector('iframe.lab').src").await;
        page.enter("document.querySelector('iframe.lab')").await;
        page.until("the page shows a run", "document.querySelector('main[data-digest]')").await;
        let before = page.moment().await;
        page.click("button(/^Play$/)").await;
        page.until("virtual time passes", &format!("moment().time_ns > {}", before.time_ns)).await;
        page.leave().await;
        page.picture("course-reveal-frame").await;
        page.script("Reveal.next();").await;
        page.enter("document.querySelector('iframe.lab')").await;
        page.until("the lab rests when its slide is left", "!isPlaying()").await;
        assert_eq!(page.look("isPlaying()").await, json!(false));
    })
    .await;
}

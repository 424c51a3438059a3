//! The half of the module that arrives late: nobody waits for it, and nobody misses it.

use serde_json::{Value, json};

use crate::harness::{Page, tell};

/// Runs before the page's own scripts, so that no movement is missed.
const WATCH: &str = "new MutationObserver((_, watching) => {
    if (Number(document.querySelector('main[data-time-ns]')?.dataset.timeNs) > 0) {
      window.firstMovement = performance.now();
      watching.disconnect();
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });";
/// As if the line were so slow that what the page asks for in time never comes.
const NEVER: &str = "const fetchAnything = window.fetch;
  window.fetch = (what, ...how) =>
    String(what).includes('_late.') ? new Promise(() => {}) : fetchAnything(what, ...how);";
/// What stands for the page once it cannot go on.
const OVERLAY: &str = "document.querySelector('.failure-text')";
/// How the late half was asked for, and when.
const REQUESTS: &str = "performance.getEntriesByType('resource')
  .filter((entry) => entry.name.includes('_late.wasm'))
  .map((entry) => ({ by: entry.initiatorType, at: entry.startTime }))";

async fn before_its_scripts(page: &Page, script: &str) {
    page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
}

#[tokio::test]
async fn the_first_movement_needs_nothing_late_and_the_rest_comes_by_itself() {
    tell("late-half", async |story| {
        // What runs also depends on when the first frames come: a busy machine may need more than was ever
        // seen to run, but not every time.
        let mut asked_for = Vec::new();
        for _ in 0..3 {
            let page = story.fresh().await;
            before_its_scripts(&page, WATCH).await;
            page.go("").await;
            let moved = page.until("virtual time passes", "window.firstMovement").await;
            page.until("the late half is asked for", &format!("{REQUESTS}.length")).await;
            let requests = page.look(REQUESTS).await;
            if requests[0]["by"] == "fetch" && requests[0]["at"].as_f64() > moved.as_f64() {
                return;
            }
            asked_for.push((requests, moved));
        }
        panic!("the late half had to be waited for (its requests, the first movement): {asked_for:?}");
    })
    .await;
}

#[tokio::test]
async fn a_click_before_the_late_half_is_there_brings_it() {
    tell("late-half-at-once", async |story| {
        let page = story.fresh().await;
        before_its_scripts(&page, NEVER).await;
        page.go("").await;
        page.pause().await;
        page.click("button(/^Share$/)").await;
        page.until("the dialog shows a link", "field(/^Link to this run$/)?.value").await;
        let requests = page.look(REQUESTS).await;
        assert_eq!(requests.as_array().map(Vec::len), Some(1), "{requests}");
        assert_eq!(requests[0]["by"], "xmlhttprequest");
    })
    .await;
}

#[tokio::test]
async fn a_late_half_that_cannot_be_had_is_said_with_the_link_to_the_run() {
    tell("late-half-lost", async |story| {
        story.fails_on_purpose();
        let page = story.fresh().await;
        before_its_scripts(&page, NEVER).await;
        page.dev_tools("Network.enable", json!({})).await;
        page.dev_tools("Network.setBlockedURLs", json!({ "urls": ["*_late.*"] })).await;
        page.go("").await;
        // A busy machine may have needed it before the click.
        page.until("the page is there, or the overlay", &format!("{OVERLAY} || button(/^Share$/)")).await;
        page.script(&format!("{OVERLAY} || button(/^Share$/).click();")).await;
        let told = page.until("the overlay is drawn", &format!("{OVERLAY}?.textContent")).await;
        assert!(told.as_str().is_some_and(|text| text.contains("did not arrive")), "{told}");
        assert_ne!(page.look("document.querySelector('.failure-link').value").await, Value::Null);
    })
    .await;
}

//! From navigation to the first frame in which something moves, each time in a fresh profile.

use netsplit_tests::bench::Row;
use serde_json::json;

use super::keep;
use crate::harness::tell;

/// Begins before the page's own scripts, so that no movement is missed.
const WATCH: &str = "
  new MutationObserver((_, watching) => {
    if (Number(document.querySelector('main[data-time-ns]')?.dataset.timeNs) > 0) {
      window.first_movement = performance.now();
      watching.disconnect();
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });";

const TIMES: usize = 5;

#[tokio::test]
async fn the_bare_page() {
    tell("bench-start-up", async |story| {
        let mut moved = Vec::new();
        for _ in 0..TIMES {
            let page = story.fresh().await;
            page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await;
            page.go("").await;
            let first = page.until("virtual time passes", "window.first_movement").await;
            moved.push(first.as_f64().expect("a time in milliseconds"));
            page.visit("about:blank").await;
        }
        keep(&[Row::new("start-up: navigation to the first moving frame", "ms", moved)], "page");
    })
    .await;
}

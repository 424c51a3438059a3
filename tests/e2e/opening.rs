//! The bare page: something true moves at once, and nothing is asked of anybody else.

use std::io::{Write, stderr};

use serde_json::json;

use crate::harness::tell;

#[tokio::test]
async fn the_bare_page_elects_a_leader_in_view() {
    tell("the-bare-page", async |story| {
        let page = story.fresh().await;
        // Runs before the page's own scripts, so that no movement is missed.
        let watch = "new MutationObserver((_, watching) => {
            if (Number(document.querySelector('main[data-time-ns]')?.dataset.timeNs) > 0) {
              window.firstMovement = performance.now();
              watching.disconnect();
            }
          }).observe(document, { subtree: true, childList: true, attributes: true });";
        page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch })).await;
        page.go("").await;
        let moved = page.until("virtual time passes", "window.firstMovement").await;
        // Not by a macro, whose words a test that succeeds keeps to itself.
        let told = writeln!(
            stderr(),
            "from navigation to the first movement: {:.0} ms",
            moved.as_f64().unwrap_or(f64::NAN)
        );
        told.expect("a terminal or a file listens");
        let before = page.moment().await;
        let leader = page.leader().await;
        assert!(leader.term() > 0, "{}", leader.label);
        assert!(page.moment().await.time_ns > before.time_ns, "virtual time goes on");
    })
    .await;
}

#[tokio::test]
async fn the_page_asks_nothing_of_another_origin() {
    tell("one-origin", async |story| {
        let page = story.open("").await;
        page.leader().await;
        page.pause().await;
        page.copy_link().await;
        let elsewhere = "performance.getEntriesByType('resource').map((entry) => entry.name)\
                         .filter((name) => !name.startsWith(`${location.origin}/any/folder/`))";
        assert_eq!(page.look(elsewhere).await, json!([]));
        assert_eq!(page.look("document.cookie").await, json!(""));
    })
    .await;
}

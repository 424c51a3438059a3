//! Changing the past, and taking the change back.

use crate::harness::{link, tell};

#[tokio::test]
async fn intervening_in_the_past_keeps_both_futures_and_undo_brings_the_run_back() {
    tell("undo", async |story| {
        let page = story.open(&link::quiet_cluster()).await;
        page.keys(&["Alt+l"; 10]).await;
        page.until_step(10).await;
        page.crash_by_menu("n2").await;
        page.keys(&["Alt+l"; 6]).await;
        let later = page.until_step(17).await;
        page.keys(&["Alt+j"; 9]).await;
        let past = page.until_step(8).await;
        page.crash_by_menu("n3").await;
        page.until("both futures are in the tree", "all('.branch').length === 2").await;
        page.click("button(/^Undo the last change$/)").await;
        assert_eq!(page.until_step(8).await, past, "the cursor is where the change was made");
        page.keys(&["Alt+l"; 9]).await;
        assert_eq!(page.until_step(17).await, later, "and the first future is the only one again");
    })
    .await;
}

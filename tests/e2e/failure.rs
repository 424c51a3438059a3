//! A panic inside the module: the overlay outside of it, and the run kept in a link.

use crate::harness::{link, tell};

#[tokio::test]
async fn a_panic_leaves_an_overlay_whose_link_reopens_the_run_at_the_same_step() {
    tell("a-panic", async |story| {
        story.fails_on_purpose();
        let page = story.open(&format!("?speed=0.2{}", link::quiet_cluster())).await;
        page.play().await;
        page.leader().await;
        page.pause().await;
        page.crash_by_menu("n2").await;
        let here = page.moment().await;
        page.script("setTimeout(() => window.netsplit.test.panic());").await;
        page.until(
            "the overlay is drawn",
            "document.querySelector('dialog.failure[role=alertdialog][open]')",
        )
        .await;
        let kept = page.until("it holds a link", "document.querySelector('.failure-link').value").await;

        let elsewhere = story.fresh().await;
        elsewhere.visit(kept.as_str().expect("a link is text")).await;
        elsewhere.until_step(here.step).await;
        assert_eq!(elsewhere.moment().await, here, "the kept link reopens the run in a fresh profile");

        page.click("button(/^Reopen at this moment$/)").await;
        page.until("the overlay is gone", "!document.querySelector('.failure')").await;
        page.until_step(here.step).await;
        assert_eq!(page.moment().await, here, "and so does the overlay's own button");
    })
    .await;
}

//! The bare page: something true moves at once.

use crate::harness::tell;

#[tokio::test]
async fn the_bare_page_elects_a_leader_in_view() {
    tell("the-bare-page", async |story| {
        let page = story.open("").await;
        page.until("virtual time passes", "moment().time_ns > 0").await;
        page.until("the first movement was painted", "performance.now()").await;
        let leader = page.leader().await;
        assert!(leader.term() > 0, "{}", leader.label);
    })
    .await;
}

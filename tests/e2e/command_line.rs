//! The page and the command line: the same link is the same run.

use crate::harness::{Page, link, tell};

/// What the command line prints for a link.
fn digest_in_the_terminal(link: &str) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    netsplit_cli::run(["netsplit", "run", link, "--digest"], &mut out, &mut err);
    assert_eq!(String::from_utf8_lossy(&err), "", "{link}");
    String::from_utf8_lossy(&out).trim_end().to_owned()
}

/// The link that the share dialog copies, and the digest that the page shows.
async fn shared(page: &Page) -> (String, String) {
    let link = page.copy_link().await;
    (link, page.moment().await.digest)
}

#[tokio::test]
async fn a_share_link_pasted_into_the_terminal_prints_the_digest_of_the_page() {
    tell("command-line", async |story| {
        let page = story.open("#scenario=raft/playground&step=120").await;
        page.until_step(120).await;
        let (link, digest) = shared(&page).await;
        assert_eq!(digest_in_the_terminal(&link), digest, "a scenario of the gallery, amid its run");

        page.crash_by_menu("n2").await;
        page.play().await;
        page.until("it goes on", "moment().step > 160").await;
        page.pause().await;
        let (link, digest) = shared(&page).await;
        assert!(link.contains("#s="), "a run of one's own stands in its link: {link}");
        assert_eq!(digest_in_the_terminal(&link), digest, "after a crash, wherever the pause came");
    })
    .await;
}

#[tokio::test]
async fn a_wall_drawn_by_hand_is_the_same_wall_in_the_terminal() {
    tell("command-line-wall", async |story| {
        let page = story.open(&format!("?speed=0.2{}", link::quiet_cluster())).await;
        page.play().await;
        let leader = page.leader().await;
        let (from, to) = page.stroke_round(&[&leader.id]).await;
        page.drag(from, to).await;
        page.let_go().await;
        page.until("the wall stands", "walls().length === 1").await;
        page.leader_after(leader.term(), &[&leader.id]).await;
        page.pause().await;
        let (link, digest) = shared(&page).await;
        assert_eq!(digest_in_the_terminal(&link), digest);
    })
    .await;
}

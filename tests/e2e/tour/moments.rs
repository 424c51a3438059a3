//! Moments of the page, each a link, a size and a theme.

use serde_json::Value;

use super::keep;
use crate::harness::{Page, tell};

/// One picture.
struct Shot {
    name: &'static str,
    size: (u32, u32),
    theme: &'static str,
    fragment: &'static str,
    /// The tab of the drawer that is open.
    tab: Option<&'static str>,
}

const SHOTS: [Shot; 4] = [
    Shot {
        name: "minority-leader-dark.png",
        size: (1440, 900),
        theme: "dark",
        fragment: "#scenario=raft/minority-leader&step=300",
        tab: None,
    },
    Shot {
        name: "stale-read-light.png",
        size: (1440, 900),
        theme: "light",
        fragment: "#scenario=raft/stale-local-read&t=60000000",
        tab: Some("History"),
    },
    Shot {
        name: "ring-dark.png",
        size: (1440, 900),
        theme: "dark",
        fragment: "#scenario=quorum-replication/playground&step=200",
        tab: Some("Log"),
    },
    Shot {
        name: "phone-light.png",
        size: (390, 844),
        theme: "light",
        fragment: "#scenario=raft/minority-leader&step=300",
        tab: None,
    },
];

#[tokio::test]
async fn moments() {
    tell("tour-moments", async |story| {
        let page = story.fresh().await;
        for shot in SHOTS {
            take(&page, &shot).await;
        }
    })
    .await;
}

async fn take(page: &Page, shot: &Shot) {
    page.visit("about:blank").await;
    page.resize(shot.size.0, shot.size.1).await;
    page.go(&format!("?theme={}{}", shot.theme, shot.fragment)).await;
    page.until("everybody is on the stage", "people().length > 2").await;
    if let Some(tab) = shot.tab {
        // One that is open would close.
        let closed = format!("named('[role=tab]:not([aria-selected=true])', /^{tab}/)");
        if page.look(&format!("Boolean({closed})")).await == Value::Bool(true) {
            page.click(&closed).await;
        }
    }
    // Two pictures that are alike: nothing glides any more.
    let mut before = Vec::new();
    loop {
        page.script_later("setTimeout(arguments[0], 300);").await;
        let now = page.client().screenshot().await.expect("a browser shows pictures");
        if now == before {
            return keep(shot.name, &now);
        }
        before = now;
    }
}

//! What share of the time the main thread works: while the page plays, and while it rests.

use std::time::{Duration, Instant};

use netsplit_tests::bench::Row;
use serde_json::json;
use tokio::time::sleep;

use super::{cluster, keep, metric};
use crate::harness::{Page, tell};

const TIMES: usize = 3;
const LONG: Duration = Duration::from_secs(5);

#[tokio::test]
async fn the_main_thread() {
    tell("bench-busy", async |story| {
        let page = story.fresh().await;
        page.dev_tools("Performance.enable", json!({})).await;
        page.go(&format!("?play=1{}", cluster::five())).await;
        page.until("it plays", "isPlaying()").await;
        let opening = shares(&page).await;
        page.pause().await;
        let resting = shares(&page).await;
        page.visit("about:blank").await;
        page.go(&format!("?play=1&speed=1{}", cluster::five())).await;
        page.until("it plays", "isPlaying()").await;
        let real_time = shares(&page).await;
        keep(
            &[
                Row::new("main thread busy, 5 nodes, playing at the opening speed", "%", opening),
                Row::new("main thread busy, 5 nodes, playing at ×1", "%", real_time),
                Row::new("main thread busy, 5 nodes, paused", "%", resting),
            ],
            "page",
        );
    })
    .await;
}

async fn shares(page: &Page) -> Vec<f64> {
    let mut shares = Vec::new();
    sleep(Duration::from_secs(1)).await;
    for _ in 0..TIMES {
        let (worked, begun) = (metric(page, "TaskDuration").await, Instant::now());
        sleep(LONG).await;
        let worked = metric(page, "TaskDuration").await - worked;
        shares.push(worked / begun.elapsed().as_secs_f64() * 100.0);
    }
    shares
}

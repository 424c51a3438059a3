//! How long the page's scripts take in a frame while it plays, and how many frames it drops.

use std::time::Duration;

use hdrhistogram::Histogram;
use netsplit_tests::bench::Row;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::{cluster, keep};
use crate::harness::{Page, tell};

/// Measures every frame from the page's callback to the end of what it led to before the browser paints.
const WATCH: &str = "
  const request = window.requestAnimationFrame.bind(window);
  let began = null;
  window.frames_seen = [];
  window.requestAnimationFrame = (callback) => {
    const id = request((now) => {
      if (began?.now !== now) began = { now, at: performance.now() };
      callback(now);
    });
    request((now) => {
      if (began?.now !== now) return;
      const script = performance.now() - began.at;
      const last = window.frames_seen.at(-1);
      if (last?.now === now) last.script = script; else window.frames_seen.push({ now, script });
    });
    return id;
  };";

/// How often, and for how long, after a second in which the page finds its pace.
const TIMES: usize = 3;
const LONG: Duration = Duration::from_secs(5);
/// A frame at 60 a second.
const FRAME_MS: f64 = 1_000.0 / 60.0;

#[tokio::test]
async fn five_nodes() {
    tell("bench-frames-5", async |story| {
        watch("5 nodes", &cluster::five(), &story.fresh().await).await;
    })
    .await;
}

#[tokio::test]
async fn fifty_nodes() {
    tell("bench-frames-50", async |story| {
        watch("50 nodes", &cluster::fifty(), &story.fresh().await).await;
    })
    .await;
}

#[tokio::test]
async fn fifty_nodes_and_two_thousand_messages() {
    tell("bench-frames-crowded", async |story| {
        watch("50 nodes, 2,000 messages", &cluster::crowded(), &story.fresh().await).await;
    })
    .await;
}

async fn watch(what: &str, fragment: &str, page: &Page) {
    page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await;
    for speed in [1, 10] {
        let mut seen = Vec::new();
        for _ in 0..TIMES {
            // Another address, so that the page begins anew.
            page.visit("about:blank").await;
            page.go(&format!("?play=1&speed={speed}{fragment}")).await;
            page.until("it plays", "isPlaying()").await;
            sleep(Duration::from_secs(1)).await;
            page.script("window.frames_seen.length = 0;").await;
            sleep(LONG).await;
            seen.push(page.look("window.frames_seen").await);
        }
        keep(&rows(&format!("{what} at ×{speed}"), &seen), "page");
    }
}

fn rows(what: &str, seen: &[Value]) -> Vec<Row> {
    let each = |measure: &dyn Fn(&Value) -> f64| seen.iter().map(measure).collect::<Vec<f64>>();
    let quantile = |part| each(&move |frames| script(frames).value_at_quantile(part) as f64 / 1_000.0);
    vec![
        Row::new(format!("frame script, {what}: p50"), "ms", quantile(0.5)),
        Row::new(format!("frame script, {what}: p95"), "ms", quantile(0.95)),
        Row::new(format!("frame script, {what}: longest"), "ms", quantile(1.0)),
        Row::new(format!("frames dropped, {what}"), "%", each(&dropped)),
    ]
}

/// Microseconds of script of each frame.
fn script(frames: &Value) -> Histogram<u64> {
    let mut histogram = Histogram::new(3).expect("three digits are a precision");
    for frame in frames.as_array().into_iter().flatten() {
        let micros = frame["script"].as_f64().unwrap_or(0.0) * 1_000.0;
        histogram.record(micros as u64).expect("a histogram of this kind grows");
    }
    histogram
}

/// Of the frames that a screen of 60 Hz would have shown, how many there were not.
fn dropped(frames: &Value) -> f64 {
    let frames = frames.as_array().map_or(&[][..], Vec::as_slice);
    let at = |frame: Option<&Value>| frame.and_then(|frame| frame["now"].as_f64()).unwrap_or(0.0);
    let wanted = ((at(frames.last()) - at(frames.first())) / FRAME_MS).round() + 1.0;
    (1.0 - frames.len() as f64 / wanted).max(0.0) * 100.0
}

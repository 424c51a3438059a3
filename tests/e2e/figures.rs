//! How soon the page is there, as `cargo xtask figures` tells it: on a desk, and on a phone with a slow line. Each
//! time in a fresh profile, from a host that compresses; nothing here is judged.

use netsplit_tests::bench::Row;
use serde_json::{Value, json};

use crate::bench::keep;
use crate::harness::{Page, Site, tell};

/// Begins before the page's own scripts, so that nothing is missed.
const WATCH: &str = "
  window.long_tasks = [];
  new PerformanceObserver((list) => window.long_tasks.push(...list.getEntries()
    .map(({ startTime, duration }) => ({ startTime, duration })))).observe({ type: 'longtask', buffered: true });
  new MutationObserver((_, watching) => {
    if (Number(document.querySelector('main[data-time-ns]')?.dataset.timeNs) > 0) {
      window.first_movement = performance.now();
      watching.disconnect();
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });";
/// What is known some time after the first movement, when the rest of the page has come, too.
const FIGURES: &str = "(() => {
    const paint = (name) => performance.getEntriesByName(name)[0].startTime;
    const contentful = paint('first-contentful-paint');
    const moved = window.first_movement;
    const loaded = [performance.getEntriesByType('navigation')[0], ...performance.getEntriesByType('resource')];
    const tasks = window.long_tasks.filter(({ startTime }) => startTime < moved + 5_000);
    return {
      weight: loaded.filter(({ responseEnd }) => responseEnd > 0 && responseEnd < moved)
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1_000,
      paint: paint('first-paint'),
      contentful,
      moved,
      blocked: tasks.filter(({ startTime }) => startTime > contentful)
        .reduce((sum, { duration }) => sum + duration - 50, 0),
      longest: Math.max(0, ...tasks.map(({ duration }) => duration)),
    };
  })()";
const NAMES: [(&str, &str, &str); 6] = [
    ("weight", "weight until the first movement", "kB"),
    ("paint", "first paint", "ms"),
    ("contentful", "first contentful paint", "ms"),
    ("moved", "first moving frame", "ms"),
    ("blocked", "total blocking time, until 5 s after", "ms"),
    ("longest", "longest task", "ms"),
];
const TIMES: usize = 5;
/// On a slow line each takes long.
const TIMES_SLOW: usize = 3;

#[tokio::test]
async fn on_a_desk() {
    tell("figures-desk", async |story| {
        let site = Site::with_page("figures-desk", "/");
        let mut seen = Vec::new();
        for _ in 0..TIMES {
            let page = story.fresh().await;
            seen.push(measured(&page, &site).await);
        }
        keep(&rows(&seen), "desktop");
    })
    .await;
}

/// As the usual auditing tools imagine it: a processor a quarter as fast, 1.6 Mbit/s, and 150 ms to the host.
#[tokio::test]
async fn on_a_phone() {
    tell("figures-phone", async |story| {
        let site = Site::with_page("figures-phone", "/");
        let mut seen = Vec::new();
        for _ in 0..TIMES_SLOW {
            let page = story.fresh().await;
            page.resize(390, 844).await;
            page.dev_tools("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await;
            page.dev_tools("Network.enable", json!({})).await;
            let line = json!({ "offline": false, "latency": 150, "downloadThroughput": 200_000,
                "uploadThroughput": 93_750 });
            page.dev_tools("Network.emulateNetworkConditions", line).await;
            seen.push(measured(&page, &site).await);
        }
        keep(&rows(&seen), "phone, slow 4G");
    })
    .await;
}

async fn measured(page: &Page, site: &Site) -> Value {
    page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await;
    page.visit(&site.url("")).await;
    page.until("virtual time passes", "window.first_movement").await;
    page.until("five seconds have gone", "performance.now() > window.first_movement + 5_500").await;
    let figures = page.look(FIGURES).await;
    page.visit("about:blank").await;
    figures
}

fn rows(seen: &[Value]) -> Vec<Row> {
    let values = |key: &str| seen.iter().filter_map(|figures| figures[key].as_f64()).collect();
    NAMES.into_iter().map(|(key, what, unit)| Row::new(what, unit, values(key))).collect()
}

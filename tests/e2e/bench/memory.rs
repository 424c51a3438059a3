//! What the page holds after it has played an hour of virtual time.

use std::time::{Duration, Instant};

use netsplit_tests::bench::Row;
use serde_json::json;
use tokio::time::sleep;

use super::{cluster, keep, metric};
use crate::harness::{Page, tell};

/// Gets hold of the module's memory, which the page keeps to itself. A part that is loaded late shares it.
const WATCH: &str = "
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const real = WebAssembly[name].bind(WebAssembly);
    WebAssembly[name] = async (...given) => {
      const made = await real(...given);
      window.module_memory ??= (made.instance ?? made).exports.memory;
      return made;
    };
  }";

const HOUR_NS: u64 = 3_600_000_000_000;
/// An hour at a hundred times life takes 36 s; a machine that cannot keep up gets no longer than this.
const LONGEST: Duration = Duration::from_secs(100);

#[tokio::test]
async fn an_hour_of_virtual_time() {
    tell("bench-memory", async |story| {
        let page = story.fresh().await;
        page.dev_tools("Performance.enable", json!({})).await;
        page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await;
        page.go(&format!("?play=1&speed=100{}", cluster::five())).await;
        let before = held(&page).await;
        let begun = Instant::now();
        while page.moment().await.time_ns < HOUR_NS && begun.elapsed() < LONGEST {
            sleep(Duration::from_millis(500)).await;
        }
        page.pause().await;
        let (moment, after) = (page.moment().await, held(&page).await);
        keep(
            &[
                Row::new("memory, 5 nodes: virtual time played", "s", vec![moment.time_ns as f64 / 1e9]),
                Row::new("memory, 5 nodes: events", "events", vec![moment.step as f64]),
                Row::new("memory, 5 nodes, at first: module", "MB", vec![before.0]),
                Row::new("memory, 5 nodes, at first: script heap", "MB", vec![before.1]),
                Row::new("memory, 5 nodes, after an hour: module", "MB", vec![after.0]),
                Row::new("memory, 5 nodes, after an hour: script heap", "MB", vec![after.1]),
            ],
            "page",
        );
    })
    .await;
}

/// Megabytes of the module's memory and of the script heap, after the garbage is gone.
async fn held(page: &Page) -> (f64, f64) {
    page.dev_tools("HeapProfiler.collectGarbage", json!({})).await;
    let module = page.look("window.module_memory.buffer.byteLength").await;
    (module.as_f64().expect("the module has memory") / 1e6, metric(page, "JSHeapUsedSize").await / 1e6)
}

//! What `cargo xtask bench` measures in a browser: the kernel as a module, and the page. Each writes its rows
//! to the file that xtask names; nothing here is judged.

mod busy;
mod cluster;
mod frames;
mod kernel;
mod memory;
mod start_up;

use std::env;
use std::fs::OpenOptions;
use std::io::Write;

use netsplit_tests::bench::Row;
use serde_json::Value;

use crate::harness::Page;

/// Adds rows to the file of this measurement.
pub(crate) fn keep(rows: &[Row], place: &str) {
    for row in rows {
        keep_written(&row.written(place));
    }
}

fn keep_written(row: &Value) {
    let path = env::var_os("NETSPLIT_BENCH_ROWS").expect("NETSPLIT_BENCH_ROWS names a file");
    let mut file =
        OpenOptions::new().create(true).append(true).open(path).expect("the file can be written to");
    writeln!(file, "{row}").expect("the file can be written to");
}

/// Seconds that the page's main thread has worked, the bytes of its script heap, or another of Chromium's metrics.
async fn metric(page: &Page, name: &str) -> f64 {
    let metrics = page.dev_tools("Performance.getMetrics", serde_json::json!({})).await;
    let found = metrics["metrics"].as_array().into_iter().flatten().find(|metric| metric["name"] == name);
    found
        .and_then(|metric| metric["value"].as_f64())
        .unwrap_or_else(|| panic!("Chromium has a metric {name}"))
}

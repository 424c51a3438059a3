//! The kernel's own measurements as a module in the browser, on a page that holds nothing else.

use std::env;

use netsplit_tests::bench::PARTS;

use super::keep_written;
use crate::harness::{address, tell};

#[tokio::test]
async fn as_a_module() {
    tell("bench-kernel", async |story| {
        let place = env::var("NETSPLIT_BENCH_PLACE").expect("NETSPLIT_BENCH_PLACE says which module this is");
        let page = story.fresh().await;
        page.visit(address()).await;
        page.until("the module is there", "window.measure").await;
        for part in PARTS {
            let told = page.look(&format!("window.measure('{part}', '{place}')")).await;
            let rows: serde_json::Value = told
                .as_str()
                .and_then(|text| serde_json::from_str(text).ok())
                .expect("the module tells rows");
            rows.as_array().into_iter().flatten().for_each(keep_written);
        }
    })
    .await;
}

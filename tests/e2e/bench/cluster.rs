//! Clusters to be looked at: five nodes, fifty, and fifty with two thousand messages under way.

use serde_json::{Value, json};

use crate::harness::link;

/// A run that goes on for longer than anybody looks.
const UNTIL: u64 = 7_200_000_000_000;

/// Five servers, and two clients who ask now and then.
pub fn five() -> String {
    let client = json!({ "workload": { "closed": {
        "start": 500_000_000, "think": { "constant": 200_000_000 }, "keys": 3, "reads": 300_000, "count": 1_000_000,
    } } });
    opened(&json!({ "nodes": 5, "clients": [client, client] }), 2)
}

/// Fifty servers.
pub fn fifty() -> String {
    opened(&json!({ "nodes": 50 }), 2)
}

/// Fifty servers whose messages take a second, so that two thousand are under way once somebody leads.
pub fn crowded() -> String {
    opened(
        &json!({
            "nodes": 50,
            "network": { "link": { "delay": { "constant": 1_000_000_000 } } },
            "params": { "election_timeout_min": 5_000_000_000_u64, "election_timeout_max": 9_000_000_000_u64 },
        }),
        30,
    )
}

/// The fragment that opens it after some seconds.
fn opened(document: &Value, seconds: u64) -> String {
    let mut document = document.clone();
    document["schema"] = 1.into();
    document["until"] = UNTIL.into();
    format!("{}&t={}", link::fragment(&document), seconds * 1_000_000)
}

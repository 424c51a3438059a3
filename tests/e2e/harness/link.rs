//! Links as somebody might send them: whole, or made by hand.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

/// Five servers and two clients that ask for nothing by themselves.
pub fn quiet_cluster() -> String {
    let client = json!({ "workload": { "script": [] } });
    fragment(&json!({
        "schema": 1,
        "engine": 1,
        "protocol": "raft",
        "behaviour": 1,
        "title": "A quiet cluster",
        "seed": "11",
        "until": 60_000_000_000_u64,
        "clients": [client, client],
    }))
}

/// The fragment of a document, packed plainly.
pub fn fragment(document: &Value) -> String {
    format!("#s={}", sealed("j1", &document.to_string()))
}

/// A payload with a checksum that fits.
pub fn sealed(head: &str, text: &str) -> String {
    let payload = BASE64URL_NOPAD.encode(text.as_bytes());
    let checksum = crc32fast::hash(payload.as_bytes());
    format!("{head}.{payload}.{checksum:08x}")
}

//! Versions of the document, and how older ones become today's.

use serde_json::Value;

use crate::error::OpenError;

/// The syntax of documents. A change of syntax raises it and adds an upgrade from the one before.
pub const SCHEMA: u32 = 1;

/// The semantics of the kernel. Raised when a change moves the digest of any run.
pub const ENGINE: u32 = 1;

/// Brings a document of an older schema to today's, one version at a time. There is none older yet.
pub(crate) fn upgrade(document: &Value) -> Result<(), OpenError> {
    match document.get("schema").and_then(Value::as_u64) {
        Some(newer) if newer > u64::from(SCHEMA) => Err(OpenError::NewerSchema(newer)),
        _ => Ok(()),
    }
}

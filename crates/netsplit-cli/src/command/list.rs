//! `netsplit gallery`: what there is to run.

use std::io::Write;

use anyhow::Result;
use netsplit_scenarios::gallery::gallery;

use crate::exit::Exit;

/// Grouped by topic, in the order of a course.
pub(super) fn list(out: &mut dyn Write) -> Result<Exit> {
    let width = gallery().iter().map(|item| item.path.len()).max().unwrap_or_default();
    let mut topic = "";
    for item in gallery() {
        if item.topic != topic {
            writeln!(out, "{}{}", if topic.is_empty() { "" } else { "\n" }, item.topic)?;
            topic = item.topic;
        }
        writeln!(out, "  {:width$}  {}", item.path, item.title)?;
    }
    Ok(Exit::Fine)
}

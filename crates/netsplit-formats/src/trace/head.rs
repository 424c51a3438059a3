//! The first line: the run itself, how far it was recorded, and its digest there.

use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::run::Run;
use serde_json::Value;

use super::VERSION;
use crate::line::Line;

/// The line for what lies behind the cursor.
pub(super) fn line(record: &RunRecord, run: &dyn Run) -> String {
    Line::new()
        .number("trace", VERSION)
        .number("steps", run.step().0)
        .number("time", run.now().0)
        .text("digest", &run.digest().to_string())
        .json("run", &in_one_line(&record.to_json()))
        .end()
}

/// A document is laid out for people; here it takes one line.
fn in_one_line(document: &str) -> String {
    let value: Value = serde_json::from_str(document).expect("a document is JSON");
    value.to_string()
}

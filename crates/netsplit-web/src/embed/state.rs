//! Where a run stands, as a host page is told.

use serde_json::{Value, json};

use crate::model::Model;

/// Where the run stands.
pub fn state(model: &Model) -> Value {
    let session = model.session();
    let (run, scenario) = (session.run(), session.scenario());
    json!({
        "title": scenario.title,
        "seed": scenario.seed.to_string(),
        "fragment": fragment(model),
        "t": run.now().0 / 1_000,
        "step": run.step().0,
        "digest": run.digest().to_string(),
        "playing": model.playback().playing(),
        "broken": run.violations().iter().map(|(_, violation)| violation.property).collect::<Vec<_>>(),
    })
}

/// The fragment that opens this moment.
pub fn fragment(model: &Model) -> String {
    model.fragment(&model.session().position())
}

//! How a node's clock is off: by how much, and how fast it runs.

use netsplit_sim::clock::MAX_DRIFT_PPM;
use netsplit_sim::id::NodeId;
use netsplit_sim::intervention::Intervention;
use netsplit_words::word;
use yew::prelude::{Callback, Html, html};

use super::decimal::Decimal;
use super::field::field;
use super::link_values::{BadValue, in_range};

/// What is typed about a clock so far.
#[derive(Clone, Debug, PartialEq)]
pub struct ClockEntry {
    /// The node.
    pub node: NodeId,
    /// How fast its clock runs now, in parts per million more than true time.
    before: i32,
    offset: String,
    drift: String,
}

impl ClockEntry {
    /// A clock as it is: how fast it runs, in parts per million more than true time.
    pub fn new(node: NodeId, drift_ppm: i32) -> Self {
        let drift = Decimal(i64::from(drift_ppm) * 100).to_string();
        Self { node, before: drift_ppm, offset: "0".to_owned(), drift }
    }

    /// What it does to the system: only what differs from how the clock is.
    pub fn done(&self) -> Result<Vec<Intervention>, BadValue> {
        let hour = Decimal::whole(3_600_000);
        let most = Decimal(i64::from(MAX_DRIFT_PPM) * 100);
        // A millionth of a millisecond is a nanosecond, and of a percent a hundredth of a ppm.
        let nanos = in_range(word!("the shift"), &self.offset, Decimal(-hour.0), hour)?.0;
        let ppm = (in_range(word!("the drift"), &self.drift, Decimal(-most.0), most)?.0 / 100) as i32;
        let mut done = Vec::new();
        if nanos != 0 {
            done.push(Intervention::ClockOffset(self.node, nanos));
        }
        if ppm != self.before {
            done.push(Intervention::ClockDrift(self.node, ppm));
        }
        Ok(done)
    }

    /// Its fields; `put` takes the entry as it is typed.
    pub fn fields(&self, put: &Callback<Self>) -> Html {
        let (one, other) = (self.clone(), self.clone());
        let offset = put.reform(move |offset| Self { offset, ..one.clone() });
        let drift = put.reform(move |drift| Self { drift, ..other.clone() });
        html! {
            <fieldset>
                { field(word!("shift by, ms"), &self.offset, offset) }
                { field(word!("runs faster by, %"), &self.drift, drift) }
            </fieldset>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NODE: NodeId = NodeId::server(1);

    fn done(offset: &str, drift: &str, before: i32) -> Result<Vec<Intervention>, BadValue> {
        ClockEntry { node: NODE, before, offset: offset.to_owned(), drift: drift.to_owned() }.done()
    }

    #[test]
    fn only_what_changes_is_done() {
        assert_eq!(ClockEntry::new(NODE, 15_000).done(), Ok(vec![]));
        assert_eq!(done("-20", "1.5", 15_000), Ok(vec![Intervention::ClockOffset(NODE, -20_000_000)]));
        assert_eq!(done("0", "0", 15_000), Ok(vec![Intervention::ClockDrift(NODE, 0)]));
    }

    #[test]
    fn more_drift_than_a_clock_may_have_is_refused() {
        let refused = done("0", "10000", 0).expect_err("it is out of range");
        assert!(refused.to_string().starts_with("the drift must be a number from -"), "{refused}");
    }
}

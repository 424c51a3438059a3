//! How a node's clock is off: by how much, and how fast it runs.

use netsplit_sim::clock::MAX_DRIFT_PPM;
use netsplit_sim::id::NodeId;
use netsplit_sim::intervention::Intervention;
use netsplit_view::geometry::Point;
use yew::prelude::{Callback, Html, Properties, component, html, use_state};

use super::field::Field;
use super::form::Form;
use super::link_values::{BadValue, number, shown};

/// What the form is made of.
#[derive(Clone, PartialEq, Properties)]
pub struct ClockFormProps {
    /// The node.
    pub node: NodeId,
    /// How fast its clock runs now, in parts per million more than true time.
    pub drift_ppm: i32,
    /// Where the form opens.
    pub at: Point,
    /// Does this to the system.
    pub on_do: Callback<Vec<Intervention>>,
    /// It is to be closed.
    pub on_close: Callback<bool>,
}

/// The form of a clock.
#[component]
pub fn ClockForm(props: &ClockFormProps) -> Html {
    let offset = use_state(|| "0".to_owned());
    let drift = use_state(|| shown(f64::from(props.drift_ppm) / 10_000.0));
    let refused = use_state(|| None);
    let on_done = {
        let (offset, drift, refused, props) = (offset.clone(), drift.clone(), refused.clone(), props.clone());
        Callback::from(move |()| match set(props.node, &offset, &drift, props.drift_ppm) {
            Ok(done) => props.on_do.emit(done),
            Err(bad) => refused.set(Some(bad.to_string())),
        })
    };
    let typed = |state: &yew::prelude::UseStateHandle<String>| {
        let state = state.clone();
        Callback::from(move |text| state.set(text))
    };
    html! {
        <Form title={format!("Clock of {}", props.node)} at={props.at} done="Set" {on_done}
            on_close={props.on_close.clone()} refused={(*refused).clone()}>
            <fieldset>
                <Field label="shift by, ms" value={(*offset).clone()} on_input={typed(&offset)} />
                <Field label="runs faster by, %" value={(*drift).clone()} on_input={typed(&drift)} />
            </fieldset>
        </Form>
    }
}

/// Only what differs from how the clock is.
fn set(node: NodeId, offset: &str, drift: &str, before: i32) -> Result<Vec<Intervention>, BadValue> {
    let hour = 3_600_000.0;
    let nanos = (number("the shift", offset, -hour, hour)? * 1e6).round() as i64;
    let most = f64::from(MAX_DRIFT_PPM) / 10_000.0;
    let ppm = (number("the drift", drift, -most, most)? * 10_000.0).round() as i32;
    let shift = (nanos != 0).then_some(Intervention::ClockOffset(node, nanos));
    let pace = (ppm != before).then_some(Intervention::ClockDrift(node, ppm));
    Ok(shift.into_iter().chain(pace).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NODE: NodeId = NodeId::server(1);

    #[test]
    fn only_what_changes_is_done() {
        assert_eq!(set(NODE, "0", "1.5", 15_000), Ok(vec![]));
        assert_eq!(set(NODE, "-20", "1.5", 15_000), Ok(vec![Intervention::ClockOffset(NODE, -20_000_000)]));
        assert_eq!(set(NODE, "0", "0", 15_000), Ok(vec![Intervention::ClockDrift(NODE, 0)]));
    }

    #[test]
    fn more_drift_than_a_clock_may_have_is_refused() {
        let refused = set(NODE, "0", "10000", 0).expect_err("it is out of range");
        assert!(refused.to_string().starts_with("the drift must be a number from -"), "{refused}");
    }
}

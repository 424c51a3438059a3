//! What is typed into an open line of the fault script, and what it means.

use netsplit_sim::clock::MAX_DRIFT_PPM;
use netsplit_sim::history::Function;
use netsplit_sim::intervention::Intervention;
use netsplit_sim::time::SimTime;
use netsplit_view::format;
use netsplit_words::{say, word};
use yew::prelude::{Callback, Html, html};

use crate::stage::decimal::Decimal;
use crate::stage::field::field;
use crate::stage::link_form::LinkEntry;
use crate::stage::link_values::in_range;
use crate::stage::request_form::{Asks, RequestEntry};

/// What is typed and not yet applied.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    /// How a link behaves.
    Link(Box<LinkEntry>),
    /// An operation.
    Request(RequestEntry),
    /// One number.
    Number(&'static str, String),
    /// There is nothing to type.
    Nothing,
}

impl Typed {
    /// What stands in the fields at first.
    pub fn of(what: &Intervention, asks: Asks) -> Self {
        match what {
            Intervention::SetLink(link, model) => {
                Self::Link(Box::new(LinkEntry::alone(*link, model.clone())))
            }
            Intervention::Request { client, operation, via } if operation.function != Function::Cas => {
                Self::Request(RequestEntry::of(asks, *client, *operation, *via))
            }
            Intervention::ClockOffset(_, nanos) => Self::number(word!("shifted by, ms"), *nanos),
            Intervention::ClockDrift(_, ppm) => {
                Self::number(word!("runs faster by, %"), i64::from(*ppm) * 100)
            }
            Intervention::Retime(_, to) => {
                Self::number(word!("arrives at, ms"), i64::try_from(to.0).unwrap_or(i64::MAX))
            }
            _ => Self::Nothing,
        }
    }

    fn number(label: &'static str, millionths: i64) -> Self {
        Self::Number(label, Decimal(millionths).to_string())
    }

    /// The fields; `put` takes what is typed. Nothing if there is nothing to type.
    pub fn fields(&self, put: &Callback<Self>) -> Option<Html> {
        match self {
            Self::Link(entry) => Some(entry.fields(&put.reform(|entry| Self::Link(Box::new(entry))))),
            Self::Request(entry) => Some(entry.fields(&put.reform(Self::Request))),
            Self::Number(label, text) => {
                let label = *label;
                let put = put.reform(move |text| Self::Number(label, text));
                Some(html! { <fieldset>{ field(label, text, put) }</fieldset> })
            }
            Self::Nothing => None,
        }
    }

    /// What the line then does, or in a sentence why it cannot.
    pub fn done(&self, before: &Intervention) -> Result<Intervention, String> {
        let done = match (self, before) {
            (Self::Link(entry), _) => entry.done().map(|mut done| done.swap_remove(0)),
            (Self::Request(entry), _) => Ok(entry.done().swap_remove(0)),
            (Self::Number(_, text), Intervention::ClockOffset(id, _)) => {
                let hour = Decimal::whole(3_600_000);
                let nanos = in_range(word!("the shift"), text, Decimal(-hour.0), hour);
                nanos.map(|nanos| Intervention::ClockOffset(*id, nanos.0))
            }
            (Self::Number(_, text), Intervention::ClockDrift(id, _)) => {
                let most = Decimal(i64::from(MAX_DRIFT_PPM) * 100);
                let drift = in_range(word!("the drift"), text, Decimal(-most.0), most);
                drift.map(|drift| Intervention::ClockDrift(*id, (drift.0 / 100) as i32))
            }
            (Self::Number(_, text), Intervention::Retime(id, _)) => {
                let at = in_range(word!("the time of arrival"), text, Decimal(0), Decimal::whole(7_200_000));
                at.map(|at| Intervention::Retime(*id, SimTime(at.0.unsigned_abs())))
            }
            (Self::Number(..) | Self::Nothing, _) => Ok(before.clone()),
        };
        done.map_err(|bad| say!("{error}.", error = format::capital(&bad.to_string())))
    }
}

#[cfg(test)]
mod tests {
    use netsplit_sim::history::Operation;
    use netsplit_sim::id::{Link, MessageId, NodeId, Topology};

    use super::*;

    const NODE: NodeId = NodeId::server(1);

    fn message() -> MessageId {
        MessageId { link: Link::new(NODE, NodeId::server(2)), index: 3, copy: 0 }
    }

    const ASKS: Asks = Asks {
        topology: Topology { servers: 5, clients: 2 },
        functions: &[Function::Read],
        replica_choice: true,
    };

    #[test]
    fn what_is_left_as_it_was_means_what_it_meant() {
        for what in [
            Intervention::ClockOffset(NODE, -20_500_000),
            Intervention::ClockDrift(NODE, 15_000),
            Intervention::Retime(message(), SimTime(1_234_567_890)),
            Intervention::Drop(message()),
            Intervention::Request {
                client: NodeId::client(1),
                operation: Operation::add(2, -1).by_replicas(3),
                via: None,
            },
        ] {
            assert_eq!(Typed::of(&what, ASKS).done(&what), Ok(what));
        }
    }

    #[test]
    fn a_number_out_of_range_is_refused_by_a_sentence() {
        let before = Intervention::Retime(message(), SimTime(5));
        let typed = Typed::Number("", "-1".to_owned());
        let sentence = typed.done(&before).expect_err("no message arrives before the run begins");
        assert_eq!(sentence, "The time of arrival must be a number from 0 to 7200000.");
    }
}

//! When a message under way arrives, in numbers instead of by dragging.

use netsplit_sim::id::MessageId;
use netsplit_sim::intervention::Intervention;
use netsplit_sim::time::SimTime;
use netsplit_words::word;
use yew::prelude::{Callback, Html, html};

use super::decimal::Decimal;
use super::field::field;
use super::link_values::{BadValue, in_range};

/// What is typed about a message's arrival so far.
#[derive(Clone, Debug, PartialEq)]
pub struct RetimeEntry {
    /// The message.
    pub message: MessageId,
    /// When it would arrive.
    before: SimTime,
    /// In milliseconds.
    at: String,
}

/// No run is longer, in milliseconds.
const LONGEST: i64 = 7_200_000;

impl RetimeEntry {
    /// A message that would arrive then.
    pub fn new(message: MessageId, before: SimTime) -> Self {
        let at = Decimal(i64::try_from(before.0).unwrap_or(i64::MAX)).to_string();
        Self { message, before, at }
    }

    /// What it does to the system: nothing if nothing was changed.
    pub fn done(&self) -> Result<Vec<Intervention>, BadValue> {
        let at = in_range(word!("the time of arrival"), &self.at, Decimal(0), Decimal::whole(LONGEST))?;
        let at = SimTime(at.0.unsigned_abs());
        let changed = at != self.before;
        Ok(changed.then_some(Intervention::Retime(self.message, at)).into_iter().collect())
    }

    /// Its fields; `put` takes the entry as it is typed.
    pub fn fields(&self, put: &Callback<Self>) -> Html {
        let entry = self.clone();
        let typed = put.reform(move |at| Self { at, ..entry.clone() });
        html! { <fieldset>{ field(word!("arrives at, ms"), &self.at, typed) }</fieldset> }
    }
}

#[cfg(test)]
mod tests {
    use netsplit_sim::id::{Link, NodeId};

    use super::*;

    #[test]
    fn only_another_time_does_something() {
        let message = MessageId { link: Link::new(NodeId::server(0), NodeId::server(1)), index: 2, copy: 0 };
        let entry = RetimeEntry::new(message, SimTime(415_250_000));
        assert_eq!((entry.at.as_str(), entry.done()), ("415.25", Ok(vec![])));
        let later = RetimeEntry { at: "430".to_owned(), ..entry.clone() };
        assert_eq!(later.done(), Ok(vec![Intervention::Retime(message, SimTime::from_millis(430))]));
        assert!(RetimeEntry { at: "soon".to_owned(), ..entry }.done().is_err());
    }
}

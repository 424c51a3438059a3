//! What is lit: the causal cone of what is selected, or what one participant can know. Everything else
//! is dim, on diagram, stage and event list alike.

use netsplit_sim::event::{Event, EventKind};
use netsplit_sim::id::{MessageId, NodeId, Step};
use netsplit_sim::run::{FlightView, Run};
use netsplit_view::cone::{Cone, Influence, Knowledge};
use netsplit_view::history::served::Served;
use netsplit_view::inspector::Selection;

use super::diagram::Diagram;

/// What is lit.
#[derive(Clone, Debug, PartialEq)]
pub enum Sight {
    /// What could have influenced an event or message, and what that could influence.
    Cone(Cone),
    /// What a participant can know at the cursor.
    Knowledge(Knowledge),
    /// What served an operation of a client.
    Served(Served),
}

impl Sight {
    /// What is lit; nothing if nothing is dim.
    pub fn of(run: &dyn Run, diagram: &Diagram, selection: Option<Selection>) -> Option<Self> {
        if let Some(id) = diagram.knows.filter(|id| run.topology().contains(*id)) {
            return Some(Self::Knowledge(Knowledge::of(run, id)));
        }
        match selection.filter(|_| !diagram.plain)? {
            Selection::Event(step) => Cone::of(run, step).map(Self::Cone),
            Selection::Message(id) => {
                let (sent, handled) = course(run, id)?;
                Some(Self::Cone(Cone::of_message(run, sent, handled)))
            }
            Selection::Operation(invoked) => Served::of(run, invoked).map(Self::Served),
            Selection::Node(_) | Selection::Link(_) | Selection::Wall(_) => None,
        }
    }

    /// How an event lies to it.
    pub fn event(&self, run: &dyn Run, event: &Event) -> Influence {
        match self {
            Self::Cone(cone) => cone.event(run, event),
            Self::Knowledge(knowledge) if knowledge.knows_event(run, event) => Influence::Past,
            Self::Served(served) if served.event(run, event) => Influence::Past,
            Self::Knowledge(_) | Self::Served(_) => Influence::Apart,
        }
    }

    /// How an event lies to it, by its number.
    pub fn step(&self, run: &dyn Run, step: Step) -> Influence {
        run.event(step).map_or(Influence::Apart, |event| self.event(run, event))
    }

    /// How a message lies to it: who sent it by which event, and which event handled it.
    pub fn message(&self, id: MessageId, sent: Step, handled: Option<Step>) -> Influence {
        let (from, to) = (id.link.from, id.link.to);
        match self {
            Self::Cone(cone) => cone.message((from, sent), handled.map(|step| (to, step))),
            Self::Knowledge(knowledge) if knowledge.knows(from, sent) => Influence::Past,
            Self::Served(served) if served.message((from, sent), handled.map(|step| (to, step))) => {
                Influence::Past
            }
            Self::Knowledge(_) | Self::Served(_) => Influence::Apart,
        }
    }

    /// Whether a message under way is lit.
    pub fn flight(&self, flight: &FlightView) -> bool {
        let is_it = matches!(self, Self::Cone(cone) if cone.of == flight.cause);
        is_it || self.message(flight.id, flight.cause, None) != Influence::Apart
    }

    /// Whether a participant, as it is at the cursor, is lit.
    pub fn node(&self, run: &dyn Run, id: NodeId) -> bool {
        match self {
            Self::Cone(_) => {
                let (past, future) = self.reach(id);
                let changed = run.changed_at(id);
                past.is_some_and(|past| changed <= past) || future.is_some_and(|future| changed >= future)
            }
            Self::Knowledge(knowledge) => knowledge.is_current(run, id),
            Self::Served(served) => {
                let (first, last) = served.between(id);
                let changed = run.changed_at(id);
                first.is_some_and(|first| first <= changed) && last.is_none_or(|last| changed <= last)
            }
        }
    }

    /// Up to which event of a participant, and from which on, it is lit.
    pub fn reach(&self, id: NodeId) -> (Option<Step>, Option<Step>) {
        match self {
            Self::Cone(cone) => cone.reach(id),
            Self::Knowledge(knowledge) => (knowledge.latest(id), None),
            Self::Served(_) => (None, None),
        }
    }

    /// The first and the last event of a participant that served an operation; no last one while there is no
    /// answer.
    pub fn between(&self, id: NodeId) -> Option<(Step, Option<Step>)> {
        let Self::Served(served) = self else { return None };
        let (first, last) = served.between(id);
        first.map(|first| (first, last))
    }

    /// Whether it is what served an operation.
    pub fn is_operation(&self) -> bool {
        matches!(self, Self::Served(_))
    }

    /// Whose knowledge it is.
    pub fn knower(&self) -> Option<NodeId> {
        match self {
            Self::Cone(_) | Self::Served(_) => None,
            Self::Knowledge(knowledge) => Some(knowledge.of),
        }
    }
}

/// The event that sent a message, and the one that handled it, if they are known. Messages that are
/// looked at are recent, so they are looked for from the end.
fn course(run: &dyn Run, id: MessageId) -> Option<(Step, Option<Step>)> {
    let delivers = |event: &&Event| matches!(event.kind, EventKind::Deliver { message, .. } if message == id);
    if let Some(arrival) = run.known_events().rev().find(delivers) {
        return arrival.cause.map(|cause| (cause, Some(arrival.step)));
    }
    let sends = |step: &Step| run.sent(*step).iter().any(|row| row.id == id);
    (0..=run.known().step.0).rev().map(Step).find(sends).map(|step| (step, None))
}

#[cfg(test)]
mod tests {
    use netsplit_scenarios::gallery;
    use netsplit_scenarios::open::open;
    use netsplit_sim::time::SimTime;

    use super::*;

    /// A story of the gallery at this time, with the first second known.
    fn story(millis: u64) -> Box<dyn Run> {
        let record = gallery::find(gallery::FIRST).expect("it is in the gallery").record();
        let mut run = open(&record.expect("it is well-formed")).expect("it opens");
        run.seek(SimTime::from_millis(1_000)).expect("it runs");
        run.seek(SimTime::from_millis(millis)).expect("it was there");
        run
    }

    fn some_arrival(run: &dyn Run) -> (MessageId, Step) {
        let arrival = |event: &Event| match event.kind {
            EventKind::Deliver { message, .. } => Some((message, event.step)),
            _ => None,
        };
        run.past().filter_map(arrival).next_back().expect("something arrived")
    }

    #[test]
    fn nothing_is_dim_unless_an_event_or_message_is_selected() {
        let run = story(600);
        let diagram = Diagram::default();
        assert_eq!(Sight::of(&*run, &diagram, None), None);
        assert_eq!(Sight::of(&*run, &diagram, Some(Selection::Node(NodeId::server(0)))), None);
        let (_, step) = some_arrival(&*run);
        assert!(Sight::of(&*run, &diagram, Some(Selection::Event(step))).is_some());
        let plain = Diagram { plain: true, ..diagram };
        assert_eq!(Sight::of(&*run, &plain, Some(Selection::Event(step))), None);
    }

    #[test]
    fn a_selected_message_lights_what_led_to_it_and_what_came_of_it() {
        let run = story(600);
        let (id, step) = some_arrival(&*run);
        let sight = Sight::of(&*run, &Diagram::default(), Some(Selection::Message(id))).expect("it is known");
        let sent = run.event(step).and_then(|event| event.cause).expect("somebody sent it");
        assert_eq!(sight.step(&*run, sent), Influence::Past);
        let later = run.known_events().filter(|event| event.step > step);
        assert!(later.into_iter().any(|event| sight.event(&*run, event) == Influence::Future));
    }

    #[test]
    fn what_one_participant_can_know_comes_before_the_cone() {
        let run = story(600);
        let (_, step) = some_arrival(&*run);
        let diagram = Diagram { knows: Some(NodeId::server(1)), ..Diagram::default() };
        let sight = Sight::of(&*run, &diagram, Some(Selection::Event(step))).expect("it is there");
        assert_eq!(sight.knower(), Some(NodeId::server(1)));
        assert!(sight.node(&*run, NodeId::server(1)), "everybody knows itself");
    }
}

//! The laws of joining, for every kind of state: told the same, replicas are the same.

use netsplit_sim::clock::LocalTime;
use netsplit_sim::id::NodeId;
use proptest::prelude::*;

use super::*;
use crate::register::types::{OpId, Serial};
use crate::version_vector::{Dot, VersionVector};

fn n(number: u16) -> NodeId {
    NodeId::server(number - 1)
}

const KINDS: [Kind; 6] =
    [Kind::Tagged, Kind::Stamped, Kind::Siblings, Kind::Counter, Kind::Set, Kind::Numbered];

/// The state after an update through this server; `step` makes versions differ.
fn updated(state: &State, server: NodeId, number: i64, step: u64) -> State {
    let value = Value::Number(number);
    match state {
        State::Tagged(own) => {
            let writer = OpId { client: NodeId::client(server.index()), serial: Serial(step as u32) };
            let tag = Tag { number: own.tag.number + 1, writer: Some(writer) };
            State::Tagged(Tagged { tag, value })
        }
        State::Stamped(_) => {
            let stamp = Stamp { time: LocalTime(step as i64 / 2), node: server };
            state.join(&State::Stamped(Stamped { stamp: Some(stamp), value }))
        }
        State::Siblings(siblings) => {
            let past = if step.is_multiple_of(2) { siblings.context() } else { VersionVector::default() };
            State::Siblings(siblings.write(&past, Dot::new(server, step as u32), number))
        }
        State::Counter(counter) => State::Counter(Rc::new(counter.add(server, number))),
        State::Set(set) if step.is_multiple_of(3) => State::Set(Rc::new(set.remove(number))),
        State::Set(set) => State::Set(Rc::new(set.add(server, number))),
        State::Numbered(own) => {
            State::Numbered(Numbered { view: View(u32::from(server.index())), number: own.number + 1, value })
        }
    }
}

/// Three replicas after some updates and some telling.
fn replicas(kind: Kind, actions: &[(bool, u16, u16, i64)]) -> [State; 3] {
    let mut states = [0; 3].map(|_| State::empty(kind));
    for (step, (tells, at, from, number)) in (1..).zip(actions) {
        let (at, from) = (usize::from(*at), usize::from(*from));
        states[at] = if *tells {
            states[at].join(&states[from])
        } else {
            updated(&states[at], n(at as u16 + 1), *number, step)
        };
    }
    states
}

fn actions() -> impl Strategy<Value = Vec<(bool, u16, u16, i64)>> {
    prop::collection::vec((any::<bool>(), 0u16..3, 0u16..3, -2i64..4), 0..24)
}

proptest! {
    #[test]
    fn joining_knows_no_order_and_no_repetition(actions in actions()) {
        for kind in KINDS {
            let [a, b, c] = replicas(kind, &actions);
            prop_assert_eq!(a.join(&b).join(&c), a.join(&b.join(&c)), "{:?}", kind);
            prop_assert_eq!(a.join(&a), a.clone());
            // Two writes may have one stamp only here, where time is coarse.
            if kind != Kind::Stamped && kind != Kind::Numbered {
                prop_assert_eq!(a.join(&b), b.join(&a), "{:?}", kind);
            }
        }
    }

    #[test]
    fn what_covers_another_is_left_as_it_is_by_joining_it(actions in actions()) {
        for kind in KINDS {
            let [a, b, _] = replicas(kind, &actions);
            let joined = a.join(&b);
            prop_assert!(joined.covers(&a) && joined.covers(&b), "{:?}", kind);
            prop_assert_eq!(a.covers(&b), joined == a, "{:?}: {:?} and {:?}", kind, a, b);
        }
    }
}

#[test]
fn one_ticket_sold_through_two_servers_leaves_minus_one() {
    let one = Counter::default().add(n(1), 1);
    let (left, right) = (one.add(n(1), -1), one.add(n(3), -1));
    assert_eq!((left.total(), right.total()), (0, 0));
    assert_eq!(left.join(&right).total(), -1);
    assert_eq!(left.join(&right).join(&left).total(), -1, "told twice, counted once");
    assert_eq!(left.sum(&right).total(), 0, "the flaw counts the one ticket twice");
}

#[test]
fn an_addition_wins_over_a_removal_that_had_not_seen_it() {
    let both = OrSet::default().add(n(1), 7);
    let (removed, added_again) = (both.remove(7), both.add(n(2), 7));
    assert_eq!(removed.join(&added_again).elements(), [7]);
    assert_eq!(both.join(&removed).elements(), [0; 0], "a removal that had seen it wins");
}

#[test]
fn registers_cannot_compare_and_set_and_a_primary_can() {
    for kind in KINDS {
        assert_eq!(kind.supports(Function::Cas), kind == Kind::Numbered, "{kind:?}");
        assert!(kind.supports(Function::Read));
    }
}

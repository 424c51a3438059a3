//! Version vectors by small stories, and against the truth: causal histories as plain sets of events.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

fn n(number: u16) -> NodeId {
    NodeId::server(number - 1)
}

fn dot(number: u16, counter: u32) -> Dot {
    Dot::new(n(number), counter)
}

fn vector(dots: &[Dot]) -> VersionVector {
    dots.iter().fold(VersionVector::default(), |vector, dot| vector.with(*dot))
}

fn values(siblings: &Siblings<u32>) -> Vec<u32> {
    siblings.versions().iter().map(|version| version.value).collect()
}

#[test]
fn a_vector_has_seen_all_events_up_to_the_last() {
    let seen = vector(&[dot(2, 1), dot(1, 3)]);
    assert!(seen.covers(dot(1, 2)) && seen.covers(dot(1, 3)) && !seen.covers(dot(1, 4)));
    assert!(!seen.covers(dot(3, 1)) && seen.counter(dot(3, 1).actor) == 0);
    assert_eq!(seen.entries(), [dot(1, 3), dot(2, 1)]);
}

#[test]
fn vectors_stand_to_each_other_as_what_they_have_seen() {
    let (one, two) = (vector(&[dot(1, 1)]), vector(&[dot(1, 2)]));
    let aside = vector(&[dot(2, 1)]);
    assert_eq!(one.compare(&one), Causality::Equal);
    assert_eq!(one.compare(&two), Causality::Before);
    assert_eq!(two.compare(&one), Causality::After);
    assert_eq!(one.compare(&aside), Causality::Concurrent);
    assert_eq!(VersionVector::default().compare(&one), Causality::Before);
}

#[test]
fn two_blind_writes_through_one_server_are_siblings_and_not_one_lost_update() {
    let nothing = VersionVector::default();
    let first = Siblings::default().write(&nothing, dot(1, 1), 10);
    let both = first.write(&nothing, dot(1, 2), 20);
    assert_eq!(values(&both), [10, 20]);
    assert_eq!(both.versions()[0].compare(&both.versions()[1]), Causality::Concurrent);
}

#[test]
fn a_write_after_reading_both_siblings_replaces_both() {
    let nothing = VersionVector::default();
    let both = Siblings::default().write(&nothing, dot(1, 1), 10).write(&nothing, dot(1, 2), 20);
    let resolved = Siblings::default().write(&both.context(), dot(2, 1), 30);
    assert_eq!(values(&both.merge(&resolved)), [30]);
    assert_eq!(both.compare(&resolved), Causality::Before);
}

#[test]
fn a_write_after_reading_one_sibling_leaves_the_other() {
    let nothing = VersionVector::default();
    let first = Siblings::default().write(&nothing, dot(1, 1), 10);
    let both = first.write(&nothing, dot(1, 2), 20);
    assert_eq!(values(&both.write(&first.context(), dot(1, 3), 30)), [20, 30]);
}

#[test]
fn a_new_life_of_a_server_does_not_cover_writes_of_its_last() {
    let reborn = Dot { actor: Actor { node: n(1), epoch: 7 }, counter: 1 };
    assert!(!vector(&[reborn]).covers(dot(1, 1)));
}

#[test]
fn what_is_no_news_is_merged_without_a_copy() {
    let first = Siblings::default().write(&VersionVector::default(), dot(1, 1), 10);
    let second = first.write(&first.context(), dot(2, 1), 20);
    assert!(first.merge(&second).shares(&second) && second.merge(&first).shares(&second));
    assert_eq!(second.clone().heap(Some(&second)), 0);
}

/// What happens between three servers.
#[derive(Clone, Copy, Debug)]
enum Action {
    /// Somebody who read at one server (or nowhere) writes at another.
    Write { read: Option<u16>, at: u16 },
    /// One server tells another everything it holds.
    Tell { from: u16, to: u16 },
}

fn action() -> impl Strategy<Value = Action> {
    let server = 1u16..=3;
    prop_oneof![
        (proptest::option::of(server.clone()), server.clone())
            .prop_map(|(read, at)| Action::Write { read, at }),
        (server.clone(), server).prop_map(|(from, to)| Action::Tell { from, to }),
    ]
}

/// The truth: each write's name with the names of all writes its writer knew of, itself included.
type Histories = BTreeMap<Dot, BTreeSet<Dot>>;

/// What a server holds, and what it was ever told of.
#[derive(Clone, Debug, Default)]
struct Replica {
    siblings: Siblings<u32>,
    told: BTreeSet<Dot>,
}

fn perform(actions: &[Action]) -> (Histories, BTreeMap<u16, Replica>) {
    let mut truth = Histories::new();
    let mut replicas: BTreeMap<u16, Replica> = (1..=3).map(|server| (server, Replica::default())).collect();
    for (counter, action) in (1..).zip(actions) {
        match *action {
            Action::Write { read, at } => {
                let seen = read.map(|server| replicas[&server].siblings.clone()).unwrap_or_default();
                let mut history: BTreeSet<Dot> =
                    seen.versions().iter().flat_map(|version| truth[&version.dot].iter().copied()).collect();
                let name = dot(at, counter);
                history.insert(name);
                truth.insert(name, history);
                let replica = replicas.get_mut(&at).expect("one of three");
                replica.siblings = replica.siblings.write(&seen.context(), name, counter);
                replica.told.insert(name);
            }
            Action::Tell { from, to } => {
                let teller = replicas[&from].clone();
                let hearer = replicas.get_mut(&to).expect("one of three");
                hearer.siblings = hearer.siblings.merge(&teller.siblings);
                hearer.told.extend(teller.told);
            }
        }
    }
    (truth, replicas)
}

proptest! {
    #[test]
    fn a_server_holds_exactly_what_it_was_told_of_and_nothing_it_was_told_of_follows(
        actions in proptest::collection::vec(action(), 1..24)
    ) {
        let (truth, replicas) = perform(&actions);
        for replica in replicas.values() {
            let followed = |name: &Dot| {
                replica.told.iter().any(|other| other != name && truth[other].contains(name))
            };
            let expected: Vec<Dot> = replica.told.iter().filter(|name| !followed(name)).copied().collect();
            let held: Vec<Dot> = replica.siblings.versions().iter().map(|version| version.dot).collect();
            prop_assert_eq!(held, expected);
        }
    }

    #[test]
    fn siblings_are_pairwise_concurrent_and_merging_knows_no_order(
        actions in proptest::collection::vec(action(), 1..24)
    ) {
        let (_, replicas) = perform(&actions);
        let [a, b, c] = [1, 2, 3].map(|server| replicas[&server].siblings.clone());
        for version in a.versions() {
            let others = a.versions().iter().filter(|other| other.dot != version.dot);
            for other in others {
                prop_assert_eq!(version.compare(other), Causality::Concurrent);
            }
        }
        prop_assert_eq!(a.merge(&b), b.merge(&a));
        prop_assert_eq!(a.merge(&b).merge(&c), a.merge(&b.merge(&c)));
        prop_assert_eq!(a.merge(&a), a.clone());
        prop_assert!(a.merge(&b).covers(&a) && a.merge(&b).covers(&b));
        prop_assert_eq!(a.merge(&b).context(), a.context().merge(&b.context()));
    }
}

//! Causal pasts and futures.

use std::collections::BTreeSet;

use expect_test::expect;
use netsplit_scenarios::gallery::gallery;
use netsplit_sim::event::{Arrival, Event, EventKind};
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::Run;
use netsplit_view::cone::{Cone, Influence, Knowledge};

use crate::told::gallery_story;

/// The events from which arrows of influence lead straight to each event: the last one at the same
/// participant, and the sender's. To what reached nobody only its cause leads.
fn edges(run: &dyn Run) -> Vec<BTreeSet<u64>> {
    let mut latest = std::collections::BTreeMap::new();
    let mut edges = vec![BTreeSet::new()];
    for event in run.known_events() {
        let cause = event.cause.map(|cause| cause.0).filter(|cause| *cause > 0);
        let mut causes: BTreeSet<u64> = cause.into_iter().collect();
        if let Some(id) = acting(run, event) {
            causes.extend(latest.insert(id, event.step.0));
        }
        edges.push(causes);
    }
    edges
}

fn acting(run: &dyn Run, event: &Event) -> Option<NodeId> {
    match event.kind {
        EventKind::Deliver { arrival: Arrival::Waits | Arrival::NobodyThere, .. } => None,
        EventKind::Timer { waits: true, .. } | EventKind::Intervene { refused: Some(_), .. } => None,
        EventKind::Intervene { index, .. } => run.script()[index as usize].what.target(),
        kind => kind.node(),
    }
}

/// The whole past of an event by following every edge.
fn past_by_hand(edges: &[BTreeSet<u64>], step: u64) -> BTreeSet<u64> {
    let (mut past, mut open) = (BTreeSet::new(), vec![step]);
    while let Some(step) = open.pop() {
        open.extend(edges[step as usize].iter().copied().filter(|cause| past.insert(*cause)));
    }
    past
}

fn in_past(run: &dyn Run, cone: &Cone) -> BTreeSet<u64> {
    let past = |event: &&Event| cone.event(run, event) == Influence::Past;
    run.known_events().filter(past).map(|event| event.step.0).collect()
}

#[test]
fn the_past_is_what_arrows_of_influence_lead_from() {
    for item in gallery() {
        let path = item.path;
        let told = gallery_story(path, 0);
        let (run, edges) = (&*told.run, edges(&*told.run));
        for step in (1..edges.len() as u64).step_by(37) {
            let cone = Cone::of(run, Step(step)).expect("it is kept");
            assert_eq!(in_past(run, &cone), past_by_hand(&edges, step), "{path}, step {step}");
        }
    }
}

#[test]
fn what_lies_in_the_past_of_an_event_has_it_in_its_future() {
    let told = gallery_story("raft/leader-crash", 0);
    let run = &*told.run;
    let steps = (1..=run.known().step.0).step_by(29).map(Step);
    let cones: Vec<Cone> = steps.filter_map(|step| Cone::of(run, step)).collect();
    let lies = |cone: &Cone, step: Step| cone.event(run, run.event(step).expect("it is kept"));
    for one in &cones {
        for other in &cones {
            let (there, back) = (lies(one, other.of), lies(other, one.of));
            assert_eq!(there == Influence::Past, back == Influence::Future, "{:?} {:?}", one.of, other.of);
        }
    }
}

#[test]
fn the_past_is_transitive() {
    let told = gallery_story("raft/minority-leader", 0);
    let run = &*told.run;
    let last = Cone::of(run, run.known().step).expect("it is kept");
    let whole = in_past(run, &last);
    for &step in whole.iter().step_by(41) {
        let part = Cone::of(run, Step(step)).expect("it is kept");
        assert!(in_past(run, &part).is_subset(&whole), "of step {step}");
    }
}

#[test]
fn a_wall_influences_nobody_by_itself() {
    let told = gallery_story("raft/minority-leader", 0);
    let wall = told.run.outcome(0).expect("it was raised").moment.step;
    let cone = Cone::of(&*told.run, wall).expect("it is kept");
    assert_eq!(in_past(&*told.run, &cone), BTreeSet::new());
    assert_eq!(cone.words(&*told.run)[1], "Could influence nobody else.");
}

#[test]
fn behind_a_wall_a_leader_knows_the_others_as_they_were() {
    let told = gallery_story("raft/minority-leader", 1_500);
    let knowledge = Knowledge::of(&*told.run, NodeId::server(0));
    let lines: Vec<String> = knowledge.words(&*told.run).into_iter().map(|(_, words)| words).collect();
    expect![[r#"
        n2 as it was at 0.974 s, 0.52 s ago
        n3 as it was at 0.926 s, 0.57 s ago
        n4 as it was at 0.978 s, 0.52 s ago
        n5 as it was at 1.471 s, 28 ms ago, and it is still so
        c1 as it was at 0.500 s, 1.00 s ago
        c2 as it was at 0.790 s, 0.70 s ago"#]]
    .assert_eq(&lines.join("\n"));
    assert!(!knowledge.is_current(&*told.run, NodeId::server(2)));
}

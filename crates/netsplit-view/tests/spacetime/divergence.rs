//! Where two runs part.

use expect_test::expect;
use netsplit_scenarios::gallery;
use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::id::{MessageId, NodeId};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::run::Run;
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_view::divergence::{Comparison, Named, compare};

use crate::told::gallery_story;

fn record() -> RunRecord {
    gallery::find("raft/minority-leader").expect("it is in the gallery").record().expect("it is well-formed")
}

fn played(record: &RunRecord) -> Box<dyn Run> {
    let mut run = open(record).expect("it opens");
    run.seek(run.until()).expect("it runs");
    run
}

fn compared(one: &dyn Run, other: &dyn Run) -> Comparison {
    let named = |run, name| Named { run, name };
    compare(named(one, "main"), named(other, "second"), SimTime::ZERO)
}

/// A fork of the story at this time, in which something else is done, played to its end.
fn forked(at: u64, what: Intervention) -> (Box<dyn Run>, Box<dyn Run>) {
    let told = gallery_story("raft/minority-leader", at);
    let mut fork = told.run.fork();
    fork.intervene(what).expect("it can be part of the run");
    fork.seek(fork.until()).expect("it runs");
    (told.run, fork)
}

#[test]
fn a_run_is_the_same_as_itself() {
    let run = played(&record());
    let found = compared(&*run, &*played(&record()));
    assert_eq!((found.done, found.event, found.lanes.len()), (None, None, 0));
    assert_eq!(found.sentence, "“main” and “second” are the same up to 6.000 s, as far as both are known.");
}

#[test]
fn a_fork_parts_by_what_is_done_and_then_by_its_first_consequence() {
    let (main, fork) = forked(500, Intervention::Crash(NodeId::server(0), CrashKind::KeepWritten));
    let found = compared(&*main, &*fork);
    expect!["What is done differs at 0.500 s: n1 crashes. In “second” only. The first event that differs comes at 0.506 s: n1 tells all others that it leads term 1. In “main” only."].assert_eq(&found.sentence);
    let event = found.event.expect("the crash has consequences");
    let only = main.event(event.here.expect("only the first has it").step).expect("it is kept");
    assert_eq!((only.time, only.kind.node(), event.there), (event.at, Some(NodeId::server(0)), None));
    assert!(found.lanes.iter().any(|(id, _)| *id == NodeId::server(0)));
    assert!(found.lanes.iter().all(|(_, from)| *from >= event.at));
}

#[test]
fn a_message_dragged_later_is_the_first_difference_wherever_it_arrives() {
    let told = gallery_story("raft/minority-leader", 300);
    let mut flights = Vec::new();
    told.run.flights(&mut flights);
    let (mut step, mut run) = (0, told.run.fork());
    while flights.is_empty() {
        step += 1;
        run.seek(SimTime::from_millis(300 + step)).expect("it runs");
        run.flights(&mut flights);
    }
    let (id, due): (MessageId, SimTime) = (flights[0].id, flights[0].deliver_at);
    run.intervene(Intervention::Retime(id, due + SimDuration::from_millis(60))).expect("it can be re-timed");
    run.seek(run.until()).expect("it runs");
    let found = compared(&*told.run, &*run);
    let event = found.event.expect("it is another run");
    assert_eq!((event.at, event.there), (due, None));
    assert!(event.sentence.contains("In “main” only. In “second” it arrives at"), "{}", event.sentence);
}

#[test]
fn another_parameter_shows_where_it_first_matters() {
    let mut slower = record();
    slower.scenario.network.link.loss_ppm = 20_000;
    let found = compared(&*played(&record()), &*played(&slower));
    assert_eq!(found.done, None);
    expect!["The first event that differs comes at 0.427 s: n2 hears from n1, the leader of term 1, and waits on. In “main” its AppendEntries reply n2→n1 arrives at 0.450 s; in “second” its AppendEntries reply n2→n1 is lost by the network."].assert_eq(&found.sentence);
}

#[test]
fn what_is_not_known_of_both_is_not_compared() {
    let (main, mut fork) = forked(500, Intervention::Crash(NodeId::server(0), CrashKind::KeepWritten));
    let mut short = main.fork();
    short.edit(fork.script().to_vec()).expect("it is a script of this run");
    short.seek(SimTime::from_millis(500)).expect("it runs");
    fork.seek(SimTime::from_millis(500)).expect("it runs");
    let found = compared(&*main, &*short);
    assert_eq!(found.compared_to, SimTime::from_millis(500));
    assert_eq!(found.event, None);
    assert!(found.sentence.ends_with("No event differs yet, up to 0.500 s."), "{}", found.sentence);
}

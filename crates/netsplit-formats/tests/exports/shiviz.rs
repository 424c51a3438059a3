//! The rules by which ShiViz accepts a log, judged by a reader that knows nothing of the writer.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_formats::shiviz;
use netsplit_sim::event::{Arrival, EventKind};
use serde_json::Value;

use crate::common::{run, runs, tell, text};

/// One logged event: its text, its host, and its clock.
struct Logged {
    text: String,
    host: String,
    clock: BTreeMap<String, u64>,
}

fn log_of(run: &dyn netsplit_sim::run::Run) -> Vec<Logged> {
    let text = text(|out| shiviz::write(run, tell, out).expect("memory takes a log"));
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(r"(?<event>.*)\n(?<host>\S*) (?<clock>{.*})"), "the parser comes first");
    assert_eq!(lines.next(), Some(""), "and no delimiter: it is one execution");
    let lines: Vec<&str> = lines.collect();
    lines.chunks(2).map(logged).collect()
}

fn logged(pair: &[&str]) -> Logged {
    let (host, clock) = pair[1].split_once(' ').expect("host and clock");
    let clock: Value = serde_json::from_str(clock).expect("a clock is JSON");
    let entries = clock.as_object().expect("a clock is an object").iter();
    let clock = entries.map(|(host, count)| (host.clone(), count.as_u64().expect("a count"))).collect();
    Logged { text: pair[0].to_owned(), host: host.to_owned(), clock }
}

/// What ShiViz would refuse, if anything.
fn refused(log: &[Logged]) -> Option<String> {
    let mut events: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for event in log {
        let Some(own) = event.clock.get(&event.host) else {
            return Some(format!("{} lacks itself", event.host));
        };
        events.entry(&event.host).or_default().insert(*own);
    }
    for (host, counts) in &events {
        let logged = log.iter().filter(|event| event.host == *host).count() as u64;
        if !counts.iter().copied().eq(1..=logged) {
            return Some(format!("{host} does not count its events from one, by one"));
        }
    }
    let named = log.iter().flat_map(|event| &event.clock);
    let unknown = named
        .into_iter()
        .find(|(host, count)| !events.get(host.as_str()).is_some_and(|known| known.contains(count)));
    unknown.map(|(host, count)| format!("{host} has no event {count}"))
}

#[test]
fn shiviz_accepts_every_story() {
    for (name, _, run) in runs() {
        let log = log_of(&*run);
        assert_eq!(log.len() as u64, run.step().0, "{name}");
        assert_eq!(refused(&log), None, "{name}");
    }
}

#[test]
fn a_log_that_shiviz_refuses_is_noticed() {
    let (_, run) = run("raft/first-election");
    let mut log = log_of(&*run);
    log.remove(3);
    assert!(refused(&log).is_some());
}

/// A receive ticks the receiver and knows all that the sender knew.
#[test]
fn a_receive_knows_what_its_sender_knew() {
    let (_, run) = run("raft/minority-leader");
    let log = log_of(&*run);
    let mut receives = 0;
    for event in run.past() {
        let EventKind::Deliver { message, arrival: Arrival::Handled, .. } = event.kind else { continue };
        let Some(cause) = event.cause.filter(|cause| cause.0 > 0) else { continue };
        let (sender, receiver) = (&log[cause.0 as usize - 1], &log[event.step.0 as usize - 1]);
        assert_eq!(receiver.host, message.link.to.to_string());
        assert_eq!(sender.host, message.link.from.to_string());
        for (host, count) in &sender.clock {
            assert!(receiver.clock.get(host) >= Some(count), "{} after {}", receiver.text, sender.text);
        }
        receives += 1;
    }
    assert!(receives > 50);
}

#[test]
fn a_message_says_how_long_it_was_under_way() {
    let (_, run) = run("raft/first-election");
    let log = log_of(&*run);
    assert!(
        log.iter().any(|event| event.text.contains("[RequestVote") && event.text.ends_with("ms under way]"))
    );
}

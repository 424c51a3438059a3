//! Sequence diagrams that Mermaid accepts, in which arrows claim no order that was not.

use netsplit_formats::mermaid;
use netsplit_sim::event::{Arrival, EventKind, Fate};
use netsplit_sim::id::NodeId;

use crate::common::{run, runs, tell, text};

fn diagram(run: &dyn netsplit_sim::run::Run) -> String {
    text(|out| mermaid::write(run, tell, out).expect("memory takes a diagram"))
}

/// What Mermaid's grammar would refuse, if anything.
fn refused(diagram: &str) -> Option<String> {
    let mut lines = diagram.lines();
    if lines.next() != Some("sequenceDiagram") {
        return Some("it does not begin as a sequence diagram".to_owned());
    }
    let mut open = 0_i32;
    for line in lines.map(str::trim) {
        match line {
            "end" => open -= 1,
            _ if line.starts_with("rect rgba(") => open += 1,
            _ if is_row(line) => {}
            _ => return Some(line.to_owned()),
        }
        if !(0..=1).contains(&open) {
            return Some(format!("{open} rectangles are open"));
        }
    }
    (open != 0).then(|| "a rectangle stays open".to_owned())
}

fn is_row(line: &str) -> bool {
    let is_name = |text: &str| text.parse::<NodeId>().is_ok();
    if let Some(name) = line.strip_prefix("participant ") {
        return is_name(name);
    }
    let Some((head, label)) = line.split_once(": ") else { return false };
    let plain = !label.replace("#35;", "").replace("#59;", "").contains(['#', ';']);
    let words = label.split(|letter: char| !letter.is_alphanumeric() && letter != '"');
    let ends = words.into_iter().any(|word| word.eq_ignore_ascii_case("end"));
    let names = match head.strip_prefix("Note over ") {
        Some(names) => names.split(',').all(is_name),
        None => ["->>", "-x", "-)"]
            .iter()
            .any(|arrow| head.split_once(arrow).is_some_and(|(from, to)| is_name(from) && is_name(to))),
    };
    plain && !ends && names && !label.is_empty()
}

#[test]
fn mermaid_accepts_every_story() {
    for (name, _, run) in runs() {
        assert_eq!(refused(&diagram(&*run)), None, "{name}");
    }
}

#[test]
fn a_diagram_that_mermaid_refuses_is_noticed() {
    for line in ["n1->n2: x", "n1->>n2: the end", "n1->>n2: a;b", "Note over n1 x", "rect rgba(0)"] {
        assert!(refused(&format!("sequenceDiagram\n  {line}\n")).is_some(), "{line}");
    }
}

#[test]
fn every_message_that_arrived_has_one_arrow() {
    let (_, run) = run("raft/leader-crash");
    let handled =
        run.past().filter(|event| matches!(event.kind, EventKind::Deliver { arrival: Arrival::Handled, .. }));
    assert_eq!(diagram(&*run).matches("->>").count(), handled.count());
}

#[test]
fn lost_messages_have_crosses_and_walls_rectangles() {
    let (_, run) = run("raft/minority-leader");
    let text = diagram(&*run);
    let lost: usize = run
        .past()
        .map(|event| run.sent(event.step).iter().filter(|sent| matches!(sent.fate, Fate::Lost(_))).count())
        .sum();
    assert!(lost > 0 && text.matches("-x").count() >= lost);
    assert!(text.contains(", lost at the wall"));
    assert_eq!(text.matches("rect rgba(").count(), text.lines().filter(|line| line.trim() == "end").count());
    assert!(text.contains("rect rgba("));
}

#[test]
fn a_message_caught_by_a_wall_that_came_later_is_crossed_out_where_it_was_lost() {
    let caught = |run: &dyn netsplit_sim::run::Run| -> usize {
        let changed = run.past().flat_map(|event| run.changed(event.step));
        changed.filter(|message| matches!(message.fate, Fate::Lost(_))).count()
    };
    let (name, _, run) = runs().find(|(_, _, run)| caught(&**run) > 0).expect("some wall catches a message");
    let text = diagram(&*run);
    let crossed = text
        .lines()
        .filter(|line| line.contains("-x") && line.contains(" (sent at ") && !line.contains("nobody there"));
    assert_eq!(crossed.count(), caught(&*run), "{name}");
}

#[test]
fn a_cursor_amid_messages_shows_them_under_way() {
    let (_, mut run) = run("raft/first-election");
    let sends = run.past().find(|event| run.sent(event.step).len() == 4).expect("a candidate asks").step;
    run.seek_step(sends).expect("it has happened");
    assert_eq!(diagram(&*run).matches("-)").count(), 4);
}

#[test]
fn a_message_whose_sender_did_something_else_meanwhile_says_where_it_was_sent() {
    let (_, run) = run("raft/slow-follower-catches-up");
    let text = diagram(&*run);
    assert!(text.contains(" (sent at ") && text.contains(": sends "));
}

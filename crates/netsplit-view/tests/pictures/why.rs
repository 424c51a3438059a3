//! How events came about, told of stories of the gallery, as text that a person has read.

use expect_test::expect_file;
use netsplit_scenarios::gallery::find;
use netsplit_scenarios::open::open;
use netsplit_sim::describe::{Mark, Sentence};
use netsplit_sim::event::EventKind;
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;
use netsplit_view::why::{Why, why};

/// A story of the gallery, played to this millisecond.
pub fn story(path: &str, millis: u64) -> Box<dyn Run> {
    let record = find(path).expect("it is in the gallery").record().expect("it is well-formed");
    let mut run = open(&record).expect("it opens");
    run.seek(SimTime::from_millis(millis)).expect("it runs");
    run
}

/// The last moment of a kind before the cursor.
fn last(run: &dyn Run, mark: Mark) -> Step {
    let past = run.known_marks().iter().filter(|marked| marked.moment.step <= run.step());
    past.rev().find(|marked| marked.mark == mark).expect("there is one").moment.step
}

/// The last timer before the cursor that fell due at a node.
fn last_timer(run: &dyn Run, node: NodeId) -> Step {
    let at = |kind: &EventKind| matches!(kind, EventKind::Timer { node: at, .. } if *at == node);
    run.past().rev().find(|event| at(&event.kind)).expect("there is one").step
}

pub fn sentences(told: &[Sentence]) -> String {
    told.iter().map(|sentence| format!("  - {}\n", shown(sentence))).collect()
}

/// A sentence with what its words point to in brackets.
fn shown(sentence: &Sentence) -> String {
    let part = |part: &netsplit_sim::describe::Part| match part.target {
        None => part.text.clone(),
        Some(_) => format!("[{}]", part.text),
    };
    let text: String = sentence.parts.iter().map(part).collect();
    if sentence.section.is_empty() { text } else { format!("{text} ({})", sentence.section) }
}

fn text(why: &Why) -> String {
    let mut text = String::new();
    for cause in &why.chain {
        if cause.left_out > 0 {
            text += &format!("… {} more\n", cause.left_out);
        }
        text += &format!("{} {} {:?}\n", cause.time, cause.text, cause.sections);
        if !cause.how.parts.is_empty() {
            text += &format!("  ^ {}\n", shown(&cause.how));
        }
    }
    format!("{text}{}\n{}", why.root, sentences(&why.missed))
}

fn told(path: &str, millis: u64, step: impl Fn(&dyn Run) -> Step) -> String {
    let run = story(path, millis);
    let step = step(&*run);
    format!("# {path} at {millis} ms\n{}\n", text(&why(&*run, step).expect("it is known")))
}

#[test]
fn causes_are_told_back_to_their_root_and_timers_with_what_they_missed() {
    let elected = |run: &dyn Run| last(run, Mark::Election);
    let answered = |run: &dyn Run| last(run, Mark::Client);
    let fault = |run: &dyn Run| last(run, Mark::Fault);
    let timer = |node: u16| move |run: &dyn Run| last_timer(run, NodeId::server(node));
    let shown = [
        told("raft/first-election", 3_000, elected),
        told("raft/minority-leader", 3_000, elected),
        told("raft/minority-leader", 3_000, answered),
        told("raft/minority-leader", 3_000, fault),
        told("raft/leader-crash", 3_000, elected),
        told("raft/follower-hears-nothing-but-is-heard", 2_000, timer(2)),
        told("raft/split-vote", 400, timer(1)),
    ];
    expect_file!["snapshots/why.txt"].assert_eq(&shown.concat());
}

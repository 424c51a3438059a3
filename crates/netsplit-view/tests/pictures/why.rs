//! How events came about, told of stories of the gallery, as text that a person has read.

use expect_test::expect_file;
use netsplit_scenarios::gallery::find;
use netsplit_scenarios::open::open;
use netsplit_sim::describe::{Mark, Sentence, Subject};
use netsplit_sim::event::EventKind;
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;
use netsplit_view::inspector::Selection;
use netsplit_view::why::{Why, offered, told, why};

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
        text += &sentences(&cause.missed);
    }
    format!("{text}{}\n", why.root)
}

fn told_of(path: &str, millis: u64, step: impl Fn(&dyn Run) -> Step) -> String {
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
        told_of("raft/first-election", 3_000, elected),
        told_of("raft/minority-leader", 3_000, elected),
        told_of("raft/minority-leader", 3_000, answered),
        told_of("raft/minority-leader", 3_000, fault),
        told_of("raft/leader-crash", 3_000, elected),
        told_of("raft/follower-hears-nothing-but-is-heard", 2_000, timer(2)),
        told_of("raft/split-vote", 400, timer(1)),
    ];
    expect_file!["snapshots/why.txt"].assert_eq(&shown.concat());
}

/// Every question about these, with its answer.
fn asked(path: &str, millis: u64, about: &[Subject]) -> String {
    let run = story(path, millis);
    let questions = about.iter().flat_map(|subject| run.questions(*subject));
    let answered = questions
        .map(|question| format!("{}\n{}", question.label, sentences(&run.answer(question.ask).sentences)));
    format!("# {path} at {millis} ms\n{}\n", answered.collect::<String>())
}

#[test]
fn what_has_not_happened_is_explained_by_the_protocol() {
    let server = |index| Subject::Node(NodeId::server(index));
    let client = |index| Subject::Node(NodeId::client(index));
    let shown = [
        asked("raft/minority-leader", 1_900, &[Subject::System, server(0), server(2), server(4), client(0)]),
        asked("raft/minority-leader", 3_000, &[client(0)]),
        asked("raft/leader-crash", 1_100, &[Subject::System, server(0), server(1)]),
        asked("raft/wall-round-one-follower", 2_500, &[Subject::System, server(0), server(2), server(4)]),
        asked("raft/wall-round-one-follower-pre-vote", 2_500, &[server(2)]),
        asked("raft/figure-8-overwritten", 1_450, &[Subject::System, server(0), server(2)]),
        asked("raft/figure-8-overwritten", 2_500, &[server(0)]),
        asked("raft/split-vote", 275, &[Subject::System]),
        asked("raft/four-nodes-two-and-two", 2_500, &[Subject::System, server(0), client(0)]),
    ];
    expect_file!["snapshots/why_not.txt"].assert_eq(&shown.concat());
}

#[test]
fn what_is_offered_can_be_told_wherever_the_cursor_stands() {
    for item in netsplit_scenarios::gallery::gallery() {
        for millis in [0, 300, 1_100, 2_000, 4_000] {
            let run = story(item.path, millis);
            let mut flights = Vec::new();
            run.flights(&mut flights);
            let nodes = run.topology().everyone().map(Selection::Node);
            let messages = flights.iter().map(|flight| Selection::Message(flight.id));
            for selection in nodes.chain(messages).map(Some).chain([None]) {
                for offer in offered(&*run, selection) {
                    let told = told(&*run, &offer).expect("what is offered is known");
                    let whole =
                        |text: &str| text.ends_with('.') && !text.contains("  ") && !text.contains(" .");
                    assert!(!told.sentences.is_empty() || !told.chain.is_empty(), "{}", offer.label);
                    let missed = told.chain.iter().flat_map(|cause| &cause.missed);
                    let sentences = told.sentences.iter().chain(missed).map(Sentence::text);
                    for text in sentences.chain([told.in_short()]) {
                        assert!(whole(&text), "{} at {millis} ms, {}: {text}", item.path, offer.label);
                    }
                }
            }
        }
    }
}

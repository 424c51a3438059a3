//! Why a request has no answer, why it was refused, and what became of it.

use netsplit_sim::describe::{Sentence, Subject};
use netsplit_sim::history::Operation;
use netsplit_sim::run::Run;

use super::lab::{C1, Lab, ms, n, plan};

/// The only question about the first client, and the answer.
fn asked(lab: &Lab) -> (String, Vec<String>) {
    let questions = lab.run.questions(Subject::Node(C1));
    let [question] = &questions[..] else { panic!("{questions:?}") };
    let sentences = lab.run.answer(question.ask).sentences;
    (question.label.clone(), sentences.iter().map(Sentence::text).collect())
}

#[test]
fn a_coordinator_says_who_has_not_answered() {
    let mut lab = plan("cp", 5).start();
    lab.wall(&[n(1), n(2)]).ask(C1, n(1), Operation::write(0, 4)).pass(ms(50));
    let (question, answer) = asked(&lab);
    assert_eq!(question, "Why is c1's “x = D” not answered?");
    assert_eq!(
        answer,
        [
            "c1 asked at 0.000 s and has waited for 50 ms.",
            "n1 has asked all replicas what they have; 2 of the 3 it needs have answered, and nothing came \
             from n3, n4 and n5.",
            "No replica holds its value now.",
        ]
    );
}

#[test]
fn an_unknown_write_says_where_it_lies() {
    let mut lab = plan("cp", 5).start();
    lab.ask(C1, n(1), Operation::write(0, 4)).pass(ms(10)).wall(&[n(1), n(2)]).pass(ms(500));
    let (question, answer) = asked(&lab);
    assert_eq!(question, "What became of c1's “x = D”?");
    let lies = "Its value is now held by n1 and n2: whoever reads it there has a majority store it.";
    assert_eq!(answer.last().map(String::as_str), Some(lies));
}

#[test]
fn a_refusal_is_told_as_an_error() {
    let mut lab = plan("cp", 3).start();
    lab.crash(n(2)).crash(n(3)).ask(C1, n(1), Operation::read(0)).pass(ms(400));
    let (question, answer) = asked(&lab);
    assert_eq!(question, "Why was c1's “read x” refused?");
    assert!(answer[0].ends_with("which is an answer, and an error."), "{answer:?}");
}

#[test]
fn a_primary_says_whom_it_waits_for() {
    let mut lab = plan("ca", 3).start();
    lab.wall(&[n(3)]).ask(C1, n(1), Operation::write(0, 4)).pass(ms(50));
    assert!(asked(&lab).1.contains(&"n1 waits for every backup; nothing came from n3.".to_owned()));
}

#[test]
fn a_request_that_nobody_received_is_told_as_such() {
    let mut lab = plan("cp", 3).start();
    lab.crash(n(1)).ask(C1, n(1), Operation::read(0)).pass(ms(50));
    assert_eq!(asked(&lab).1[1], "No server that is up has received the request.");
}

#[test]
fn an_answered_request_asks_no_question() {
    let mut lab = plan("cp", 3).start();
    lab.done(C1, n(1), Operation::write(0, 4));
    assert!(lab.run.questions(Subject::Node(C1)).is_empty());
    assert!(lab.run.questions(Subject::System).is_empty());
}

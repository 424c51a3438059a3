//! Why has something not happened?

use netsplit_sim::describe::{Ask, Sentence, Subject};
use netsplit_sim::history::Operation;
use netsplit_sim::intervention::CrashKind;
use netsplit_sim::run::Run;

use super::lab::{C1, Lab, ms, n, plan};

/// The only question about this, and its answer in sentences.
fn asked(lab: &Lab, about: Subject) -> (String, Vec<String>) {
    let questions = lab.run.questions(about);
    let [question] = questions.as_slice() else { panic!("{questions:?}") };
    let answer = lab.run.answer(question.ask);
    (question.label.clone(), answer.sentences.iter().map(Sentence::text).collect())
}

fn told(question: &str, answer: &[&str]) -> (String, Vec<String>) {
    (question.to_owned(), answer.iter().map(|sentence| (*sentence).to_owned()).collect())
}

#[test]
fn an_unanswered_write_says_who_is_missing_and_why() {
    let mut lab = plan(3).nrw(3, 1, 3).start();
    lab.crash(n(2), CrashKind::KeepWritten).wall(&[n(3)]).ask(C1, n(1), Operation::write(0, 4)).pass(ms(50));
    let expected = [
        "n1 has 1 of the 3 answers that it needs.",
        "It waits for n2, which is crashed.",
        "It waits for n3, which is behind a wall.",
    ];
    assert_eq!(asked(&lab, Subject::Operation(0)), told("Why is it not answered?", &expected));
    lab.pass(ms(1_000));
    assert!(lab.run.questions(Subject::Operation(0)).is_empty(), "it was answered");
}

#[test]
fn homes_that_differ_say_what_each_holds_and_what_would_help() {
    let mut lab = plan(3).nrw(3, 1, 1).switch("hinted_handoff", false).start();
    lab.write(n(1), 4).wall(&[n(3)]).write(n(1), 5);
    let expected =
        ["Of x n1 holds E, n2 holds E, n3 holds D.", "What can bring them together: only a later write."];
    assert_eq!(asked(&lab, Subject::System), told("Why do homes not hold the same?", &expected));
}

#[test]
fn a_stand_in_says_for_whom_it_keeps_what() {
    let mut lab = plan(4).choice("quorum", "sloppy").start();
    lab.wall(&[n(1), n(2)]).ask(C1, n(3), Operation::write(0, 4)).pass(ms(160));
    let expected = ["n4 keeps x for n1, which is behind a wall."];
    assert_eq!(asked(&lab, Subject::Node(n(4))), told("Why does n4 still keep hints?", &expected));
}

#[test]
fn what_cannot_be_asked_is_answered_by_saying_so() {
    let lab = plan(3).start();
    for (subject, number) in
        [(Subject::System, 0), (Subject::Node(n(9)), 1), (Subject::Operation(7), 2), (Subject::Node(C1), 1)]
    {
        assert!(lab.run.questions(subject).is_empty());
        let answer = lab.run.answer(Ask { subject, number });
        assert_eq!(answer.sentences[0].text(), "There is nothing of that kind here.");
    }
}

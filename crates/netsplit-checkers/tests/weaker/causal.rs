//! Causal consistency.

use std::sync::Arc;

use netsplit_checkers::causal::{Causality, Variant};
use netsplit_checkers::history::History;
use netsplit_checkers::search::{Budget, Search};
use netsplit_checkers::session::Sessions;
use netsplit_checkers::verdict::{Consistency, Reason, Verdict, Why};
use netsplit_checkers::words;
use proptest::prelude::*;

use crate::brute;
use crate::notation::{Letters, assert_is_proof, check, history, verdict};
use crate::random::{Shape, histories};

fn judged(variant: Variant, history: &History) -> Verdict {
    let history = Arc::new(history.clone());
    let mut search = Causality::new(variant, history, Sessions::default(), Budget::USUAL);
    loop {
        if let Some(verdict) = search.run(7) {
            return verdict;
        }
    }
}

fn variants(text: &str) -> [&'static str; 3] {
    [Variant::Weak, Variant::Memory, Variant::Convergence].map(|it| judged(it, &history(text)).name())
}

const OK: &str = "ok";
const BAD: &str = "violation";

#[test]
fn nothing_and_a_lone_write_are_causal() {
    check(Consistency::Causal, "", OK);
    check(Consistency::Causal, "a w x 1", OK);
}

#[test]
fn a_value_nobody_wrote_is_no_stale_read() {
    let verdict = verdict(Consistency::Causal, "a w x 1; b r x 7");
    assert_eq!(verdict.witness().expect("a violation").reasons, [Reason::NobodyWrote { read: 1 }]);
    check(Consistency::Causal, "a w x 7 fail; b r x 7", BAD);
}

#[test]
fn a_stale_read_of_somebody_else_is_causal_but_not_after_having_heard_of_the_write() {
    check(Consistency::Causal, "a w x 1; b r x -", OK);
    check(Consistency::Causal, "a w x 1; b r x 1; b r x -", BAD);
}

#[test]
fn an_answer_that_comes_before_its_question_is_a_violation() {
    let text = "a w x 1; b r x 1; b w y 2; c r y 2; c r x -";
    let verdict = verdict(Consistency::Causal, text);
    let witness = verdict.witness().expect("a violation");
    assert_eq!((witness.stuck, &witness.rows[..]), (4, &[0, 1, 2, 3, 4][..]));
    assert_eq!(
        witness.reasons,
        [
            Reason::Missed { read: 4, missed: 0, why: Why::Causally },
            Reason::Precedes { first: 0, then: 1, why: Why::ReadFrom },
            Reason::Precedes { first: 1, then: 2, why: Why::SameProcess },
            Reason::Precedes { first: 2, then: 3, why: Why::ReadFrom },
            Reason::Precedes { first: 3, then: 4, why: Why::SameProcess },
        ]
    );
    assert_is_proof(Consistency::Causal, &history(text), witness);
}

#[test]
fn processes_may_disagree_about_concurrent_writes_but_not_under_convergence() {
    let text = "a w x 1; b w x 2; c r x 1; c r x 2; d r x 2; d r x 1";
    assert_eq!(variants(text), [OK, OK, BAD]);
}

#[test]
fn nobody_changes_its_mind_about_concurrent_writes_except_under_weak_causality() {
    assert_eq!(variants("a w x 1; b w x 2; c r x 1; c r x 2; c r x 1"), [OK, BAD, BAD]);
}

#[test]
fn convergence_does_not_imply_memory() {
    // Bouajjani et al., figure 3 (b), in which the last writer wins: b's writes count as later than a's.
    let text = "a w z 1; a w x 2; a w y 3; b w x 4; b r z -; b r y 3; b r x 4";
    assert_eq!(variants(text), [OK, BAD, OK]);
}

#[test]
fn a_read_from_the_future_of_its_own_process_is_a_circle() {
    let text = "a r x 1; b r y 2; b w x 1; a w y 2";
    let verdict = verdict(Consistency::Causal, text);
    let witness = verdict.witness().expect("a violation");
    assert_eq!((witness.rows.len(), witness.reasons.len()), (4, 4));
    assert_is_proof(Consistency::Causal, &history(text), witness);
}

#[test]
fn a_write_of_unknown_outcome_may_have_happened_or_not() {
    check(Consistency::Causal, "a w x 1 info; b r x 1", OK);
    check(Consistency::Causal, "a w x 1 info; b r x -", OK);
    check(Consistency::Causal, "a w x 1 info; b r x 1; b r x -", BAD);
}

#[test]
fn what_a_client_does_after_a_timeout_may_have_happened_before_what_timed_out() {
    let text = "a w x 1 info; b w y 2; c r y 2; c r x -; c r x 1";
    let sessions =
        Sessions((0..3).map(|p| (netsplit_checkers::history::Process(p), session(p / 2))).collect());
    let judged = |text: &str| {
        let history = Arc::new(history(text));
        let mut search = Causality::new(Variant::Memory, history, sessions.clone(), Budget::USUAL);
        search.run(u64::MAX).expect("an answer").name()
    };
    assert_eq!(judged(text), OK, "a and b are one client whose first write timed out");
    assert_eq!(judged(&text.replace(" info", "")), BAD, "had it been answered, it would have come first");
}

fn session(number: u32) -> netsplit_checkers::session::Session {
    netsplit_checkers::session::Session(number)
}

#[test]
fn siblings_are_each_read_and_one_that_was_not_replaced_is_enough() {
    check(Consistency::Causal, "a w x 1; b w x 2; c r x 1+2; c r x 1", OK);
    check(Consistency::Causal, "a w x 1; b w x 2; c r x 1+2; c w x 3; c r x 1+2", BAD);
    check(Consistency::Causal, "a w x 1; b w x 2; c r x 1+2; c w x 3; d r x 2+3; d r x 1", BAD);
}

#[test]
fn a_value_written_twice_or_an_object_that_is_no_register_is_not_judged_and_it_says_why() {
    let said = |text: &str| {
        let history = history(text);
        words::verdict(&Letters, Consistency::Causal, &history, &verdict(Consistency::Causal, text))
    };
    assert_eq!(
        said("a w x 1; b w x 1; c r x 1"),
        "unknown: c's read of x found a value that was written more than once, so it does not tell whom it read from"
    );
    assert_eq!(
        said("a w x 1; b p x 2"),
        "unknown: b's append of \"2\" to x is neither a read nor a write nor a compare-and-set, and only these are judged"
    );
    check(Consistency::Causal, "a w x 1; b w x 1; c r x -", OK);
}

#[test]
fn a_proof_is_told_in_plain_english() {
    let text = "a w x 1; b w x 2; c r x 1; c r x 2; c r x 1";
    let (history, found) = (history(text), verdict(Consistency::Causal, text));
    let told = words::verdict(&Letters, Consistency::Causal, &history, &found);
    let said = "c's read of x returned 1 at 45 ms, though b's write of 2 to x must have come before it";
    assert_eq!(told, format!("Causal consistency violated: {said}"));
    assert_eq!(
        words::proof(&Letters, &history, found.witness().expect("a violation")),
        [
            said,
            "a's write of 1 to x came before b's write of 2 to x: \
         c's read of x as 2 came after the former and returned the latter",
            "c's read of x as 1 saw a's write of 1 to x",
            "c's read of x as 1 came before c's read of x as 2, by the same process",
            "c's read of x as 2 saw b's write of 2 to x",
            "c's read of x as 2 came before c's read of x as 1, by the same process",
        ]
    );
}

#[test]
fn an_empty_budget_says_unknown() {
    let history = Arc::new(history("a w x 1; b w x 2; c r x 1; c r x 2; c r x 1"));
    let mut search = Causality::new(Variant::Memory, history, Sessions::default(), Budget(0));
    assert_eq!(search.run(u64::MAX).map(|verdict| verdict.name()), Some("unknown"));
}

const SHAPE: Shape = Shape { processes: 3, keys: 2, operations: 7, siblings: false };

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn each_variant_says_what_its_definition_says(history in histories(SHAPE)) {
        for variant in [Variant::Weak, Variant::Memory, Variant::Convergence] {
            let expected = if brute::causal(variant, &history) { OK } else { BAD };
            prop_assert_eq!(judged(variant, &history).name(), expected, "{:?} {:?}", variant, history);
        }
    }

    #[test]
    fn siblings_never_lead_to_a_false_violation(history in histories(Shape { siblings: true, ..SHAPE })) {
        for variant in [Variant::Weak, Variant::Memory, Variant::Convergence] {
            if judged(variant, &history).name() == BAD {
                prop_assert!(!brute::causal(variant, &history), "{:?}", variant);
            }
        }
    }

    #[test]
    fn every_witness_is_a_proof(history in histories(Shape { operations: 14, ..SHAPE })) {
        if let Verdict::Violation(witness) = judged(Variant::Memory, &history) {
            assert_is_proof(Consistency::Causal, &history, &witness);
        }
    }
}

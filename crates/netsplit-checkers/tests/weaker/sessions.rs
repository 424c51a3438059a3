//! Session guarantees.

use netsplit_checkers::search::{Budget, judge};
use netsplit_checkers::verdict::{Consistency, Reason, Verdict, Why};
use proptest::prelude::*;

use crate::notation::{assert_is_proof, check, history, verdict};
use crate::random::{Shape, histories};

const ALL: [Consistency; 4] = [
    Consistency::ReadYourWrites,
    Consistency::MonotonicReads,
    Consistency::MonotonicWrites,
    Consistency::WritesFollowReads,
];

/// The history breaks this guarantee with a proof, no other, and causal consistency.
fn breaks_alone(what: Consistency, text: &str) {
    for other in ALL {
        check(other, text, if other == what { "violation" } else { "ok" });
    }
    check(Consistency::Causal, text, "violation");
    let verdict = verdict(what, text);
    assert_is_proof(what, &history(text), verdict.witness().expect("a violation"));
}

#[test]
fn a_session_that_does_not_see_what_it_wrote_lacks_read_your_writes() {
    breaks_alone(Consistency::ReadYourWrites, "a w x 1; a r x -");
    breaks_alone(Consistency::ReadYourWrites, "a w x 1; a w x 2; a r x 1");
    breaks_alone(Consistency::ReadYourWrites, "a w x 1; b r x 1; b w x 2; b r x 1");
}

#[test]
fn a_concurrent_write_may_have_won_over_what_the_session_wrote() {
    ALL.iter().for_each(|what| check(*what, "a w x 1; b w x 2; b r x 1", "ok"));
}

#[test]
fn a_session_that_sees_something_older_than_before_lacks_monotonic_reads() {
    breaks_alone(Consistency::MonotonicReads, "a w x 1; b r x 1; b r x -");
    breaks_alone(Consistency::MonotonicReads, "a w x 1; a w x 2; b r x 2; b r x 1");
    // On one key it is told as monotonic reads only.
    breaks_alone(Consistency::MonotonicReads, "a w x 1; a w x 2; b r x 2; b r x -");
    breaks_alone(Consistency::MonotonicReads, "a w x 1; b r x 1; b w x 2; c r x 2; c r x -");
}

#[test]
fn a_value_that_was_replaced_between_two_reads_does_not_come_back() {
    breaks_alone(Consistency::MonotonicReads, "a w x 1; b w x 2; c r x 1; c r x 2; c r x 1");
    check(Consistency::MonotonicReads, "a w x 1; b w x 2; c r x 1; c r x 2; d r x 1", "ok");
    check(Consistency::MonotonicReads, "a w x 1; b w x 2; c r x 1; c r x 1+2; c r x 1", "ok");
}

#[test]
fn a_write_seen_without_the_one_before_it_lacks_monotonic_writes() {
    breaks_alone(Consistency::MonotonicWrites, "a w x 1; a w y 2; b r y 2; b r x -");
    breaks_alone(Consistency::MonotonicWrites, "a w x 1; a w x 2; a w y 3; b r y 3; b r x 1");
    check(Consistency::MonotonicWrites, "a w x 1; a w y 2; b r x -; b r y 2", "ok");
}

#[test]
fn a_write_seen_without_what_its_writer_had_read_lacks_writes_follow_reads() {
    breaks_alone(Consistency::WritesFollowReads, "a w x 1; b r x 1; b w y 2; c r y 2; c r x -");
    let over_two = "a w x 1; b r x 1; b w y 2; c r y 2; c w z 3; d r z 3; d r x -";
    breaks_alone(Consistency::WritesFollowReads, over_two);
    check(Consistency::WritesFollowReads, "a w x 1; b w y 2; b r x 1; c r y 2; c r x -", "ok");
}

#[test]
fn a_violation_that_no_single_guarantee_explains_is_left_to_causal_consistency() {
    // That c misses x may be the fault of a's order of writes or of b's write not following its read.
    let text = "a w x 1; a w y 2; b r y 2; b w z 3; c r z 3; c r x -";
    ALL.iter().for_each(|what| check(*what, text, "ok"));
    check(Consistency::Causal, text, "violation");
}

#[test]
fn a_timed_out_write_owes_its_session_nothing() {
    check(Consistency::ReadYourWrites, "a w x 1; b w x 2 info; a r x 1", "ok");
    check(Consistency::MonotonicReads, "a w x 1 info; b r x 1; b r x -", "violation");
}

#[test]
fn the_first_answer_that_shows_a_violation_is_named() {
    let text = "a w x 1; a r x 1; a r x -; a r x -";
    let found = verdict(Consistency::ReadYourWrites, text);
    let witness = found.witness().expect("a violation");
    assert_eq!((witness.stuck, &witness.rows[..]), (2, &[0, 2][..]));
    assert_eq!(witness.reasons, [Reason::Missed { read: 2, missed: 0, why: Why::SameProcess }]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn causal_consistency_implies_every_guarantee(
        history in histories(Shape { processes: 3, keys: 2, operations: 12, siblings: true }),
    ) {
        let causal = judge(Consistency::Causal, &history, Budget::USUAL);
        for what in ALL {
            if let Verdict::Violation(witness) = judge(what, &history, Budget::USUAL) {
                prop_assert_eq!(causal.name(), "violation", "{} {:?}", what.name(), history);
                assert_is_proof(what, &history, &witness);
            }
        }
    }
}

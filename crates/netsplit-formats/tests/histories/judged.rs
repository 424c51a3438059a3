//! Small histories of every model, as a tester would write them down, and what they prove.

use netsplit_checkers::search::{Budget, judge};
use netsplit_checkers::verdict::Consistency;
use netsplit_formats::history::read;

/// What comes of judging rows of the older form by the model that is guessed.
fn check(model: &str, rows: &[&str], verdict: &str) {
    let text = rows.join("\n");
    let imported = read(&text).unwrap_or_else(|bad| panic!("{bad} in\n{text}"));
    let guessed = imported.model.expect("a model has all of these operations");
    assert_eq!(guessed.name(), model, "{text}");
    let found = judge(Consistency::Linearizable(guessed), &imported.history, Budget::USUAL);
    assert_eq!(found.name(), verdict, "{text}\n{found:?}");
}

#[test]
fn a_write_of_unknown_outcome_may_come_true_later_or_never() {
    let lost = ["0 :invoke :write 1", "0 :ok :write 1", "1 :invoke :write 2", "1 :info :write :timed-out"];
    for seen in ["1", "2"] {
        let read = format!("2 :ok :read {seen}");
        check("register", &[&lost[..], &["2 :invoke :read nil", &read]].concat(), "ok");
    }
    let back = ["2 :invoke :read nil", "2 :ok :read 2", "2 :invoke :read nil", "2 :ok :read 1"];
    check("register", &[&lost[..], &back].concat(), "violation");
}

#[test]
fn a_failed_write_never_comes_true() {
    let rows = ["0 :invoke :write 1", "0 :fail :write 1", "1 :invoke :read nil", "1 :ok :read 1"];
    check("register", &rows, "violation");
}

#[test]
fn a_read_of_nil_is_unknown_and_one_of_absent_is_not() {
    let read = |seen| ["0 :invoke :write 1", "0 :ok :write 1", "1 :invoke :read nil", seen];
    check("register", &read("1 :ok :read nil"), "ok");
    check("register", &read("1 :ok :read :absent"), "violation");
}

#[test]
fn a_swap_of_what_was_never_written_succeeds_only_at_first() {
    let first = ["0 :invoke :cas [nil 1]", "0 :ok :cas [nil 1]"];
    check("cas-register", &first, "ok");
    check(
        "cas-register",
        &[&first[..], &["0 :invoke :cas [nil 2]", "0 :ok :cas [nil 2]"]].concat(),
        "violation",
    );
}

#[test]
fn a_counter_counts_what_was_added() {
    let rows = |seen| ["0 :invoke :add 2", "0 :ok :add 2", "1 :invoke :add -1", "2 :invoke :read nil", seen];
    check("counter", &rows("2 :ok :read 2"), "ok");
    check("counter", &rows("2 :ok :read 1"), "ok");
    check("counter", &rows("2 :ok :read 0"), "violation");
}

#[test]
fn a_set_holds_every_element_that_was_added() {
    let rows = |seen| ["0 :invoke :add 2", "0 :ok :add 2", "1 :invoke :add 3", "2 :invoke :read nil", seen];
    check("set", &rows("2 :ok :read #{2 3}"), "ok");
    check("set", &rows("2 :ok :read [2]"), "ok");
    check("set", &rows("2 :ok :read [3]"), "violation");
}

#[test]
fn a_queue_gives_each_element_once_and_in_order() {
    let put = ["0 :invoke :enqueue 1", "0 :ok :enqueue 1", "0 :invoke :enqueue 2", "0 :ok :enqueue 2"];
    let take = |value| [&put[..], &["1 :invoke :dequeue nil", value]].concat();
    check("queue", &take("1 :ok :dequeue 1"), "ok");
    check("queue", &take("1 :ok :dequeue 2"), "violation");
    let twice = ["1 :invoke :dequeue nil", "1 :ok :dequeue 1", "1 :invoke :dequeue nil", "1 :ok :dequeue 1"];
    check("queue", &[&put[..], &twice].concat(), "violation");
}

#[test]
fn a_mutex_is_held_by_one_at_a_time() {
    let both =
        ["0 :invoke :acquire nil", "0 :ok :acquire nil", "1 :invoke :acquire nil", "1 :ok :acquire nil"];
    check("mutex", &both, "violation");
    let after = ["0 :invoke :release nil", both[2], both[3]];
    check("mutex", &[&both[..2], &after].concat(), "ok");
}

#[test]
fn a_store_of_texts_keeps_every_append() {
    let rows = |seen: &str| {
        let row = |rest: &str| format!("{{:process 0, {rest}}}");
        [
            row(":type :invoke, :f :get, :key \"a\", :value nil"),
            row(":type :ok, :f :get, :key \"a\", :value \"\""),
            row(":type :invoke, :f :put, :key \"a\", :value \"x\""),
            row(":type :ok, :f :put, :key \"a\", :value \"x\""),
            row(":type :invoke, :f :append, :key \"a\", :value \"y\""),
            row(":type :ok, :f :append, :key \"a\", :value \"y\""),
            row(":type :invoke, :f :get, :key \"a\", :value nil"),
            row(&format!(":type :ok, :f :get, :key \"a\", :value \"{seen}\"")),
        ]
        .join("\n")
    };
    check("key-value", &[&rows("xy")], "ok");
    check("key-value", &[&rows("y")], "violation");
}

#[test]
fn keys_are_registers_of_their_own() {
    let rows = |seen| ["0 :invoke :write [:x 1]", "0 :ok :write [:x 1]", "1 :invoke :read [:y nil]", seen];
    check("register", &rows("1 :ok :read [:y :absent]"), "ok");
    check("register", &rows("1 :ok :read [:y 1]"), "violation");
}

#[test]
fn intervals_of_equal_times_overlap() {
    let row = |process: u32, time: u32, rest: &str| format!("{{:process {process}, :time {time}, {rest}}}");
    let rows = |read_at| {
        [
            row(0, 1, ":type :invoke, :f :write, :value 1"),
            row(0, 5, ":type :ok, :f :write, :value 1"),
            row(1, read_at, ":type :invoke, :f :read, :value nil"),
            row(1, 9, ":type :ok, :f :read, :value :absent"),
        ]
        .join("\n")
    };
    check("register", &[&rows(5)], "ok");
    check("register", &[&rows(6)], "violation");
}

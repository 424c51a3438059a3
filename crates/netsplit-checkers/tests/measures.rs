//! What operations cost and what they got, on histories small enough to count by hand.

use netsplit_checkers::history::{History, Key, Operation, Outcome, Process, Request, Time, Value};
use netsplit_checkers::measures::{
    Answers, Latencies, Nines, Quantile, Share, Side, Span, Stale, Staleness, Stand, Throughput, Timeline,
    YEAR,
};
use proptest::prelude::*;

fn operation(process: u32, request: Request, called: u64, returned: Option<(u64, Outcome)>) -> Operation {
    Operation {
        process: Process(process),
        key: Key(0),
        request,
        called: Time(called),
        returned: returned.map(|(at, outcome)| (Time(at), outcome)),
    }
}

fn write(process: u32, value: i64, called: u64, returned: u64) -> Operation {
    let request = Request::Write(Value::Number(value));
    operation(process, request, called, Some((returned, Outcome::Ok(None))))
}

fn pending(process: u32, value: i64, called: u64) -> Operation {
    operation(process, Request::Write(Value::Number(value)), called, None)
}

fn read(process: u32, value: Value, called: u64, returned: u64) -> Operation {
    operation(process, Request::Read, called, Some((returned, Outcome::Ok(Some(value)))))
}

#[test]
fn an_unanswered_operation_counts_with_its_age_in_every_percentile() {
    let mut operations: Vec<_> = (0..99).map(|process| write(process, 0, 0, 10)).collect();
    operations.push(pending(99, 0, 0));
    let percentile = |by, quantile| Latencies::of(&operations, Time(by)).percentile(quantile);
    let [p50, _, p99, p999] = Quantile::REPORTED;
    let spans = |by| [p50, p99, p999].map(|quantile| percentile(by, quantile).expect("something").span.0);
    assert_eq!(spans(500), [10, 10, 500]);
    assert_eq!(spans(900), [10, 10, 900]);
    let latencies = Latencies::of(&operations, Time(500));
    assert_eq!((latencies.asked(), latencies.answered_count()), (100, 99));
    assert_eq!(latencies.answered_share(), Some(0.99));
}

#[test]
fn a_percentile_may_still_grow_only_while_something_younger_waits() {
    let operations = [write(0, 1, 0, 100), write(1, 2, 0, 100), pending(2, 3, 400)];
    let at_least =
        |by| Latencies::of(&operations, Time(by)).percentile(Quantile(500_000)).map(|p| p.at_least);
    assert_eq!(at_least(450), Some(true), "the write of age 50 may end up above 100");
    assert_eq!(at_least(900), Some(false), "it has reached 500 and cannot come back");
}

#[test]
fn an_operation_answered_after_the_cursor_is_waiting_at_it() {
    let operations = [write(0, 1, 0, 800)];
    let latencies = Latencies::of(&operations, Time(300));
    assert_eq!(latencies.answered_count(), 0);
    assert_eq!(latencies.percentile(Quantile(500_000)).map(|p| p.span), Some(Span(300)));
    assert_eq!(Latencies::of(&[write(0, 1, 500, 800)], Time(300)).percentile(Quantile(500_000)), None);
}

#[test]
fn a_refused_write_is_no_fast_answer_but_a_failed_comparison_is_one() {
    let refused = operation(0, Request::Write(Value::Number(1)), 0, Some((1, Outcome::Fail)));
    let cas = Request::Cas { expected: Value::Absent, new: Value::Number(1) };
    let compared = operation(1, cas, 0, Some((40, Outcome::Fail)));
    let latencies = Latencies::of(&[refused, compared], Time(50));
    assert_eq!((latencies.asked(), latencies.answered_count()), (2, 1));
    assert_eq!(latencies.percentile(Quantile(500_000)).map(|p| p.span), Some(Span(40)));
}

#[test]
fn a_client_that_gave_up_still_counts_with_its_whole_age() {
    let gave_up = operation(0, Request::Read, 0, Some((100, Outcome::Info)));
    let latencies = Latencies::of(&[gave_up], Time(700));
    assert_eq!(latencies.percentile(Quantile(500_000)).map(|p| p.span), Some(Span(700)));
    assert_eq!(latencies.answered_share(), Some(0.0));
}

#[test]
fn throughput_counts_answers_when_they_come_and_waits_for_nobody() {
    let operations = [write(0, 1, 5, 12), write(1, 2, 18, 19), pending(2, 3, 31)];
    let throughput = Throughput::of(&operations, Time(40), Span(10));
    let rates: Vec<_> = throughput.stretches().iter().map(|rate| (rate.called, rate.answered)).collect();
    assert_eq!(rates, [(1, 0), (1, 2), (0, 0), (1, 0)]);
}

#[test]
fn a_file_that_spans_years_does_not_fill_the_memory() {
    let far = 1 << 60;
    let throughput = Throughput::of(&[write(0, 1, 0, far)], Time(far), Span(1));
    assert!(throughput.stretches().len() <= 10_001);
    let timeline = Timeline::of(&[write(0, 1, far, far)], Time(far), Span(1), &[], Span(1));
    assert!(timeline.stretches().len() <= 10_001);
}

#[test]
fn the_two_sides_of_a_wall_are_counted_apart_while_it_stands() {
    let sides = [(Process(0), Side(0)), (Process(1), Side(1))].into_iter().collect();
    let wall = Stand { from: Time(100), to: Some(Time(200)), sides };
    let operations = [
        write(0, 1, 50, 60),
        write(0, 2, 110, 120),
        write(0, 3, 130, 170), // answered, but after the deadline
        pending(1, 4, 150),
        write(2, 5, 150, 155), // on no side
    ];
    let answers = Answers::of(&operations, Time(300), Span(20), &[wall]);
    let share = |asked, in_time| Share { asked, in_time, open: 0 };
    assert_eq!(answers.side(Some(Side(0))), share(2, 1));
    assert_eq!(answers.side(Some(Side(1))), share(1, 0));
    assert_eq!(answers.side(None), share(2, 2));
    assert_eq!(answers.everywhere(), share(5, 3));
}

#[test]
fn an_operation_that_may_still_be_answered_in_time_is_neither_answered_nor_lost() {
    let answers = |by| Answers::of(&[pending(0, 1, 100)], Time(by), Span(50), &[]).everywhere();
    assert_eq!(answers(150), Share { asked: 0, in_time: 0, open: 1 });
    assert_eq!(answers(151), Share { asked: 1, in_time: 0, open: 0 });
}

#[test]
fn availability_over_time_falls_where_the_answers_stop() {
    let operations = [write(0, 1, 0, 5), write(0, 2, 10, 15), pending(0, 3, 25)];
    let timeline = Timeline::of(&operations, Time(90), Span(20), &[], Span(10));
    let shares: Vec<_> = timeline.stretches().iter().map(Answers::everywhere).collect();
    assert_eq!(
        shares.iter().map(|share| (share.asked, share.in_time)).collect::<Vec<_>>(),
        [(1, 1), (1, 1), (1, 0)]
    );
}

#[test]
fn nines_are_those_of_the_table_and_never_more_than_the_requests_can_show() {
    let count = |answered, asked| Nines::of(answered, asked).map(Nines::count);
    assert_eq!(count(0, 0), None);
    assert_eq!(count(0, 7), Some(0));
    assert_eq!(count(899, 1_000), Some(0));
    assert_eq!(count(900, 1_000), Some(1));
    assert_eq!(count(998, 1_000), Some(2));
    assert_eq!(count(999, 1_000), Some(3));
    assert_eq!(count(1_000, 1_000), Some(3), "one lost request would have been 99.9 %");
    assert_eq!(count(99_999, 100_000), Some(5));
    for (nines, (share, year)) in (2..).zip(YEAR) {
        let asked = 10_u64.pow(nines);
        let text = Nines::of(asked - 1, asked).expect("asked").to_string();
        assert!(text.starts_with(share) && text.contains(&format!("{nines} nines, {year} a year")), "{text}");
    }
}

#[test]
fn a_share_is_said_with_the_number_of_requests_and_never_looks_better_than_it_is() {
    let said = |answered, asked| Nines::of(answered, asked).expect("asked").to_string();
    assert_eq!(said(1_999, 2_000), "99.95 % of 2000 requests: 3 nines, 4.38 h a year without an answer");
    assert_eq!(said(2, 3), "66.6 % of 3 requests: no nine, 121.666 days a year without an answer");
    assert_eq!(said(120, 120), "all of 120 requests, which can show no more than 2 nines");
    assert_eq!(said(0, 4), "0 % of 4 requests: no nine, 365 days a year without an answer");
}

fn stale(operations: Vec<Operation>) -> Vec<(u64, u64)> {
    let history = History::new(operations).expect("a history");
    Stale::reads(&history).iter().map(|stale| (stale.versions, stale.time.0)).collect()
}

#[test]
fn a_read_is_stale_by_the_versions_acknowledged_before_it_began() {
    let writes = || vec![write(0, 1, 0, 10), write(0, 2, 20, 30), write(0, 3, 40, 50)];
    let with = |value, called| stale([writes(), vec![read(1, value, called, called + 5)]].concat());
    assert_eq!(with(Value::Number(3), 100), [(0, 0)]);
    assert_eq!(with(Value::Number(2), 100), [(1, 50)], "3 had superseded 2 for 50");
    assert_eq!(with(Value::Number(1), 100), [(2, 70)]);
    assert_eq!(with(Value::Absent, 100), [(3, 90)]);
    assert_eq!(with(Value::Number(2), 45), [(0, 0)], "3 was not acknowledged yet");
    assert_eq!(with(Value::Number(9), 100), [], "nobody wrote 9: that is no staleness");
}

#[test]
fn writes_that_overlapped_make_no_read_of_one_of_them_stale() {
    let operations = vec![write(0, 1, 0, 10), write(1, 2, 5, 12), read(2, Value::Number(1), 20, 21)];
    assert_eq!(stale(operations), [(0, 0)]);
}

#[test]
fn at_equal_times_a_read_had_begun_and_a_write_was_under_way() {
    let operations = vec![write(0, 1, 0, 10), write(1, 2, 10, 20), read(2, Value::Number(1), 30, 31)];
    assert_eq!(stale(operations), [(0, 0)], "2 was called when 1 returned: they overlapped");
    let operations = vec![write(0, 1, 0, 10), write(1, 2, 20, 30), read(2, Value::Number(1), 30, 31)];
    assert_eq!(stale(operations), [(0, 0)], "2 was acknowledged when the read began, not before");
}

#[test]
fn siblings_are_as_fresh_as_the_freshest_of_them() {
    let writes = vec![write(0, 1, 0, 10), write(0, 2, 20, 30)];
    let read = read(1, Value::Many([1, 2].into()), 40, 41);
    assert_eq!(stale([writes, vec![read]].concat()), [(0, 0)]);
}

#[test]
fn a_write_of_unknown_outcome_supersedes_nothing_and_is_never_stale() {
    let operations = vec![
        write(0, 1, 0, 10),
        operation(1, Request::Write(Value::Number(2)), 20, Some((30, Outcome::Info))),
        read(2, Value::Number(1), 40, 41),
        read(2, Value::Number(2), 50, 51),
    ];
    assert_eq!(stale(operations), [(0, 0), (0, 0)]);
}

#[test]
fn staleness_of_many_runs_adds_up() {
    let history = |value| {
        let writes = vec![write(0, 1, 0, 10), write(0, 2, 20, 30)];
        History::new([writes, vec![read(1, Value::Number(value), 100, 101)]].concat()).expect("a history")
    };
    let mut sum = Staleness::of(&history(2));
    sum.merge(&Staleness::of(&history(1)));
    assert_eq!((sum.reads(), sum.within_versions(1), sum.within_versions(2)), (2, 1, 2));
    assert_eq!((sum.within_time(Span(0)), sum.within_time(Span(70))), (1, 2));
    assert_eq!(sum.by_versions().collect::<Vec<_>>(), [(0, 1), (1, 1)]);
}

prop_compose! {
    fn any_operation()(
        process in 0..1_000_000_u32, called in 0..200_u64, took in 0..200_u64, outcome in 0..4,
    ) -> Operation {
        let outcome = match outcome {
            0 => None,
            1 => Some((called + took, Outcome::Fail)),
            2 => Some((called + took, Outcome::Info)),
            _ => Some((called + took, Outcome::Ok(None))),
        };
        operation(process, Request::Write(Value::Number(1)), called, outcome)
    }
}

proptest! {
    #[test]
    fn measures_of_shards_add_up_to_the_measure_of_all(
        operations in prop::collection::vec(any_operation(), 0..60), split in 0..60_usize,
    ) {
        let by = Time(250);
        let (left, right) = operations.split_at(split.min(operations.len()));
        let mut latencies = Latencies::of(left, by);
        latencies.merge(&Latencies::of(right, by));
        prop_assert_eq!(latencies, Latencies::of(&operations, by));
        let mut throughput = Throughput::of(left, by, Span(7));
        prop_assert!(throughput.merge(&Throughput::of(right, by, Span(7))));
        prop_assert_eq!(throughput, Throughput::of(&operations, by, Span(7)));
        let timeline = |operations: &[Operation]| Timeline::of(operations, by, Span(50), &[], Span(9));
        let mut sum = timeline(left);
        prop_assert!(sum.merge(&timeline(right)));
        prop_assert_eq!(sum, timeline(&operations));
    }

    #[test]
    fn percentiles_are_those_of_the_sorted_list_within_a_thousandth(
        spans in prop::collection::vec(0..10_000_000_u64, 1..200), ppm in 1..=1_000_000_u32,
    ) {
        let mut latencies = Latencies::default();
        spans.iter().for_each(|span| latencies.answered(Span(*span)));
        let mut sorted = spans;
        sorted.sort_unstable();
        let rank = (sorted.len() as u64 * u64::from(ppm)).div_ceil(1_000_000).max(1);
        let exact = sorted[usize::try_from(rank).expect("small") - 1];
        let told = latencies.percentile(Quantile(ppm)).expect("not empty").span.0;
        prop_assert!(told >= exact && told <= exact + exact / 1_000 + 1, "{told} for {exact}");
    }
}

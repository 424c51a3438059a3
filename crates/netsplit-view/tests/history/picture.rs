//! What is drawn of a history, and where.

use netsplit_checkers::history::{Outcome, Request, Time, Value};
use netsplit_checkers::model::Model;
use netsplit_checkers::search::{Budget, judge};
use netsplit_checkers::verdict::Consistency;
use netsplit_view::history::account::{Account, Fault, FaultKind};
use netsplit_view::history::bars::{BarPicture, Part};
use netsplit_view::history::words::Standing;
use netsplit_view::history::{Look, picture};

use crate::common::{account, operation, read, write};

const MS: u64 = 1_000_000;

/// A thousand pixels for the first second.
fn look() -> Look {
    Look { window: (Time(0), Time(1_000 * MS)), width: 1_000.0, cursor: None, ..Look::default() }
}

fn bars(account: &Account, look: &Look) -> Vec<BarPicture> {
    picture(account, look).bars
}

#[test]
fn an_operation_is_drawn_from_its_call_to_its_answer_with_its_value_inside() {
    let told = account(vec![write(0, 4, 100 * MS, 300 * MS)], &[&[0]], 1_000 * MS);
    let bar = &bars(&told, &look())[0];
    assert_eq!((bar.from, bar.to, bar.label.as_str()), (100.0, 300.0, "x=D ✓"));
    assert!(bar.label_x.is_some_and(|x| x > bar.from && x < bar.to));
    assert_eq!(bar.spoken, "c1's write of D to x: asked at 0.100 s, answered, at 0.300 s");
}

#[test]
fn what_has_no_end_reaches_as_far_as_it_is_told() {
    let given_up = operation(0, Request::Write(Value::Number(1)), 100 * MS, Some((300 * MS, Outcome::Info)));
    let pending = operation(1, Request::Read, 200 * MS, None);
    let told = account(vec![given_up, pending], &[&[0], &[1]], 600 * MS);
    let ends: Vec<_> = bars(&told, &look()).iter().map(|bar| (bar.standing, bar.to, bar.goes_on)).collect();
    assert_eq!(ends, [(Standing::Unknown, 600.0, true), (Standing::Pending, 600.0, true)]);
}

#[test]
fn a_client_that_gave_up_goes_on_in_a_lane_below() {
    let given_up = operation(0, Request::Read, 100 * MS, Some((300 * MS, Outcome::Info)));
    let told = account(vec![given_up, write(2, 1, 400 * MS, 500 * MS)], &[&[0, 2], &[1]], 600 * MS);
    let lanes = picture(&told, &look()).lanes;
    let names: Vec<_> = lanes.iter().map(|lane| (lane.name.as_str(), lane.title.as_str())).collect();
    assert_eq!(names, [("c1", "c1"), ("", "c1, after giving up once"), ("c2", "c2")]);
    assert_eq!(bars(&told, &look())[1].lane, 1);
}

#[test]
fn a_label_that_does_not_fit_stands_behind_its_operation_or_nowhere() {
    let crowd = vec![write(0, 1, 100 * MS, 110 * MS), write(0, 2, 115 * MS, 120 * MS)];
    let told = account(crowd, &[&[0]], 600 * MS);
    let placed: Vec<_> = bars(&told, &look()).iter().map(|bar| bar.label_x.is_some()).collect();
    assert_eq!(placed, [false, true], "the second would lie over what stands behind the first");
}

#[test]
fn only_what_reaches_into_the_window_is_drawn() {
    let told = account(
        vec![write(0, 1, 0, 10 * MS), write(0, 2, 20 * MS, 50 * MS), write(0, 3, 90 * MS, 95 * MS)],
        &[&[0]],
        600 * MS,
    );
    let window = Look { window: (Time(30 * MS), Time(80 * MS)), ..look() };
    let seen = bars(&told, &window);
    assert_eq!(seen.iter().map(|bar| bar.row).collect::<Vec<_>>(), [1]);
    assert!(seen[0].begins_before && seen[0].from == 0.0 && !seen[0].goes_on);
}

#[test]
fn points_of_an_order_lie_inside_the_intervals_and_keep_it() {
    let rows = vec![write(0, 1, 100 * MS, 500 * MS), read(1, 1, 200 * MS, 300 * MS)];
    let told = account(rows, &[&[0], &[1]], 600 * MS);
    let what = Consistency::Linearizable(Model::Register);
    let verdict = judge(what, &told.history, Budget::USUAL);
    let drawn = picture(&told, &look().judged(what, &verdict));
    let points: Vec<_> = drawn.points.iter().map(|point| (point.row, point.x)).collect();
    assert_eq!(points, [(0, 200.0), (1, 250.0)]);
}

#[test]
fn the_witness_of_a_violation_stands_out_from_the_rest() {
    let rows = vec![
        write(0, 1, 0, 50 * MS),
        write(0, 2, 100 * MS, 200 * MS),
        read(1, 1, 300 * MS, 400 * MS),
        write(2, 9, 500 * MS, 550 * MS),
    ];
    let told = account(rows, &[&[0], &[1], &[2]], 600 * MS);
    let proof = Look { witness: vec![0, 1, 2], stuck: Some(2), ..look() };
    let parts = |look: &Look| bars(&told, look).iter().map(|bar| bar.part).collect::<Vec<_>>();
    assert_eq!(parts(&proof), [Part::Witness, Part::Witness, Part::Stuck, Part::Beside]);
    assert_eq!(parts(&look()), [Part::Fine; 4]);
}

#[test]
fn of_too_many_operations_the_oldest_are_left_out_but_not_the_witness() {
    let rows = (0..600).map(|at| write(0, at, at as u64 * MS, (at as u64 + 1) * MS)).collect();
    let told = account(rows, &[&[0]], 600 * MS);
    let proof = Look { witness: vec![3], stuck: Some(3), ..look() };
    let drawn = picture(&told, &proof);
    let rows: Vec<_> = drawn.bars.iter().map(|bar| bar.row).collect();
    assert_eq!((rows[0], rows[1], rows.len(), drawn.left_out), (3, 100, 501, 99));
}

#[test]
fn faults_are_bands_and_their_names_do_not_lie_over_one_another() {
    let mut told = account(Vec::new(), &[&[]], 1_000 * MS);
    let fault = |from: u64, to: Option<u64>, label: &str| Fault {
        kind: FaultKind::Wall,
        label: label.to_owned(),
        from: Time(from * MS),
        to: to.map(|to| Time(to * MS)),
    };
    told.faults = vec![
        fault(100, Some(400), "wall: n1 | n2, n3"),
        fault(120, None, "n2 crashed"),
        fault(130, None, "n3 crashed"),
        fault(900, None, "a name that does not fit behind its beginning"),
    ];
    let bands = picture(&told, &look()).bands;
    let levels: Vec<_> = bands.iter().map(|band| band.name.map(|(_, level)| level)).collect();
    assert_eq!(levels, [Some(0), Some(1), None, Some(0)]);
    assert_eq!((bands[0].from, bands[0].to, bands[1].to), (100.0, 400.0, 1_000.0));
    assert!(bands[3].name.is_some_and(|(x, _)| x < bands[3].from), "it is kept inside");
}

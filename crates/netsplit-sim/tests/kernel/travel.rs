//! Going through time and changing the past: whatever was done on the way, the run is the run.

use proptest::prelude::*;

use crate::toy::{ToyRun, c, link, n, run, setup};
use netsplit_sim::event::Event;
use netsplit_sim::history::Operation;
use netsplit_sim::id::{MessageId, NodeId, Step, TamperName, TimerName, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention, Scheduled};
use netsplit_sim::network::{LinkModel, UnderWay};
use netsplit_sim::run::{Limits, Progress, Run};
use netsplit_sim::setup::Setup;
use netsplit_sim::time::SimTime;

/// Long enough for several pages of the log.
const END: SimTime = SimTime::from_millis(15_000);

fn long(seed: u64) -> Setup {
    Setup { seed, until: END, under_way: UnderWay::Hold, ..setup() }
}

fn server() -> impl Strategy<Value = NodeId> {
    (1..=3u16).prop_map(n)
}

fn time() -> impl Strategy<Value = SimTime> {
    (0..=END.0 / 1_000).prop_map(|micros| SimTime(1_000 * micros))
}

fn message() -> impl Strategy<Value = MessageId> {
    (1..=2u16, 0..300u32).prop_map(|(to, index)| MessageId { link: link(n(3), n(to)), index, copy: 0 })
}

fn intervention() -> impl Strategy<Value = Intervention> {
    let lossy = LinkModel { loss_ppm: 300_000, duplicate_ppm: 300_000, ..LinkModel::default() };
    prop_oneof![
        server().prop_map(|id| Intervention::Crash(id, CrashKind::LoseUnsynced)),
        server().prop_map(Intervention::Restart),
        server().prop_map(Intervention::Pause),
        server().prop_map(Intervention::Resume),
        (server(), -9_000..9_000i32).prop_map(|(id, ppm)| Intervention::ClockDrift(id, ppm)),
        server().prop_map(|id| Intervention::SetWall(WallId(1), [link(id, n(1)), link(c(1), id)].into())),
        Just(Intervention::RemoveWall(WallId(1))),
        Just(Intervention::SetLink(link(n(2), n(3)), lossy)),
        message().prop_map(Intervention::Drop),
        message().prop_map(Intervention::Duplicate),
        (message(), time()).prop_map(|(id, to)| Intervention::Retime(id, to)),
        message().prop_map(|id| Intervention::Tamper(id, TamperName(0))),
        server().prop_map(|id| Intervention::FireTimer(id, TimerName(0))),
        (0..50i64).prop_map(|value| Intervention::Request {
            client: c(1),
            operation: Operation::write(0, value),
            via: None
        }),
    ]
    // A wall around n1 has no link from n1 to itself.
    .prop_map(|what| match what {
        Intervention::SetWall(wall, cuts) => {
            Intervention::SetWall(wall, cuts.into_iter().filter(|cut| cut.from != cut.to).collect())
        }
        other => other,
    })
}

fn line() -> impl Strategy<Value = Scheduled> {
    (time(), 0..3u32, intervention()).prop_map(|(at, rank, what)| Scheduled { at, rank, what })
}

fn script() -> impl Strategy<Value = Vec<Scheduled>> {
    prop::collection::vec(line(), 0..8).prop_map(|mut script| {
        script.sort_by_key(|line| (line.at, line.rank));
        script
    })
}

/// From no room at all to more than is needed.
fn limits() -> impl Strategy<Value = Limits> {
    let bytes = || prop_oneof![Just(0), 10_000..1_000_000usize];
    (prop_oneof![Just(1), Just(7), Just(1_024)], bytes(), bytes())
        .prop_map(|(stride, keyframe_bytes, log_bytes)| Limits { stride, keyframe_bytes, log_bytes })
}

/// A way to move the cursor.
#[derive(Clone, Debug)]
enum Move {
    Seek(SimTime),
    Back(u64),
    Forth(u8),
    Approach(SimTime),
    Limit(Limits),
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        time().prop_map(Move::Seek),
        (1..3_000u64).prop_map(Move::Back),
        any::<u8>().prop_map(Move::Forth),
        time().prop_map(Move::Approach),
        limits().prop_map(Move::Limit),
    ];
    prop::collection::vec(one, 0..8)
}

fn wander(run: &mut dyn Run, moves: &[Move]) {
    for one in moves {
        match *one {
            Move::Seek(time) => run.seek(time).unwrap(),
            Move::Back(steps) => run.seek_step(Step(run.step().0.saturating_sub(steps))).unwrap(),
            Move::Forth(steps) => {
                (0..steps).all(|_| run.step_forward() == Ok(Progress::Arrived));
            }
            Move::Approach(time) => run.approach(time).unwrap(),
            Move::Limit(limits) => run.limit(limits),
        }
    }
}

fn limited(seed: u64, script: &[Scheduled], limits: Limits) -> ToyRun {
    let mut run = run(long(seed), script.to_vec());
    run.limit(limits);
    run
}

fn straight(seed: u64, script: &[Scheduled], to: SimTime) -> ToyRun {
    let mut run = run(long(seed), script.to_vec());
    while run.run_until(to, u32::MAX).unwrap() == Progress::Underway {}
    run
}

/// Whether two runs have come to the same, and know the same of it, but for what the one forgot.
fn check_same(seen: &dyn Run, expected: &dyn Run) {
    assert_eq!(seen.digest(), expected.digest());
    assert_eq!((seen.step(), seen.now()), (expected.step(), expected.now()));
    assert_eq!(seen.history(), expected.history());
    assert_eq!(seen.known_marks(), expected.known_marks());
    assert_eq!(seen.sent_by_kind(), expected.sent_by_kind());
    let outcomes = |run: &dyn Run| (0..run.script().len()).map(|at| run.outcome(at)).collect::<Vec<_>>();
    assert_eq!(outcomes(seen), outcomes(expected));
    check_log(seen, expected);
}

/// Whether all that is kept is true, and kept once.
fn check_log(seen: &dyn Run, expected: &dyn Run) {
    let kept: Vec<&Event> = seen.known_events().collect();
    assert_eq!(kept.len() as u64 + seen.memory().events_forgotten, seen.known().step.0);
    assert!(kept.windows(2).all(|pair| pair[0].step < pair[1].step), "in order, each once");
    for event in kept {
        let step = event.step;
        assert_eq!((seen.event(step), Some(event)), (Some(event), expected.event(step)));
        assert_eq!((seen.notes(step), seen.sent(step)), (expected.notes(step), expected.sent(step)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn seek_then_run_is_a_straight_run_whatever_is_kept(
        seed in 0..9u64, script in script(), limits in limits(), moves in moves(), stop in time(),
    ) {
        let mut seen = limited(seed, &script, limits);
        wander(&mut seen, &moves);
        seen.seek(stop).unwrap();
        prop_assert_eq!(seen.digest(), straight(seed, &script, stop).digest());
        seen.seek(END).unwrap();
        check_same(&seen, &straight(seed, &script, END));
    }

    #[test]
    fn what_a_replay_passes_is_known_again(
        seed in 0..9u64, script in script(), stop in time(), log_bytes in 0..600_000usize,
    ) {
        let mut seen = limited(seed, &script, Limits { log_bytes, ..Limits::default() });
        seen.seek(END).unwrap();
        let all = straight(seed, &script, END);
        seen.seek(stop).unwrap();
        let here = seen.step();
        prop_assert_eq!(seen.event(here), all.event(here));
        check_log(&seen, &all);
    }

    #[test]
    fn a_fork_leaves_the_run_it_came_from_as_it_was(
        seed in 0..9u64, script in script(), limits in limits(), moves in moves(), what in intervention(),
    ) {
        let mut trunk = limited(seed, &script, limits);
        wander(&mut trunk, &moves);
        let (here, known) = (trunk.digest(), trunk.known());
        let mut branch = trunk.fork();
        branch.intervene(what).unwrap();
        branch.seek(END).unwrap();
        prop_assert_eq!((trunk.digest(), trunk.known()), (here, known));
        check_same(&*branch, &straight(seed, branch.script(), END));
        trunk.seek(END).unwrap();
        check_same(&trunk, &straight(seed, &script, END));
    }

    #[test]
    fn undoing_all_edits_gives_the_first_run_back(
        seed in 0..9u64,
        script in script(),
        limits in limits(),
        edits in prop::collection::vec((script(), moves()), 1..4),
    ) {
        let mut seen = limited(seed, &script, limits);
        seen.seek(END).unwrap();
        for (script, moves) in &edits {
            seen.edit(script.clone()).unwrap();
            wander(&mut seen, moves);
        }
        let last = &edits.last().expect("there is an edit").0;
        let here = seen.now();
        seen.seek(here).unwrap();
        prop_assert_eq!(seen.digest(), straight(seed, last, here).digest());
        seen.edit(script.clone()).unwrap();
        seen.seek(END).unwrap();
        check_same(&seen, &straight(seed, &script, END));
    }

    #[test]
    fn a_line_taken_out_and_put_back_changes_nothing(
        seed in 0..9u64, script in script(), line in line(), limits in limits(), moves in moves(),
    ) {
        let mut with = script.clone();
        with.push(line);
        with.sort_by_key(|line| (line.at, line.rank));
        let mut seen = limited(seed, &with, limits);
        seen.seek(END).unwrap();
        seen.edit(script.clone()).unwrap();
        wander(&mut seen, &moves);
        seen.edit(with.clone()).unwrap();
        seen.seek(END).unwrap();
        check_same(&seen, &straight(seed, &with, END));
    }
}

//! Each fault bites, and bites nothing else.

use crate::toy::{Toy, ToyConfig, ToyRun, all_events, at, c, link, n, run, setup};
use netsplit_sim::event::{Arrival, Event, EventKind, Fate, Loss, StepReport};
use netsplit_sim::execution::Execution;
use netsplit_sim::history::{Operation, Outcome, Value};
use netsplit_sim::id::{MessageId, NodeId, OrderName, TamperName, TimerName, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention, NoEffect, Scheduled};
use netsplit_sim::latency::Delay;
use netsplit_sim::network::{LinkModel, UnderWay};
use netsplit_sim::run::{FlightView, Run, Status, Stopped};
use netsplit_sim::setup::{Configs, Setup};
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_sim::workload::{ClientSpec, Workload};
use netsplit_sim::world::World;

const END: SimTime = SimTime::from_millis(2_000);

fn ms(millis: u64) -> SimDuration {
    SimDuration::from_millis(millis)
}

fn played(setup: Setup, script: Vec<Scheduled>) -> ToyRun {
    let mut whole = run(setup, script);
    whole.seek(END).unwrap();
    whole
}

fn with_link(model: LinkModel) -> Setup {
    Setup { link: model, ..setup() }
}

/// The greetings of `from` that `at` heard, by number.
fn heard(run: &ToyRun, at: NodeId, from: NodeId) -> Vec<u32> {
    let server = run.world().server(at).expect("it is up");
    server.heard.iter().filter(|(who, _)| *who == from).map(|(_, number)| *number).collect()
}

fn flights(run: &ToyRun) -> Vec<FlightView> {
    let mut flights = Vec::new();
    run.flights(&mut flights);
    flights
}

#[test]
fn a_lossy_link_loses_about_its_share() {
    let lossy = LinkModel { loss_ppm: 300_000, ..setup().link };
    let mut long = with_link(lossy);
    long.until = SimTime::from_millis(60_000);
    let mut whole = run(long, Vec::new());
    whole.seek(SimTime::from_millis(60_000)).unwrap();
    let arrived = heard(&whole, n(2), n(1)).len();
    assert!((770..910).contains(&arrived), "{arrived} of 1,199 greetings, 839 expected");
}

#[test]
fn adding_loss_to_one_link_changes_no_delay_on_any_other() {
    let lossy = LinkModel { loss_ppm: 500_000, ..setup().link };
    let calm = played(setup(), Vec::new());
    let stormy = played(setup(), vec![at(0, Intervention::SetLink(link(n(1), n(2)), lossy))]);
    let sent = |run: &ToyRun| -> Vec<(MessageId, SimTime)> {
        let steps = (0..=run.step().0).map(netsplit_sim::id::Step);
        let all = steps.flat_map(|step| run.sent(step).to_vec());
        let mut sent: Vec<_> = all.map(|sent| (sent.id, sent.deliver_at)).collect();
        sent.sort_unstable();
        sent
    };
    assert!(heard(&stormy, n(2), n(1)).len() < heard(&calm, n(2), n(1)).len());
    // Not only on other links: even on the lossy one every message keeps the delay it would have had.
    assert_eq!(sent(&stormy), sent(&calm));
}

#[test]
fn a_duplicating_link_delivers_twice() {
    let twice = LinkModel { duplicate_ppm: 1_000_000, ..setup().link };
    let greetings = heard(&played(with_link(twice), Vec::new()), n(2), n(1));
    let firsts = greetings.iter().filter(|&&number| number == 1).count();
    assert_eq!(firsts, 2);
}

#[test]
fn a_reordering_link_lets_later_messages_overtake_and_a_fifo_link_never() {
    let reordering = LinkModel { reorder_ppm: 500_000, reorder_by: ms(200), ..setup().link };
    let fifo = LinkModel { fifo: true, ..reordering.clone() };
    let in_order = |numbers: Vec<u32>| numbers.is_sorted();
    assert!(in_order(heard(&played(setup(), Vec::new()), n(2), n(1))));
    assert!(!in_order(heard(&played(with_link(reordering), Vec::new()), n(2), n(1))));
    assert!(in_order(heard(&played(with_link(fifo), Vec::new()), n(2), n(1))));
}

#[test]
fn a_narrow_link_makes_messages_queue() {
    // A message of 100 bytes takes 80 ms, and one is sent every 50 ms.
    let narrow = LinkModel { bandwidth: Some(1_250), delay: Delay::Constant(ms(1)), ..LinkModel::default() };
    let whole = played(with_link(narrow), Vec::new());
    assert_eq!(heard(&whole, n(2), n(1)).len(), 24, "one each 80 ms after the first at 50 ms");
}

#[test]
fn a_slow_link_delays() {
    let slow = LinkModel { delay: Delay::Constant(ms(400)), ..LinkModel::default() };
    let whole = played(setup(), vec![at(0, Intervention::SetLink(link(n(1), n(2)), slow))]);
    assert_eq!(heard(&whole, n(2), n(1)).len(), 32, "what was sent until 1,600 ms");
    assert_eq!(heard(&whole, n(1), n(2)).len(), 39);
}

#[test]
fn a_one_way_cut_silences_one_direction_and_a_second_wall_keeps_it_cut() {
    let cut = || [link(n(1), n(2))].into();
    let script = vec![
        at(500, Intervention::SetWall(WallId(1), cut())),
        at(600, Intervention::SetWall(WallId(2), cut())),
        at(1_000, Intervention::RemoveWall(WallId(1))),
        at(1_500, Intervention::RemoveWall(WallId(2))),
    ];
    let whole = played(setup(), script);
    let deaf = heard(&whole, n(2), n(1));
    assert!(deaf.contains(&9) && !(11..=29).any(|number| deaf.contains(&number)) && deaf.contains(&30));
    assert_eq!(heard(&whole, n(1), n(2)).len(), 39, "the other direction is open");
}

#[test]
fn a_cut_drops_delivers_or_holds_what_is_under_way_as_the_scenario_says() {
    let heard_under = |under_way| {
        let slow = LinkModel { delay: Delay::Constant(ms(30)), ..LinkModel::default() };
        let cut = Intervention::SetWall(WallId(1), [link(n(1), n(2))].into());
        let script = vec![at(60, cut), at(95, Intervention::RemoveWall(WallId(1)))];
        let mut whole = run(Setup { under_way, link: slow, ..setup() }, script);
        whole.seek(SimTime::from_millis(94)).unwrap();
        let before_the_heal = heard(&whole, n(2), n(1)).len();
        whole.seek(SimTime::from_millis(114)).unwrap();
        let just_before = heard(&whole, n(2), n(1)).len();
        whole.seek(SimTime::from_millis(115)).unwrap();
        (before_the_heal, just_before, heard(&whole, n(2), n(1)).len())
    };
    assert_eq!(heard_under(UnderWay::Drop), (0, 0, 0));
    assert_eq!(heard_under(UnderWay::Deliver), (1, 1, 1));
    assert_eq!(heard_under(UnderWay::Hold), (0, 0, 1), "20 ms were left at the cut, so 20 ms after the heal");
}

#[test]
fn a_held_message_stays_where_it_was_caught() {
    let slow = LinkModel { delay: Delay::Constant(ms(30)), ..LinkModel::default() };
    let cut = Intervention::SetWall(WallId(1), [link(n(1), n(2))].into());
    let mut whole = run(Setup { under_way: UnderWay::Hold, link: slow, ..setup() }, vec![at(65, cut)]);
    whole.seek(SimTime::from_millis(90)).unwrap();
    let held = flights(&whole).into_iter().find(|flight| flight.fate == Fate::Held).expect("one is held");
    assert!((held.progress(whole.now()) - 0.5).abs() < 1e-6);
}

#[test]
fn what_is_done_to_messages_under_way_is_told_with_what_becomes_of_them() {
    let slow = LinkModel { delay: Delay::Constant(ms(30)), ..LinkModel::default() };
    let cut = || Intervention::SetWall(WallId(1), [link(n(1), n(2))].into());
    let script = || vec![at(65, cut()), at(100, Intervention::RemoveWall(WallId(1)))];
    let told = |under_way| -> Vec<(Fate, SimTime)> {
        let whole = played(Setup { under_way, link: slow.clone(), ..setup() }, script());
        let steps = (0..=whole.step().0).map(netsplit_sim::id::Step);
        steps.flat_map(|step| whole.changed(step).to_vec()).map(|row| (row.fate, row.deliver_at)).collect()
    };
    let millis = SimTime::from_millis;
    assert_eq!(told(UnderWay::Drop), [(Fate::Lost(Loss::Cut), millis(80))]);
    assert_eq!(told(UnderWay::Deliver), []);
    assert_eq!(told(UnderWay::Hold), [(Fate::Held, millis(80)), (Fate::Deliver, millis(115))]);
}

/// The values on n1's disk at the end, when a write that came at 200 ms finds n1 crashing at `millis`.
fn stored_after(kind: CrashKind, micros: u64) -> Vec<i64> {
    let crash = Scheduled { at: SimTime(micros * 1_000), rank: 0, what: Intervention::Crash(n(1), kind) };
    let mut slow_disk = setup();
    slow_disk.disk = Delay::Constant(ms(20));
    slow_disk.link = LinkModel::default();
    let whole = played(slow_disk, vec![crash, at(1_900, Intervention::Restart(n(1)))]);
    whole.world().disk(n(1)).values.clone()
}

#[test]
fn the_three_crashes_differ_by_what_the_disk_keeps() {
    // The write of 2 reaches n1 at 203 ms and is durable at 223 ms; the writes of 3, 4, 5 find n1 down.
    assert_eq!(stored_after(CrashKind::KeepWritten, 210_000), [1, 2]);
    assert_eq!(stored_after(CrashKind::LoseUnsynced, 210_000), [1]);
    assert_eq!(stored_after(CrashKind::LoseUnsynced, 230_000), [1, 2]);
    assert_eq!(stored_after(CrashKind::LoseDisk, 230_000), []);
}

#[test]
fn an_unsynced_write_is_never_acknowledged() {
    let mut slow_disk = setup();
    slow_disk.disk = Delay::Constant(ms(20));
    let script = vec![at(218, Intervention::Crash(n(1), CrashKind::LoseUnsynced))];
    let whole = played(slow_disk, script);
    let outcomes: Vec<_> =
        whole.history().iter().map(|row| row.returned.clone().map(|(_, outcome)| outcome)).collect();
    assert_eq!(outcomes[..2], [Some(Outcome::Ok(Value::Absent)), Some(Outcome::Info)]);
}

#[test]
fn a_crashed_server_loses_its_memory_and_what_arrives() {
    let script = vec![
        at(500, Intervention::Crash(n(2), CrashKind::KeepWritten)),
        at(1_000, Intervention::Restart(n(2))),
    ];
    let whole = played(setup(), script);
    assert!(heard(&whole, n(2), n(1)).iter().all(|&number| number >= 19), "earlier ones are forgotten");
    let lost = all_events(&whole)
        .into_iter()
        .filter(|event| matches!(event.kind, EventKind::Deliver { arrival: Arrival::NobodyThere, .. }));
    assert!(lost.count() >= 18);
    assert_eq!(heard(&whole, n(1), n(2)).iter().filter(|&&number| number == 1).count(), 2, "it counts anew");
}

#[test]
fn a_flight_outlives_its_sender_and_reaches_the_next_incarnation() {
    let slow = LinkModel { delay: Delay::Constant(ms(100)), ..LinkModel::default() };
    let script = vec![
        at(60, Intervention::Crash(n(1), CrashKind::KeepWritten)),
        at(60, Intervention::Crash(n(2), CrashKind::KeepWritten)),
        at(100, Intervention::Restart(n(2))),
    ];
    let whole = played(with_link(slow), script);
    assert_eq!(heard(&whole, n(2), n(1)), [1]);
}

#[test]
fn a_paused_server_handles_everything_in_order_when_it_resumes() {
    let script = vec![at(400, Intervention::Pause(n(2))), at(900, Intervention::Resume(n(2)))];
    let mut whole = run(setup(), script);
    whole.seek(SimTime::from_millis(899)).unwrap();
    assert_eq!(whole.status(n(2)), Status::Paused);
    let before = heard(&whole, n(2), n(1)).len();
    whole.seek(SimTime::from_millis(900)).unwrap();
    let after = heard(&whole, n(2), n(1));
    assert!(before <= 8 && after.len() >= 16 && after.is_sorted(), "{before}, then {after:?}");
    assert_eq!(heard(&whole, n(1), n(2)).len(), before.min(8), "its own greetings waited too");
}

#[test]
fn a_shifted_clock_is_read_by_the_next_boot_and_moves_no_timer() {
    let script = vec![
        at(100, Intervention::ClockOffset(n(2), 5_000_000_000)),
        at(200, Intervention::Crash(n(2), CrashKind::KeepWritten)),
        at(300, Intervention::Restart(n(2))),
    ];
    let whole = played(setup(), script);
    assert_eq!(whole.world().server(n(2)).unwrap().booted_at.0, 5_300_000_000);
    let shifted = played(setup(), vec![at(100, Intervention::ClockOffset(n(2), 5_000_000_000))]);
    assert_eq!(shifted.world().server(n(2)).unwrap().greetings, 40);
}

#[test]
fn a_drifting_clock_changes_how_often_timers_fire() {
    let fast = played(setup(), vec![at(0, Intervention::ClockDrift(n(2), 250_000))]);
    assert_eq!(fast.world().server(n(2)).unwrap().greetings, 50, "every 40 ms");
    let slow = played(setup(), vec![at(1_010, Intervention::ClockDrift(n(2), -500_000))]);
    assert_eq!(slow.world().server(n(2)).unwrap().greetings, 30, "every 100 ms in the second half");
}

#[test]
fn one_message_can_be_dropped_duplicated_or_delivered_now() {
    let greeting = MessageId { link: link(n(1), n(2)), index: 0, copy: 0 };
    let with = |what| played(setup(), vec![at(52, what)]);
    assert_eq!(heard(&with(Intervention::Drop(greeting)), n(2), n(1)).first(), Some(&2));
    assert_eq!(heard(&with(Intervention::Duplicate(greeting)), n(2), n(1))[..3], [1, 1, 2]);
    let hurried = with(Intervention::DeliverNow(greeting));
    assert_eq!(first_greeting_arrived(&hurried), Some(SimTime::from_millis(52)));
}

/// When the first greeting of n1 reached n2.
fn first_greeting_arrived(whole: &ToyRun) -> Option<SimTime> {
    let greeting = MessageId { link: link(n(1), n(2)), index: 0, copy: 0 };
    let is_it =
        |event: &Event| matches!(event.kind, EventKind::Deliver { message, .. } if message == greeting);
    all_events(whole).into_iter().find(is_it).map(|event| event.time)
}

#[test]
fn one_message_can_be_tampered_with_on_its_way_and_arrives_when_it_would_have() {
    let greeting = MessageId { link: link(n(1), n(2)), index: 0, copy: 0 };
    let tampered = |id, millis| played(setup(), vec![at(millis, Intervention::Tamper(id, TamperName(0)))]);
    let forged = tampered(greeting, 52);
    let plain = played(setup(), Vec::new());
    assert_eq!(heard(&forged, n(2), n(1))[..2], [101, 2]);
    assert_eq!(heard(&forged, n(3), n(1)), heard(&plain, n(3), n(1)), "other messages say what they said");
    assert_eq!(first_greeting_arrived(&forged), first_greeting_arrived(&plain));
    assert_ne!(forged.digest(), plain.digest());
    let refused = |run: &ToyRun| run.outcome(0).and_then(|applied| applied.refused);
    assert_eq!(refused(&tampered(greeting, 10)), Some(NoEffect::NoSuchMessage), "it was not sent yet");
    let store = MessageId { link: link(c(1), n(1)), index: 0, copy: 0 };
    assert_eq!(refused(&tampered(store, 101)), Some(NoEffect::NothingToTamperWith));
}

#[test]
fn one_message_can_be_let_arrive_at_another_time() {
    let greeting = MessageId { link: link(n(1), n(2)), index: 0, copy: 0 };
    let (now, later, never) = (SimTime::from_millis(52), SimTime::from_millis(700), END + ms(1));
    let usual = first_greeting_arrived(&played(setup(), Vec::new())).expect("no link loses anything");
    let expected = [
        (later, Some(later), None),
        (SimTime::from_millis(51), Some(now), None),
        (never, None, None),
        (usual, Some(usual), Some(NoEffect::NothingToChange)),
    ];
    for (to, arrives, refused) in expected {
        let whole = played(setup(), vec![at(52, Intervention::Retime(greeting, to))]);
        assert_eq!(first_greeting_arrived(&whole), arrives, "retimed to {to}");
        assert_eq!(whole.outcome(0).map(|applied| applied.refused), Some(refused));
    }
}

#[test]
fn a_timer_can_be_fired_now() {
    let whole = played(setup(), vec![at(10, Intervention::FireTimer(n(1), TimerName(0)))]);
    assert_eq!(whole.world().server(n(1)).unwrap().greetings, 40);
}

#[test]
fn a_timer_that_has_just_fired_can_be_fired_again_at_that_very_instant() {
    let again = Intervention::FireTimer(n(3), TimerName(0));
    let whole = played(setup(), vec![Scheduled { rank: 3, ..at(50, again) }]);
    assert_eq!(whole.world().server(n(3)).unwrap().greetings, 41, "one more than every 50 ms");
}

#[test]
fn a_client_can_be_asked_and_waits_its_turn() {
    let ask = |number| Intervention::Request {
        client: c(1),
        operation: Operation::write(0, number),
        via: Some(n(2)),
    };
    let whole = played(setup(), vec![at(10, ask(40)), at(11, ask(41))]);
    assert_eq!(whole.world().disk(n(2)).values, [40, 41]);
    assert_eq!(whole.world().disk(n(1)).values, [1, 2, 3, 4, 5]);
    let overlaps =
        whole.history().windows(2).any(|pair| pair[0].returned.as_ref().unwrap().0 > pair[1].invoked);
    assert!(!overlaps, "one operation in flight per process");
}

#[test]
fn an_unanswered_operation_retires_its_process() {
    let cut = Intervention::SetWall(WallId(1), [link(n(1), c(1))].into());
    let whole = played(setup(), vec![at(150, cut)]);
    let processes: Vec<_> = whole.history().iter().map(|row| row.process.0).collect();
    assert_eq!(processes, [0, 0, 1, 2, 3]);
    assert!(
        whole.history()[1..4]
            .iter()
            .all(|row| { row.returned.as_ref().is_none_or(|(_, outcome)| *outcome == Outcome::Info) })
    );
}

#[test]
fn what_would_change_nothing_stays_in_the_script_with_its_reason() {
    let unknown = MessageId { link: link(n(1), n(2)), index: 999, copy: 0 };
    let script = vec![
        at(100, Intervention::Restart(n(1))),
        at(100, Intervention::Resume(n(1))),
        at(100, Intervention::RemoveWall(WallId(3))),
        at(100, Intervention::Drop(unknown)),
        at(100, Intervention::FireTimer(n(1), TimerName(9))),
    ];
    let whole = played(setup(), script);
    let reasons: Vec<_> = all_events(&whole)
        .into_iter()
        .filter_map(|event| match event.kind {
            EventKind::Intervene { refused, .. } => refused,
            _ => None,
        })
        .collect();
    use NoEffect::{NoSuchMessage, NoSuchTimer, NoSuchWall, NotCrashed, NotPaused};
    assert_eq!(reasons, [NotCrashed, NotPaused, NoSuchWall, NoSuchMessage, NoSuchTimer]);
}

#[test]
fn ten_thousand_events_at_one_instant_are_a_livelock() {
    // Nothing takes no time at all, so it takes very many participants of one instant.
    let mut crowd = setup();
    crowd.servers = 100;
    crowd.link = LinkModel { duplicate_ppm: 1_000_000, ..LinkModel::default() };
    let config = ToyConfig::default();
    let mut busy: ToyRun = Execution::new(crowd, config, Vec::new()).unwrap();
    let stopped = busy.seek(END).unwrap_err();
    assert_eq!(stopped, Stopped::Livelock { at: SimTime::from_millis(53), limit: 10_000 });
}

#[test]
fn lost_messages_stay_visible_until_they_would_have_arrived() {
    let cut = Intervention::SetWall(WallId(1), [link(n(1), n(2))].into());
    let slow = LinkModel { delay: Delay::Constant(ms(30)), ..LinkModel::default() };
    let mut whole = run(with_link(slow), vec![at(10, cut)]);
    let lost_at = |run: &mut ToyRun, millis| {
        run.seek(SimTime::from_millis(millis)).unwrap();
        flights(run).iter().filter(|flight| matches!(flight.fate, Fate::Lost(_))).count()
    };
    assert_eq!([49, 50, 79, 81].map(|millis| lost_at(&mut whole, millis)), [0, 1, 1, 0]);
}

#[test]
fn an_order_is_carried_out_by_a_server_that_runs_and_by_no_other() {
    let order = |node| Intervention::Order(node, OrderName(0));
    let whole = played(
        setup(),
        vec![
            at(20, order(n(1))),
            at(20, Intervention::Crash(n(2), CrashKind::KeepWritten)),
            at(21, order(n(2))),
        ],
    );
    assert_eq!(heard(&whole, n(3), n(1))[..2], [1, 2], "n1 greets once more");
    assert_eq!(heard(&played(setup(), Vec::new()), n(3), n(1)).len() + 1, heard(&whole, n(3), n(1)).len());
    assert_eq!(whole.outcome(2).and_then(|applied| applied.refused), Some(NoEffect::NotRunning));
}

#[test]
fn a_server_goes_by_its_own_parameters_and_the_others_by_theirs() {
    let mut configs = Configs::<Toy>::shared(ToyConfig::default());
    configs.give(n(2), ToyConfig { greet_every: ms(25), ..ToyConfig::default() });
    let mut report = StepReport::default();
    let mut world = World::with(setup(), configs, &mut report);
    while world.next_event_at().is_some_and(|at| at <= END) {
        world.step(&mut report).expect("time advances");
    }
    let greetings = [1, 2, 3].map(|number| world.server(n(number)).expect("it is up").greetings);
    assert_eq!(greetings, [40, 80, 40]);
    assert_eq!(world.config_of(n(2)).greet_every, ms(25));
}

#[test]
fn a_kind_of_message_takes_longer_than_its_link_and_disturbs_no_other() {
    let arrivals = |run: &ToyRun, wanted: u8| -> Vec<SimTime> {
        let is_wanted =
            |event: &&Event| matches!(event.kind, EventKind::Deliver { kind, .. } if kind == wanted);
        all_events(run).iter().filter(is_wanted).map(|event| event.time).collect()
    };
    let plain = played(setup(), Vec::new());
    let slow = played(Setup { kinds: vec![(1, Delay::Constant(ms(20)))], ..setup() }, Vec::new());
    let later: Vec<SimTime> = arrivals(&plain, 1).into_iter().map(|time| time + ms(20)).collect();
    assert_eq!(arrivals(&slow, 1), later, "what is to be stored takes 20 ms more");
    assert_eq!(arrivals(&slow, 0), arrivals(&plain, 0), "greetings take what they took");
}

#[test]
fn a_roaming_client_turns_to_all_servers_and_a_sticky_one_to_its_own() {
    let asked = |roaming: bool| -> std::collections::BTreeSet<NodeId> {
        let writes = (1..=15).map(|k| (SimTime::from_millis(100 * k), Operation::write(0, k as i64)));
        let workload = Workload::Script(writes.collect());
        let client = ClientSpec { home: Some(n(2)), roaming, workload };
        let whole = played(Setup { clients: vec![client], ..setup() }, Vec::new());
        let to = |event: &Event| match event.kind {
            EventKind::Deliver { message, kind: 1, .. } => Some(message.link.to),
            _ => None,
        };
        all_events(&whole).iter().filter_map(to).collect()
    };
    assert_eq!(asked(false), [n(2)].into());
    assert_eq!(asked(true), [n(1), n(2), n(3)].into());
}

#[test]
fn a_request_counts_as_received_once_a_live_server_has_it() {
    let wall = Intervention::SetWall(WallId(1), [link(c(1), n(1))].into());
    let crash = Intervention::Crash(n(1), CrashKind::KeepWritten);
    let whole = played(setup(), vec![at(150, wall), at(850, Intervention::RemoveWall(WallId(1)))]);
    let received: Vec<bool> = whole.history().iter().map(|row| row.received.is_some()).collect();
    assert_eq!(received[..2], [true, false], "the second is lost at the wall");
    let crashed = played(setup(), vec![at(50, crash)]);
    assert!(crashed.history().iter().all(|row| row.received.is_none()), "nobody is there to receive");
    let first = &whole.history()[0];
    let arrival = whole.event(first.received.unwrap().step).unwrap();
    assert!(matches!(arrival.kind, EventKind::Deliver { message, kind: 1, .. } if message.link.to == n(1)));
    assert_eq!(first.received_by(first.invoked.step), None, "not before it arrives");
}

#[test]
fn traffic_counts_what_was_sent_up_to_the_cursor() {
    let mut whole = played(setup(), Vec::new());
    let end = whole.traffic().to_vec();
    let sent: Vec<u32> = end.iter().map(|traffic| traffic.messages).collect();
    assert_eq!(sent, whole.sent_by_kind());
    assert!(end.iter().all(|traffic| traffic.bytes >= u64::from(traffic.messages)));
    whole.seek(SimTime::from_millis(1_000)).unwrap();
    let half = whole.traffic().to_vec();
    assert!(half[0].messages < end[0].messages && half[0].bytes < end[0].bytes);
    whole.seek(END).unwrap();
    assert_eq!(whole.traffic(), end, "as before, by a keyframe or not");
}

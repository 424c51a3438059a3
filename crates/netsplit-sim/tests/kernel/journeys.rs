//! What becomes of messages, read from what is known of a run.

use crate::toy::{ToyRun, at, link, n, run, setup};
use netsplit_sim::event::{Arrival, Loss};
use netsplit_sim::id::{Link, MessageId, NodeId, Step, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention, Scheduled};
use netsplit_sim::journey::{Ending, Journey};
use netsplit_sim::latency::Delay;
use netsplit_sim::network::{LinkModel, UnderWay};
use netsplit_sim::run::{Run, Status};
use netsplit_sim::setup::Setup;
use netsplit_sim::time::{SimDuration, SimTime};

const GREETING: MessageId =
    MessageId { link: Link::new(NodeId::server(0), NodeId::server(1)), index: 0, copy: 0 };

/// Every message takes 30 ms; n1 greets n2 at 50 ms.
fn until(millis: u64, under_way: UnderWay, script: Vec<Scheduled>) -> ToyRun {
    let slow = LinkModel { delay: Delay::Constant(SimDuration::from_millis(30)), ..LinkModel::default() };
    let mut whole = run(Setup { under_way, link: slow, ..setup() }, script);
    whole.seek(SimTime::from_millis(millis)).unwrap();
    whole
}

/// The first greeting of n1 to n2, at 100 ms.
fn first_greeting(under_way: UnderWay, script: Vec<Scheduled>) -> Journey {
    journey(&until(100, under_way, script))
}

fn journey(run: &dyn Run) -> Journey {
    let journeys = run.journeys(Step(0), |sent| sent.id == GREETING);
    assert_eq!(journeys.len(), 1);
    assert_eq!(journeys[0].sent.time, SimTime::from_millis(50));
    journeys[0]
}

fn wall(millis: u64) -> Scheduled {
    at(millis, Intervention::SetWall(WallId(1), [link(n(1), n(2))].into()))
}

fn no_wall(millis: u64) -> Scheduled {
    at(millis, Intervention::RemoveWall(WallId(1)))
}

/// How it ended, and in which millisecond.
fn ended(journey: &Journey) -> (Ending, u64) {
    let moment = match journey.ending {
        Ending::Arrived(moment, _) | Ending::Lost(_, moment) | Ending::Held(moment) => moment,
        Ending::UnderWay => return (Ending::UnderWay, journey.arrives.0 / 1_000_000),
    };
    (journey.ending, moment.time.0 / 1_000_000)
}

#[test]
fn a_message_is_under_way_until_it_arrives() {
    let on_its_way = journey(&until(79, UnderWay::Drop, Vec::new()));
    assert_eq!(ended(&on_its_way), (Ending::UnderWay, 80));
    let (ending, millis) = ended(&first_greeting(UnderWay::Drop, Vec::new()));
    assert!(matches!(ending, Ending::Arrived(_, Arrival::Handled)) && millis == 80, "{ending:?}");
}

#[test]
fn a_message_lost_at_a_wall_says_when_whether_the_wall_stood_before_or_came_later() {
    for (raised, lost) in [(40, 50), (65, 65)] {
        let journey = first_greeting(UnderWay::Drop, vec![wall(raised)]);
        let (ending, millis) = ended(&journey);
        assert!(matches!(ending, Ending::Lost(Loss::Cut, _)), "{ending:?}");
        assert_eq!((millis, journey.arrives), (lost, SimTime::from_millis(80)), "it would have arrived then");
    }
    let dropped = first_greeting(UnderWay::Drop, vec![at(70, Intervention::Drop(GREETING))]);
    assert!(matches!(ended(&dropped), (Ending::Lost(Loss::Dropped, _), 70)));
}

#[test]
fn a_held_message_waits_for_the_end_of_the_cut_and_arrives_later() {
    let held = first_greeting(UnderWay::Hold, vec![wall(60)]);
    assert!(matches!(ended(&held), (Ending::Held(_), 60)));
    let released = first_greeting(UnderWay::Hold, vec![wall(60), no_wall(70)]);
    assert!(matches!(ended(&released), (Ending::Arrived(_, Arrival::Handled), 90)));
}

#[test]
fn a_message_that_finds_its_receiver_down_says_how() {
    let crashed = vec![at(60, Intervention::Crash(n(2), CrashKind::KeepWritten))];
    assert!(matches!(
        ended(&first_greeting(UnderWay::Drop, crashed)),
        (Ending::Arrived(_, Arrival::NobodyThere), 80)
    ));
    let paused = vec![at(60, Intervention::Pause(n(2)))];
    assert!(matches!(
        ended(&first_greeting(UnderWay::Drop, paused)),
        (Ending::Arrived(_, Arrival::Waits), 80)
    ));
}

#[test]
fn walls_and_outages_are_known_for_every_step_of_the_past() {
    let crash = |millis| at(millis, Intervention::Crash(n(3), CrashKind::LoseUnsynced));
    let script = vec![wall(60), crash(70), crash(75), no_wall(80), at(90, Intervention::Restart(n(3)))];
    let whole = until(100, UnderWay::Drop, script);
    let whole: &dyn Run = &whole;
    let step = |index| whole.outcome(index).unwrap().moment;
    assert_eq!(whole.cutting(GREETING.link, step(0).step), [(WallId(1), step(0))]);
    assert_eq!(whole.cutting(GREETING.link.reversed(), step(0).step), []);
    assert_eq!(whole.cutting(GREETING.link, step(3).step), []);
    // The second crash changed nothing, so that it has been down since the first.
    assert_eq!(whole.status_at(n(3), step(2).step), (Status::Crashed, step(1)));
    assert_eq!(whole.status_at(n(3), step(0).step).0, Status::Up);
    assert_eq!(whole.status_at(n(3), step(4).step), (Status::Up, step(4)));
}

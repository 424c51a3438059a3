//! Stories of the gallery, played to their end.

use std::collections::BTreeSet;

use netsplit_scenarios::gallery;
use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::Entry;
use netsplit_sim::event::Fate;
use netsplit_sim::id::{Link, MessageId, NodeId, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::network::UnderWay;
use netsplit_sim::run::{Limits, Run};
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_view::layout::Layout;
use netsplit_view::spacetime::{SpaceTime, View, space_time};
use netsplit_view::timeline::Window;

/// A story of the gallery, played to its end, with the cursor put back to `cursor`.
pub struct Told {
    pub run: Box<dyn Run>,
    pub layout: Layout,
    pub script: Vec<Entry>,
}

pub fn gallery_story(path: &str, cursor: u64) -> Told {
    let record = gallery::find(path).expect("it is in the gallery").record().expect("it is well-formed");
    let mut run = open(&record).expect("it opens");
    run.seek(run.until()).expect("it runs");
    run.seek(SimTime::from_millis(cursor)).expect("it was there");
    let homes: Vec<_> = record.scenario.clients.iter().map(|client| client.home).collect();
    Told { layout: Layout::new(run.topology(), &homes), run, script: record.script }
}

pub fn window(from: u64, to: u64) -> Window {
    Window { from: SimTime::from_millis(from), to: SimTime::from_millis(to) }
}

impl Told {
    pub fn picture(&self, view: &View) -> SpaceTime {
        space_time(&*self.run, view, &self.layout, &self.script)
    }
}

/// A run in which messages meet every end: the network loses and doubles some, one is dropped, one
/// doubled, one re-timed, a wall holds some, one server is paused for a while and one crashes.
pub fn troubled() -> Told {
    let found = gallery::find("raft/minority-leader").expect("it is in the gallery");
    let mut record = found.record().expect("it is well-formed");
    record.script.clear();
    record.scenario.network.under_way = UnderWay::Hold;
    record.scenario.network.link.loss_ppm = 60_000;
    record.scenario.network.link.duplicate_ppm = 60_000;
    let mut run = open(&record).expect("it opens");
    let pause = NodeId::server(1);
    let wall: BTreeSet<Link> =
        run.topology().servers().skip(1).map(|other| Link::new(NodeId::server(0), other)).collect();
    let mut does = |at: u64, what: Intervention| {
        run.seek(SimTime::from_millis(at)).expect("it runs");
        run.intervene(what).expect("it can be part of the run");
    };
    does(600, Intervention::Pause(pause));
    does(615, Intervention::SetWall(WallId(0), wall));
    does(700, Intervention::RemoveWall(WallId(0)));
    does(740, Intervention::Resume(pause));
    does(900, Intervention::Crash(NodeId::server(2), CrashKind::KeepWritten));
    does(1_100, Intervention::Restart(NodeId::server(2)));
    for (at, change) in [(1_210, 0), (1_270, 1), (1_330, 2)] {
        run.seek(SimTime::from_millis(at)).expect("it runs");
        let id = under_way(&mut *run);
        let what = match change {
            0 => Intervention::Drop(id),
            1 => Intervention::Duplicate(id),
            _ => Intervention::Retime(id, run.now() + SimDuration::from_millis(90)),
        };
        run.intervene(what).expect("it can be part of the run");
    }
    run.seek(run.until()).expect("it runs");
    let homes: Vec<_> = record.scenario.clients.iter().map(|client| client.home).collect();
    Told { layout: Layout::new(run.topology(), &homes), run, script: Vec::new() }
}

/// A wall goes up when messages are more than half of their way, so that they are past it.
pub fn cut_late() -> Told {
    let mut told = gallery_story("raft/minority-leader", 620);
    let everyone: Vec<NodeId> = told.run.topology().servers().skip(1).collect();
    let cuts = everyone.iter().map(|other| Link::new(NodeId::server(0), *other)).collect();
    told.run.intervene(Intervention::SetWall(WallId(7), cuts)).expect("it can be part of the run");
    told.run.seek(SimTime::from_millis(900)).expect("it runs");
    told
}

/// A run of some thousand events of which only those near the cursor are kept.
pub fn forgetful(until: u64, cursor: u64) -> Told {
    let found = gallery::find(gallery::FIRST).expect("it is in the gallery");
    let mut record = found.record().expect("it is well-formed");
    record.scenario.until = SimTime::from_millis(until);
    let mut run = open(&record).expect("it opens");
    run.limit(Limits { log_bytes: 200_000, ..Limits::default() });
    run.seek(run.until()).expect("it runs");
    run.seek(SimTime::from_millis(cursor)).expect("it was there");
    assert!(run.memory().events_forgotten > 0, "nothing was forgotten");
    Told { layout: Layout::new(run.topology(), &[]), run, script: record.script }
}

/// A message that is under way and will arrive, as soon as there is one.
fn under_way(run: &mut dyn Run) -> MessageId {
    let mut flights = Vec::new();
    loop {
        run.flights(&mut flights);
        let arriving =
            flights.iter().find(|flight| flight.fate == Fate::Deliver && flight.deliver_at > run.now());
        if let Some(flight) = arriving {
            return flight.id;
        }
        run.step_forward().expect("it steps");
    }
}

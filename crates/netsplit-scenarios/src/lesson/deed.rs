//! Deeds: what a control, or a lesson by itself, does to the system. A deed says what is wanted; which
//! interventions that takes depends on what stands already.

use std::collections::BTreeSet;

use netsplit_sim::event::Fate;
use netsplit_sim::history::Operation;
use netsplit_sim::id::{Link, MessageId, NodeId, OrderName, TamperName, TimerName, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::latency::Delay;
use netsplit_sim::run::Run;
use netsplit_sim::time::{SimDuration, SimTime};

use super::control::time;
use crate::error::OpenError;
use crate::form::parse_cuts;
use crate::open::open;
use crate::run_record::{Entry, RunRecord};

/// Something done to the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A wall that cuts these links.
    Cut(BTreeSet<Link>),
    /// All walls go.
    Heal,
    /// Links behave otherwise.
    Link(Vec<Link>, Change),
    /// The message that arrives next on this link is changed on its way.
    Tamper(Link, TamperName),
    /// Something that is one intervention whatever stands.
    One(Intervention),
}

/// How a link behaves otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It always takes this long.
    Slow(SimDuration),
    /// It loses so many of a million messages.
    Lose(u32),
    /// It is as it was.
    Mend,
}

/// A deed at its moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// When.
    pub at: SimTime,
    /// What.
    pub what: Deed,
}

impl Deed {
    /// Reads what stands after `do:`, or says what would be one.
    pub(super) fn parse(verb: &str, rest: &str) -> Result<Self, &'static str> {
        let one = |what: Option<Intervention>, allowed| what.map(Self::One).ok_or(allowed);
        let node = || rest.parse::<NodeId>().ok();
        match verb {
            "cut" => parse_cuts(rest)
                .map(|links| Self::Cut(links.into_iter().collect()))
                .ok_or("a wall has two sides, such as cut:n1,n2|n3 or cut:n1>n2"),
            "heal" if rest.is_empty() => Ok(Self::Heal),
            "crash" => one(crash(rest), "a crash is crash:n1, crash:n1:unsynced or crash:n1:disk"),
            "restart" => one(node().map(Intervention::Restart), "it names a server: restart:n1"),
            "pause" => one(node().map(Intervention::Pause), "it names a server: pause:n1"),
            "resume" => one(node().map(Intervention::Resume), "it names a server: resume:n1"),
            "clock" => one(clock(rest), "a clock is set ahead or back: clock:n1:+300ms"),
            "drift" => one(drift(rest), "a clock drifts by parts per million: drift:n1:-20000"),
            "slow" | "lose" | "mend" => {
                link(verb, rest).ok_or("a link is slow:n1>n2:200ms, lose:n1|n2:300000 or mend:n1>n2")
            }
            "ask" => one(ask(rest), "a client asks: ask:c1:read:0 or ask:c1:write:0:7:via:n3:by:2"),
            "timer" => one(timer(rest), "it names a server and a timer's number: timer:n1:0"),
            "tamper" => tamper(rest).ok_or("it names a link and how, by number: tamper:n2>n1:0"),
            "order" => one(order(rest), "it names a server and an order's number: order:n1:0"),
            _ => Err(
                "known are set, flaw, no-flaw, seed, go, step, play, rest, reset, select, show, cut, heal, \
                      crash, restart, pause, resume, clock, drift, slow, lose, mend, ask, timer, order, tamper",
            ),
        }
    }

    /// What it takes to do this at the cursor of a run, whose record this is.
    pub fn interventions(&self, record: &RunRecord, run: &dyn Run) -> Vec<Intervention> {
        match self {
            Self::Cut(links) => vec![Intervention::SetWall(free_wall(record), links.clone())],
            Self::Heal => run.walls().into_iter().map(|(wall, _)| Intervention::RemoveWall(wall)).collect(),
            Self::Link(links, change) => links.iter().map(|link| changed(run, *link, *change)).collect(),
            Self::Tamper(link, how) => {
                next_on(run, *link).map(|id| Intervention::Tamper(id, *how)).into_iter().collect()
            }
            Self::One(what) => vec![what.clone()],
        }
    }
}

/// Puts deeds into the script of a record, each at its moment, after all events of that instant: as if
/// somebody had stopped there.
pub fn perform(record: &mut RunRecord, deeds: &[Done]) -> Result<(), OpenError> {
    for done in deeds {
        let mut run = open(record)?;
        let _as_far_as_it_goes = run.seek(done.at.min(run.until()));
        for what in done.what.interventions(record, &*run) {
            record.insert(Entry { at: done.at, rank: u32::MAX, what, sketch: None, muted: false });
        }
    }
    Ok(())
}

/// A number that no wall of the script has.
fn free_wall(record: &RunRecord) -> WallId {
    let used = record.script.iter().filter_map(|entry| match entry.what {
        Intervention::SetWall(wall, _) => Some(wall.0),
        _ => None,
    });
    WallId(used.max().map_or(1, |highest| highest.saturating_add(1)))
}

fn changed(run: &dyn Run, link: Link, change: Change) -> Intervention {
    let mut model = run.link_model(link).clone();
    match change {
        Change::Slow(by) => model.delay = Delay::Constant(by),
        Change::Lose(ppm) => model.loss_ppm = ppm,
        Change::Mend => return Intervention::ResetLink(link),
    }
    Intervention::SetLink(link, model)
}

/// The message under way on this link that arrives next.
fn next_on(run: &dyn Run, link: Link) -> Option<MessageId> {
    let mut flights = Vec::new();
    run.flights(&mut flights);
    let arriving = flights.iter().filter(|flight| flight.id.link == link && flight.fate == Fate::Deliver);
    arriving.min_by_key(|flight| (flight.deliver_at, flight.id)).map(|flight| flight.id)
}

fn crash(text: &str) -> Option<Intervention> {
    let (node, kind) = text.split_once(':').unwrap_or((text, ""));
    let kind = match kind {
        "" => CrashKind::KeepWritten,
        "unsynced" => CrashKind::LoseUnsynced,
        "disk" => CrashKind::LoseDisk,
        _ => return None,
    };
    Some(Intervention::Crash(node.parse().ok()?, kind))
}

fn clock(text: &str) -> Option<Intervention> {
    let (node, by) = text.split_once(':')?;
    let offset = match by.strip_prefix('-') {
        Some(back) => -(time(back)?.0 as i64),
        None => time(by.strip_prefix('+').unwrap_or(by))?.0 as i64,
    };
    Some(Intervention::ClockOffset(node.parse().ok()?, offset))
}

fn drift(text: &str) -> Option<Intervention> {
    let (node, ppm) = text.split_once(':')?;
    Some(Intervention::ClockDrift(node.parse().ok()?, ppm.parse().ok()?))
}

fn link(verb: &str, text: &str) -> Option<Deed> {
    let (ends, value) = text.split_once(':').unwrap_or((text, ""));
    let change = match verb {
        "slow" => Change::Slow(SimDuration(time(value)?.0)),
        "lose" => Change::Lose(value.parse().ok().filter(|ppm| *ppm <= 1_000_000)?),
        _ => Change::Mend,
    };
    Some(Deed::Link(parse_cuts(ends)?, change))
}

fn ask(text: &str) -> Option<Intervention> {
    let mut words = text.split(':');
    let client: NodeId = words.next()?.parse().ok()?;
    let verb = words.next()?;
    let key = words.next()?.parse().ok()?;
    let mut number = || words.next()?.parse::<i64>().ok();
    let mut operation = match verb {
        "read" => Operation::read(key),
        "write" => Operation::write(key, number()?),
        "add" => Operation::add(key, number()?),
        "remove" => Operation::remove(key, number()?),
        _ => return None,
    };
    let mut via = None;
    while let Some(word) = words.next() {
        match word {
            "via" => via = Some(words.next()?.parse().ok()?),
            "by" => operation = operation.by_replicas(words.next()?.parse().ok()?),
            _ => return None,
        }
    }
    Some(Intervention::Request { client, operation, via })
}

fn tamper(text: &str) -> Option<Deed> {
    let (link, how) = text.split_once(':')?;
    let (from, to) = link.split_once('>')?;
    Some(Deed::Tamper(Link::new(from.parse().ok()?, to.parse().ok()?), TamperName(how.parse().ok()?)))
}

fn timer(text: &str) -> Option<Intervention> {
    let (node, timer) = text.split_once(':')?;
    Some(Intervention::FireTimer(node.parse().ok()?, TimerName(timer.parse().ok()?)))
}

fn order(text: &str) -> Option<Intervention> {
    let (node, order) = text.split_once(':')?;
    Some(Intervention::Order(node.parse().ok()?, OrderName(order.parse().ok()?)))
}

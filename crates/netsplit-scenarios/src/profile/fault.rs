//! One random fault: when it begins and ends, whom it hits, and what it does.

use std::collections::BTreeSet;

use netsplit_sim::id::{Link, NodeId, Topology, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::latency;
use netsplit_sim::network::LinkModel;
use netsplit_sim::random::Draw;
use netsplit_sim::time::{SimDuration, SimTime};

use crate::document::Network;
use crate::run_record::Entry;

use super::{FaultKind, FaultProfile, Ground};

/// A thousandth of a second, to which all times are rounded so that they read well.
const MILLI: u64 = 1_000_000;
/// A hundredth, in parts per million.
const PERCENT: u32 = 10_000;
/// Links that one fault disturbs at most.
const MOST_LINKS: usize = 30;

/// The first and the last millisecond of a profile.
pub(super) fn stretch(profile: &FaultProfile) -> (u64, u64) {
    (profile.from.0.div_ceil(MILLI), profile.to.0 / MILLI)
}

/// A fault that was drawn.
pub(super) struct Fault {
    kind: FaultKind,
    draw: Draw,
    begin: SimTime,
    /// `None` if it stays.
    end: Option<SimTime>,
}

impl Fault {
    /// When a fault begins and ends, in a stretch that is not empty; what it hits is drawn afterwards.
    pub(super) fn drawn(kind: FaultKind, mut draw: Draw, profile: &FaultProfile) -> Self {
        let (from, to) = stretch(profile);
        let begin = draw.between(from, to - 1);
        let end = begin + draw.between(1, (profile.longest.0 / MILLI).max(1));
        let end = if end <= to { Some(end) } else { profile.heals.then_some(to) };
        let time = |millis: u64| SimTime(millis * MILLI);
        Self { kind, draw, begin: time(begin), end: end.map(time) }
    }

    /// Adds what begins it and what ends it.
    pub(super) fn add(mut self, ground: &Ground, wall: WallId, script: &mut Vec<Entry>) {
        let server = NodeId::server(self.draw.below(u64::from(ground.topology.servers)) as u16);
        let (first, last) = match self.kind {
            FaultKind::Crash => crash(server, CrashKind::KeepWritten),
            FaultKind::LoseUnsynced => crash(server, CrashKind::LoseUnsynced),
            FaultKind::LoseDisk => crash(server, CrashKind::LoseDisk),
            FaultKind::Pause => (Intervention::Pause(server), Intervention::Resume(server)),
            FaultKind::ClockOffset => {
                let nanos = self.signed(10, 2_000) * MILLI as i64;
                (Intervention::ClockOffset(server, nanos), Intervention::ClockOffset(server, -nanos))
            }
            FaultKind::ClockDrift => {
                let ppm = self.signed(1, 100) as i32 * 100;
                (Intervention::ClockDrift(server, ppm), Intervention::ClockDrift(server, 0))
            }
            FaultKind::Cut | FaultKind::OneWayCut => {
                let cuts = self.cuts(ground.topology);
                (Intervention::SetWall(wall, cuts), Intervention::RemoveWall(wall))
            }
            FaultKind::Loss | FaultKind::Duplication | FaultKind::Reordering | FaultKind::Delay => {
                return self.disturb(ground, script);
            }
        };
        self.push(first, last, script);
    }

    fn push(&self, first: Intervention, last: Intervention, script: &mut Vec<Entry>) {
        script.push(entry(self.begin, first));
        script.extend(self.end.map(|end| entry(end, last)));
    }

    /// A number of this size, ahead or back.
    fn signed(&mut self, least: u64, most: u64) -> i64 {
        let size = self.draw.between(least, most) as i64;
        if self.draw.chance(500_000) { size } else { -size }
    }

    /// The links between two random sides with a server on each if there are two, in both directions
    /// or in one.
    fn cuts(&mut self, topology: Topology) -> BTreeSet<Link> {
        let servers = u64::from(topology.servers);
        let (inside, outside) = (self.draw.below(servers), self.draw.below(servers.saturating_sub(1).max(1)));
        let outside = (inside + 1 + outside) % servers;
        let mut side = BTreeSet::new();
        for id in topology.everyone() {
            let chosen = self.draw.chance(500_000);
            let fixed = (!id.is_client()).then_some(u64::from(id.index()));
            if fixed == Some(inside) || (chosen && fixed != Some(outside)) {
                side.insert(id);
            }
        }
        let one_way = self.kind == FaultKind::OneWayCut;
        let apart = |link: &Link| side.contains(&link.from) != side.contains(&link.to);
        links(topology).filter(apart).filter(|link| !one_way || side.contains(&link.from)).collect()
    }

    /// About a third of the links behave badly.
    fn disturb(mut self, ground: &Ground, script: &mut Vec<Entry>) {
        let change = self.change();
        let mut left = MOST_LINKS;
        for link in links(ground.topology) {
            if self.draw.chance(333_333) && left > 0 {
                left -= 1;
                let mut model = model_of(&ground.network, link);
                change.apply(&mut model);
                self.push(Intervention::SetLink(link, model), Intervention::ResetLink(link), script);
            }
        }
    }

    fn change(&mut self) -> Change {
        let draw = &mut self.draw;
        match self.kind {
            FaultKind::Loss => Change::Loss(draw.between(1, 60) as u32 * PERCENT),
            FaultKind::Duplication => Change::Duplication(draw.between(10, 100) as u32 * PERCENT),
            FaultKind::Reordering => Change::Reordering(SimDuration::from_millis(draw.between(5, 500))),
            _ => Change::Delay(SimDuration::from_millis(draw.between(5, 200))),
        }
    }
}

/// What a link does worse than before.
enum Change {
    Loss(u32),
    Duplication(u32),
    Reordering(SimDuration),
    Delay(SimDuration),
}

impl Change {
    fn apply(&self, model: &mut LinkModel) {
        match *self {
            Self::Loss(ppm) => model.loss_ppm = ppm,
            Self::Duplication(ppm) => model.duplicate_ppm = ppm,
            Self::Reordering(by) => (model.reorder_ppm, model.reorder_by) = (30 * PERCENT, by),
            Self::Delay(mean) => {
                model.delay = latency::Delay::ShiftedExponential { min: SimDuration::from_millis(1), mean };
            }
        }
    }
}

fn crash(server: NodeId, kind: CrashKind) -> (Intervention, Intervention) {
    (Intervention::Crash(server, kind), Intervention::Restart(server))
}

fn entry(at: SimTime, what: Intervention) -> Entry {
    Entry { at, rank: 0, what, sketch: None, muted: false }
}

/// Every directed link there is; clients have none among themselves.
fn links(topology: Topology) -> impl Iterator<Item = Link> {
    let from = move |from: NodeId| topology.everyone().map(move |to| Link::new(from, to));
    let exists = |link: &Link| link.from != link.to && !(link.from.is_client() && link.to.is_client());
    topology.everyone().flat_map(from).filter(exists)
}

fn model_of(network: &Network, link: Link) -> LinkModel {
    let own = network.links.iter().rev().find(|(other, _)| *other == link);
    own.map_or_else(|| network.link.clone(), |(_, model)| model.clone())
}

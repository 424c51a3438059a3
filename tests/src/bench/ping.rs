//! A protocol that does nothing but talk: every ten milliseconds each server tells three others the highest
//! number it has heard of, and one more.

use netsplit_sim::context::{ClientContext, ServerContext};
use netsplit_sim::encode::{Encode, Encoder};
use netsplit_sim::encode_fields;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::history::{Operation, Outcome};
use netsplit_sim::id::{NodeId, TimerName};
use netsplit_sim::latency::Delay;
use netsplit_sim::network::LinkModel;
use netsplit_sim::protocol::{Client, Disk, Message, Protocol, Server};
use netsplit_sim::setup::Setup;
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_sim::world::World;

/// The protocol.
pub(super) enum Ping {}

/// The highest number heard of.
#[derive(Clone, Copy)]
pub(super) struct Number(u64);

#[derive(Clone, Default)]
pub(super) struct NoDisk;

#[derive(Clone)]
pub(super) struct Pinger {
    highest: u64,
    round: u64,
}

#[derive(Clone)]
pub(super) struct NoClient;

const EVERY: SimDuration = SimDuration::from_millis(10);
const TURN: TimerName = TimerName(0);
const TOLD: u64 = 3;

impl Protocol for Ping {
    type Config = ();
    type Message = Number;
    type Disk = NoDisk;
    type Server = Pinger;
    type Client = NoClient;
}

encode_fields!(Number { 0 });
encode_fields!(Pinger { highest, round });

impl Footprint for Number {}
impl Footprint for NoDisk {}
impl Footprint for Pinger {}
impl Footprint for NoClient {}

impl Encode for NoDisk {
    fn encode(&self, _: &mut Encoder) {}
}

impl Encode for NoClient {
    fn encode(&self, _: &mut Encoder) {}
}

impl Message for Number {
    fn wire_size(&self) -> u32 {
        8
    }

    fn kind(&self) -> u8 {
        0
    }
}

impl Disk for NoDisk {
    type Write = ();
    fn apply(&mut self, (): &()) {}
}

impl Server<Ping> for Pinger {
    fn boot(ctx: &mut ServerContext<'_, Ping>) -> Self {
        ctx.set_timer(TURN, EVERY);
        Self { highest: 0, round: 0 }
    }

    fn on_message(&mut self, _: NodeId, message: Number, _: &mut ServerContext<'_, Ping>) {
        self.highest = self.highest.max(message.0);
    }

    fn on_timer(&mut self, _: TimerName, ctx: &mut ServerContext<'_, Ping>) {
        self.round += 1;
        self.highest += 1;
        let others = ctx.peers().count() as u64;
        for told in 0..TOLD {
            let chosen = (self.round * 7 + told * 13) % others;
            let peer = ctx.peers().nth(chosen as usize);
            ctx.send(peer.expect("there are others"), Number(self.highest));
        }
        ctx.set_timer(TURN, EVERY);
    }

    fn on_durable(&mut self, _: &mut ServerContext<'_, Ping>) {}
}

impl Client<Ping> for NoClient {
    fn boot(_: NodeId, _: &mut ClientContext<'_, Ping>) -> Self {
        Self
    }

    fn on_request(&mut self, _: Operation, _: Option<NodeId>, ctx: &mut ClientContext<'_, Ping>) {
        ctx.complete(Outcome::Fail);
    }

    fn on_message(&mut self, _: NodeId, _: Number, _: &mut ClientContext<'_, Ping>) {}

    fn on_timer(&mut self, _: TimerName, _: &mut ClientContext<'_, Ping>) {}
}

/// So many servers and no client.
pub(super) fn world(servers: u16) -> World<Ping> {
    let delay = Delay::Uniform { min: SimDuration::from_millis(5), max: SimDuration::from_millis(15) };
    let setup = Setup {
        seed: 1,
        until: SimTime::MAX,
        servers,
        clients: Vec::new(),
        link: LinkModel { delay, ..LinkModel::default() },
        links: Vec::new(),
        kinds: Vec::new(),
        under_way: Default::default(),
        disk: Delay::Constant(SimDuration::from_millis(1)),
        clocks: Vec::new(),
    };
    World::new(setup, (), &mut Default::default())
}

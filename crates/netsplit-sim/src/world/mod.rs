//! The world: every server, client, link and disk of a run at one point of virtual time.
//!
//! | what | room |
//! |---|---|
//! | what is kept of a participant | `host.rs` |
//! | messages under way, links and walls | `flight.rs`, `links.rs` |
//! | one event | `dispatch.rs` |
//! | carrying out what a handler recorded | `effects.rs` |
//! | clients' operations | `requests.rs` |
//! | one intervention | `apply.rs` |
//! | the digest of it all | `digest.rs` |
//! | how much memory it holds | `footprint.rs` |

mod apply;
mod digest;
mod dispatch;
mod effects;
mod flight;
mod footprint;
mod host;
mod links;
mod requests;

use std::collections::VecDeque;
use std::rc::Rc;

use crate::clock::Clock;
use crate::context::{ClientContext, Effects, Images, ServerContext};
use crate::describe::TimerView;
use crate::encode::Digest;
use crate::event::StepReport;
use crate::id::{MessageId, NodeId, ProcessId, Step, TimerName, Topology};
use crate::protocol::{Client, Protocol, Server};
use crate::queue::Queue;
use crate::run::{FlightView, Status};
use crate::setup::{Configs, Setup};
use crate::time::SimTime;

use flight::{Flight, by_identity};
use host::{ClientSlot, DiskState, Host, ServerSlot, Waiting};
use links::Links;
use requests::Request;

/// More events than this at one instant are a livelock.
pub const LIVELOCK_LIMIT: u32 = 10_000;

/// A run of one protocol at one point of virtual time. Cloning shares every participant until it
/// changes (copy-on-write), so that going back in time is cheap.
pub struct World<P: Protocol> {
    fixed: Rc<Fixed<P>>,
    now: SimTime,
    step: Step,
    /// Events handled at the instant `now`.
    events_now: u32,
    queue: Queue<Pending<P::Message>>,
    /// What resumed servers still have to handle, before anything in the queue.
    resumed: VecDeque<(NodeId, Waiting<P::Message>)>,
    servers: Vec<Rc<ServerSlot<P>>>,
    clients: Vec<Rc<ClientSlot<P>>>,
    links: Links<P::Message>,
    /// Number of operations ever invoked, the next row of the history.
    rows: u32,
    /// Number of logical processes ever begun.
    processes: u32,
    /// The digest of every step so far.
    trace: Digest,
    /// Empty between steps; kept for its memory.
    effects: Effects<P>,
}

/// What never changes during a run.
struct Fixed<P: Protocol> {
    setup: Setup,
    topology: Topology,
    configs: Configs<P>,
}

/// An event to come.
#[derive(Clone, Debug)]
enum Pending<M> {
    /// A message arrives.
    Flight(Flight<M>),
    /// A server's disk has made everything up to the `upto`-th write durable.
    Sync { node: NodeId, upto: u64, cause: Step },
    /// A timer falls due; the node keeps which.
    Timer { node: NodeId, name: TimerName, cause: Step },
    /// A client is asked.
    Request { client: NodeId, request: Request },
}

impl<P: Protocol> World<P> {
    /// Boots every server and client at time zero. What the boot sends and notes goes to `report`.
    pub fn new(setup: Setup, config: P::Config, report: &mut StepReport) -> Self {
        Self::with(setup, Configs::shared(config), report)
    }

    /// The same, of servers that need not agree on their parameters.
    pub fn with(setup: Setup, configs: Configs<P>, report: &mut StepReport) -> Self {
        let topology = setup.topology();
        let links = Links::new(topology, &setup);
        let processes = u32::from(topology.clients);
        let mut world = Self {
            fixed: Rc::new(Fixed { setup, topology, configs }),
            now: SimTime::ZERO,
            step: Step(0),
            events_now: 0,
            queue: Queue::default(),
            resumed: VecDeque::new(),
            servers: Vec::new(),
            clients: Vec::new(),
            links,
            rows: 0,
            processes,
            trace: Digest(0),
            effects: Effects::default(),
        };
        world.boot_everyone(report);
        world
    }

    fn boot_everyone(&mut self, report: &mut StepReport) {
        for id in self.fixed.topology.servers() {
            let host = self.new_host(id);
            self.servers.push(Rc::new(ServerSlot { host, memory: None, disk: DiskState::default() }));
            self.boot_server(id, report);
        }
        for id in self.fixed.topology.clients() {
            self.boot_client(id, report);
        }
    }

    fn new_host(&self, id: NodeId) -> Host<P::Message> {
        let mut clock = Clock::default();
        for (_, offset, drift) in self.fixed.setup.clocks.iter().filter(|(node, ..)| *node == id) {
            clock.shift(SimTime::ZERO, *offset);
            clock.set_drift(SimTime::ZERO, *drift);
        }
        Host { clock, ..Host::default() }
    }

    /// Starts a server from its disk.
    fn boot_server(&mut self, id: NodeId, report: &mut StepReport) {
        let memory = self.with_server_context(id, |_, ctx| P::Server::boot(ctx));
        Rc::make_mut(&mut self.servers[usize::from(id.index())]).memory = Some(memory);
        self.carry_out(id, report);
    }

    fn boot_client(&mut self, id: NodeId, report: &mut StepReport) {
        let mut host = self.new_host(id);
        let home = self.fixed.setup.clients[usize::from(id.index())].home.unwrap_or(NodeId::server(0));
        let process = ProcessId(u32::from(id.index()));
        let mut ctx = ClientContext::<P> {
            me: id,
            config: self.fixed.configs.everybody(),
            topology: self.fixed.topology,
            process,
            now: host.clock.read(self.now),
            seed: self.fixed.setup.seed,
            draws: &mut host.draws,
            effects: &mut self.effects,
            disk: (),
        };
        let memory = P::Client::boot(home, &mut ctx);
        let backlog = VecDeque::new();
        let slot = ClientSlot { host, memory, process, current: None, backlog, scheduled: 0, arrivals: 0 };
        self.clients.push(Rc::new(slot));
        self.carry_out(id, report);
        self.schedule_arrival(id, SimTime::ZERO);
    }

    /// Runs a server's handler; what it recorded is left in `self.effects`.
    fn with_server_context<R>(
        &mut self,
        id: NodeId,
        handler: impl FnOnce(Option<&mut P::Server>, &mut ServerContext<'_, P>) -> R,
    ) -> R {
        let slot = Rc::make_mut(&mut self.servers[usize::from(id.index())]);
        slot.host.changed_at = self.step;
        let mut ctx = ServerContext::<P> {
            me: id,
            config: self.fixed.configs.of(id),
            topology: self.fixed.topology,
            process: ProcessId(0),
            now: slot.host.clock.read(self.now),
            seed: self.fixed.setup.seed,
            draws: &mut slot.host.draws,
            effects: &mut self.effects,
            disk: Images { live: &mut slot.disk.live, durable: &slot.disk.durable },
        };
        handler(slot.memory.as_mut(), &mut ctx)
    }

    /// Runs a client's handler; what it recorded is left in `self.effects`.
    fn with_client_context(
        &mut self,
        id: NodeId,
        handler: impl FnOnce(&mut P::Client, &mut ClientContext<'_, P>),
    ) {
        let slot = Rc::make_mut(&mut self.clients[usize::from(id.index())]);
        slot.host.changed_at = self.step;
        let mut ctx = ClientContext::<P> {
            me: id,
            config: self.fixed.configs.everybody(),
            topology: self.fixed.topology,
            process: slot.process,
            now: slot.host.clock.read(self.now),
            seed: self.fixed.setup.seed,
            draws: &mut slot.host.draws,
            effects: &mut self.effects,
            disk: (),
        };
        handler(&mut slot.memory, &mut ctx);
    }

    /// Who takes part.
    pub fn topology(&self) -> Topology {
        self.fixed.topology
    }

    /// What the world was made of.
    pub fn setup(&self) -> &Setup {
        &self.fixed.setup
    }

    /// The protocol's parameters, as most servers and all clients have them.
    pub fn config(&self) -> &P::Config {
        self.fixed.configs.everybody()
    }

    /// The protocol's parameters as this participant has them.
    pub fn config_of(&self, id: NodeId) -> &P::Config {
        self.fixed.configs.of(id)
    }

    /// Virtual time of the last step.
    pub fn now(&self) -> SimTime {
        self.now
    }

    /// Number of events and interventions so far.
    pub fn step_count(&self) -> Step {
        self.step
    }

    /// How many events were handled at exactly this time: the rank of an intervention made now.
    pub fn events_at(&self, time: SimTime) -> u32 {
        if time == self.now { self.events_now } else { 0 }
    }

    /// When the next event comes; `None` if none ever will.
    pub fn next_event_at(&self) -> Option<SimTime> {
        if self.resumed.is_empty() { self.queue.next().map(|key| key.time) } else { Some(self.now) }
    }

    /// A server's memory; `None` while it is crashed.
    pub fn server(&self, id: NodeId) -> Option<&P::Server> {
        self.server_slot(id).memory.as_ref()
    }

    /// A server's disk with every write issued.
    pub fn disk(&self, id: NodeId) -> &P::Disk {
        &self.server_slot(id).disk.live
    }

    /// A server's disk as a crash that loses unsynced writes would leave it.
    pub fn durable(&self, id: NodeId) -> &P::Disk {
        &self.server_slot(id).disk.durable
    }

    /// A client's memory.
    pub fn client(&self, id: NodeId) -> &P::Client {
        &self.clients[usize::from(id.index())].memory
    }

    /// Whether a participant runs.
    pub fn status(&self, id: NodeId) -> Status {
        self.host(id).status
    }

    /// How often a participant was started, from zero; grows with every restart.
    pub fn incarnation(&self, id: NodeId) -> u32 {
        self.host(id).incarnation
    }

    /// The step that last changed a participant.
    pub fn changed_at(&self, id: NodeId) -> Step {
        self.host(id).changed_at
    }

    /// A participant's clock.
    pub fn clock(&self, id: NodeId) -> &Clock {
        &self.host(id).clock
    }

    /// The timers that run at a participant, by name.
    pub fn timers(&self, id: NodeId) -> impl Iterator<Item = TimerView> {
        let view = |timer: &host::RunningTimer| TimerView {
            timer: timer.name,
            set_at: timer.set_at,
            due_at: timer.due_at,
        };
        self.host(id).timers.iter().map(view)
    }

    /// Fills `out` with the messages under way at `now`, ordered by identity; lost ones stay until
    /// they would have arrived.
    pub fn flights(&self, now: SimTime, out: &mut Vec<FlightView>) {
        out.clear();
        let lost = self.links.lost().filter(|flight| flight.deliver_at >= now);
        out.extend(by_identity(self.under_way().chain(lost).collect()).map(Flight::view));
    }

    /// A message under way or lost.
    pub fn message(&self, id: MessageId) -> Option<&P::Message> {
        let mut all = self.under_way().chain(self.links.lost());
        all.find(|flight| flight.id == id).map(|flight| &flight.message)
    }

    /// Links and walls.
    pub(crate) fn links(&self) -> &Links<P::Message> {
        &self.links
    }

    /// Messages that will arrive or are held.
    fn under_way(&self) -> impl Iterator<Item = &Flight<P::Message>> {
        let queued = self.queue.iter().filter_map(|(_, pending)| match pending {
            Pending::Flight(flight) => Some(flight),
            _ => None,
        });
        queued.chain(self.links.held())
    }

    fn server_slot(&self, id: NodeId) -> &ServerSlot<P> {
        &self.servers[usize::from(id.index())]
    }

    fn host(&self, id: NodeId) -> &Host<P::Message> {
        if id.is_client() { &self.clients[usize::from(id.index())].host } else { &self.server_slot(id).host }
    }

    fn host_mut(&mut self, id: NodeId) -> &mut Host<P::Message> {
        let index = usize::from(id.index());
        let step = self.step;
        let host = if id.is_client() {
            &mut Rc::make_mut(&mut self.clients[index]).host
        } else {
            &mut Rc::make_mut(&mut self.servers[index]).host
        };
        host.changed_at = step;
        host
    }
}

// Written by hand, because a derive would ask for `P: Clone`, and `P` is only a name.
impl<P: Protocol> Clone for World<P> {
    fn clone(&self) -> Self {
        Self {
            fixed: Rc::clone(&self.fixed),
            queue: self.queue.clone(),
            resumed: self.resumed.clone(),
            servers: self.servers.clone(),
            clients: self.clients.clone(),
            links: self.links.clone(),
            effects: Effects::default(),
            ..*self
        }
    }
}

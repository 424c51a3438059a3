//! A toy protocol that uses everything the kernel offers and is easy to predict: servers greet each
//! other on a timer and store what clients write; a write is answered once it is durable.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

use netsplit_sim::clock::LocalTime;
use netsplit_sim::context::{ClientContext, ServerContext};
use netsplit_sim::describe::{
    About, BadSetting, Describe, Images, MessageKind, MessageView, NodeView, Order, Rule, Settings, SideView,
    Tampering, Tone, Weight, Window,
};
use netsplit_sim::encode::{Encode, Encoder};
use netsplit_sim::encode_fields;
use netsplit_sim::event::Event;
use netsplit_sim::execution::Execution;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::footprint_fields;
use netsplit_sim::history::{Function, Operation, Outcome, Value};
use netsplit_sim::id::{Link, NodeId, OrderName, TamperName, TimerName, Topology};
use netsplit_sim::intervention::{Intervention, Scheduled};
use netsplit_sim::latency::Delay;
use netsplit_sim::network::{LinkModel, UnderWay};
use netsplit_sim::note::{Note, node};
use netsplit_sim::protocol::{Client, Disk, Message, Protocol, Server};
use netsplit_sim::run::Run;
use netsplit_sim::setup::Setup;
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_sim::workload::{ClientSpec, Workload};

pub enum Toy {}

/// How often servers greet, by their own clocks; zero sets a timer that never lets time pass.
#[derive(Clone)]
pub struct ToyConfig {
    pub greet_every: SimDuration,
    /// A fault of the simulator itself: what servers remember besides depends on how often they were
    /// asked, in every replay anew.
    pub breaks_replay: Option<Rc<Cell<u32>>>,
}

impl Default for ToyConfig {
    fn default() -> Self {
        Self { greet_every: SimDuration::from_millis(50), breaks_replay: None }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum ToyMessage {
    Greeting { number: u32 },
    Store { value: i64 },
    Stored,
}

#[derive(Clone, Default)]
pub struct ToyDisk {
    pub values: Vec<i64>,
}

#[derive(Clone)]
pub struct ToyServer {
    pub greetings: u32,
    /// Who greeted, with which number, in the order heard.
    pub heard: Vec<(NodeId, u32)>,
    pub booted_at: LocalTime,
}

#[derive(Clone)]
pub struct ToyClient {
    home: NodeId,
    asked: bool,
}

const GREET: TimerName = TimerName(0);
const PATIENCE: TimerName = TimerName(0);

impl Protocol for Toy {
    type Config = ToyConfig;
    type Message = ToyMessage;
    type Disk = ToyDisk;
    type Server = ToyServer;
    type Client = ToyClient;
}

impl Message for ToyMessage {
    fn wire_size(&self) -> u32 {
        100
    }
    fn kind(&self) -> u8 {
        match self {
            Self::Greeting { .. } => 0,
            Self::Store { .. } => 1,
            Self::Stored => 2,
        }
    }
    fn tamper(&mut self, _: TamperName) -> bool {
        let Self::Greeting { number } = self else { return false };
        *number += 100;
        true
    }
}

impl Encode for ToyMessage {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Greeting { number } => (0u8, *number).encode(out),
            Self::Store { value } => (1u8, *value).encode(out),
            Self::Stored => 2u8.encode(out),
        }
    }
}

impl Footprint for ToyMessage {}
impl Footprint for ToyClient {}
footprint_fields!(ToyDisk { values });

impl Footprint for ToyServer {
    fn heap(&self, _: Option<&Self>) -> usize {
        self.heard.capacity() * size_of::<(NodeId, u32)>()
    }
}

encode_fields!(ToyDisk { values });
encode_fields!(ToyServer { greetings, heard, booted_at });
encode_fields!(ToyClient { home, asked });

impl Disk for ToyDisk {
    type Write = i64;
    fn apply(&mut self, write: &i64) {
        self.values.push(*write);
    }
}

impl Server<Toy> for ToyServer {
    fn boot(ctx: &mut ServerContext<'_, Toy>) -> Self {
        ctx.set_timer(GREET, ctx.config.greet_every);
        Self { greetings: 0, heard: Vec::new(), booted_at: ctx.now() }
    }

    fn on_message(&mut self, from: NodeId, message: ToyMessage, ctx: &mut ServerContext<'_, Toy>) {
        match message {
            ToyMessage::Greeting { number } => {
                ctx.note(Note::new(0, [node(from), u64::from(number)]));
                let extra =
                    ctx.config.breaks_replay.as_ref().map_or(0, |count| count.replace(count.get() + 1));
                self.heard.push((from, number + extra));
            }
            ToyMessage::Store { value } => {
                ctx.persist(value);
                ctx.send_after_sync(from, ToyMessage::Stored);
            }
            ToyMessage::Stored => unreachable!("only clients are told"),
        }
    }

    fn on_timer(&mut self, _: TimerName, ctx: &mut ServerContext<'_, Toy>) {
        self.greetings += 1;
        for peer in ctx.peers() {
            ctx.send(peer, ToyMessage::Greeting { number: self.greetings });
        }
        ctx.set_timer(GREET, ctx.config.greet_every);
    }

    fn on_order(&mut self, _: OrderName, ctx: &mut ServerContext<'_, Toy>) {
        self.on_timer(GREET, ctx);
    }

    fn on_durable(&mut self, _: &mut ServerContext<'_, Toy>) {}
}

impl Client<Toy> for ToyClient {
    fn boot(home: NodeId, _: &mut ClientContext<'_, Toy>) -> Self {
        Self { home, asked: false }
    }

    fn on_request(&mut self, operation: Operation, via: Option<NodeId>, ctx: &mut ClientContext<'_, Toy>) {
        let Value::Number(value) = operation.value else { return ctx.complete(Outcome::Fail) };
        self.asked = true;
        ctx.send(via.unwrap_or(self.home), ToyMessage::Store { value });
        ctx.set_timer(PATIENCE, SimDuration::from_millis(500));
    }

    fn on_message(&mut self, _: NodeId, _: ToyMessage, ctx: &mut ClientContext<'_, Toy>) {
        // A duplicated reply answers nothing.
        if std::mem::take(&mut self.asked) {
            ctx.cancel_timer(PATIENCE);
            ctx.complete(Outcome::Ok(Value::Absent));
        }
    }

    fn on_timer(&mut self, _: TimerName, ctx: &mut ClientContext<'_, Toy>) {
        self.asked = false;
        ctx.complete(Outcome::Info);
    }
}

static ABOUT: About = About {
    name: "toy",
    title: "Toy",
    summary: "Servers greet each other and store what clients write.",
    roles: &[],
    messages: &[
        MessageKind { name: "Greeting", short: "hello", letter: 'g', tone: Tone::Plain },
        MessageKind { name: "Store", short: "store", letter: 's', tone: Tone::Client },
        MessageKind { name: "Stored", short: "stored", letter: 'd', tone: Tone::Client },
    ],
    rules: &[Rule {
        name: "greeted",
        section: "",
        sentence: "{node} greets for the {n}th time.",
        mark: None,
        weight: Weight::Routine,
    }],
    timers: &[],
    functions: &[Function::Write],
    replica_choice: false,
    orders: &[Order { name: "greet", meaning: "It greets at once." }],
    tampers: &[Tampering { name: "raise its number", meaning: "A greeting claims to be a hundred later." }],
    params: &[],
    rollouts: &[],
    flaws: &[],
    properties: &[],
    rule_card: || &[],
    model_card: || &[],
    departures: || &[],
    intolerable: &[],
};

impl Describe for Toy {
    fn about() -> &'static About {
        &ABOUT
    }
    fn configure(_: &Settings, _: Topology) -> Result<ToyConfig, BadSetting> {
        Ok(ToyConfig::default())
    }
    fn server(
        _: &ToyConfig,
        _: NodeId,
        server: Option<&ToyServer>,
        _: Images<'_, Self>,
        _: Window,
    ) -> NodeView {
        NodeView { badge: server.map_or(0, |server| server.heard.len()).to_string(), ..NodeView::default() }
    }
    fn role(_: &ToyConfig, _: Option<&ToyServer>) -> u16 {
        0
    }
    fn client(_: &ToyConfig, _: NodeId, _: &ToyClient) -> NodeView {
        NodeView::default()
    }
    fn message(message: &ToyMessage) -> MessageView {
        MessageView { kind: message.kind(), title: format!("{message:?}"), fields: Vec::new() }
    }
    fn side(_: &ToyConfig, _: Topology, members: &BTreeSet<NodeId>) -> SideView {
        SideView { text: members.len().to_string(), able: true }
    }
}

/// A run of the toy, watched by nobody.
pub type ToyRun = Execution<Toy, ()>;

/// Three servers that greet every 50 ms over 5 to 15 ms, and one client that writes 1 … 5 to n1.
pub fn setup() -> Setup {
    let writes = (1..=5).map(|k| (SimTime::from_millis(100 * k), Operation::write(0, k as i64)));
    Setup {
        seed: 7,
        until: SimTime::from_millis(2_000),
        servers: 3,
        clients: vec![ClientSpec {
            home: None,
            roaming: false,
            workload: Workload::Script(writes.collect()),
        }],
        link: LinkModel {
            delay: Delay::Uniform { min: SimDuration::from_millis(5), max: SimDuration::from_millis(15) },
            ..LinkModel::default()
        },
        links: Vec::new(),
        kinds: Vec::new(),
        under_way: UnderWay::Drop,
        disk: Delay::Constant(SimDuration::from_millis(1)),
        clocks: Vec::new(),
    }
}

pub fn run(setup: Setup, script: Vec<Scheduled>) -> ToyRun {
    Execution::new(setup, ToyConfig::default(), script).expect("the script names participants of this run")
}

/// Every event that is known.
pub fn all_events(run: &dyn Run) -> Vec<Event> {
    run.known_events().copied().collect()
}

pub fn n(number: u16) -> NodeId {
    NodeId::server(number - 1)
}

pub fn c(number: u16) -> NodeId {
    NodeId::client(number - 1)
}

pub fn link(from: NodeId, to: NodeId) -> Link {
    Link::new(from, to)
}

/// An intervention at a time, before anything else of that instant.
pub fn at(millis: u64, what: Intervention) -> Scheduled {
    Scheduled { at: SimTime::from_millis(millis), rank: 0, what }
}

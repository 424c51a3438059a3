//! Arbitrary valid records, for tests that write one down and read it back.

use netsplit_scenarios::document::{ClockSpec, Network, Rollout, Speed};
use netsplit_scenarios::expectation::{Answer, Claim, Expectation, ExpectedOutcome};
use netsplit_scenarios::run_record::{Entry, RunRecord};
use netsplit_scenarios::sketch::{Sketch, WallShape};
use netsplit_sim::describe::{Mark, ParamValue};
use netsplit_sim::encode::Digest;
use netsplit_sim::history::{Operation, Value};
use netsplit_sim::id::{Link, MessageId, NodeId, TamperName, TimerName, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::latency::Delay;
use netsplit_sim::network::{LinkModel, UnderWay};
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_sim::workload::{ClientSpec, KeyChoice, Mix, Update, Workload};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

/// Everybody in the records made here: five servers and two clients.
const SERVERS: u16 = 5;
const CLIENTS: u16 = 2;

/// The record of an empty document: frozen defaults and nothing else.
pub fn plain() -> RunRecord {
    RunRecord::from_json("{}").expect("every field has a default")
}

fn duration() -> impl Strategy<Value = SimDuration> {
    (0..=3_600_000_000_000_u64).prop_map(SimDuration)
}

fn time() -> impl Strategy<Value = SimTime> {
    (0..=7_200_000_000_000_u64).prop_map(SimTime)
}

fn server() -> impl Strategy<Value = NodeId> {
    (0..SERVERS).prop_map(NodeId::server)
}

fn client() -> impl Strategy<Value = NodeId> {
    (0..CLIENTS).prop_map(NodeId::client)
}

fn anyone() -> impl Strategy<Value = NodeId> {
    prop_oneof![server(), client()]
}

fn link() -> impl Strategy<Value = Link> {
    (anyone(), anyone())
        .prop_filter("a link joins two, and not two clients", |(from, to)| {
            from != to && !(from.is_client() && to.is_client())
        })
        .prop_map(|(from, to)| Link::new(from, to))
}

fn simple_delay() -> impl Strategy<Value = Delay> {
    prop_oneof![
        duration().prop_map(Delay::Constant),
        (duration(), duration()).prop_map(|(a, b)| Delay::Uniform { min: a.min(b), max: a.max(b) }),
        (duration(), duration()).prop_map(|(min, mean)| Delay::ShiftedExponential { min, mean }),
        (duration(), 1..=10_000_u32)
            .prop_map(|(median, sigma_milli)| Delay::LogNormal { median, sigma_milli }),
        (duration(), 1..=1_000_000_u32).prop_map(|(scale, shape_milli)| Delay::Pareto { scale, shape_milli }),
        btree_set(0..=1_000_000_u32, 1..6).prop_map(|points| {
            Delay::Empirical(points.into_iter().map(|at| (at, SimDuration(u64::from(at) * 3))).collect())
        }),
    ]
}

fn delay() -> impl Strategy<Value = Delay> {
    prop_oneof![
        4 => simple_delay(),
        1 => vec((1..=1_000_000_u32, simple_delay()), 1..4).prop_map(Delay::Mixture),
    ]
}

fn ppm() -> impl Strategy<Value = u32> {
    prop_oneof![Just(0), 0..=1_000_000_u32]
}

fn link_model() -> impl Strategy<Value = LinkModel> {
    let order = (ppm(), duration(), any::<bool>());
    (delay(), ppm(), ppm(), order, option::of(1..=1_000_000_000_u64)).prop_map(
        |(delay, loss_ppm, duplicate_ppm, (reorder_ppm, reorder_by, fifo), bandwidth)| LinkModel {
            delay,
            loss_ppm,
            duplicate_ppm,
            reorder_ppm,
            reorder_by,
            fifo,
            bandwidth,
        },
    )
}

fn number() -> impl Strategy<Value = i64> {
    prop_oneof![-9_007_199_254_740_991..=9_007_199_254_740_991_i64, 0..30_i64]
}

fn value() -> impl Strategy<Value = Value> {
    option::of(number()).prop_map(|number| number.map_or(Value::Absent, Value::Number))
}

fn operation() -> impl Strategy<Value = Operation> {
    prop_oneof![
        (0..1_000_u32).prop_map(Operation::read),
        (0..1_000_u32, number()).prop_map(|(key, number)| Operation::write(key, number)),
        (0..1_000_u32, value(), number())
            .prop_map(|(key, expected, number)| Operation::cas(key, expected, number)),
        (0..1_000_u32, number()).prop_map(|(key, number)| Operation::add(key, number)),
        (0..1_000_u32, number()).prop_map(|(key, number)| Operation::remove(key, number)),
        (0..1_000_u32, 1..=100_u8).prop_map(|(key, count)| Operation::read(key).by_replicas(count)),
    ]
}

fn mix() -> impl Strategy<Value = Mix> {
    let choice = prop_oneof![
        Just(KeyChoice::Uniform),
        (0..=10_000_u32).prop_map(|exponent_milli| KeyChoice::Zipf { exponent_milli }),
    ];
    let update = prop_oneof![Just(Update::Write), Just(Update::Increment), Just(Update::Insert)];
    (1..=1_000_u32, choice, ppm(), update).prop_map(|(keys, choice, reads_ppm, update)| Mix {
        keys,
        choice,
        reads_ppm,
        update,
    })
}

fn workload() -> impl Strategy<Value = Workload> {
    prop_oneof![
        vec((time(), operation()), 0..5).prop_map(Workload::Script),
        (time(), delay(), mix(), 0..=1_000_000_u32).prop_map(|(start, gap, mix, count)| Workload::Open {
            start,
            gap,
            mix,
            count
        }),
        (time(), delay(), mix(), 0..=1_000_000_u32).prop_map(|(start, think, mix, count)| Workload::Closed {
            start,
            think,
            mix,
            count
        }),
        (time(), duration(), duration(), 0..=1_000_000_u32)
            .prop_map(|(start, lag, gap, count)| { Workload::Pairs { start, lag, gap, count } }),
    ]
}

fn message() -> impl Strategy<Value = MessageId> {
    (link(), any::<u32>(), 0..5_u32).prop_map(|(link, index, copy)| MessageId { link, index, copy })
}

fn intervention() -> impl Strategy<Value = Intervention> {
    let crash =
        prop_oneof![Just(CrashKind::KeepWritten), Just(CrashKind::LoseUnsynced), Just(CrashKind::LoseDisk)];
    let at_node = prop_oneof![
        (server(), crash).prop_map(|(id, kind)| Intervention::Crash(id, kind)),
        server().prop_map(Intervention::Restart),
        server().prop_map(Intervention::Pause),
        server().prop_map(Intervention::Resume),
        (anyone(), -1_000_000_000..1_000_000_000_i64).prop_map(|(id, by)| Intervention::ClockOffset(id, by)),
        (anyone(), -500_000..=500_000_i32).prop_map(|(id, ppm)| Intervention::ClockDrift(id, ppm)),
        (server(), 0..3_u8).prop_map(|(id, timer)| Intervention::FireTimer(id, TimerName(timer))),
    ];
    let at_link = prop_oneof![
        (0..9_u32, btree_set(link(), 0..20))
            .prop_map(|(wall, cuts)| Intervention::SetWall(WallId(wall), cuts)),
        (0..9_u32).prop_map(|wall| Intervention::RemoveWall(WallId(wall))),
        (link(), link_model()).prop_map(|(link, model)| Intervention::SetLink(link, model)),
        link().prop_map(Intervention::ResetLink),
        message().prop_map(Intervention::Drop),
        message().prop_map(Intervention::Duplicate),
        message().prop_map(Intervention::DeliverNow),
        (message(), time()).prop_map(|(id, to)| Intervention::Retime(id, to)),
        message().prop_map(|id| Intervention::Tamper(id, TamperName(0))),
    ];
    let request = (client(), operation(), option::of(server()))
        .prop_map(|(client, operation, via)| Intervention::Request { client, operation, via });
    prop_oneof![at_node, at_link, request]
}

fn sketch() -> impl Strategy<Value = Sketch> {
    let shape = prop_oneof![Just(WallShape::Line), Just(WallShape::Stroke), Just(WallShape::Lasso)];
    let path = vec((-100_000..=100_000_i32, -100_000..=100_000_i32), 0..20);
    (path, shape, any::<bool>(), any::<bool>(), vec(anyone(), 0..3))
        .prop_map(|(path, shape, one_way, flipped, doors)| Sketch { path, shape, one_way, flipped, doors })
}

fn entry() -> impl Strategy<Value = Entry> {
    let parts = (time(), 0..3_u32, intervention(), option::of(sketch()), any::<bool>());
    parts.prop_map(|(at, rank, what, sketch, muted)| {
        let sketch = sketch.filter(|_| matches!(what, Intervention::SetWall(..)));
        Entry { at, rank, what, sketch, muted }
    })
}

fn script() -> impl Strategy<Value = Vec<Entry>> {
    vec(entry(), 0..12).prop_map(|mut script| {
        script.sort_by_key(|entry| (entry.at, entry.rank));
        script
    })
}

fn expectation() -> impl Strategy<Value = Expectation> {
    let mark = (option::of(anyone()), time(), option::of(time()), 0..9_u32, option::of(0..9_u32)).prop_map(
        |(node, after, by, at_least, at_most)| Expectation::Mark {
            kind: Mark::Commit,
            node,
            after,
            by,
            at_least,
            at_most,
        },
    );
    let outcome = prop_oneof![
        Just(ExpectedOutcome::Ok),
        Just(ExpectedOutcome::Fail),
        Just(ExpectedOutcome::Info),
        Just(ExpectedOutcome::Pending),
        value().prop_map(ExpectedOutcome::OkWith),
        vec(number(), 0..4).prop_map(ExpectedOutcome::OkWithMany),
    ];
    let answer = prop_oneof![Just(Answer::Ok), Just(Answer::Violation), Just(Answer::Unknown)];
    let one = prop_oneof![
        mark,
        (anyone(), option::of(time()), ".{0,9}").prop_map(|(node, at, is)| Expectation::Field {
            node,
            name: "role".into(),
            is,
            at
        }),
        any::<bool>().prop_map(|holds| Expectation::Property { name: "p".into(), holds }),
        (client(), 1..9_u32, outcome).prop_map(|(client, n, outcome)| Expectation::Op { client, n, outcome }),
        (answer, option::of(time())).prop_map(|(is, at)| Expectation::Verdict {
            claim: Claim("causal"),
            is,
            at
        }),
        (any::<bool>(), option::of(time())).prop_map(|(equal, at)| Expectation::Replicas { equal, at }),
        (0..9_u32).prop_map(|at_most| Expectation::Faults { at_most }),
        any::<u64>().prop_map(|digest| Expectation::Digest(Digest(digest))),
    ];
    one.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Expectation::All),
            vec(inner, 0..4).prop_map(Expectation::Any)
        ]
    })
}

fn network() -> impl Strategy<Value = Network> {
    let under_way = prop_oneof![Just(UnderWay::Drop), Just(UnderWay::Deliver), Just(UnderWay::Hold)];
    (link_model(), vec((link(), link_model()), 0..4), under_way)
        .prop_map(|(link, links, under_way)| Network { link, links, kinds: Vec::new(), under_way })
}

fn rollout() -> impl Strategy<Value = Rollout> {
    (btree_set(server(), 0..3), any::<bool>()).prop_map(|(nodes, on)| Rollout {
        nodes,
        params: [("pre_vote".to_owned(), ParamValue::Switch(on))].into(),
    })
}

fn clock() -> impl Strategy<Value = ClockSpec> {
    (anyone(), -1_000_000_000..1_000_000_000_i64, -500_000..=500_000_i32)
        .prop_map(|(node, offset, drift_ppm)| ClockSpec { node, offset, drift_ppm })
}

/// Any record that a document can hold, with default parameters.
pub fn record() -> impl Strategy<Value = RunRecord> {
    let clients = vec((option::of(server()), workload()), usize::from(CLIENTS)).prop_map(|clients| {
        clients.into_iter().map(|(home, workload)| ClientSpec { home, roaming: false, workload }).collect()
    });
    let texts = (".{0,40}", ".{0,200}", "[A-Z][a-z]{0,12}");
    let numbers = (any::<u64>(), 1..=7_200_000_000_000_u64, 1..=100_000_000_u32, 1..=3_u8);
    let parts = (
        clients,
        network(),
        delay(),
        vec(clock(), 0..3),
        vec(rollout(), 0..3),
        script(),
        vec(expectation(), 0..4),
    );
    (texts, numbers, parts).prop_map(
        |(
            (title, summary, topic),
            (seed, until, speed, level),
            (clients, network, disk, clocks, rollouts, script, expect),
        )| {
            let mut record = plain();
            record.scenario.title = title;
            record.scenario.summary = summary;
            record.scenario.topic = topic;
            record.scenario.level = level;
            record.scenario.seed = seed;
            record.scenario.until = SimTime(until);
            record.scenario.nodes = SERVERS;
            record.scenario.clients = clients;
            record.scenario.network = network;
            record.scenario.disk = disk;
            record.scenario.clocks = clocks;
            record.scenario.rollouts = rollouts;
            record.scenario.speed = Speed(speed);
            record.script = script;
            record.expect = expect;
            record
        },
    )
}

//! The servers and sessions of Terry et al.: a session goes to a server only if its guarantees allow it. What
//! such a system does must never be called a violation of what it guarantees.

use std::collections::BTreeSet;

use netsplit_checkers::history::{History, Key, Operation, Outcome, Process, Request, Time, Value};
use netsplit_checkers::search::{Budget, judge};
use netsplit_checkers::verdict::Consistency;
use proptest::prelude::*;
use proptest::strategy::ValueTree;

const SESSIONS: usize = 3;
const SERVERS: usize = 3;
const KEYS: u32 = 2;

/// A write, known by its number. Servers apply writes in the order of stamps, which is that of Lamport's clocks.
#[derive(Clone, Debug)]
struct Write {
    key: u32,
    stamp: (u64, usize),
}

/// What a session has to remember.
#[derive(Clone, Debug, Default)]
struct Session {
    wrote: BTreeSet<usize>,
    read: BTreeSet<usize>,
    clock: u64,
}

/// Which guarantees the system keeps.
#[derive(Clone, Copy, Debug)]
struct Kept {
    read_your_writes: bool,
    monotonic_reads: bool,
    monotonic_writes: bool,
    writes_follow_reads: bool,
}

struct System {
    kept: Kept,
    writes: Vec<Write>,
    /// For each write, what a server must have before it.
    needs: Vec<BTreeSet<usize>>,
    servers: Vec<BTreeSet<usize>>,
    sessions: Vec<Session>,
}

#[derive(Clone, Copy, Debug)]
struct Draw {
    session: usize,
    server: usize,
    key: u32,
    kind: u32,
    message: prop::sample::Index,
}

impl System {
    fn new(kept: Kept) -> Self {
        let (servers, sessions) = (vec![BTreeSet::new(); SERVERS], vec![Session::default(); SESSIONS]);
        Self { kept, writes: Vec::new(), needs: Vec::new(), servers, sessions }
    }

    /// Whether the session may use the server for a read, or a write.
    fn may(&self, draw: &Draw, reads: bool) -> bool {
        let (session, server) = (&self.sessions[draw.session], &self.servers[draw.server]);
        let has = |kept: bool, writes: &BTreeSet<usize>| !kept || writes.is_subset(server);
        match reads {
            true => {
                has(self.kept.read_your_writes, &session.wrote)
                    && has(self.kept.monotonic_reads, &session.read)
            }
            false => {
                has(self.kept.monotonic_writes, &session.wrote)
                    && has(self.kept.writes_follow_reads, &session.read)
            }
        }
    }

    fn write(&mut self, draw: &Draw) -> i64 {
        let (number, session) = (self.writes.len(), &mut self.sessions[draw.session]);
        session.clock += 1;
        self.writes.push(Write { key: draw.key, stamp: (session.clock, draw.session) });
        let mut needs = BTreeSet::new();
        if self.kept.monotonic_writes {
            needs.extend(&session.wrote);
        }
        if self.kept.writes_follow_reads {
            needs.extend(&session.read);
        }
        self.needs.push(needs);
        session.wrote.insert(number);
        self.servers[draw.server].insert(number);
        i64::try_from(number).expect("few")
    }

    /// The read sees the last write to its key. What it saw with it, the paper's relevant writes, are all of
    /// the server's.
    fn read(&mut self, draw: &Draw) -> Value {
        let server = &self.servers[draw.server];
        let of_key = server.iter().filter(|write| self.writes[**write].key == draw.key);
        let last = of_key.max_by_key(|write| self.writes[**write].stamp).copied();
        let session = &mut self.sessions[draw.session];
        session.read.extend(server);
        let seen = server.iter().map(|write| self.writes[*write].stamp.0).max().unwrap_or(0);
        session.clock = session.clock.max(seen);
        last.map_or(Value::Absent, |write| Value::Number(i64::try_from(write).expect("few")))
    }

    /// Some write goes to the server, if what it needs is there.
    fn deliver(&mut self, draw: &Draw) {
        if self.writes.is_empty() {
            return;
        }
        let write = draw.message.index(self.writes.len());
        if self.needs[write].is_subset(&self.servers[draw.server]) {
            self.servers[draw.server].insert(write);
        }
    }
}

fn run(kept: Kept, draws: &[Draw]) -> History {
    let mut system = System::new(kept);
    let mut operations = Vec::new();
    for (at, draw) in (0..).step_by(10).zip(draws) {
        let (request, answer) = match draw.kind {
            0..3 if system.may(draw, false) => (Request::Write(Value::Number(system.write(draw))), None),
            3..7 if system.may(draw, true) => (Request::Read, Some(system.read(draw))),
            _ => {
                system.deliver(draw);
                continue;
            }
        };
        let process = Process(u32::try_from(draw.session).expect("few"));
        let returned = Some((Time(at + 5), Outcome::Ok(answer)));
        operations.push(Operation { process, key: Key(draw.key), request, called: Time(at), returned });
    }
    History::new(operations).expect("a history")
}

fn draws() -> impl Strategy<Value = Vec<Draw>> {
    let draw = (0..SESSIONS, 0..SERVERS, 0..KEYS, 0..12_u32, any::<prop::sample::Index>());
    let draw =
        draw.prop_map(|(session, server, key, kind, message)| Draw { session, server, key, kind, message });
    prop::collection::vec(draw, 1..60)
}

fn name(what: Consistency, history: &History) -> &'static str {
    judge(what, history, Budget::USUAL).name()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn servers_that_keep_guarantees_are_never_said_to_break_them(
        draws in draws(), kept in prop::array::uniform4(any::<bool>()),
    ) {
        let [read_your_writes, monotonic_reads, monotonic_writes, writes_follow_reads] = kept;
        let kept = Kept { read_your_writes, monotonic_reads, monotonic_writes, writes_follow_reads };
        let history = run(kept, &draws);
        let claims = [
            (kept.read_your_writes, Consistency::ReadYourWrites),
            (kept.monotonic_reads, Consistency::MonotonicReads),
            // Who has seen a write looks elsewhere for the earlier one: that takes monotonic reads, too.
            (kept.monotonic_writes && kept.monotonic_reads, Consistency::MonotonicWrites),
            (kept.writes_follow_reads && kept.monotonic_reads, Consistency::WritesFollowReads),
            (kept.read_your_writes && kept.monotonic_reads && kept.monotonic_writes && kept.writes_follow_reads, Consistency::Causal),
        ];
        for (kept, what) in claims {
            prop_assert!(!kept || name(what, &history) == "ok", "{}: {:?}", what.name(), history);
        }
    }
}

#[test]
fn servers_that_keep_nothing_break_every_guarantee_sooner_or_later() {
    let kept = Kept {
        read_your_writes: false,
        monotonic_reads: false,
        monotonic_writes: false,
        writes_follow_reads: false,
    };
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut broken = BTreeSet::new();
    for _ in 0..300 {
        let drawn = draws().new_tree(&mut runner).expect("it draws").current();
        let history = run(kept, &drawn);
        let all = [
            Consistency::ReadYourWrites,
            Consistency::MonotonicReads,
            Consistency::MonotonicWrites,
            Consistency::WritesFollowReads,
        ];
        broken.extend(all.into_iter().filter(|what| name(*what, &history) == "violation"));
    }
    assert_eq!(broken.len(), 4, "{broken:?}");
}

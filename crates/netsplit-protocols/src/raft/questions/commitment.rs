//! Why an entry is not committed (§5.3, §5.4.2).

use netsplit_sim::describe::Sentence;
use netsplit_sim::id::{Link, NodeId, Step};
use netsplit_sim::journey::{Ending, Journey};
use netsplit_sim::run::Status;

use super::super::rules;
use super::super::types::{LogIndex, Term};
use super::election;
use super::facts::{Facts, quoted, share};

/// Kinds of messages: AppendEntries with entries, and the reply.
const APPEND_ENTRIES: u8 = 5;
const REPLY: u8 = 6;

/// An entry as one server has it.
struct Held<'a> {
    facts: &'a Facts<'a>,
    holder: NodeId,
    index: LogIndex,
    term: Term,
}

/// Whether another server knows this entry of a server's log to be committed.
pub(super) fn is_known_elsewhere(facts: &Facts<'_>, holder: NodeId, index: LogIndex) -> bool {
    let term = facts.world.disk(holder).log.term_at(index);
    term.is_some_and(|term| Held { facts, holder, index, term }.known_to().is_some())
}

/// Why the entry at this index of a server's log is not committed.
pub(super) fn not_committed(facts: &Facts<'_>, holder: NodeId, index: LogIndex) -> Vec<Sentence> {
    let Some(term) = facts.world.disk(holder).log.term_at(index) else {
        let told = Sentence::default().say("The log of ").node(holder);
        return vec![told.say(format_args!(" has no entry {index}."))];
    };
    let entry = Held { facts, holder, index, term };
    if facts.commit_index(holder) >= index {
        let told = Sentence::new("§5.3").say("It is: ").node(holder);
        return vec![told.say(format_args!(" knows that entry {index} is committed."))];
    }
    match entry.known_to() {
        Some(other) => entry.not_told(other),
        None => entry.explained(),
    }
}

impl Held<'_> {
    /// A server that knows the very same entry to be committed.
    fn known_to(&self) -> Option<NodeId> {
        let knows = |id: &NodeId| self.facts.commit_index(*id) >= self.index && self.is_written_at(*id);
        self.facts.world.topology().servers().find(knows)
    }

    fn is_written_at(&self, id: NodeId) -> bool {
        let world = self.facts.world;
        world.disk(id).log.hash_at(self.index) == world.disk(self.holder).log.hash_at(self.index)
    }

    /// Whether a server has it on its disk.
    fn is_at(&self, id: NodeId) -> bool {
        let world = self.facts.world;
        world.durable(id).log.hash_at(self.index) == world.disk(self.holder).log.hash_at(self.index)
    }

    /// It is committed, and the holder does not know yet.
    fn not_told(&self, other: NodeId) -> Vec<Sentence> {
        let Self { facts, holder, index, .. } = *self;
        let told = Sentence::new("§5.3").say(format_args!("Entry {index} is committed: ")).node(other);
        let told = told.say(" knows it. ").node(holder);
        if facts.leads(holder).is_some() {
            let term = facts.term(holder);
            let told =
                told.say(format_args!(" learns it once an entry of its own term {term} is on a majority."));
            return vec![Sentence { section: "§5.4.2", ..told }];
        }
        let told = told.say(" learns it from the next AppendEntries that reaches it.");
        let obstacles = facts.leader().map(|leader| facts.obstacles(leader, &[holder])).unwrap_or_default();
        std::iter::once(told).chain(obstacles).collect()
    }

    fn explained(&self) -> Vec<Sentence> {
        let facts = self.facts;
        let mut told = vec![self.copies()];
        let own = facts.leads(self.holder).map(|_| self.holder);
        let Some(leader) = own.or_else(|| facts.leader()) else {
            told.push(Sentence::new("§5.3").say("Only a leader commits, and nobody leads."));
            told.extend(election::nobody_leads(facts));
            return told;
        };
        told.extend(self.overtaken(leader));
        if !self.is_written_at(leader) {
            told.push(self.doomed(leader));
            return told;
        }
        told.extend(self.older_term(leader));
        told.extend(self.missing(leader));
        told
    }

    /// `Entry 3, of term 1, is on the disks of n1 and n5: 2 of 5 servers. A leader commits it once 3 have it.`
    fn copies(&self) -> Sentence {
        let at: Vec<NodeId> = self.facts.world.topology().servers().filter(|id| self.is_at(*id)).collect();
        let told =
            Sentence::new("§5.3").say(format_args!("Entry {}, of term {}, is on ", self.index, self.term));
        let told = match at.as_slice() {
            [] => told.say("no disk yet"),
            [one] => told.say("the disk of ").node(*one),
            many => told.say("the disks of ").nodes(many),
        };
        let share = share(at.len() as u32, self.facts);
        told.say(format_args!(
            ": {share}. A leader commits it once it is on a majority, {}.",
            self.facts.majority()
        ))
    }

    /// Another server leads a later term, and this one's leader does not know.
    fn overtaken(&self, leader: NodeId) -> Option<Sentence> {
        let facts = self.facts;
        let later = facts.leader().filter(|later| facts.term(*later) > facts.term(leader))?;
        let told = Sentence::new("§5.1")
            .node(leader)
            .say(format_args!(" still leads term {}, but ", facts.term(leader)));
        let told = told.node(later).say(format_args!(" leads term {}: ", facts.term(later))).node(leader);
        let fate =
            if self.is_written_at(later) { "." } else { ", and the entry gives way to the new leader's." };
        Some(told.say(" steps down as soon as it hears of that").say(fate))
    }

    /// The leader's log has something else there, or ends before.
    fn doomed(&self, leader: NodeId) -> Sentence {
        let told = Sentence::new("§5.3")
            .node(leader)
            .say(format_args!(", the leader of term {},", self.facts.term(leader)));
        let told = match self.facts.world.disk(leader).log.term_at(self.index) {
            Some(term) => told.say(format_args!(" has another entry there, of term {term}")),
            None => told.say(" does not have it"),
        };
        told.say(": it will never be committed unless a server that has it leads first. AppendEntries of ")
            .node(leader)
            .say(" delete what conflicts.")
    }

    /// §5.4.2: copies of an entry of an older term count for nothing by themselves.
    fn older_term(&self, leader: NodeId) -> Vec<Sentence> {
        let current = self.facts.term(leader);
        if self.term == current {
            return Vec::new();
        }
        let told = Sentence::new("§5.4.2")
            .say(format_args!("It is of the older term {}, and ", self.term))
            .node(leader);
        let told = told.say(format_args!(
            " leads term {current}: counting copies commits entries of the leader's own term only. It is committed with the \
             next entry of term {current} that is on a majority."
        ));
        let noted = self.facts.last_note(leader, &[rules::OLDER_TERM_NOT_COMMITTED]);
        std::iter::once(told).chain(noted.map(|(moment, note)| quoted(moment, &note))).collect()
    }

    /// What keeps it from those that do not have it.
    fn missing(&self, leader: NodeId) -> Vec<Sentence> {
        let facts = self.facts;
        let without: Vec<NodeId> = facts.others(leader).filter(|id| !self.is_counted(leader, *id)).collect();
        let mut told: Vec<Sentence> = self.unheard(leader).into_iter().collect();
        told.extend(facts.obstacles(leader, &without));
        let open = without.iter().filter(|id| facts.reaches(leader, **id));
        told.extend(open.map(|id| self.delivery(leader, *id)));
        if !self.is_counted(leader, leader) {
            told.push(
                Sentence::new("§5.3").node(leader).say(" counts itself once the entry is on its own disk."),
            );
        }
        told
    }

    /// A majority has it, and the leader has not heard of that.
    fn unheard(&self, leader: NodeId) -> Option<Sentence> {
        let servers = || self.facts.world.topology().servers();
        let copies = servers().filter(|id| self.is_at(*id)).count() as u32;
        let counted: Vec<NodeId> = servers().filter(|id| self.is_counted(leader, *id)).collect();
        let majority = self.facts.majority();
        (copies >= majority && (counted.len() as u32) < majority).then(|| {
            let told =
                Sentence::new("§5.3").node(leader).say(" does not know of that majority: it has heard of ");
            if counted.is_empty() { told.say("no copy yet.") } else { told.nodes(&counted).say(" only.") }
        })
    }

    /// Whether the leader counts a copy of it at a server.
    fn is_counted(&self, leader: NodeId, id: NodeId) -> bool {
        self.facts.leads(leader).is_some_and(|leadership| leadership.of(id).match_index >= self.index)
    }

    /// How far it is on its way to a server that can be reached.
    fn delivery(&self, leader: NodeId, to: NodeId) -> Sentence {
        let (facts, link) = (self.facts, Link::new(leader, to));
        let began =
            facts.last_note(leader, &[rules::BECOME_LEADER]).map_or(Step(0), |(moment, _)| moment.step);
        let Some(append) = facts.sent(link, &[APPEND_ENTRIES], began).pop() else {
            return Sentence::new("§5.3").node(leader).say(" has sent ").node(to).say(" no entries yet.");
        };
        match append.ending {
            Ending::Arrived(moment, _) if facts.run.status(to) == Status::Up => {
                self.reply(leader, to, &append, moment.step)
            }
            _ => self.repeated(facts.journey(&append, " to ", to), &append, leader),
        }
    }

    /// What became of the reply to the entries.
    fn reply(&self, leader: NodeId, to: NodeId, append: &Journey, step: Step) -> Sentence {
        let facts = self.facts;
        match facts.sent(Link::new(to, leader), &[REPLY], step).first() {
            Some(reply) => self.repeated(facts.journey(reply, " from ", to), reply, leader),
            None => {
                let told = Sentence::new("Figure 2").journey(facts.run, append).say(" arrived at ").node(to);
                told.say(", which replies once the entries are on its disk.")
            }
        }
    }

    fn repeated(&self, told: Sentence, journey: &Journey, leader: NodeId) -> Sentence {
        match journey.ending {
            Ending::Lost(..) => {
                let told = told.say(" ").node(leader);
                told.say(" repeats the entries with a heartbeat, once a whole round has gone unanswered.")
            }
            _ => told,
        }
    }
}

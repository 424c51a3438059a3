//! Why an entry is not committed (§5.3, §5.4.2).

use netsplit_sim::describe::Sentence;
use netsplit_sim::id::{Link, NodeId, Step};
use netsplit_sim::journey::{Ending, Journey};
use netsplit_sim::run::Status;
use netsplit_sim::sentence;

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
        return vec![sentence!("The log of {holder} has no entry {index}.", holder, index = index.0)];
    };
    let entry = Held { facts, holder, index, term };
    if facts.commit_index(holder) >= index {
        let told =
            sentence!("It is: {holder} knows that entry {index} is committed.", holder, index = index.0);
        return vec![told.of("§5.3")];
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
        let index = index.0;
        if facts.leads(holder).is_some() {
            let told = sentence!(
                "Entry {index} is committed: {other} knows it. {holder} learns it once an entry of its own term {term} is on a majority.",
                index,
                other,
                holder,
                term = facts.term(holder).0
            );
            return vec![told.of("§5.4.2")];
        }
        let told = sentence!(
            "Entry {index} is committed: {other} knows it. {holder} learns it from the next AppendEntries that reaches it.",
            index,
            other,
            holder
        );
        let told = told.of("§5.3");
        let obstacles = facts.leader().map(|leader| facts.obstacles(leader, &[holder])).unwrap_or_default();
        std::iter::once(told).chain(obstacles).collect()
    }

    fn explained(&self) -> Vec<Sentence> {
        let facts = self.facts;
        let mut told = vec![self.copies()];
        let own = facts.leads(self.holder).map(|_| self.holder);
        let Some(leader) = own.or_else(|| facts.leader()) else {
            told.push(sentence!("Only a leader commits, and nobody leads.").of("§5.3"));
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
        let (index, term) = (self.index.0, self.term.0);
        let (share, majority) = (share(at.len() as u32, self.facts), self.facts.majority());
        let told = match at.as_slice() {
            [] => sentence!("Entry {index}, of term {term}, is on no disk yet: {share}.", index, term, share),
            [one] => sentence!(
                "Entry {index}, of term {term}, is on the disk of {one}: {share}.",
                index,
                term,
                one,
                share
            ),
            many => sentence!(
                "Entry {index}, of term {term}, is on the disks of {many}: {share}.",
                index,
                term,
                many,
                share
            ),
        };
        let rule = sentence!("A leader commits it once it is on a majority, {majority}.", majority);
        told.then(rule).of("§5.3")
    }

    /// Another server leads a later term, and this one's leader does not know.
    fn overtaken(&self, leader: NodeId) -> Option<Sentence> {
        let facts = self.facts;
        let later = facts.leader().filter(|later| facts.term(*later) > facts.term(leader))?;
        let (term, higher) = (facts.term(leader).0, facts.term(later).0);
        let told = if self.is_written_at(later) {
            sentence!(
                "{leader} still leads term {term}, but {later} leads term {higher}: {leader} steps down as soon as it hears of that.",
                leader,
                term,
                later,
                higher
            )
        } else {
            sentence!(
                "{leader} still leads term {term}, but {later} leads term {higher}: {leader} steps down as soon as it hears of that, and the entry gives way to the new leader's.",
                leader,
                term,
                later,
                higher
            )
        };
        Some(told.of("§5.1"))
    }

    /// The leader's log has something else there, or ends before.
    fn doomed(&self, leader: NodeId) -> Sentence {
        let term = self.facts.term(leader).0;
        let told = match self.facts.world.disk(leader).log.term_at(self.index) {
            Some(other) => sentence!(
                "{leader}, the leader of term {term}, has another entry there, of term {other}: it will never be committed unless a server that has it leads first.",
                leader,
                term,
                other = other.0
            ),
            None => sentence!(
                "{leader}, the leader of term {term}, does not have it: it will never be committed unless a server that has it leads first.",
                leader,
                term
            ),
        };
        let rule = sentence!("AppendEntries of {leader} delete what conflicts.", leader);
        told.then(rule).of("§5.3")
    }

    /// §5.4.2: copies of an entry of an older term count for nothing by themselves.
    fn older_term(&self, leader: NodeId) -> Vec<Sentence> {
        let current = self.facts.term(leader);
        if self.term == current {
            return Vec::new();
        }
        let told = sentence!(
            "It is of the older term {older}, and {leader} leads term {current}: counting copies commits entries of the leader's own term only. It is committed with the next entry of term {current} that is on a majority.",
            older = self.term.0,
            leader,
            current = current.0
        );
        let told = told.of("§5.4.2");
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
                sentence!("{leader} counts itself once the entry is on its own disk.", leader).of("§5.3"),
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
            let told = if counted.is_empty() {
                sentence!("{leader} does not know of that majority: it has heard of no copy yet.", leader)
            } else {
                sentence!(
                    "{leader} does not know of that majority: it has heard of {counted} only.",
                    leader,
                    counted
                )
            };
            told.of("§5.3")
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
            return sentence!("{leader} has sent {to} no entries yet.", leader, to).of("§5.3");
        };
        match append.ending {
            Ending::Arrived(moment, _) if facts.run.status(to) == Status::Up => {
                self.reply(leader, to, &append, moment.step)
            }
            _ => self.repeated(facts.journey_to(&append, to), &append, leader),
        }
    }

    /// What became of the reply to the entries.
    fn reply(&self, leader: NodeId, to: NodeId, append: &Journey, step: Step) -> Sentence {
        let facts = self.facts;
        match facts.sent(Link::new(to, leader), &[REPLY], step).first() {
            Some(reply) => self.repeated(facts.journey_from(reply, to), reply, leader),
            None => {
                let message = Sentence::default().journey(facts.run, append);
                sentence!(
                    "{message} arrived at {to}, which replies once the entries are on its disk.",
                    message,
                    to
                )
                .of("Figure 2")
            }
        }
    }

    fn repeated(&self, told: Sentence, journey: &Journey, leader: NodeId) -> Sentence {
        match journey.ending {
            Ending::Lost(..) => told.then(sentence!(
                "{leader} repeats the entries with a heartbeat, once a whole round has gone unanswered.",
                leader
            )),
            _ => told,
        }
    }
}

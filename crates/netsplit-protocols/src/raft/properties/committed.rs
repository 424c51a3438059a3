//! Leader Completeness (Figure 3), over the ghost fact “committed”: the entry's leader, in that
//! entry's term, has it durable on a majority, with everything before it. The fact is computed from
//! disks; what servers believe of it is checked against it.

use std::collections::BTreeMap;

use netsplit_sim::encode::Digest;
use netsplit_sim::footprint::Footprint;
use netsplit_sim::footprint_fields;
use netsplit_sim::id::{NodeId, Topology};
use netsplit_sim::note::{Note, node};

use super::{Change, Report};
use crate::quorum;
use crate::raft::about::property;
use crate::raft::cow_vec::CowVec;
use crate::raft::log::Log;
use crate::raft::rules;
use crate::raft::types::{LogIndex, Term};

/// What is committed, and how far those who lead now have got.
#[derive(Clone, Debug)]
pub(super) struct Committed {
    servers: u16,
    facts: CowVec<Fact>,
    reigns: BTreeMap<NodeId, Reign>,
}

/// An entry is committed.
#[derive(Clone, Copy, Debug)]
struct Fact {
    /// The leader's term that committed it; never decreases from entry to entry.
    by: Term,
    /// The log up to and including it.
    hash: Digest,
}

/// A server that leads now, and what the others have stored from it.
#[derive(Clone, Debug)]
struct Reign {
    term: Term,
    /// Per server the last index it stored in this term.
    stored: Vec<LogIndex>,
    /// Per server how much of that is on its disk and equal to the leader's log.
    durable: Vec<LogIndex>,
}

impl Footprint for Fact {}
footprint_fields!(Reign { stored, durable });
footprint_fields!(Committed { facts, reigns });

impl Committed {
    pub(super) fn new(topology: Topology) -> Self {
        Self { servers: topology.servers, facts: CowVec::default(), reigns: BTreeMap::new() }
    }

    /// Looks at one server's step: what it stored, whether it leads, what it takes for committed.
    pub(super) fn check(&mut self, step: &Change<'_>, report: &mut Report<'_>) {
        self.follow_reign(step, report);
        self.follow_disk(step);
        self.establish(step, report);
        self.check_belief(step, report);
    }

    /// Notices that the server began or ceased to lead, and checks a new leader's log.
    fn follow_reign(&mut self, step: &Change<'_>, report: &mut Report<'_>) {
        let term = step.now.term;
        let reigned = self.reigns.get(&step.id).is_some_and(|reign| reign.term == term);
        if !step.now.leads {
            self.reigns.remove(&step.id);
        } else if !reigned || !step.kept_memory() {
            let none = vec![LogIndex::NONE; usize::from(self.servers)];
            self.reigns.insert(step.id, Reign { term, stored: none.clone(), durable: none });
            self.check_new_leader(step, report);
        }
    }

    /// §5.4: an entry committed in a term is present in the logs of the leaders for all higher terms.
    fn check_new_leader(&self, step: &Change<'_>, report: &mut Report<'_>) {
        let log = &step.world.disk(step.id).log;
        let mut index = LogIndex::NONE.plus(self.facts.len());
        while self.fact(index).is_some_and(|fact| fact.by >= step.now.term) {
            index = index.previous();
        }
        self.check_complete(step.id, step.now.term, log, index, report);
    }

    /// Whether a leader's log holds everything that is committed up to `index`.
    fn check_complete(
        &self,
        leader: NodeId,
        term: Term,
        log: &Log,
        index: LogIndex,
        report: &mut Report<'_>,
    ) {
        if self.agrees(log, index) {
            return;
        }
        let first = LogIndex::NONE.up_to(index).find(|index| !self.agrees(log, *index)).unwrap_or(index);
        let by = self.fact(first).map_or(Term(0), |fact| fact.by);
        let note = Note::new(rules::LEADER_INCOMPLETE, [node(leader), term.0, first.0, by.0]);
        report.violated(property::LEADER_COMPLETENESS, note);
    }

    /// Notes how far the server has stored what those who lead sent it, and how much is on its disk.
    fn follow_disk(&mut self, step: &Change<'_>) {
        let position = usize::from(step.id.index());
        let (live, durable) = (step.world.disk(step.id), step.world.durable(step.id));
        for (leader, reign) in &mut self.reigns {
            // An entry of this term can only have been stored in this term. One of an older term that
            // is stored later proves nothing about its own leader (§5.4.2).
            if step.now.term == reign.term && live.log.last_term() == reign.term {
                reign.stored[position] = step.now.log.index;
            }
            let index = reign.stored[position].min(step.now.durable_log.index);
            let leaders = &step.world.disk(*leader).log;
            let counts = durable.log.term_at(index) == Some(reign.term)
                && durable.log.hash_at(index) == leaders.hash_at(index);
            reign.durable[position] = if counts { index } else { LogIndex::NONE };
            if !step.now.runs {
                reign.stored[position] = reign.durable[position];
            }
        }
    }

    /// Records what has become committed by this step, and checks that whoever leads a higher term
    /// already has it.
    fn establish(&mut self, step: &Change<'_>, report: &mut Report<'_>) {
        let majority = quorum::majority(u32::from(self.servers));
        for (leader, reign) in &self.reigns {
            let reached = quorum::reached_by(reign.durable.iter().copied(), majority).unwrap_or_default();
            let known = LogIndex::NONE.plus(self.facts.len());
            let log = &step.world.disk(*leader).log;
            for index in known.up_to(reached) {
                let hash = log.hash_at(index).unwrap_or_default();
                self.facts.push(Fact { by: reign.term, hash });
            }
            if reached > known {
                let later = self.reigns.iter().filter(|(_, other)| other.term > reign.term);
                for (other, later) in later {
                    let log = &step.world.disk(*other).log;
                    self.check_complete(*other, later.term, log, reached, report);
                }
            }
        }
    }

    /// What a server takes for committed must be.
    fn check_belief(&self, step: &Change<'_>, report: &mut Report<'_>) {
        let believed = step.now.commit_index;
        if believed > step.before.commit_index && !self.agrees(&step.world.disk(step.id).log, believed) {
            let note = Note::new(rules::TOOK_FOR_COMMITTED, [node(step.id), believed.0]);
            report.violated(property::COMMIT_INDEX_TRUE, note);
        }
    }

    /// Whether the log up to `index` is what is committed there.
    fn agrees(&self, log: &Log, index: LogIndex) -> bool {
        index == LogIndex::NONE || self.fact(index).is_some_and(|fact| log.hash_at(index) == Some(fact.hash))
    }

    fn fact(&self, index: LogIndex) -> Option<&Fact> {
        index.0.checked_sub(1).and_then(|position| self.facts.get(position as usize))
    }
}

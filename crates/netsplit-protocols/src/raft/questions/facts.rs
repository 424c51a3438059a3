//! What an answer rests on: the state of all servers, and what the run's past tells of messages. No server
//! knows as much; the answers are for those who look from outside.

use netsplit_sim::describe::Sentence;
use netsplit_sim::history::Moment;
use netsplit_sim::id::{Link, NodeId, Step};
use netsplit_sim::journey::Journey;
use netsplit_sim::note::{Note, node};
use netsplit_sim::run::{Run, Status};
use netsplit_sim::sentence;
use netsplit_sim::world::World;
use netsplit_words::say;

use super::super::Raft;
use super::super::about::ABOUT;
use super::super::leadership::Leadership;
use super::super::quorum;
use super::super::server::Role;
use super::super::types::{LogIndex, Term};

/// Steps looked back for a message or a note.
const LOOKED_BACK: u64 = 20_000;

/// The world at the cursor and the run's past.
pub(super) struct Facts<'a> {
    pub(super) world: &'a World<Raft>,
    pub(super) run: &'a dyn Run,
}

/// Why two servers cannot work together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Obstacle {
    /// The other one is down.
    Crashed,
    /// The other one is frozen.
    Paused,
    /// Nothing gets there.
    Unreachable,
    /// What it answers does not come back.
    Unheard,
}

impl Facts<'_> {
    pub(super) fn servers(&self) -> u32 {
        u32::from(self.world.topology().servers)
    }

    pub(super) fn majority(&self) -> u32 {
        quorum::majority(self.servers())
    }

    pub(super) fn term(&self, id: NodeId) -> Term {
        self.world.disk(id).current_term
    }

    /// Highest entry that a server knows to be committed; a crashed one knows none.
    pub(super) fn commit_index(&self, id: NodeId) -> LogIndex {
        self.world.server(id).map_or(LogIndex::NONE, |server| server.commit_index)
    }

    pub(super) fn leads(&self, id: NodeId) -> Option<&Leadership> {
        match &self.world.server(id)?.role {
            Role::Leader(leadership) => Some(leadership),
            _ => None,
        }
    }

    /// The leader of the latest term. Others may believe that they lead.
    pub(super) fn leader(&self) -> Option<NodeId> {
        let leaders = self.world.topology().servers().filter(|id| self.leads(*id).is_some());
        leaders.max_by_key(|id| self.term(*id))
    }

    pub(super) fn others(&self, id: NodeId) -> impl Iterator<Item = NodeId> + Clone {
        self.world.topology().servers().filter(move |other| *other != id)
    }

    /// Whether a server can send to another and get an answer.
    pub(super) fn reaches(&self, from: NodeId, to: NodeId) -> bool {
        self.obstacle(from, to).is_none()
    }

    fn obstacle(&self, from: NodeId, to: NodeId) -> Option<Obstacle> {
        match self.run.status(to) {
            Status::Crashed => Some(Obstacle::Crashed),
            Status::Paused => Some(Obstacle::Paused),
            Status::Up if self.run.is_cut(Link::new(from, to)) => Some(Obstacle::Unreachable),
            Status::Up if self.run.is_cut(Link::new(to, from)) => Some(Obstacle::Unheard),
            Status::Up => None,
        }
    }

    /// What keeps a server from working with these, in few sentences.
    pub(super) fn obstacles(&self, from: NodeId, to: &[NodeId]) -> Vec<Sentence> {
        let kinds = [Obstacle::Crashed, Obstacle::Paused, Obstacle::Unreachable, Obstacle::Unheard];
        let told = |kind: Obstacle| {
            let those: Vec<NodeId> =
                to.iter().copied().filter(|id| self.obstacle(from, *id) == Some(kind)).collect();
            match kind {
                _ if those.is_empty() => Vec::new(),
                Obstacle::Crashed | Obstacle::Paused => those.iter().map(|id| self.outage(*id)).collect(),
                Obstacle::Unreachable => vec![self.cut_off(from, &those)],
                Obstacle::Unheard => vec![self.unheard(from, &those)],
            }
        };
        kinds.into_iter().flat_map(told).collect()
    }

    /// `n2 has been crashed since 1.284 s.`; nothing for a server that runs.
    pub(super) fn outage(&self, id: NodeId) -> Sentence {
        let (status, since) = self.run.status_at(id, self.run.step());
        match status {
            Status::Crashed => sentence!("{id} has been crashed since {since}.", id, since),
            Status::Paused => sentence!("{id} has been paused since {since}.", id, since),
            Status::Up => Sentence::default(),
        }
    }

    fn cut_off(&self, from: NodeId, those: &[NodeId]) -> Sentence {
        let wall = Sentence::cut(self.run, Link::new(from, those[0]), self.run.step());
        sentence!("Nothing from {from} reaches {those}: {wall} stops it.", from, those, wall)
    }

    fn unheard(&self, from: NodeId, those: &[NodeId]) -> Sentence {
        let wall = Sentence::cut(self.run, Link::new(those[0], from), self.run.step());
        sentence!("{from} reaches {those}, but {wall} stops the answers.", from, those, wall)
    }

    /// The journeys of messages of some kinds on a link, from a step on.
    pub(super) fn sent(&self, link: Link, kinds: &[u8], since: Step) -> Vec<Journey> {
        let since = Step(since.0.max(self.run.step().0.saturating_sub(LOOKED_BACK)));
        self.run.journeys(since, |sent| sent.id.link == link && kinds.contains(&sent.kind))
    }

    /// A message to a server and what became of it: `heartbeat #31 to n4 was lost at the wall at 1.284 s.`
    pub(super) fn journey_to(&self, journey: &Journey, to: NodeId) -> Sentence {
        let message = Sentence::default().journey(self.run, journey);
        Sentence::fate(self.run, journey, sentence!("{message} to {to}", message, to))
    }

    /// A message from a server and what became of it.
    pub(super) fn journey_from(&self, journey: &Journey, from: NodeId) -> Sentence {
        let message = Sentence::default().journey(self.run, journey);
        Sentence::fate(self.run, journey, sentence!("{message} from {from}", message, from))
    }

    /// The last note of one of these rules at a participant, and when.
    pub(super) fn last_note(&self, id: NodeId, rules: &[u16]) -> Option<(Moment, Note)> {
        let step = self.run.step().0;
        let back = (step.saturating_sub(LOOKED_BACK)..=step).rev().map(Step);
        let wanted = |note: &&Note| rules.contains(&note.rule) && note.args[0] == node(id);
        back.into_iter().find_map(|step| {
            let note = self.run.notes(step).iter().rev().find(wanted)?;
            Some((self.run.moment(step), *note))
        })
    }
}

/// The sentence of a rule that was applied, pointing to when.
pub(super) fn quoted(moment: Moment, note: &Note) -> Sentence {
    let about = ABOUT.spoken();
    let told = Sentence::default().event(about.sentence(note), moment);
    sentence!("{moment}: {told}", moment, told).of(about.rules[usize::from(note.rule)].section)
}

/// `3 of 5 servers`.
pub(super) fn share(count: u32, facts: &Facts<'_>) -> String {
    say!("{count} of {all} servers", count, all = facts.servers())
}

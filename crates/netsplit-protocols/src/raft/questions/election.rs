//! Why a server does not lead, or none does (§5.2, §5.4.1).

use netsplit_sim::describe::{Sentence, TimerView};
use netsplit_sim::id::NodeId;
use netsplit_sim::run::Status;
use netsplit_sim::sentence;

use super::super::quorum::ServerSet;
use super::super::rules;
use super::super::server::{ELECTION, Role, Server};
use super::super::types::LogIndex;
use super::facts::{Facts, quoted, share};
use super::{quorum, vote};

/// Why nobody leads.
pub(super) fn nobody_leads(facts: &Facts<'_>) -> Vec<Sentence> {
    if let Some(leader) = facts.leader() {
        return vec![leads(facts, leader)];
    }
    let servers = || facts.world.topology().servers();
    let stands = |id: &NodeId| {
        let role = facts.world.server(*id).map(|server| &server.role);
        matches!(role, Some(Role::Candidate(_) | Role::PreCandidate(_)))
    };
    let candidates: Vec<NodeId> = servers().filter(stands).collect();
    match candidates.as_slice() {
        [] => {}
        [one] => return does_not_lead(facts, *one),
        several => return split(facts, several),
    }
    let up: Vec<NodeId> = servers().filter(|id| facts.run.status(*id) == Status::Up).collect();
    let mut told = quorum::missing_anywhere(facts);
    told.extend(first_to_stand(facts, &up));
    told
}

/// Whose election timer runs out first.
fn first_to_stand(facts: &Facts<'_>, among: &[NodeId]) -> Option<Sentence> {
    let timed = among.iter().filter_map(|id| Some((timer(facts, *id)?.due_at, *id)));
    let (_, first) = timed.min()?;
    patience(facts, first)
}

/// §5.2: several candidates divide the votes between them.
fn split(facts: &Facts<'_>, candidates: &[NodeId]) -> Vec<Sentence> {
    let rule = sentence!(
        "A server votes once in a term, and several ask: the first whose election timer runs out begins the next term."
    );
    let tallies = candidates.iter().filter_map(|id| candidacy(facts, *id));
    tallies.chain([rule.of("§5.2")]).chain(first_to_stand(facts, candidates)).collect()
}

/// How far a candidate has come.
fn candidacy(facts: &Facts<'_>, id: NodeId) -> Option<Sentence> {
    let term = facts.term(id);
    match &facts.world.server(id)?.role {
        Role::Candidate(votes) => {
            let stands = sentence!("{id} stands for election in term {term}.", id, term = term.0);
            Some(stands.then(tally(facts, *votes)).of("§5.2"))
        }
        Role::PreCandidate(votes) => {
            let term = term.next().0;
            let asks = sentence!("{id} asks whether it could win term {term}.", id, term);
            Some(asks.then(tally(facts, *votes)).of("§5.2"))
        }
        Role::Follower | Role::Leader(_) => None,
    }
}

/// Why this server does not lead.
pub(super) fn does_not_lead(facts: &Facts<'_>, id: NodeId) -> Vec<Sentence> {
    let Some(server) = facts.world.server(id) else { return vec![facts.outage(id)] };
    let mut told: Vec<Sentence> = Vec::new();
    if facts.run.status(id) == Status::Paused {
        told.push(facts.outage(id));
    }
    told.extend(candidacy(facts, id));
    match &server.role {
        Role::Leader(_) => told.push(leads(facts, id)),
        Role::Follower => told.extend(follower(facts, id, server)),
        Role::Candidate(votes) => told.extend(vote::missing(facts, id, *votes, &vote::ELECTION)),
        Role::PreCandidate(votes) => told.extend(vote::missing(facts, id, *votes, &vote::PRE_VOTE)),
    }
    told
}

fn leads(facts: &Facts<'_>, id: NodeId) -> Sentence {
    let term = facts.term(id).0;
    let told = match facts.last_note(id, &[rules::BECOME_LEADER]) {
        Some((since, _)) => sentence!("{id} leads term {term} since {since}.", id, term, since),
        None => sentence!("{id} leads term {term}.", id, term),
    };
    told.of("§5.2")
}

/// `It has 2 of the 3 votes it needs, from n2 and n1.`
fn tally(facts: &Facts<'_>, votes: ServerSet) -> Sentence {
    let (have, needed) = (votes.count(), facts.majority());
    let voters: Vec<NodeId> =
        facts.world.topology().servers().filter(|voter| votes.contains(*voter)).collect();
    if voters.is_empty() {
        sentence!("It has {have} of the {needed} votes it needs.", have, needed)
    } else {
        sentence!("It has {have} of the {needed} votes it needs, from {voters}.", have, needed, voters)
    }
}

fn follower(facts: &Facts<'_>, id: NodeId, server: &Server) -> Vec<Sentence> {
    let mut told = vec![follows(facts, id, server)];
    let heard = server.leader.and_then(|_| facts.last_note(id, &[rules::HEAR_LEADER]));
    told.extend(heard.map(|(moment, note)| quoted(moment, &note)));
    told.extend(given_up(facts, id));
    told.extend(patience(facts, id));
    told.extend(hopeless(facts, id));
    told
}

fn follows(facts: &Facts<'_>, id: NodeId, server: &Server) -> Sentence {
    let term = facts.term(id).0;
    let told = match server.leader {
        Some(leader) => sentence!("{id} follows {leader}, the leader of term {term}.", id, leader, term),
        None => {
            sentence!("{id} is a follower in term {term} and has not heard from a leader of it.", id, term)
        }
    };
    told.of("§5.2")
}

/// Its last candidacy, if that was for the term it is in.
fn given_up(facts: &Facts<'_>, id: NodeId) -> Option<Sentence> {
    let (moment, note) = facts.last_note(id, &[rules::GIVE_UP_CANDIDACY])?;
    let recent = note.args[1] + 1 >= facts.term(id).0;
    recent.then(|| quoted(moment, &note))
}

/// How long it still waits before it stands for election.
fn patience(facts: &Facts<'_>, id: NodeId) -> Option<Sentence> {
    let left = timer(facts, id)?.due_at.since(facts.run.now());
    let told = sentence!(
        "{id} stands for election when its election timer runs out, in {left} if it hears from no leader.",
        id,
        left
    );
    Some(told.of("§5.2"))
}

fn timer(facts: &Facts<'_>, id: NodeId) -> Option<TimerView> {
    facts.run.timers(id).into_iter().find(|timer| timer.timer == ELECTION)
}

/// Why it could not win if it stood now: too few to ask, or too many that would refuse.
fn hopeless(facts: &Facts<'_>, id: NodeId) -> Vec<Sentence> {
    let others: Vec<NodeId> = facts.others(id).collect();
    let reached: Vec<NodeId> = others.iter().copied().filter(|other| facts.reaches(id, *other)).collect();
    let count = reached.len() as u32 + 1;
    if count < facts.majority() {
        let told = sentence!(
            "It could not win now: with itself it reaches {share}, and needs {needed} votes.",
            share = share(count, facts),
            needed = facts.majority()
        );
        return std::iter::once(told.of("§5.2")).chain(facts.obstacles(id, &others)).collect();
    }
    less_up_to_date(facts, id, &reached).into_iter().collect()
}

/// §5.4.1: too many servers have logs that are more up-to-date.
fn less_up_to_date(facts: &Facts<'_>, id: NodeId, reached: &[NodeId]) -> Option<Sentence> {
    let request = Server::request_vote(facts.term(id).next(), facts.world.disk(id));
    let refuses = |other: &NodeId| !Server::is_up_to_date(&request, facts.world.disk(*other));
    let refusing: Vec<NodeId> = reached.iter().copied().filter(refuses).collect();
    let willing = (reached.len() - refusing.len()) as u32 + 1;
    (willing < facts.majority()).then(|| {
        let told = match request.last_log_index {
            LogIndex::NONE => sentence!(
                "It could not win now: {refusing} would refuse, since its log, which is empty, is less up-to-date.",
                refusing
            ),
            index => sentence!(
                "It could not win now: {refusing} would refuse, since its log, which ends with index {index} of term {term}, is less up-to-date.",
                refusing,
                index = index.0,
                term = request.last_log_term.0
            ),
        };
        told.of("§5.4.1")
    })
}

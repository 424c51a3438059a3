//! Why a server does not lead, or none does (§5.2, §5.4.1).

use netsplit_sim::describe::{Sentence, TimerView};
use netsplit_sim::id::NodeId;
use netsplit_sim::run::Status;

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
    let rule = "A server votes once in a term, and several ask: the first whose election timer runs out begins \
                the next term.";
    let tallies = candidates.iter().filter_map(|id| candidacy(facts, *id));
    tallies.chain([Sentence::new("§5.2").say(rule)]).chain(first_to_stand(facts, candidates)).collect()
}

/// How far a candidate has come.
fn candidacy(facts: &Facts<'_>, id: NodeId) -> Option<Sentence> {
    let term = facts.term(id);
    match &facts.world.server(id)?.role {
        Role::Candidate(votes) => {
            Some(tally(facts, id, *votes, &format!(" stands for election in term {term}")))
        }
        Role::PreCandidate(votes) => {
            Some(tally(facts, id, *votes, &format!(" asks whether it could win term {}", term.next())))
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
    let told = Sentence::new("§5.2").node(id).say(format_args!(" leads term {}", facts.term(id)));
    match facts.last_note(id, &[rules::BECOME_LEADER]) {
        Some((since, _)) => told.say(" since ").moment(since).say("."),
        None => told.say("."),
    }
}

/// `n2 stands for election in term 3. It has 2 of the 3 votes it needs: those of n2 and n1.`
fn tally(facts: &Facts<'_>, id: NodeId, votes: ServerSet, does: &str) -> Sentence {
    let (have, needed) = (votes.count(), facts.majority());
    let told = Sentence::new("§5.2").node(id).say(does);
    let told = told.say(format_args!(". It has {have} of the {needed} votes it needs"));
    let voters: Vec<NodeId> =
        facts.world.topology().servers().filter(|voter| votes.contains(*voter)).collect();
    if voters.is_empty() { told.say(".") } else { told.say(", from ").nodes(&voters).say(".") }
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
    let term = facts.term(id);
    let told = Sentence::new("§5.2").node(id);
    match server.leader {
        Some(leader) => told.say(" follows ").node(leader).say(format_args!(", the leader of term {term}.")),
        None => {
            told.say(format_args!(" is a follower in term {term} and has not heard from a leader of it."))
        }
    }
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
    let told = Sentence::new("§5.2").node(id).say(" stands for election when its election timer runs out");
    Some(told.say(format_args!(", in {left} if it hears from no leader.")))
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
        let told = Sentence::new("§5.2").say("It could not win now: with itself it reaches ");
        let told = told.say(format_args!("{}, and needs {} votes.", share(count, facts), facts.majority()));
        return std::iter::once(told).chain(facts.obstacles(id, &others)).collect();
    }
    less_up_to_date(facts, id, &reached).into_iter().collect()
}

/// §5.4.1: too many servers have logs that are more up-to-date.
fn less_up_to_date(facts: &Facts<'_>, id: NodeId, reached: &[NodeId]) -> Option<Sentence> {
    let request = Server::request_vote(facts.term(id).next(), facts.world.disk(id));
    let refuses = |other: &NodeId| !Server::is_up_to_date(&request, facts.world.disk(*other));
    let refusing: Vec<NodeId> = reached.iter().copied().filter(refuses).collect();
    let willing = (reached.len() - refusing.len()) as u32 + 1;
    let ends = match request.last_log_index {
        LogIndex::NONE => "is empty".to_owned(),
        index => format!("ends with index {index} of term {}", request.last_log_term),
    };
    (willing < facts.majority()).then(|| {
        let told = Sentence::new("§5.4.1").say("It could not win now: ").nodes(&refusing);
        told.say(format_args!(" would refuse, since its log, which {ends}, is less up-to-date."))
    })
}

//! What became of each vote that a candidate did not get.

use netsplit_sim::describe::Sentence;
use netsplit_sim::event::Arrival;
use netsplit_sim::id::{Link, NodeId, Step};
use netsplit_sim::journey::{Ending, Journey};
use netsplit_sim::note::{Note, node};
use netsplit_sim::sentence;

use super::super::quorum::ServerSet;
use super::super::rules;
use super::facts::{Facts, quoted};

/// One way of asking for votes.
pub(super) struct Round {
    /// Notes with which a candidate begins it.
    begins: &'static [u16],
    /// The kinds of the request and of its reply.
    request: u8,
    reply: u8,
    /// Notes of voters that say no.
    refusals: &'static [u16],
}

/// RequestVote (§5.2).
pub(super) const ELECTION: Round = Round {
    begins: &[rules::START_ELECTION, rules::PRE_VOTE_WON],
    request: 0,
    reply: 1,
    refusals: &[
        rules::REFUSE_VOTE_GIVEN,
        rules::REFUSE_VOTE_LOG,
        rules::REFUSE_STALE_TERM,
        rules::DISREGARD_REQUEST_VOTE,
    ],
};

/// PreVote (dissertation §9.6).
pub(super) const PRE_VOTE: Round = Round {
    begins: &[rules::START_PRE_VOTE],
    request: 2,
    reply: 3,
    refusals: &[rules::PRE_VOTE_REFUSE_LEADER, rules::PRE_VOTE_REFUSE_LOG, rules::REFUSE_STALE_TERM],
};

/// Why each vote that a candidate has not got is missing.
pub(super) fn missing(
    facts: &Facts<'_>,
    candidate: NodeId,
    votes: ServerSet,
    round: &Round,
) -> Vec<Sentence> {
    let began = facts.last_note(candidate, round.begins).map_or(Step(0), |(moment, _)| moment.step);
    let without = facts.world.topology().servers().filter(|voter| !votes.contains(*voter));
    without.map(|voter| fate(facts, candidate, voter, round, began)).collect()
}

fn fate(facts: &Facts<'_>, candidate: NodeId, voter: NodeId, round: &Round, began: Step) -> Sentence {
    if voter == candidate {
        return sentence!("Its own vote counts once it is on its disk.").of("§5.2");
    }
    let there = Link::new(candidate, voter);
    let Some(request) = facts.sent(there, &[round.request], began).pop() else {
        return sentence!(
            "It has not asked {voter} yet: the request waits until its term and its own vote are on its disk.",
            voter
        );
    };
    match request.ending {
        Ending::Arrived(moment, Arrival::Handled) => decided(facts, &request, round, moment.step),
        _ => facts.journey_to(&request, voter),
    }
}

/// What the voter decided, or what became of its reply.
fn decided(facts: &Facts<'_>, request: &Journey, round: &Round, step: Step) -> Sentence {
    let Link { from: candidate, to: voter } = request.id.link;
    let refused = |note: &&Note| {
        round.refusals.contains(&note.rule) && note.args[..2] == [node(voter), node(candidate)]
    };
    if let Some(note) = facts.run.notes(step).iter().find(refused) {
        return quoted(facts.run.moment(step), note);
    }
    let back = request.id.link.reversed();
    match facts.sent(back, &[round.reply], step).first() {
        Some(reply) => facts.journey_from(reply, voter),
        None => sentence!("{voter} replies once its vote is on its disk.", voter).of("Figure 2"),
    }
}

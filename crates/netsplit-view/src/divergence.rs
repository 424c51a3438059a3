//! Where two runs part: the first intervention that only one of them has, the first event that only one
//! of them has, and who is another from then on.
//!
//! Events are the same if time, kind, identity and notes are, and what was decided of the messages sent;
//! their numbers may differ. They are compared as far as both runs are known, interventions aside.

mod lanes;
mod told;
mod walk;

use netsplit_sim::history::Moment;
use netsplit_sim::id::NodeId;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;
use netsplit_words::say;

use walk::Walk;

/// A run and what it is called.
#[derive(Clone, Copy)]
pub struct Named<'a> {
    /// The run.
    pub run: &'a dyn Run,
    /// What sentences call it: `cut off`.
    pub name: &'a str,
}

/// What comparing two runs found.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What was done to one of them only, or to each another thing, first.
    pub done: Option<Difference>,
    /// The first event that only one has, or that is another in each.
    pub event: Option<Difference>,
    /// Participants to whom something else happens, each with when that begins.
    pub lanes: Vec<(NodeId, SimTime)>,
    /// How far both are known, and so compared.
    pub compared_to: SimTime,
    /// Everything in one or two sentences.
    pub sentence: String,
    /// Whether stretches that either run forgot were left out.
    pub forgot: bool,
}

/// Something that is in one run only, or another in each.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// When it shows first.
    pub at: SimTime,
    /// In the one run, if it is in it.
    pub here: Option<Moment>,
    /// In the other.
    pub there: Option<Moment>,
    /// What it is.
    pub sentence: String,
}

/// Compares two runs from a time on, before which they are known to be the same: that of the fork for
/// two branches, or zero.
pub fn compare(one: Named<'_>, other: Named<'_>, since: SimTime) -> Comparison {
    let compared_to = frontier(one.run).min(frontier(other.run));
    let done = told::done(one, other, compared_to);
    if one.run.about().name != other.run.about().name {
        return strangers(one, other, done, compared_to);
    }
    let mut walk = Walk::new(one.run, other.run, since, compared_to);
    let (parting, compared_to) = (walk.parting(), SimTime(walk.before.0.saturating_sub(1)));
    let lanes = parting.as_ref().map(|instant| lanes::lanes(one.run, other.run, instant.time, compared_to));
    let event = parting.map(|instant| told::event(one, other, &instant));
    let mut sentence = told::sentence(one, other, done.as_ref(), event.as_ref(), compared_to);
    if walk.forgot {
        sentence =
            [sentence.as_str(), say!("Stretches that one of them forgot were not compared.")].join(" ");
    }
    Comparison { sentence, done, event, lanes: lanes.unwrap_or_default(), compared_to, forgot: walk.forgot }
}

/// How far a run is known.
fn frontier(run: &dyn Run) -> SimTime {
    run.known().time.max(run.now())
}

/// Runs of different protocols have nothing in common from the beginning.
fn strangers(one: Named<'_>, other: Named<'_>, done: Option<Difference>, compared_to: SimTime) -> Comparison {
    let titles = [one, other].map(|named| named.run.about().title);
    let everyone = one.run.topology().everyone();
    Comparison {
        done,
        event: None,
        lanes: everyone.map(|id| (id, SimTime::ZERO)).collect(),
        compared_to,
        sentence: say!(
            "“{one}” runs {mine}, “{other}” runs {theirs}.",
            one = one.name,
            mine = titles[0],
            other = other.name,
            theirs = titles[1]
        ),
        forgot: false,
    }
}

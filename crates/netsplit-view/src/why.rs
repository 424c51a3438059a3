//! "Why?" and "why not?": what can be asked, and how an event came about. The chain of its causes back to a root, and for a timer the messages
//! that would have kept it from falling due, with what became of each.

mod asked;
mod missed;

use netsplit_sim::describe::Sentence;
use netsplit_sim::event::{Event, EventKind};
use netsplit_sim::history::Moment;
use netsplit_sim::id::Step;
use netsplit_sim::run::Run;
use netsplit_sim::sentence;
use netsplit_words::say;

use crate::format;
use crate::sentence;

pub use asked::{Asked, Offer, Told, offered, told};

/// How an event came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// The event itself first, then what led to each, back to the root.
    pub chain: Vec<Cause>,
    /// Why nothing led to the last of the chain.
    pub root: &'static str,
}

/// One event of the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// When; the link goes there.
    pub moment: Moment,
    /// `0.731 s`.
    pub time: String,
    /// What happened, in whole sentences.
    pub text: String,
    /// Where the paper states the rules applied; empty if nowhere.
    pub sections: Vec<&'static str>,
    /// How it led to the one before it in the chain; empty for the event itself.
    pub how: Sentence,
    /// For the latest timer of the chain, the messages that would have reset it, and what became of them.
    pub missed: Vec<Sentence>,
    /// How many causes between this one and the one before it are left out, to keep the chain short.
    pub left_out: usize,
}

/// A chain longer than this is shown by its ends.
const MOST: usize = 10;
/// How much of a long chain's beginning is shown: the root and what followed from it.
const ROOT: usize = 3;
/// Causes followed at most.
const FOLLOWED: usize = 5_000;

/// How an event came about; `None` if it is not known, or was forgotten.
pub fn why(run: &dyn Run, step: Step) -> Option<Why> {
    let events = followed(run, *run.event(step)?);
    let root = events.last().map_or("", |event| root(run, event));
    let mut chain = chain(run, &events);
    if let Some(timer) = events.iter().find(|event| missed::can_be_reset(run, event))
        && let Some(cause) = chain.iter_mut().find(|cause| cause.moment.step == timer.step)
    {
        cause.missed = missed::missed(run, timer);
    }
    Some(Why { chain: shortened(chain), root })
}

/// The event and its causes, as far as they are kept.
fn followed(run: &dyn Run, event: Event) -> Vec<Event> {
    let next = |event: &Event| event.cause.and_then(|step| run.event(step)).copied();
    std::iter::successors(Some(event), next).take(FOLLOWED).collect()
}

/// The causes as lines. A timer that ran out many times in a row is one of them.
fn chain(run: &dyn Run, events: &[Event]) -> Vec<Cause> {
    let mut chain = Vec::new();
    let mut at = 0;
    while let Some(event) = events.get(at) {
        let again = events[at + 1..].iter().take_while(|cause| same_timer(event, cause)).count();
        let mut how =
            at.checked_sub(1).map_or_else(Sentence::default, |effect| how(run, event, &events[effect]));
        if again > 0 {
            how = repeated(how, again, &events[at + again]);
        }
        chain.push(cause(run, event, how));
        at += again + 1;
    }
    chain
}

fn same_timer(event: &Event, cause: &Event) -> bool {
    matches!(event.kind, EventKind::Timer { .. }) && event.kind == cause.kind
}

fn cause(run: &dyn Run, event: &Event, how: Sentence) -> Cause {
    let line = sentence::line(run, event);
    Cause {
        moment: Moment { step: event.step, time: event.time },
        time: line.time,
        text: line.text,
        sections: line.sections,
        how,
        missed: Vec::new(),
        left_out: 0,
    }
}

/// How an event led to its effect.
fn how(run: &dyn Run, event: &Event, effect: &Event) -> Sentence {
    let took = format::duration(effect.time.since(event.time));
    match effect.kind {
        EventKind::Deliver { message, kind, .. } => {
            let (from, to) = (message.link.from, message.link.to);
            let name = run.about().messages.get(usize::from(kind)).map_or(say!("message"), |kind| kind.name);
            sentence!(
                "{from} sends {name} #{number} to {to}, which takes {took}.",
                from,
                name,
                number = message.index,
                to,
                took
            )
        }
        EventKind::Durable { node } => {
            sentence!("{node} writes to its disk, which takes {took}.", node, took)
        }
        EventKind::Timer { node, timer, .. } => {
            let name = sentence::timer_name(run, timer);
            sentence!("{node} starts its {name}, which runs for {took}.", node, name, took)
        }
        EventKind::Request { .. } | EventKind::Intervene { .. } => Sentence::default(),
    }
}

fn repeated(how: Sentence, again: usize, first: &Event) -> Sentence {
    let times = format::grouped(again as u64);
    let since = Moment { step: first.step, time: first.time };
    let told = sentence!(
        "The timer ran out {times, plural, one {# time} other {# times}} before, each time started by the last; first at {since}.",
        times,
        since
    );
    how.then(told)
}

/// Why the chain ends here.
fn root(run: &dyn Run, event: &Event) -> &'static str {
    match (event.kind, event.cause) {
        (EventKind::Intervene { .. }, _) => {
            say!("This was done to the system: it stands in the fault script.")
        }
        (EventKind::Request { .. }, _) => say!("The client was asked by its workload."),
        (_, None | Some(Step(0))) => say!("This began with the start of the run."),
        (_, Some(step)) if run.event(step).is_none() => say!("What led to this is no longer kept."),
        _ => say!("What led to this lies further back."),
    }
}

/// A long chain without its middle.
fn shortened(mut chain: Vec<Cause>) -> Vec<Cause> {
    let left_out = chain.len().saturating_sub(MOST);
    if left_out > 0 {
        let from = MOST - ROOT;
        chain.drain(from..from + left_out);
        chain[from].left_out = left_out;
    }
    chain
}

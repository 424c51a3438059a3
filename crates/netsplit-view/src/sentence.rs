//! What happened, in sentences: the headline of the stage and the list of events.

use netsplit_sim::describe::{Mark, Rule, Weight};
use netsplit_sim::event::{Arrival, Event, EventKind, Fate, Loss};
use netsplit_sim::id::{NodeId, OrderName, Step, TamperName, TimerName};
use netsplit_sim::intervention::{Intervention, Scheduled};
use netsplit_sim::note::Note;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;
use netsplit_words::say;

use crate::doing;
use crate::format;

/// The one sentence that says what is going on.
#[derive(Clone, Debug, PartialEq)]
pub struct Headline {
    /// `n4 asks all four others for their votes in term 3.`
    pub text: String,
    /// What the network made of it: `The wall stops two of its four requests.`; often empty.
    pub detail: String,
    /// Where the paper states the rule; empty if nowhere.
    pub section: &'static str,
    /// When it happened.
    pub at: SimTime,
    /// The event.
    pub step: Step,
}

/// One event of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct EventLine {
    /// Which.
    pub step: Step,
    /// When.
    pub at: SimTime,
    /// `0.731 s`.
    pub time: String,
    /// One or more plain sentences.
    pub text: String,
    /// Where the paper states the rules applied; empty if nowhere.
    pub sections: Vec<&'static str>,
    /// At whom it happened; nobody for most interventions.
    pub node: Option<NodeId>,
    /// Whether it is worth reading for everybody.
    pub notable: bool,
    /// What kind of moment it is, if people look for it.
    pub mark: Option<Mark>,
    /// The event that led to it.
    pub cause: Option<Step>,
    /// Whether it is an intervention that changed nothing.
    pub refused: bool,
}

/// Which events to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// Every event.
    All,
    /// What is worth reading for everybody.
    #[default]
    Notable,
    /// What happened at one participant.
    Node(NodeId),
}

/// The headline at the cursor: the last notable thing that happened or was done, of several at once
/// the moment people look for. Nothing before anything did.
pub fn headline(run: &dyn Run) -> Option<Headline> {
    let event = run.past().rev().find(|event| is_notable(run, event))?;
    let marked = notable_notes(run, event).find(|(_, rule)| rule.mark.is_some());
    let told = marked.or_else(|| notable_notes(run, event).last());
    let text = match told {
        Some((note, _)) => run.about().sentence(note),
        None => base(run, event),
    };
    Some(Headline {
        text: format::capital(&text),
        detail: network_facts(run, event.step),
        section: told.map_or("", |(_, rule)| rule.section),
        at: event.time,
        step: event.step,
    })
}

/// The last `limit` events before the cursor that pass the filter, oldest first.
pub fn event_lines(run: &dyn Run, filter: Filter, limit: usize) -> Vec<EventLine> {
    let passing = run.past().rev().filter(|event| passes(run, event, filter));
    let mut lines: Vec<EventLine> = passing.take(limit).map(|event| line(run, event)).collect();
    lines.reverse();
    lines
}

/// How many events before the cursor pass the filter.
pub fn count(run: &dyn Run, filter: Filter) -> usize {
    run.past().filter(|event| passes(run, event, filter)).count()
}

fn passes(run: &dyn Run, event: &Event, filter: Filter) -> bool {
    match filter {
        Filter::All => true,
        Filter::Notable => is_notable(run, event),
        Filter::Node(id) => event.kind.node() == Some(id) || intervention_node(run, event) == Some(id),
    }
}

/// One event in sentences.
pub fn line(run: &dyn Run, event: &Event) -> EventLine {
    let notes = run.notes(event.step);
    let sentences: Vec<String> =
        notes.iter().map(|note| format::capital(&run.about().sentence(note))).collect();
    let facts = network_facts(run, event.step);
    let mut text = if sentences.is_empty() { base(run, event) } else { sentences.join(" ") };
    if !facts.is_empty() {
        text = format!("{text} {facts}");
    }
    let rules = || notes.iter().filter_map(|note| rule(run, note));
    let mut sections: Vec<&'static str> =
        rules().map(|rule| rule.section).filter(|s| !s.is_empty()).collect();
    sections.dedup();
    let is_intervention = matches!(event.kind, EventKind::Intervene { .. });
    EventLine {
        step: event.step,
        at: event.time,
        time: format::time(event.time),
        text,
        sections,
        node: event.kind.node().or_else(|| intervention_node(run, event)),
        notable: is_notable(run, event),
        mark: rules().find_map(|rule| rule.mark).or(is_intervention.then_some(Mark::Fault)),
        cause: event.cause,
        refused: matches!(event.kind, EventKind::Intervene { refused: Some(_), .. }),
    }
}

fn rule(run: &dyn Run, note: &Note) -> Option<&'static Rule> {
    run.about().rules.get(usize::from(note.rule))
}

fn notable_notes<'a>(run: &'a dyn Run, event: &Event) -> impl Iterator<Item = (&'a Note, &'static Rule)> {
    let notes = run.notes(event.step).iter();
    notes.filter_map(|note| Some((note, rule(run, note)?))).filter(|(_, rule)| rule.weight == Weight::Notable)
}

fn is_notable(run: &dyn Run, event: &Event) -> bool {
    matches!(event.kind, EventKind::Intervene { .. }) || notable_notes(run, event).next().is_some()
}

/// Whom an intervention concerns, if only one.
fn intervention_node(run: &dyn Run, event: &Event) -> Option<NodeId> {
    let EventKind::Intervene { index, .. } = event.kind else { return None };
    match run.script().get(index as usize)?.what {
        Intervention::Crash(id, _)
        | Intervention::Restart(id)
        | Intervention::Pause(id)
        | Intervention::Resume(id)
        | Intervention::ClockOffset(id, _)
        | Intervention::ClockDrift(id, _)
        | Intervention::FireTimer(id, _)
        | Intervention::Request { client: id, .. } => Some(id),
        _ => None,
    }
}

/// An event in words that need no rule of the protocol.
fn base(run: &dyn Run, event: &Event) -> String {
    match event.kind {
        EventKind::Deliver { message, kind, arrival } => {
            let name =
                run.about().messages.get(usize::from(kind)).map_or(say!("a message"), |kind| kind.name);
            let (from, to) = (message.link.from, message.link.to);
            match arrival {
                Arrival::Handled => say!("{to} receives {name} from {from}.", to, name, from),
                Arrival::Waits => say!("{name} from {from} waits at {to}, which is paused.", name, from, to),
                Arrival::NobodyThere => {
                    say!("{name} from {from} finds {to} crashed and is lost.", name, from, to)
                }
            }
        }
        EventKind::Durable { node } => say!("{node}: what it wrote is now on its disk.", node),
        EventKind::Timer { node, timer, waits } => {
            let name = timer_name(run, timer);
            if waits {
                say!("{node}: its {name} is due, and waits, since it is paused.", node, name)
            } else {
                say!("{node}: its {name} is due.", node, name)
            }
        }
        EventKind::Request { client, operation, waits } => {
            let what = doing::asked(&operation);
            if waits {
                say!("{client} has {what} waiting until its last one is answered.", client, what)
            } else {
                say!("{client} asks for {what}.", client, what)
            }
        }
        EventKind::Intervene { index, refused } => {
            let Some(scheduled) = run.script().get(index as usize) else { return String::new() };
            let told = doing::told(&scheduled.what, run, wall_stood(run.script(), index as usize));
            refused.map_or(told.clone(), |reason| say!("{told} Without effect: {reason}.", told, reason))
        }
    }
}

/// The described name of a timer.
pub fn timer_name(run: &dyn Run, timer: TimerName) -> &'static str {
    run.about().timers.get(usize::from(timer.0)).map_or(say!("timer"), |kind| kind.name)
}

/// The described name of an order.
pub fn order_name(run: &dyn Run, order: OrderName) -> &'static str {
    run.about().orders.get(usize::from(order.0)).map_or(say!("do something"), |order| order.name)
}

/// The described name of a way to tamper with a message.
pub fn tamper_name(run: &dyn Run, how: TamperName) -> &'static str {
    run.about().tampers.get(usize::from(how.0)).map_or(say!("change it"), |tampering| tampering.name)
}

/// Whether the wall set by this entry of the script stood before it, so that it moves.
pub fn wall_stood(script: &[Scheduled], index: usize) -> bool {
    let Some(Scheduled { what: Intervention::SetWall(id, _), .. }) = script.get(index) else { return false };
    let earlier = script[..index].iter().rev().find_map(|entry| match &entry.what {
        Intervention::SetWall(other, _) if other == id => Some(true),
        Intervention::RemoveWall(other) if other == id => Some(false),
        _ => None,
    });
    earlier.unwrap_or(false)
}

/// What the network made of the messages an event sent, as far as decided at once.
fn network_facts(run: &dyn Run, step: Step) -> String {
    let sent = run.sent(step);
    let originals = sent.iter().filter(|message| message.id.copy == 0).count();
    let with = |fate: Fate| sent.iter().filter(|message| message.fate == fate).count();
    let twice = sent.len() - originals;
    let facts = [
        (Fact::Stops, with(Fate::Lost(Loss::Cut)), sent.len()),
        (Fact::HoldsBack, with(Fate::Held), sent.len()),
        (Fact::Loses, with(Fate::Lost(Loss::Random)), sent.len()),
        (Fact::Doubles, twice, originals),
    ];
    facts.into_iter().filter_map(|(fact, some, all)| fact.told(some, all)).collect::<Vec<_>>().join(" ")
}

/// What the network does to messages.
#[derive(Clone, Copy)]
enum Fact {
    Stops,
    HoldsBack,
    Loses,
    Doubles,
}

impl Fact {
    /// `The wall stops two of its four messages.`
    fn told(self, some: usize, all: usize) -> Option<String> {
        // Of several messages all are met, or some.
        let met = match (some, all) {
            (0, _) => return None,
            (1, 1) => "one",
            (some, all) if some == all => "all",
            _ => "some",
        };
        let (some, all) = (format::in_words(some), format::in_words(all));
        Some(match self {
            Self::Stops => say!(
                "{met, select, one {The wall stops its message.} all {The wall stops all {all} of its messages.} other {The wall stops {some} of its {all} messages.}}",
                met,
                some,
                all
            ),
            Self::HoldsBack => say!(
                "{met, select, one {The wall holds back its message.} all {The wall holds back all {all} of its messages.} other {The wall holds back {some} of its {all} messages.}}",
                met,
                some,
                all
            ),
            Self::Loses => say!(
                "{met, select, one {The network loses its message.} all {The network loses all {all} of its messages.} other {The network loses {some} of its {all} messages.}}",
                met,
                some,
                all
            ),
            Self::Doubles => say!(
                "{met, select, one {The network doubles its message.} all {The network doubles all {all} of its messages.} other {The network doubles {some} of its {all} messages.}}",
                met,
                some,
                all
            ),
        })
    }
}

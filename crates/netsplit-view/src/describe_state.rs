//! The stage without looking: tables and lists with names, and what to announce.

use netsplit_sim::id::{MessageId, NodeId, Step, WallId};
use netsplit_sim::run::Run;
use netsplit_words::say;

use crate::format;
use crate::inspector::fate;
use crate::sentence;
use crate::stage::StagePicture;

/// The text view of the stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StateText {
    /// `At 1.284 s, after 214 events.`
    pub heading: String,
    /// Servers and clients, in words.
    pub nodes: Vec<(NodeId, String)>,
    /// Links with something to tell.
    pub links: Vec<String>,
    /// Walls, by what they separate.
    pub walls: Vec<(WallId, String)>,
    /// What each side can still do.
    pub sides: Vec<String>,
    /// Messages under way, at most 200.
    pub messages: Vec<MessageText>,
    /// How many more are under way.
    pub more_messages: usize,
}

/// A message in words.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageText {
    /// Which.
    pub id: MessageId,
    /// `RequestVote term 3, from n4 to n2, arrives at 1.303 s`.
    pub text: String,
}

/// Messages listed at most.
pub const MOST_MESSAGES: usize = 200;

/// The text view; `stage` is the picture of the same moment.
pub fn describe_state(run: &dyn Run, stage: &StagePicture) -> StateText {
    let messages = messages(run);
    let servers = stage.nodes.iter().map(|node| (node.id, node.accessible.clone()));
    let clients = stage.clients.iter().map(|client| (client.id, client.accessible.clone()));
    let told = |link: &&crate::link_picture::LinkPicture| {
        !link.label.is_empty() || link.forward.cut || link.backward.cut
    };
    let mut flights = Vec::new();
    run.flights(&mut flights);
    StateText {
        heading: say!(
            "At {time}, after {count, plural, one {# event} other {# events}}.",
            time = run.now(),
            count = format::grouped(run.step().0)
        ),
        nodes: servers.chain(clients).collect(),
        links: stage.links.iter().filter(told).map(|link| link.accessible.clone()).collect(),
        walls: stage.walls.iter().map(|wall| (wall.id, format!("{}: {}", wall.label, wall.name))).collect(),
        sides: stage
            .sides
            .iter()
            .map(|side| format!("{}: {}", format::names(side.members.iter().copied()), side.text))
            .collect(),
        more_messages: flights.len().saturating_sub(MOST_MESSAGES),
        messages,
    }
}

/// The messages under way in words, at most [`MOST_MESSAGES`].
pub fn messages(run: &dyn Run) -> Vec<MessageText> {
    let mut flights = Vec::new();
    run.flights(&mut flights);
    let words = flights.iter().take(MOST_MESSAGES).map(|flight| {
        let title = run.message(flight.id).map_or_else(|| say!("message").to_owned(), |view| view.title);
        let (from, to, fate) = (flight.id.link.from, flight.id.link.to, fate(flight));
        let text = if flight.id.copy > 0 {
            say!("{title}, from {from} to {to}, a copy, {fate}", title, from, to, fate)
        } else {
            say!("{title}, from {from} to {to}, {fate}", title, from, to, fate)
        };
        MessageText { id: flight.id, text }
    });
    words.collect()
}

/// What to announce.
#[derive(Clone, Debug, PartialEq)]
pub struct Narration {
    /// One or two sentences.
    pub text: String,
    /// Whether it interrupts: a property was broken.
    pub urgent: bool,
}

/// What happened since a step, coalesced: the last notable sentence and how many came before it; a
/// violation above all.
pub fn narration(run: &dyn Run, since: Step) -> Option<Narration> {
    if let Some((_, found)) = run.violations().iter().rev().find(|(moment, _)| moment.step > since) {
        let title =
            run.about().properties.get(usize::from(found.property)).map_or(say!("A property"), |p| p.title);
        let text = say!("{title} is broken: {how}", title, how = run.about().sentence(&found.note));
        return Some(Narration { text, urgent: true });
    }
    let headline = sentence::headline(run).filter(|headline| headline.step > since)?;
    let mut text = headline.text;
    if !headline.detail.is_empty() {
        text = format!("{text} {}", headline.detail);
    }
    Some(Narration { text, urgent: false })
}

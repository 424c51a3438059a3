//! The rows of each event.

use netsplit_sim::describe::Weight;
use netsplit_sim::event::{Arrival, Event, EventKind, Fate, Loss, Sent};
use netsplit_sim::id::{MessageId, NodeId};
use netsplit_sim::run::Run;

use super::endings::{Ending, Endings};
use super::escape::escape;
use crate::Tell;
use crate::walk::{Walk, place};

/// The background while a wall stands: light enough for text in either theme of Mermaid.
const WALL: &str = "rect rgba(200, 80, 60, 0.15)";

/// Writes rows, and remembers whether a rectangle is open.
pub(super) struct Rows<'a> {
    endings: &'a Endings,
    tell: Tell,
    walled: bool,
}

impl<'a> Rows<'a> {
    pub(super) fn new(endings: &'a Endings, tell: Tell) -> Self {
        Self { endings, tell, walled: false }
    }

    /// The rows of the event that the walk has just reached.
    pub(super) fn of(&mut self, walk: &mut Walk, event: &Event) -> Vec<String> {
        let mut rows = Vec::new();
        let walled = !walk.run().walls().is_empty();
        if walled && !self.walled {
            rows.push(WALL.to_owned());
        }
        rows.extend(self.arrival(walk, event));
        rows.extend(self.note(walk.run(), event));
        rows.extend(lost_under_way(walk, event));
        rows.extend(self.sent(walk, event));
        if self.walled && !walled {
            rows.push("end".to_owned());
        }
        self.walled = walled;
        rows
    }

    /// What closes the diagram.
    pub(super) fn last(&self) -> Option<&'static str> {
        self.walled.then_some("end")
    }

    fn arrival(&self, walk: &mut Walk, event: &Event) -> Option<String> {
        let EventKind::Deliver { message, arrival, .. } = event.kind else { return None };
        let posted = walk.posted(message)?;
        let mut text = posted.title.clone();
        if self.endings.crosses(posted.by, message, event.step) {
            text += &format!(" (sent at {})", posted.at);
        }
        if arrival == Arrival::Waits {
            let text = format!("{text} from {} waits", message.link.from);
            return Some(note_over(&message.link.to.to_string(), &text));
        }
        walk.forget(message);
        Some(match arrival {
            Arrival::NobodyThere => arrow(message, "-x", &format!("{text}, nobody there")),
            Arrival::Handled | Arrival::Waits => arrow(message, "->>", &text),
        })
    }

    /// Interventions, broken properties and what the protocol finds worth reading.
    fn note(&self, run: &dyn Run, event: &Event) -> Option<String> {
        let rules = run.notes(event.step).iter();
        let mut rules = rules.filter_map(|note| run.about().rules.get(usize::from(note.rule)));
        let notable = rules.any(|rule| rule.weight == Weight::Notable);
        if !notable && !matches!(event.kind, EventKind::Intervene { .. }) {
            return None;
        }
        let whole = || {
            let everyone: Vec<NodeId> = run.topology().everyone().collect();
            format!("{},{}", everyone[0], everyone[everyone.len() - 1])
        };
        let who = place(run, event).map_or_else(whole, |id| id.to_string());
        Some(note_over(&who, &format!("{}: {}", event.time, (self.tell)(run, event))))
    }

    fn sent(&self, walk: &Walk, event: &Event) -> Vec<String> {
        let mut rows = Vec::new();
        let mut apart: Vec<(String, Vec<MessageId>)> = Vec::new();
        for sent in walk.run().sent(event.step) {
            let title = walk.posted(sent.id).map_or_else(String::new, |posted| posted.title.clone());
            match self.endings.of(sent) {
                Ending::Arrived(arrived) if self.endings.crosses(event.step, sent.id, arrived) => {
                    match apart.iter_mut().find(|(known, _)| *known == title) {
                        Some((_, ids)) => ids.push(sent.id),
                        None => apart.push((title, vec![sent.id])),
                    }
                }
                Ending::Arrived(_) | Ending::LostLater => {}
                Ending::LostAtOnce(loss) => rows.push(lost(sent, &title, loss)),
                Ending::UnderWay => rows.push(arrow(sent.id, "-)", &format!("{title}, still under way"))),
            }
        }
        rows.extend(apart.iter().map(|(title, ids)| sent_note(title, ids)));
        rows
    }
}

/// Messages that an intervention lost, in the rows where it did.
fn lost_under_way(walk: &Walk, event: &Event) -> Vec<String> {
    let mut rows = Vec::new();
    for message in walk.run().changed(event.step) {
        if let (Fate::Lost(loss), Some(posted)) = (message.fate, walk.posted(message.id)) {
            rows.push(lost(message, &format!("{} (sent at {})", posted.title, posted.at), loss));
        }
    }
    rows
}

fn lost(sent: &Sent, title: &str, loss: Loss) -> String {
    let why = match loss {
        Loss::Random => "lost by the network",
        Loss::Cut => "lost at the wall",
        Loss::Dropped => "dropped",
    };
    arrow(sent.id, "-x", &format!("{title}, {why}"))
}

fn sent_note(title: &str, ids: &[MessageId]) -> String {
    let to: Vec<String> = ids.iter().map(|id| id.link.to.to_string()).collect();
    note_over(&ids[0].link.from.to_string(), &format!("sends {title} to {}", to.join(", ")))
}

fn arrow(id: MessageId, arrow: &str, text: &str) -> String {
    format!("{}{arrow}{}: {}", id.link.from, id.link.to, escape(text))
}

fn note_over(who: &str, text: &str) -> String {
    format!("Note over {who}: {}", escape(text))
}

//! A log with vector clocks, as ShiViz reads it: per event a line of text, then host and clock.
//!
//! Every server and client is a host. What is done to the network as a whole happens at the host `network`.
//! A receive takes over the clock of the event that sent the message; a lost message has no receive, so its
//! fate stands in the text of the event that sent it.

use std::collections::BTreeMap;
use std::io::Write;

use netsplit_sim::event::{Arrival, Event, EventKind};
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::Run;
use netsplit_words::in_english;

use crate::line::Line;
use crate::walk::{Walk, place};
use crate::{ExportError, Tell};

/// ShiViz's own: text, then host and clock. The line after it would separate several executions.
const PARSER: &str = r"(?<event>.*)\n(?<host>\S*) (?<clock>{.*})";

/// How many events of each host are known; `None` is the network.
type Clock = BTreeMap<Option<NodeId>, u64>;

/// Writes what lies behind the cursor, in English, whatever the reader speaks: files go to other people.
pub fn write(run: &dyn Run, tell: Tell, out: &mut dyn Write) -> Result<(), ExportError> {
    in_english(|| write_lines(run, tell, out))
}

fn write_lines(run: &dyn Run, tell: Tell, out: &mut dyn Write) -> Result<(), ExportError> {
    writeln!(out, "{PARSER}\n")?;
    let mut walk = Walk::behind(run)?;
    let mut clocks = Clocks::default();
    while let Some(event) = walk.advance()? {
        let host = place(walk.run(), &event);
        let clock = clocks.tick(host, &event, !walk.run().sent(event.step).is_empty());
        writeln!(out, "{}\n{} {}", text(&walk, &event, tell), name(host), written(clock))?;
        if let EventKind::Deliver { message, arrival: Arrival::Handled | Arrival::NobodyThere, .. } =
            event.kind
        {
            walk.forget(message);
        }
    }
    Ok(())
}

/// The clock of each host, and those that messages carry.
#[derive(Default)]
struct Clocks {
    hosts: BTreeMap<Option<NodeId>, Clock>,
    sent: BTreeMap<Step, Clock>,
}

impl Clocks {
    fn tick(&mut self, host: Option<NodeId>, event: &Event, sends: bool) -> &Clock {
        let clock = self.hosts.entry(host).or_default();
        *clock.entry(host).or_default() += 1;
        for (other, known) in event.cause.and_then(|cause| self.sent.get(&cause)).into_iter().flatten() {
            let mine = clock.entry(*other).or_default();
            *mine = (*mine).max(*known);
        }
        if sends {
            self.sent.insert(event.step, clock.clone());
        }
        clock
    }
}

fn name(host: Option<NodeId>) -> String {
    host.map_or_else(|| "network".to_owned(), |id| id.to_string())
}

fn written(clock: &Clock) -> String {
    let entries = clock.iter();
    entries.fold(Line::new(), |line, (host, known)| line.number(&name(*host), *known)).end()
}

/// One line; a message says how long it was under way.
fn text(walk: &Walk, event: &Event, tell: Tell) -> String {
    let mut text = tell(walk.run(), event).replace(['\n', '\r'], " ");
    if let EventKind::Deliver { message, .. } = event.kind
        && let Some(posted) = walk.posted(message)
    {
        text += &format!(" [{}, {} under way]", posted.title, event.time.since(posted.at));
    }
    text
}

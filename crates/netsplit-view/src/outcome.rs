//! What a run led to, in a few words: who is in charge, how the clients fared, what was broken.

use netsplit_sim::describe::Tone;
use netsplit_sim::history::Outcome as Answer;
use netsplit_sim::run::{Run, Status};
use netsplit_words::say;

use crate::format;
use crate::verdict::Mood;

/// What a run led to, up to its cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// How it is meant.
    pub mood: Mood,
    /// `n4 leader, term 3 · 12 answered, 2 not`.
    pub text: String,
}

/// What a run led to, up to its cursor.
pub fn outcome(run: &dyn Run) -> Outcome {
    let mut parts: Vec<String> = broken(run).into_iter().collect();
    let mood = if parts.is_empty() { Mood::Good } else { Mood::Bad };
    parts.extend(in_charge(run));
    parts.extend(clients(run));
    Outcome { mood, text: parts.join(" · ") }
}

/// The first violation.
fn broken(run: &dyn Run) -> Option<String> {
    let (moment, found) = run.violations().first()?;
    let property = run.about().properties.get(usize::from(found.property));
    let title = property.map_or(say!("a property"), |property| property.title);
    Some(say!("{title} broken at {at}", title, at = moment.time))
}

/// The servers whose role is in charge, as they see it themselves. Nothing where nobody ever was: then that
/// is how it should be.
fn in_charge(run: &dyn Run) -> Option<String> {
    let leads =
        |role: &u16| run.about().roles.get(usize::from(*role)).is_some_and(|role| role.tone == Tone::Lead);
    let ever = |id| run.roles(id).iter().any(|(_, role)| leads(role));
    if !run.topology().servers().any(ever) {
        return None;
    }
    let running = run.topology().servers().filter(|id| run.status(*id) != Status::Crashed);
    let leading = running.filter_map(|id| {
        let node = run.node(id);
        let role = run.about().roles.get(usize::from(node.role)).filter(|role| role.tone == Tone::Lead)?;
        let badge = if node.badge.is_empty() { String::new() } else { format!(", {}", node.badge) };
        Some(format!("{id} {}{badge}", role.name))
    });
    let leading: Vec<String> = leading.collect();
    Some(if leading.is_empty() { say!("nobody in charge").to_owned() } else { leading.join("; ") })
}

/// How many operations were answered.
fn clients(run: &dyn Run) -> Option<String> {
    let rows = run.history();
    let answered = |outcome: &Answer| !matches!(outcome, Answer::Info);
    let done = rows.iter().filter_map(|row| row.returned_by(run.step())).filter(|(_, of)| answered(of));
    let done = done.count();
    let (done, open) = (format::grouped(done as u64), rows.len() - done);
    (!rows.is_empty()).then(|| match open {
        0 => say!("{done} answered", done),
        open => say!("{done} answered, {open} not", done, open = format::grouped(open as u64)),
    })
}

//! What the nemesis did, as bands over the history.

use netsplit_checkers::history::Time;

use super::bad::clipped;
use crate::edn::{Datum, Form};

/// A stretch of the history in which something was done to the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// What was done.
    pub label: String,
    /// From when.
    pub from: Time,
    /// Until when; `None` if it was never undone.
    pub to: Option<Time>,
}

/// Collects bands from the rows of the nemesis, of which each deed has one or two.
#[derive(Debug, Default)]
pub(super) struct Nemesis {
    bands: Vec<Band>,
    /// What is not undone yet, with the band.
    open: Vec<(String, usize)>,
    /// The deed whose second row may come, with its band.
    under_way: Option<(String, Option<usize>)>,
}

/// What a deed is to its subject.
enum Part {
    Opens(String),
    Closes(String),
    Passes,
}

impl Nemesis {
    /// A row: its deed, its value, and when.
    pub(super) fn row(&mut self, deed: &str, value: &Datum, time: Time) {
        match self.under_way.take() {
            Some((first, band)) if first == deed => self.ended(band, value, time),
            _ => {
                let band = self.begun(deed, value, time);
                self.under_way = Some((deed.to_owned(), band));
            }
        }
    }

    /// All of them, in the order in which they began.
    pub(super) fn bands(self) -> Vec<Band> {
        self.bands
    }

    fn begun(&mut self, deed: &str, value: &Datum, time: Time) -> Option<usize> {
        match self.part(deed) {
            Part::Opens(subject) => {
                let band = self.new_band(&subject, value, time, None);
                self.open.push((subject, band));
                Some(band)
            }
            Part::Closes(subject) => {
                let (_, band) = self.open.remove(self.opened(&subject, value)?);
                self.bands[band].to = Some(time);
                Some(band)
            }
            Part::Passes => Some(self.new_band(deed, value, time, Some(time))),
        }
    }

    /// Which of the open deeds is undone: the one with this very value, else the latest.
    fn opened(&self, subject: &str, value: &Datum) -> Option<usize> {
        let exact = label(subject, value);
        let same =
            self.open.iter().position(|(open, band)| open == subject && self.bands[*band].label == exact);
        same.or_else(|| self.open.iter().rposition(|(open, _)| open == subject))
    }

    /// The second row of a deed tells what came of it, and when it was over.
    fn ended(&mut self, band: Option<usize>, value: &Datum, time: Time) {
        let Some(band) = band.map(|band| &mut self.bands[band]) else { return };
        match band.to {
            Some(_) => band.to = Some(time),
            None => band.label = label(band.label.split(": ").next().unwrap_or_default(), value),
        }
    }

    fn new_band(&mut self, subject: &str, value: &Datum, from: Time, to: Option<Time>) -> usize {
        self.bands.push(Band { label: label(subject, value), from, to });
        self.bands.len() - 1
    }

    fn part(&self, deed: &str) -> Part {
        let either = |first: &str, last: &str| {
            let subject = deed.strip_prefix(first).or_else(|| deed.strip_suffix(last));
            subject.map(str::to_owned)
        };
        if let Some(subject) = either("start-", "-start") {
            return Part::Opens(subject);
        }
        if let Some(subject) = either("stop-", "-stop").or_else(|| either("heal-", "-heal")) {
            return Part::Closes(subject);
        }
        let is_killed = self.open.iter().any(|(open, _)| open == "kill");
        match deed {
            // Starting processes again, or the nemesis.
            "start" if is_killed => Part::Closes("kill".to_owned()),
            "start" => Part::Opens("nemesis".to_owned()),
            "stop" | "heal" => Part::Closes("nemesis".to_owned()),
            "kill" | "pause" => Part::Opens(deed.to_owned()),
            "resume" => Part::Closes("pause".to_owned()),
            _ => Part::Passes,
        }
    }
}

/// How many characters of a value a label shows.
const LABEL: usize = 200;

fn label(subject: &str, value: &Datum) -> String {
    match &value.form {
        Form::Nil => subject.to_owned(),
        Form::Text(text) => format!("{subject}: {}", clipped(text, LABEL)),
        _ => format!("{subject}: {}", clipped(&value.to_string(), LABEL)),
    }
}

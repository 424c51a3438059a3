//! "Why?" and "why not?" at the cursor: what can be asked about a selection, and what is told then.

use netsplit_sim::describe::{Ask, Question, Sentence, Subject};
use netsplit_sim::history::Moment;
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::Run;
use netsplit_words::say;

use crate::inspector::Selection;

use super::{Cause, why};

/// Something asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Why an event happened.
    Event(Step),
    /// Why something has not happened.
    Absence(Ask),
}

/// A question to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// A whole sentence.
    pub label: String,
    /// What it asks.
    pub asked: Asked,
}

/// What is told. It holds at the cursor where it was asked, and is kept as it is when the cursor moves on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// The question.
    pub title: String,
    /// Where it was asked.
    pub at: Moment,
    /// For an event, what led to it, back to the root.
    pub chain: Vec<Cause>,
    /// Why the chain ends there; empty without a chain.
    pub root: &'static str,
    /// The answer to a question; empty for an event.
    pub sentences: Vec<Sentence>,
}

/// What can be asked about the selection, or about the whole run.
pub fn offered(run: &dyn Run, selection: Option<Selection>) -> Vec<Offer> {
    match selection {
        None => {
            let system = absences(run.questions(Subject::System));
            system
                .chain(run.topology().clients().flat_map(|id| absences(run.questions(Subject::Node(id)))))
                .collect()
        }
        Some(Selection::Node(id)) => {
            last_event(run, id).into_iter().chain(absences(run.questions(Subject::Node(id)))).collect()
        }
        Some(Selection::Message(id)) => {
            let mut flights = Vec::new();
            run.flights(&mut flights);
            let flight = flights.into_iter().find(|flight| flight.id == id);
            let asked = flight
                .map(|flight| Asked::Event(flight.cause))
                .filter(|asked| *asked != Asked::Event(Step(0)));
            asked
                .map(|asked| Offer { label: say!("Why was it sent?").to_owned(), asked })
                .into_iter()
                .collect()
        }
        Some(Selection::Event(step)) => {
            vec![Offer { label: say!("Why did it happen?").to_owned(), asked: Asked::Event(step) }]
        }
        Some(Selection::Link(_) | Selection::Wall(_) | Selection::Operation(_)) => Vec::new(),
    }
}

fn absences(questions: Vec<Question>) -> impl Iterator<Item = Offer> {
    questions.into_iter().map(|question| Offer { label: question.label, asked: Asked::Absence(question.ask) })
}

/// What happened last at a participant.
fn last_event(run: &dyn Run, id: NodeId) -> Option<Offer> {
    let step = run.changed_at(id);
    run.event(step)?;
    Some(Offer { label: say!("What led {id} to what it did last?", id), asked: Asked::Event(step) })
}

/// The answer at the cursor; `None` if the event is not known, or was forgotten.
pub fn told(run: &dyn Run, offer: &Offer) -> Option<Told> {
    let at = Moment { step: run.step(), time: run.now() };
    match offer.asked {
        Asked::Event(step) => {
            let why = why(run, step)?;
            let title = say!("Why, at {time}?", time = run.event(step)?.time);
            Some(Told { title, at, chain: why.chain, root: why.root, sentences: Vec::new() })
        }
        Asked::Absence(ask) => {
            let sentences = run.answer(ask).sentences;
            Some(Told { title: offer.label.clone(), at, sentences, ..Told::default() })
        }
    }
}

impl Told {
    /// What the live region says: the question and the most important sentence of the answer.
    pub fn in_short(&self) -> String {
        // The first sentence about a timer says when it was started, the second what it missed.
        let missed = self.chain.first().and_then(|event| event.missed.get(1));
        let answer = match (missed.or(self.sentences.first()), self.chain.get(1)) {
            (Some(sentence), _) => sentence.text(),
            (None, Some(cause)) => cause.text.clone(),
            (None, None) => self.root.to_owned(),
        };
        format!("{} {answer}", self.title)
    }
}

//! What a lesson is made of, as the page shows it: no Markdown and no HTML, only values.

use std::fmt;

use netsplit_sim::id::NodeId;
use netsplit_sim::time::SimTime;

use super::control::Control;
use super::deed::Done;
use super::may::May;
use super::stage::Setting;
use crate::expectation::Expectation;

/// A lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Its name in links.
    pub name: String,
    /// A few words.
    pub title: String,
    /// What one will understand, in a sentence.
    pub summary: String,
    /// What it teaches.
    pub topic: String,
    /// From 1, for a first look, to 3.
    pub level: u8,
    /// How long it takes.
    pub minutes: u16,
    /// Whether every student can have a seed of their own.
    pub personal: bool,
    /// The run that it begins with.
    pub setting: Setting,
    /// What a solution may change.
    pub may: May,
    /// Shown before the first step.
    pub intro: Vec<Block>,
    /// At least one.
    pub steps: Vec<Step>,
}

/// One step of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its heading.
    pub title: String,
    /// What it does to the page when it is entered.
    pub stage: Option<Stage>,
    /// What it says.
    pub body: Vec<Block>,
}

/// What a step does to the page when it is entered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// If there is one, the step has a run of its own: that of the steps before, with this changed.
    pub setting: Option<Setting>,
    /// The cursor goes here.
    pub at: Option<SimTime>,
    /// Then it plays up to here.
    pub play: Option<SimTime>,
    /// Who is selected.
    pub select: Option<NodeId>,
    /// The panel that is shown, by its name in `panels=`.
    pub show: Option<String>,
}

/// A part of what a step says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A heading within a step.
    Heading(Vec<Span>),
    /// A list.
    List {
        /// Whether it is numbered.
        ordered: bool,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// Words of somebody else.
    Quote(Vec<Block>),
    /// Code, as it stands.
    Code(String),
    /// A table.
    Table {
        /// The cells of its head.
        head: Vec<Vec<Span>>,
        /// The cells of its rows.
        rows: Vec<Vec<Vec<Span>>>,
    },
    /// A prediction.
    Predict(Predict),
    /// A goal.
    Goal(Goal),
    /// A question that nobody judges.
    Question(Question),
}

/// A run of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Plain.
    Text(String),
    /// As it stands.
    Code(String),
    /// *Emphasised.*
    Emphasis(Vec<Span>),
    /// **Strong.**
    Strong(Vec<Span>),
    /// Something to do to the run.
    Control(String, Control),
    /// Another lesson, and its step from one.
    Lesson(Vec<Span>, LessonPlace),
    /// A run, as a fragment.
    Run(Vec<Span>, String),
    /// A page elsewhere.
    Elsewhere(Vec<Span>, String),
}

/// A lesson and a step of it, as links name them: `first-cut/3`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LessonPlace {
    /// The lesson's name.
    pub name: String,
    /// The step, from one.
    pub step: Option<u16>,
}

impl fmt::Display for LessonPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.step {
            Some(step) => write!(f, "{}/{step}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// A prediction: which of these will come true?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predict {
    /// Its line in the lesson's file.
    pub line: u64,
    /// The question.
    pub ask: Vec<Span>,
    /// What is done to the step's run when the answer is revealed.
    pub doing: Vec<Done>,
    /// Where the reveal begins.
    pub from: Option<SimTime>,
    /// Where it is judged.
    pub at: SimTime,
    /// Shown with the answer.
    pub why: Vec<Span>,
    /// At least two; exactly one comes true.
    pub choices: Vec<Choice>,
}

/// A possible answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// In words.
    pub say: Vec<Span>,
    /// In data.
    pub expect: Expectation,
}

/// A goal: something to bring about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Its line in the lesson's file.
    pub line: u64,
    /// Its name in links.
    pub name: String,
    /// In words.
    pub say: Vec<Span>,
    /// In data.
    pub expect: Expectation,
    /// Judged once, at this time; if `None`, met as soon as it holds after some event.
    pub at: Option<SimTime>,
    /// What a solution may change, if other than the lesson says.
    pub may: Option<May>,
    /// For whoever asks.
    pub hint: Vec<Span>,
    /// Shown once it is met.
    pub done: Vec<Span>,
    /// How it can be met; the page does not know.
    pub solution: Option<Solution>,
}

/// How a goal can be met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Solution {
    /// By the run of this link.
    Link(String),
    /// By doing this to the step's run.
    Doing(Vec<Done>),
}

/// A question that nobody judges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub ask: Vec<Span>,
}

impl Lesson {
    /// All predictions, with the step in which each stands.
    pub fn predictions(&self) -> impl Iterator<Item = (usize, &Predict)> {
        self.blocks().filter_map(|(step, block)| match block {
            Block::Predict(predict) => Some((step, predict)),
            _ => None,
        })
    }

    /// All goals, with the step in which each stands.
    pub fn goals(&self) -> impl Iterator<Item = (usize, &Goal)> {
        self.blocks().filter_map(|(step, block)| match block {
            Block::Goal(goal) => Some((step, goal)),
            _ => None,
        })
    }

    /// All questions, with the step in which each stands.
    pub fn questions(&self) -> impl Iterator<Item = (usize, &Question)> {
        self.blocks().filter_map(|(step, block)| match block {
            Block::Question(question) => Some((step, question)),
            _ => None,
        })
    }

    /// The blocks of all steps; predictions, goals and questions stand in none of them.
    pub fn blocks(&self) -> impl Iterator<Item = (usize, &Block)> {
        let steps = self.steps.iter().enumerate();
        steps.flat_map(|(number, step)| step.body.iter().map(move |block| (number, block)))
    }
}

/// The text of these spans, without emphasis.
pub fn plain(spans: &[Span]) -> String {
    spans.iter().map(Span::plain).collect()
}

impl Span {
    fn plain(&self) -> String {
        match self {
            Self::Text(text) | Self::Code(text) | Self::Control(text, _) => text.clone(),
            Self::Emphasis(inner)
            | Self::Strong(inner)
            | Self::Lesson(inner, _)
            | Self::Run(inner, _)
            | Self::Elsewhere(inner, _) => plain(inner),
        }
    }
}

//! Lessons: prose whose steps, predictions and goals are about runs. Written in Markdown (`lessons/README.md`),
//! read at build time into the values of this room.
//!
//! | concept | room |
//! |---|---|
//! | what a lesson is made of | [`content`], [`control`], [`deed`], [`may`] |
//! | which run a step, a prediction, a goal is about | [`stage`] |
//! | whether a run may count for a goal | [`admit`] |
//! | when a goal is met | [`watch`] |
//! | a link as a solution, and a student's seed | [`solution`], [`student`] |

pub mod admit;
pub mod content;
pub mod control;
pub mod deed;
pub mod may;
mod read;
pub mod solution;
pub mod stage;
pub mod student;
pub mod watch;

use thiserror::Error;

use crate::error::OpenError;
pub use content::{Block, Goal, Lesson, Predict, Question, Span};
pub use control::Control;

/// One lesson as the gallery lists it.
#[derive(Debug)]
pub struct LessonItem {
    /// Its name in links: `first-cut`.
    pub name: &'static str,
    /// A few words.
    pub title: &'static str,
    /// What it teaches.
    pub topic: &'static str,
    /// From 1, for a first look, to 3.
    pub level: u8,
    /// How long it takes.
    pub minutes: u16,
    // Functions, so that the page can fetch long texts when somebody looks at them.
    summary: fn() -> &'static str,
    document: fn() -> &'static str,
}

/// A lesson in another language.
struct Translation {
    /// As a folder of lessons/ is called: `de`.
    language: &'static str,
    name: &'static str,
    document: fn() -> &'static str,
}

include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

/// What is wrong with a lesson or a link to one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LessonError {
    /// There is none of this name.
    #[error("there is no lesson “{name}”; nearest are {nearest}")]
    Unknown {
        /// The name given.
        name: String,
        /// Names like it.
        nearest: String,
    },
    /// The text of the lesson says something that means nothing.
    #[error("lessons/{name}.md: {problem}")]
    Bad {
        /// The lesson.
        name: String,
        /// What is wrong, and where.
        problem: OpenError,
    },
    /// The lesson has no such goal.
    #[error("the lesson “{lesson}” has no goal “{goal}”; it has {known}")]
    NoGoal {
        /// The lesson.
        lesson: String,
        /// The name given.
        goal: String,
        /// The names there are.
        known: String,
    },
}

impl LessonItem {
    /// What one will understand, in a sentence.
    pub fn summary(&self) -> &'static str {
        (self.summary)()
    }

    /// The lesson itself, in the language of the reader; in English if there is none in that.
    pub fn lesson(&self) -> Result<Lesson, LessonError> {
        self.lesson_in(netsplit_words::language().code).unwrap_or_else(|| self.english())
    }

    /// The lesson as it was written first.
    pub fn english(&self) -> Result<Lesson, LessonError> {
        Lesson::from_json(self.name, (self.document)())
    }

    /// The lesson in another language, if it was translated into that.
    pub fn lesson_in(&self, language: &str) -> Option<Result<Lesson, LessonError>> {
        let mut known = TRANSLATIONS.iter().filter(|known| known.name == self.name);
        known
            .find(|known| known.language == language)
            .map(|known| Lesson::from_json(self.name, (known.document)()))
    }

    /// The document that the build made of it, for whoever compares translations.
    pub fn document(&self) -> &'static str {
        (self.document)()
    }
}

/// All lessons, in the order of a course: from easy to hard, then from short to long, topics together.
pub fn all() -> &'static [LessonItem] {
    LESSONS
}

/// The one of this name.
pub fn find(name: &str) -> Result<&'static LessonItem, LessonError> {
    LESSONS.iter().find(|item| item.name == name).ok_or_else(|| LessonError::Unknown {
        name: crate::error::clip(name),
        nearest: crate::gallery::nearest_of(name, LESSONS.iter().map(|item| item.name)).join(", "),
    })
}

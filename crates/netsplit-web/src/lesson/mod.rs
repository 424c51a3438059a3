//! A lesson beside the stage: its prose, predictions, goals, and the sheet of answers.
//!
//! | concept | room |
//! |---|---|
//! | where in a lesson somebody is, and what they said | [`learning`] |
//! | which goals are met, and by which link | [`goals`] |
//! | the answers as a file | [`sheet`] |
//! | how a wall of a lesson is drawn | [`drawn`] |
//! | what it looks like | [`panel`], `prose`, `blocks` |
//!
//! What it does to the run is `model/teaching.rs`.

mod blocks;
pub mod drawn;
pub mod goals;
pub mod learning;
pub mod panel;
mod prose;
pub mod sheet;

use netsplit_scenarios::lesson::Control;
use netsplit_scenarios::lesson::content::LessonPlace;
use netsplit_sim::time::SimTime;

/// Something that is asked of the lesson.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Another lesson, or another step of one.
    Open(LessonPlace),
    /// Another step of this one.
    Step(usize),
    /// The run of this step from its beginning, as the lesson has it.
    Again,
    /// An answer to a prediction.
    Choose(Spot, usize),
    /// Lets the run tell.
    Reveal(Spot),
    /// An answer to a question.
    Answer(Spot, String),
    /// A word in the prose.
    Do(Control),
    /// No lesson any more.
    Close,
}

/// A prediction, a goal or a question: the step, and its place in the step's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Counted from zero.
    pub step: usize,
    /// Counted from zero.
    pub block: usize,
}

/// A goal that was met by a run that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalMet {
    /// From one on, in the order in which goals are met while the page lives.
    pub serial: u32,
    /// The lesson's name.
    pub lesson: String,
    /// The goal's name.
    pub goal: String,
    /// The goal in words.
    pub text: String,
    /// When it was met, in the time of the run.
    pub at: SimTime,
    /// So many goals of the lesson are met.
    pub met: u32,
    /// So many there are.
    pub of: u32,
    /// The fragment that proves it.
    pub link: String,
}

//! What of a history is looked at. Presentation only: nothing here is part of a run.

use netsplit_checkers::history::Time;
use netsplit_checkers::model::Model;
use netsplit_checkers::verdict::Consistency;
use netsplit_sim::history::Moment;
use netsplit_sim::id::Step;

/// What is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looking {
    /// The claim whose order and proof are drawn; without one the headline's.
    pub claim: Option<Consistency>,
}

/// A change of what is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Draws the order and the proof of this claim.
    Claim(Option<Consistency>),
    /// Goes to the operation that was called by this event, and lights what served it.
    Operation(Step),
    /// Goes to this moment, with the history in sight.
    Moment(Moment),
    /// Brings the history in sight.
    Show,
    /// Shows a history from a file.
    Import {
        /// What the file is called.
        name: String,
        /// What is in it.
        text: String,
    },
    /// Shows the history of the run again.
    CloseImport,
    /// Looks elsewhere in the history of a file, or judges it by another model.
    Look(Look),
}

/// Looking at the history of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Look {
    /// Closer, by a factor below one, or farther, about a time.
    Zoom(Time, f64),
    /// Later, or earlier.
    Pan(i64),
    /// All of it.
    Whole,
    /// By this model.
    Model(Model),
}

//! What whoever looks expects of a run. A page may keep its claims back until that was said.

use netsplit_words::say;

use super::{Effects, Model};
use crate::options::Verdict;

/// What is expected of the rules that must hold in this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prediction {
    /// All of them do.
    Holds,
    /// One is broken.
    Breaks,
}

impl Model {
    /// Whether claims about the run are kept back, since nobody has said yet what they expect.
    pub fn keeps_verdict(&self) -> bool {
        // A lesson asks its own questions.
        let open = if self.lesson().is_some() { self.predicts() } else { self.ui.predicted.is_none() };
        self.options.verdict == Verdict::AfterPrediction && open
    }

    pub(super) fn predict(&mut self, prediction: Prediction) -> Effects {
        self.ui.predicted = Some(prediction);
        self.revision += 1;
        self.ui.tell(
            match prediction {
                Prediction::Holds => say!("You expect that all rules hold. Now the page says what it finds."),
                Prediction::Breaks => say!("You expect that a rule breaks. Now the page says what it finds."),
            }
            .to_owned(),
        );
        Effects::default()
    }
}

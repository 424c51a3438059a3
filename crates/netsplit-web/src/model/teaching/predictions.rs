//! Predictions: said, then revealed by the run itself.

use netsplit_scenarios::lesson::content::Predict;
use netsplit_scenarios::lesson::solution::comes_true;
use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_words::say;

use super::super::{Address, Effects, Model};
use super::steps::session_of;
use crate::lesson::Spot;
use crate::lesson::learning::Predicted;

impl Model {
    pub(super) fn choose(&mut self, spot: Spot, choice: usize) -> Effects {
        let Some(learning) = &mut self.lesson else { return Effects::default() };
        // Whoever has seen the answer has predicted.
        let open = learning.predicted(spot).is_none_or(|said| said.right.is_none());
        if open && learning.predict(spot).is_some_and(|predict| choice < predict.choices.len()) {
            learning.predicted.insert(spot, Predicted { choice, right: None });
            self.revision += 1;
        }
        Effects::default()
    }

    /// Runs what the prediction is about, from where it begins to where it is judged.
    pub(super) fn reveal(&mut self, spot: Spot) -> Effects {
        let Some(learning) = &mut self.lesson else { return Effects::default() };
        let Some(predict) = learning.predict(spot).cloned() else { return Effects::default() };
        let record = learning.lesson().revealing(spot.step, &predict, learning.student());
        let run_of = learning.lesson().run_of(spot.step);
        learning.reveals = Some(spot);
        match record {
            Err(error) => return self.refuse(&error.to_string()),
            Ok(record) if learning.shows == Some(run_of) => self.take_record(record),
            Ok(record) => match session_of(record) {
                Err(error) => return self.refuse(&error.to_string()),
                Ok(session) => {
                    self.show_session(session);
                    if let Some(learning) = &mut self.lesson {
                        learning.shows = Some(run_of);
                    }
                }
            },
        }
        self.go_at_once(predict.from.unwrap_or_default());
        let effects = self.play_to(predict.at);
        self.tell_revealed();
        Effects { link: true, address: Address::Replace, ..effects }
    }

    /// Once the run has come to where a prediction is judged, it has told.
    pub(super) fn tell_revealed(&mut self) {
        let Some(learning) = &mut self.lesson else { return };
        let Some(spot) = learning.reveals else { return };
        let Some(predict) = learning.predict(spot).cloned() else { return };
        if self.session.run().now() < predict.at {
            return;
        }
        learning.reveals = None;
        let record = learning.lesson().revealing(spot.step, &predict, learning.student());
        let right = record.ok().and_then(|record| right_choice(&record, &predict));
        let Some(said) = learning.predicted.get_mut(&spot) else { return };
        said.right = right;
        let told = match right {
            Some(right) if right == said.choice => say!("Your prediction came true."),
            Some(_) => say!("It came otherwise than you predicted."),
            None => say!("None of these came true."),
        };
        self.tell_of_here(told.to_owned());
        self.revision += 1;
    }
}

/// Which choice comes true, in a run that nobody has touched.
fn right_choice(record: &RunRecord, predict: &Predict) -> Option<usize> {
    let mut run = open(record).ok()?;
    run.seek(predict.at.min(run.until())).ok()?;
    comes_true(&*run, record, predict)
}

//! Changing the run: interventions, seed, parameters, flaws, reset, and taking any of it back.

use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::describe::ParamValue;
use netsplit_sim::intervention::Intervention;
use netsplit_view::format;

use super::{Address, Effects, Model, NoticeTone, Offer};
use crate::playback::Drive;
use crate::session::Sketch;

/// The run is another now: its link is, too.
const CHANGED: Effects = Effects { frames: false, link: true, address: Address::Replace, theme: false };

impl Model {
    pub(super) fn intervene(&mut self, what: Intervention, sketch: Option<Sketch>) -> Effects {
        match self.session.intervene(what, sketch) {
            Err(refused) => {
                self.warn(format::capital(&refused.to_string()) + ".");
                Effects::default()
            }
            Ok(done) => {
                if done.discarded > 0 {
                    self.offer_undo(discarded(done.discarded));
                }
                self.revision += 1;
                CHANGED
            }
        }
    }

    pub(super) fn undo(&mut self) -> Effects {
        self.playback.go(Drive::Rest);
        self.ui.notices.retain(|notice| !notice.offers.contains(&Offer::Undo));
        match self.session.undo() {
            Ok(true) => self.ui.tell("The last change was taken back.".to_owned()),
            Ok(false) => self.ui.tell("There is no change to take back.".to_owned()),
            Err(error) => self.warn(format::capital(&error.to_string()) + "."),
        }
        self.runs += 1;
        CHANGED
    }

    pub(super) fn reset(&mut self) -> Effects {
        self.playback.go(Drive::Rest);
        match self.session.reset() {
            Ok(true) => self.offer_undo(
                "The run is again as it was opened; your changes to it were discarded.".to_owned(),
            ),
            Ok(false) => self.ui.tell("The run is at its beginning.".to_owned()),
            Err(error) => self.warn(format::capital(&error.to_string()) + "."),
        }
        self.runs += 1;
        CHANGED
    }

    pub(super) fn set_seed(&mut self, seed: u64) -> Effects {
        let mut record = self.changed_record();
        record.scenario.seed = seed;
        let said = ["The run began again with seed ", &seed.to_string(), "."].concat();
        self.begin_again(record, said)
    }

    pub(super) fn set_param(&mut self, name: &'static str, value: ParamValue) -> Effects {
        let mut record = self.changed_record();
        let said = ["The run began again with ", name, " = ", &value.shown(), "."].concat();
        record.scenario.params.insert(name.to_owned(), value);
        self.begin_again(record, said)
    }

    pub(super) fn set_flaw(&mut self, name: &'static str, on: bool) -> Effects {
        let mut record = self.changed_record();
        if on {
            record.scenario.flaws.insert(name.to_owned());
        } else {
            record.scenario.flaws.remove(name);
        }
        let how = if on { " switched on." } else { " switched off." };
        self.begin_again(record, ["The run began again with the flaw ", name, how].concat())
    }

    /// The record without what was expected of it: it is about to be another.
    fn changed_record(&self) -> RunRecord {
        RunRecord { expect: Vec::new(), ..self.session.record().clone() }
    }

    /// Starts over with another record; plays on if it was playing.
    fn begin_again(&mut self, record: RunRecord, said: String) -> Effects {
        let playing = self.playback.playing();
        if let Err(error) = self.session.replace(record) {
            self.warn(format::capital(&error.to_string()) + ". The run is as it was.");
            return Effects::default();
        }
        self.runs += 1;
        self.playback.go(if playing { Drive::Play } else { Drive::Rest });
        self.offer_undo(said);
        Effects { frames: playing, ..CHANGED }
    }

    fn offer_undo(&mut self, sentence: String) {
        self.ui.notify(NoticeTone::Told, sentence, &[Offer::Undo]);
    }
}

fn discarded(count: usize) -> String {
    match count {
        1 => "One later intervention was discarded: it was made for another future.".to_owned(),
        _ => [&count.to_string(), " later interventions were discarded: they were made for another future."]
            .concat(),
    }
}

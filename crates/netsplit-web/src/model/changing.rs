//! Changing the run: interventions, the script, branches, seed, parameters, flaws, reset, and taking
//! any of it back.

use netsplit_scenarios::error::OpenError;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::describe::ParamValue;
use netsplit_sim::id::Step;
use netsplit_sim::intervention::Intervention;
use netsplit_view::format;
use netsplit_words::say;

use super::{Address, Effects, Model, NoticeTone, Offer};
use crate::playback::Drive;
use crate::session::{BranchId, Place, ScriptEdit, Sketch};

/// The run is another now: its link is, too.
const CHANGED: Effects = Effects { frames: false, link: true, address: Address::Replace, theme: false };

impl Model {
    /// Does something to the system at the cursor. Where a later future is known already this begins
    /// another branch.
    pub(super) fn intervene(&mut self, what: Intervention, sketch: Option<Sketch>) -> Effects {
        let left = self.session.branch().name.clone();
        match self.session.intervene(what, sketch) {
            Err(refused) => {
                self.warn(say!("{error}.", error = format::capital(&refused.to_string())));
                Effects::default()
            }
            Ok(forked) => {
                if forked {
                    self.runs += 1;
                    self.ui.line = None;
                    self.ui.tell(another_future(&left, &self.session.branch().name));
                }
                self.revision += 1;
                CHANGED
            }
        }
    }

    pub(super) fn undo(&mut self) -> Effects {
        let undone = self.session.undo();
        self.turned(undone, say!("The last change was taken back."), say!("There is no change to take back."))
    }

    pub(super) fn redo(&mut self) -> Effects {
        let redone = self.session.redo();
        self.turned(redone, say!("The change was made again."), say!("There is no change to make again."))
    }

    /// A change was taken back or made again: the cursor goes where it stood then.
    fn turned(&mut self, turned: Result<Option<Place>, OpenError>, done: &str, nothing: &str) -> Effects {
        self.ui.notices.retain(|notice| !notice.offers.contains(&Offer::Undo));
        match turned {
            Ok(Some(place)) => {
                self.ui.line = None;
                let effects = self.changed(Some(place));
                self.ui.tell(done.to_owned());
                effects
            }
            Ok(None) => self.show(|ui| ui.tell(nothing.to_owned())),
            Err(error) => {
                self.warn(say!("{error}.", error = format::capital(&error.to_string())));
                Effects::default()
            }
        }
    }

    /// Changes the fault script of the branch that is shown. The cursor stays where it was in time.
    pub(super) fn edit(&mut self, edit: ScriptEdit) -> Effects {
        match self.session.edit(edit) {
            Ok((line, place)) => {
                self.ui.line = Some(line).filter(|line| *line < self.session.record().script.len());
                self.changed(place)
            }
            Err(error) => {
                self.warn(say!(
                    "{error}. The script is as it was.",
                    error = format::capital(&error.to_string())
                ));
                Effects::default()
            }
        }
    }

    /// The run is another; the cursor goes where it belongs, if it is not there.
    fn changed(&mut self, place: Option<Place>) -> Effects {
        self.runs += 1;
        self.revision += 1;
        let moving = place.is_some_and(|place| self.go(place).frames);
        Effects { frames: moving, ..CHANGED }
    }

    pub(super) fn show_branch(&mut self, id: BranchId) -> Effects {
        let Some(place) = self.session.show(id) else { return Effects::default() };
        self.ui.line = None;
        let effects = self.changed(Some(place));
        let branch = self.session.branch();
        self.ui.tell(say!("Branch {name}: {outcome}.", name = branch.name, outcome = branch.outcome().text));
        effects
    }

    pub(super) fn delete_branch(&mut self, id: BranchId) -> Effects {
        let place = self.session.delete(id);
        let effects = self.changed(place);
        self.ui.tell(say!("The branch was deleted; Undo brings it back.").to_owned());
        effects
    }

    pub(super) fn rename_branch(&mut self, id: BranchId, name: &str) -> Effects {
        self.session.rename(id, name);
        self.revision += 1;
        Effects::default()
    }

    pub(super) fn reset(&mut self) -> Effects {
        self.playback.go(Drive::Rest);
        match self.session.reset() {
            Ok(true) => self.offer_undo(
                say!("The run is again as it was opened; your changes to it were discarded.").to_owned(),
            ),
            Ok(false) => self.ui.tell(say!("The run is at its beginning.").to_owned()),
            Err(error) => self.warn(say!("{error}.", error = format::capital(&error.to_string()))),
        }
        self.changed(Some(Place::After(Step(0))))
    }

    pub(super) fn set_seed(&mut self, seed: u64) -> Effects {
        let mut record = self.changed_record();
        record.scenario.seed = seed;
        let said = say!("The run began again with seed {seed}.", seed);
        self.begin_again(record, said)
    }

    pub(super) fn set_param(&mut self, name: &'static str, value: ParamValue) -> Effects {
        let mut record = self.changed_record();
        let said = say!("The run began again with {name} = {value}.", name, value = value.shown());
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
        let said = if on {
            say!("The run began again with the flaw {name} switched on.", name)
        } else {
            say!("The run began again with the flaw {name} switched off.", name)
        };
        self.begin_again(record, said)
    }

    /// The record without what was expected of it: it is about to be another.
    fn changed_record(&self) -> RunRecord {
        RunRecord { expect: Vec::new(), ..self.session.record().clone() }
    }

    /// Starts over with another record; plays on if it was playing.
    fn begin_again(&mut self, record: RunRecord, said: String) -> Effects {
        let playing = self.playback.playing();
        if let Err(error) = self.session.replace(record) {
            self.warn(say!("{error}. The run is as it was.", error = format::capital(&error.to_string())));
            return Effects::default();
        }
        self.runs += 1;
        // A record that is the same experiment keeps what is known of it, and its cursor.
        if let Err(stopped) = self.session.approach(Place::After(Step(0))) {
            self.tell_stopped(&stopped);
        }
        self.playback.go(if playing { Drive::Play } else { Drive::Rest });
        self.offer_undo(said);
        Effects { frames: playing, ..CHANGED }
    }

    fn offer_undo(&mut self, sentence: String) {
        self.ui.notify(NoticeTone::Told, sentence, &[Offer::Undo]);
    }
}

fn another_future(left: &str, now: &str) -> String {
    say!("Another future begins here: {now}. The one you saw is kept as {left}.", now, left)
}

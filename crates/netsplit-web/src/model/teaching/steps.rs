//! Going from step to step: which run is shown, from which moment on, and what happens to the one before.

use netsplit_scenarios::error::LinkError;
use netsplit_scenarios::link::{Opened, Position};
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::id::Step;
use netsplit_sim::time::SimTime;
use netsplit_view::format;
use netsplit_words::say;

use super::super::telling::Telling;
use super::super::{Address, Effects, Model};
use crate::lesson::drawn::drawn;
use crate::lesson::learning::Learning;
use crate::msg::{Origin, Panel, Selection};
use crate::options::PANELS;
use crate::playback::Drive;
use crate::session::{Place, Session, end_of_micro};

impl Model {
    /// Shows a step: its run, fresh or as it was left, and its moment.
    pub(super) fn enter(&mut self, step: usize, origin: Origin) -> Effects {
        let Some(learning) = &mut self.lesson else { return Effects::default() };
        let step = step.min(learning.lesson().steps.len() - 1);
        let run_of = learning.lesson().run_of(step);
        learning.reveals = None;
        let mut said = "";
        let mut fresh = true;
        if learning.shows != Some(run_of) {
            let session = match learning.come_back(run_of) {
                Some(session) => {
                    (said, fresh) = (say!("Its run is as you left it."), false);
                    session
                }
                None => match first_session(learning, step) {
                    Ok(session) => {
                        said =
                            say!("It has a run of its own; the one before is kept for when you come back.");
                        session
                    }
                    Err(error) => return self.refuse(&error.to_string()),
                },
            };
            self.show_session(session);
        }
        if let Some(learning) = &mut self.lesson {
            (learning.step, learning.shows) = (step, Some(run_of));
        }
        self.ui.open(Panel::Lesson);
        let address = match origin {
            Origin::Inside => Address::Push,
            Origin::Host => Address::Replace,
            Origin::Start | Origin::Address => Address::Keep,
        };
        let effects = if fresh { self.set_stage(origin) } else { self.rest() };
        self.tell_of_step(said);
        Effects { link: true, address, ..effects }
    }

    fn tell_of_step(&mut self, said: &str) {
        let Some(learning) = &self.lesson else { return };
        let (number, of) = (learning.step() + 1, learning.lesson().steps.len());
        let title = &learning.shown().title;
        let told = say!("Step {number} of {of}: {title}.", number, of, title);
        self.tell_of_here([&told, " ", said].concat().trim_end().to_owned());
    }

    /// Puts another run on the page; the one that was shown is kept if it was the lesson's.
    pub(super) fn show_session(&mut self, session: Session) {
        self.playback.go(Drive::Rest);
        self.playback.speed = self.options.speed.unwrap_or(session.scenario().speed);
        let before = std::mem::replace(&mut self.session, session);
        if let Some(learning) = &mut self.lesson {
            learning.keep(before);
        }
        self.versus = None;
        self.runs += 1;
        self.revision += 1;
        self.telling = Telling::default();
        self.ui.forget_run();
    }

    /// Moves the page to where the step begins.
    fn set_stage(&mut self, origin: Origin) -> Effects {
        let Some(stage) = self.lesson.as_ref().and_then(|learning| learning.shown().stage.clone()) else {
            return self.rest();
        };
        if let Some(id) = stage.select {
            self.ui.selection = Some(Selection::Node(id));
        }
        if let Some((_, panel)) = PANELS.iter().find(|(name, _)| stage.show.as_deref() == Some(*name)) {
            self.ui.open(*panel);
        }
        let mut effects = match stage.at {
            Some(at) => self.go_at_once(at),
            None => self.rest(),
        };
        // What the address opens inside another page waits for its reader.
        let waits = origin != Origin::Inside && !self.options.play.unwrap_or(!self.options.embed);
        if let Some(to) = stage.play.filter(|_| !waits) {
            effects = self.play_to(to);
        }
        effects
    }

    pub(super) fn go_at_once(&mut self, at: SimTime) -> Effects {
        if let Err(stopped) = self.session.seek(Place::At(end_of_micro(at))) {
            self.tell_stopped(&stopped);
        }
        self.playback.go(Drive::Rest);
        self.revision += 1;
        Effects::rested()
    }

    /// Plays up to a moment; under reduced motion it goes there.
    pub(super) fn play_to(&mut self, to: SimTime) -> Effects {
        let to = end_of_micro(to);
        if self.playback.still || self.session.run().now() >= to {
            return self.go(Place::At(to));
        }
        self.playback.play_to(to);
        Effects::moving()
    }

    /// The step's run as the lesson has it; Undo brings back what was there.
    pub(super) fn begin_step_again(&mut self) -> Effects {
        let Some(learning) = &mut self.lesson else { return Effects::default() };
        learning.reveals = None;
        let step = learning.step();
        let run_of = learning.lesson().run_of(step);
        if learning.shows != Some(run_of) {
            let session = first_session(learning, step);
            return match session {
                Ok(session) => {
                    self.show_session(session);
                    self.enter_shown(run_of)
                }
                Err(error) => self.refuse(&error.to_string()),
            };
        }
        let Some(record) = learning.original(step) else { return Effects::default() };
        self.take_record(record);
        let effects = self.set_stage(Origin::Inside);
        Effects { link: true, address: Address::Replace, ..effects }
    }

    fn enter_shown(&mut self, run_of: usize) -> Effects {
        if let Some(learning) = &mut self.lesson {
            learning.shows = Some(run_of);
        }
        let effects = self.set_stage(Origin::Inside);
        Effects { link: true, address: Address::Push, ..effects }
    }

    /// The session goes on with this record, from its beginning.
    pub(super) fn take_record(&mut self, record: RunRecord) {
        let record = drawn(record);
        let another = *self.session.record() != record;
        if another && let Err(error) = self.session.replace(record) {
            self.warn(format::capital(&error.to_string()) + ".");
            return;
        }
        self.runs += 1;
        self.revision += 1;
        if let Err(stopped) = self.session.seek(Place::After(Step(0))) {
            self.tell_stopped(&stopped);
        }
        if another {
            let told = say!("The run begins again as the lesson has it. Undo brings yours back.");
            self.tell_of_here(told.to_owned());
        }
    }

    /// Another run than the lesson's is about to be shown.
    pub(in crate::model) fn leave_lesson_run(&mut self, before: Session) {
        if let Some(learning) = &mut self.lesson {
            learning.reveals = None;
            learning.keep(before);
        }
    }
}

fn first_session(learning: &Learning, step: usize) -> Result<Session, LinkError> {
    session_of(learning.lesson().record(step, learning.student())?)
}

/// A run by itself, whose walls can be seen.
pub(super) fn session_of(record: RunRecord) -> Result<Session, LinkError> {
    let record = drawn(record);
    let opened = Opened { record, item: None, position: Position::default(), badge: None, versus: None };
    Ok(Session::new(opened, Vec::new())?)
}

//! Moving the cursor: play, pause, steps, jumps.

use netsplit_sim::run::{Progress, Stopped};
use netsplit_view::format;

use super::{Address, Effects, Model};
use crate::playback::{Drive, mark_before};
use crate::session::{Session, end_of_micro};

impl Effects {
    /// The cursor came to rest somewhere.
    pub(super) fn rested() -> Self {
        Self { address: Address::Replace, ..Self::default() }
    }

    /// The cursor is on its way.
    pub(super) fn moving() -> Self {
        Self { frames: true, ..Self::default() }
    }
}

impl Model {
    pub(super) fn play(&mut self) -> Effects {
        if self.session.run().now() >= self.session.run().until() {
            self.jump(|session| session.seek_step(netsplit_sim::id::Step(0)));
        }
        self.drive(Drive::Play)
    }

    pub(super) fn rest(&mut self) -> Effects {
        if self.playback.playing() {
            self.come_to_rest();
        }
        self.playback.go(Drive::Rest);
        // What was left to the painters while it moved is now for everybody to see.
        self.revision += 1;
        Effects::rested()
    }

    fn come_to_rest(&mut self) {
        let rest = end_of_micro(self.session.run().now());
        if let Err(stopped) = self.session.seek(rest) {
            self.tell_stopped(&stopped);
        }
    }

    pub(super) fn drive(&mut self, drive: Drive) -> Effects {
        self.playback.go(drive);
        Effects::moving()
    }

    /// Goes somewhere at once, and rests there.
    pub(super) fn jump(&mut self, to: impl FnOnce(&mut Session) -> Result<(), Stopped>) -> Effects {
        self.playback.go(Drive::Rest);
        if let Err(stopped) = to(&mut self.session) {
            self.tell_stopped(&stopped);
        }
        self.narrate();
        self.revision += 1;
        Effects::rested()
    }

    pub(super) fn step_forward(&mut self) -> Effects {
        let mut ended = false;
        let effects = self.jump(|session| {
            ended = session.step_forward()? == Progress::Ended;
            Ok(())
        });
        if ended {
            self.tell_end();
        }
        effects
    }

    pub(super) fn step_back(&mut self) -> Effects {
        self.jump(Session::step_back)
    }

    pub(super) fn previous_mark(&mut self) -> Effects {
        let run = self.session.run();
        let step = mark_before(run, run.step()).unwrap_or_default();
        self.jump(|session| session.seek_step(step))
    }

    pub(super) fn tell_end(&mut self) {
        self.ui.tell("Nothing is left to happen before the end of the run.".to_owned());
    }

    pub(super) fn tell_stopped(&mut self, stopped: &Stopped) {
        self.warn(format::capital(&stopped.to_string()) + ".");
    }
}

//! Moving the cursor: play, pause, steps, jumps.

use netsplit_sim::id::Step;
use netsplit_sim::run::{Progress, Stopped};
use netsplit_view::format;
use netsplit_words::say;

use super::{Address, Effects, Model};
use crate::playback::Drive;
use crate::session::{Place, end_of_micro};

/// So many events are run over at once, before the next frame: about a millisecond.
const AT_ONCE: u32 = 2_048;

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
            self.go(Place::After(Step(0)));
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
        if let Err(stopped) = self.session.seek(Place::At(rest)) {
            self.tell_stopped(&stopped);
        }
    }

    pub(super) fn drive(&mut self, drive: Drive) -> Effects {
        self.playback.go(drive);
        Effects::moving()
    }

    /// Goes somewhere, and rests there: the nearest kept instant is shown at once, and the place itself
    /// as soon as it is reached.
    pub(super) fn go(&mut self, place: Place) -> Effects {
        let moved = self.session.approach(place).and_then(|()| self.session.run_towards(place, AT_ONCE));
        self.revision += 1;
        match moved {
            Ok(Progress::Underway) => self.drive(Drive::Go(place)),
            Ok(Progress::Arrived | Progress::Ended) => self.arrive(),
            Err(stopped) => {
                self.tell_stopped(&stopped);
                self.arrive()
            }
        }
    }

    fn arrive(&mut self) -> Effects {
        self.playback.go(Drive::Rest);
        self.narrate();
        Effects::rested()
    }

    pub(super) fn step_forward(&mut self) -> Effects {
        let moved = self.session.step_forward();
        self.revision += 1;
        let effects = self.arrive();
        match moved {
            Ok(Progress::Ended) => self.tell_end(),
            Ok(Progress::Arrived | Progress::Underway) => {}
            Err(stopped) => self.tell_stopped(&stopped),
        }
        effects
    }

    pub(super) fn step_back(&mut self) -> Effects {
        self.go(Place::After(self.session.branch().step_before()))
    }

    pub(super) fn previous_mark(&mut self) -> Effects {
        let run = self.session.run();
        let step = run.mark_before(run.step()).map_or(Step(0), |marked| marked.moment.step);
        self.go(Place::After(step))
    }

    pub(super) fn tell_end(&mut self) {
        self.ui.tell(say!("Nothing is left to happen before the end of the run.").to_owned());
    }

    pub(super) fn tell_stopped(&mut self, stopped: &Stopped) {
        self.warn(say!("{error}.", error = format::capital(&stopped.to_string())));
    }
}

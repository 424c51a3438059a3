//! How the cursor moves: towards a target in virtual time, in slices that leave the page alive.
//!
//! Nothing here knows a frame or a browser: a caller says how much real time has passed and lends a
//! clock for the slices. The run is the same at any rate of calls.

use netsplit_scenarios::document::Speed;
use netsplit_sim::event::Fate;
use netsplit_sim::id::Step;
use netsplit_sim::run::{Progress, Run, Stopped};
use netsplit_sim::time::{SimDuration, SimTime};

use crate::session::{Place, Session};

/// Where the cursor is going.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drive {
    /// Nowhere.
    #[default]
    Rest,
    /// On, at the chosen speed.
    Play,
    /// To a place, as fast as can be.
    Go(Place),
    /// To the first moment of note after this step, as fast as can be.
    NextMark(Step),
}

/// How the cursor moves.
#[derive(Clone, Debug)]
pub struct Playback {
    /// Where it is going.
    pub drive: Drive,
    /// Virtual time per real time.
    pub speed: Speed,
    /// Whether stretches in which nothing is under way pass faster. Presentation only.
    pub skip_quiet: bool,
    /// Whether motion is reduced: Play goes from event to event.
    pub still: bool,
    /// Where playing ends, if it does before the run.
    stop: Option<SimTime>,
    since_step: f64,
    late_frames: u32,
}

/// What a slice of time led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ticked {
    /// The cursor is on its way.
    Going,
    /// The cursor is where it should be, and rests.
    Arrived,
    /// Nothing is left to happen before the end of the run.
    Ended,
}

/// A slice of simulation takes at most this long; the rest of a frame is for drawing.
const SLICE_MS: f64 = 8.0;
/// Between two looks at the clock.
const EVENTS_PER_LOOK: u32 = 256;
/// After a pause of the page, virtual time goes on by no more than this.
const LONGEST_FRAME_MS: f64 = 50.0;
/// From event to event under reduced motion: at most two changes a second.
const STILL_STEP_MS: f64 = 600.0;
/// A stretch is quiet if nothing happens for this long of real time.
const QUIET_MS: f64 = 250.0;
/// The part of a quiet stretch that is left after this long is about a third.
const QUIET_DECAY_MS: f64 = 110.0;
/// Frames in a row that could not reach their target before the page says so.
const LATE_FRAMES: u32 = 6;

impl Playback {
    /// At rest.
    pub fn new(speed: Speed, still: bool) -> Self {
        Self {
            drive: Drive::Rest,
            speed,
            skip_quiet: true,
            still,
            stop: None,
            since_step: 0.0,
            late_frames: 0,
        }
    }

    /// Whether the run plays.
    pub fn playing(&self) -> bool {
        self.drive == Drive::Play
    }

    /// Whether the machine cannot keep up, so that virtual time lags.
    pub fn late(&self) -> bool {
        self.playing() && self.late_frames >= LATE_FRAMES
    }

    /// Starts or stops going somewhere.
    pub fn go(&mut self, drive: Drive) {
        self.drive = drive;
        self.stop = None;
        self.since_step = STILL_STEP_MS;
        self.late_frames = 0;
    }

    /// Plays up to this time.
    pub fn play_to(&mut self, stop: SimTime) {
        self.go(Drive::Play);
        self.stop = Some(stop);
    }

    /// Moves the cursor on after `elapsed` milliseconds of real time; `clock` reads milliseconds.
    pub fn tick(
        &mut self,
        session: &mut Session,
        elapsed: f64,
        clock: &dyn Fn() -> f64,
    ) -> Result<Ticked, Stopped> {
        let moved = match self.drive {
            Drive::Rest => return Ok(Ticked::Arrived),
            Drive::Play if self.still => self.tick_still(session, elapsed),
            Drive::Play => self.tick_play(session, elapsed.min(LONGEST_FRAME_MS), clock),
            Drive::Go(place) => tick_go(session, place, clock),
            Drive::NextMark(from) => tick_mark(session, from, clock),
        };
        if !matches!(moved, Ok(Ticked::Going)) {
            self.go(Drive::Rest);
        }
        moved
    }

    fn tick_still(&mut self, session: &mut Session, elapsed: f64) -> Result<Ticked, Stopped> {
        self.since_step += elapsed;
        if self.since_step < STILL_STEP_MS {
            return Ok(Ticked::Going);
        }
        self.since_step = 0.0;
        match session.step_forward()? {
            Progress::Ended => Ok(Ticked::Ended),
            Progress::Arrived | Progress::Underway => Ok(Ticked::Going),
        }
    }

    fn tick_play(
        &mut self,
        session: &mut Session,
        elapsed: f64,
        clock: &dyn Fn() -> f64,
    ) -> Result<Ticked, Stopped> {
        let advance = self.advance(session.run(), elapsed);
        let stop = self.stop.unwrap_or(SimTime::MAX);
        let target = (session.run().now() + advance).min(stop);
        let progress = slice(session, Place::At(target), clock)?;
        self.late_frames = if progress == Progress::Underway { self.late_frames + 1 } else { 0 };
        if session.run().now() >= stop {
            return Ok(Ticked::Arrived);
        }
        let over = progress == Progress::Ended || session.run().now() >= session.run().until();
        Ok(if over { Ticked::Ended } else { Ticked::Going })
    }

    /// How far virtual time goes in `elapsed` milliseconds.
    fn advance(&self, run: &dyn Run, elapsed: f64) -> SimDuration {
        // A millisecond is a million nanoseconds and the speed is in millionths: one nanosecond each.
        let pace = elapsed * f64::from(self.speed.0);
        let quiet = if self.skip_quiet { quiet_ahead(run) } else { None };
        let advance = match quiet {
            Some(left) if left > QUIET_MS * f64::from(self.speed.0) => {
                pace.max(left * (elapsed / QUIET_DECAY_MS).min(1.0))
            }
            _ => pace,
        };
        SimDuration(advance.max(1.0) as u64)
    }
}

/// How many nanoseconds nothing will happen, if nothing is under way.
fn quiet_ahead(run: &dyn Run) -> Option<f64> {
    let left = run.next_at()?.since(run.now()).0 as f64;
    let mut flights = Vec::new();
    run.flights(&mut flights);
    // A message held at a cut may be held for ever; it does not move meanwhile.
    flights.iter().all(|flight| flight.fate == Fate::Held).then_some(left)
}

/// Runs towards a place for at most a slice of real time.
fn slice(session: &mut Session, place: Place, clock: &dyn Fn() -> f64) -> Result<Progress, Stopped> {
    let deadline = clock() + SLICE_MS;
    loop {
        let progress = session.run_towards(place, EVENTS_PER_LOOK)?;
        if progress != Progress::Underway || clock() >= deadline {
            return Ok(progress);
        }
    }
}

/// The cursor was put before its place already when it was asked to go there.
fn tick_go(session: &mut Session, place: Place, clock: &dyn Fn() -> f64) -> Result<Ticked, Stopped> {
    let progress = slice(session, place, clock)?;
    Ok(if progress == Progress::Underway { Ticked::Going } else { Ticked::Arrived })
}

fn tick_mark(session: &mut Session, from: Step, clock: &dyn Fn() -> f64) -> Result<Ticked, Stopped> {
    let deadline = clock() + SLICE_MS;
    loop {
        if let Some(step) = session.run().mark_after(from).map(|marked| marked.moment.step) {
            session.seek(Place::After(step))?;
            return Ok(Ticked::Arrived);
        }
        let next = session.run().next_at();
        let Some(next) = next.filter(|next| *next <= session.run().until()) else {
            return Ok(Ticked::Ended);
        };
        session.run_towards(Place::At(next), EVENTS_PER_LOOK)?;
        if clock() >= deadline {
            return Ok(Ticked::Going);
        }
    }
}

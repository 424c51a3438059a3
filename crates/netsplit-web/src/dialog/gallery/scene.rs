//! A small picture of a run, which goes on while somebody points at it.

use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::run::Run;
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_view::picture::{Options, Subject, Theme, What, svg};

use super::entry::Entry;

/// At most so many events between two pictures.
const EVENTS: u32 = 2_000;

/// A run at a moment that tells something.
pub(super) struct Scene {
    record: RunRecord,
    run: Box<dyn Run>,
    from: SimTime,
}

impl Scene {
    /// The run of an entry; nothing if it cannot be opened, which a test rules out.
    pub(super) fn of(entry: Entry) -> Option<Self> {
        let record = entry.record()?;
        let mut run = open(&record).ok()?;
        let from = telling(&record, &*run);
        run.seek(from).ok()?;
        Some(Self { record, run, from })
    }

    /// What it looks like.
    pub(super) fn picture(&self, theme: Theme) -> String {
        svg(&Subject::new(&self.record, &*self.run), What::Stage, &Options::thumbnail(theme))
    }

    /// Goes on by so much real time at the scenario's own speed; begins again when it is over.
    pub(super) fn play(&mut self, millis: f64) {
        // A speed is parts per million of real time, so many nanoseconds in each millisecond.
        let ahead = SimDuration((millis * f64::from(self.record.scenario.speed.0)) as u64);
        let target = self.run.now() + ahead;
        let over = target >= self.run.until();
        let moved =
            if over { self.run.seek(self.from) } else { self.run.run_until(target, EVENTS).map(|_| ()) };
        // A run that stops by itself stays where it is: its last picture is true.
        let _stopped = moved;
    }
}

/// The moment to show: when its point has shown, or else soon after something was first done to the system,
/// or a little way into the run.
fn telling(record: &RunRecord, run: &dyn Run) -> SimTime {
    let soon = |at: SimTime| {
        let rest = run.until().since(at).0;
        SimTime(at.0 + (rest / 8).min(500_000_000))
    };
    let done = record.script.first().map(|entry| soon(entry.at));
    record.scenario.point.or(done).unwrap_or_else(|| soon(record.scenario.opens))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialog::gallery::entry::all;

    #[test]
    fn every_entry_has_a_picture_that_moves_when_it_plays() {
        for entry in all() {
            let mut scene = Scene::of(entry).unwrap_or_else(|| panic!("{} does not open", entry.key()));
            let still = scene.picture(Theme::Dark);
            assert!(still.starts_with("<svg "), "{}", entry.key());
            let moved = (0..1_000).any(|_| {
                scene.play(50.0);
                scene.picture(Theme::Dark) != still
            });
            assert!(moved, "{} stands still", entry.key());
        }
    }

    #[test]
    fn a_scene_that_is_over_begins_again() {
        let mut scene = Scene::of(all()[0]).expect("the first entry opens");
        for _ in 0..100_000 {
            scene.play(50.0);
            if scene.run.now() == scene.from {
                return;
            }
        }
        panic!("it never began again");
    }
}

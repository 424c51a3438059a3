//! Which goals are met. A walk of its own follows the run, a few events at a time, so that no goal is missed
//! however fast the run plays, and nobody's cursor moves.

use netsplit_scenarios::lesson::admit::differences;
use netsplit_scenarios::lesson::content::{Goal, Lesson};
use netsplit_scenarios::lesson::student::Student;
use netsplit_scenarios::lesson::watch::Watch;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::history::Moment;
use netsplit_sim::run::Run;

/// What is known of the goals of a lesson, in the order in which they stand.
pub struct Goals {
    states: Vec<State>,
    walk: Option<Walk>,
}

/// What is known of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// When it was met, and the fragment that proves it. Once met it stays met.
    pub met: Option<(Moment, String)>,
    /// Why the run that is shown does not count for it.
    pub differences: Vec<String>,
}

/// A walk over the run that is shown.
struct Walk {
    /// The run that the lesson has here.
    run_of: usize,
    record: RunRecord,
    watch: Watch,
    /// Which goals it looks out for, by number.
    numbers: Vec<usize>,
}

impl Goals {
    /// Of a lesson that was just opened.
    pub fn new(lesson: &Lesson) -> Self {
        Self { states: vec![State::default(); lesson.goals().count()], walk: None }
    }

    /// What is known of each.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// How many are met.
    pub fn count_met(&self) -> usize {
        self.states.iter().filter(|state| state.met.is_some()).count()
    }

    /// Another run is shown.
    pub fn forget_run(&mut self) {
        self.walk = None;
    }

    /// Walks on behind the cursor of the run that is shown, which the lesson has from the step `run_of` on.
    /// Returns the goals that were met, each with its moment, and whether the walk has caught up.
    pub fn follow(
        &mut self,
        lesson: &Lesson,
        student: Option<&Student>,
        run_of: usize,
        shown: (&RunRecord, &dyn Run),
        goes_on: &dyn Fn() -> bool,
    ) -> (Vec<(usize, Moment)>, bool) {
        let (record, run) = shown;
        let same = self.walk.as_ref().is_some_and(|walk| walk.run_of == run_of && walk.record == *record);
        if !same && !self.begin(lesson, student, run_of, record, run) {
            return (Vec::new(), true);
        }
        let Some(walk) = &mut self.walk else { return (Vec::new(), true) };
        // A run that cannot go on is told elsewhere; what was found so far counts.
        let there = walk.watch.walk((run.now(), run.step()), goes_on).unwrap_or(true);
        let found = walk.numbers.iter().copied().zip(walk.watch.met());
        let new = |(number, met): (usize, Option<Moment>)| {
            let state = &self.states[number];
            met.filter(|_| state.met.is_none() && state.differences.is_empty()).map(|met| (number, met))
        };
        (found.filter_map(new).collect(), there)
    }

    /// Takes note of the proof.
    pub fn take(&mut self, number: usize, at: Moment, link: String) {
        self.states[number].met = Some((at, link));
    }

    /// Begins to walk over another run, or goes on where the one before was the same. Says whether there is
    /// anything to look out for.
    fn begin(
        &mut self,
        lesson: &Lesson,
        student: Option<&Student>,
        run_of: usize,
        record: &RunRecord,
        run: &dyn Run,
    ) -> bool {
        let here = |(_, (step, _)): &(usize, (usize, &Goal))| lesson.run_of(*step) == run_of;
        let goals: Vec<(usize, (usize, &Goal))> = lesson.goals().enumerate().filter(here).collect();
        let Ok(ours) = lesson.record(run_of, student) else { return false };
        for (number, (_, goal)) in &goals {
            self.states[*number].differences = differences(&ours, record, lesson.may(goal));
        }
        if let Some(walk) = self.walk.as_mut().filter(|walk| walk.run_of == run_of) {
            let nothing_met = walk.watch.met().all(|met| met.is_none());
            if nothing_met && walk.record.scenario == record.scenario && walk.watch.follow(run).is_ok() {
                walk.record = record.clone();
                return true;
            }
        }
        let open: Vec<_> = goals.iter().filter(|(number, _)| self.states[*number].met.is_none()).collect();
        let wanted = open.iter().map(|(_, (_, goal))| (&goal.expect, goal.at));
        let watch = Watch::new(run.fork(), record.scenario.clone(), wanted);
        let numbers = open.iter().map(|(number, _)| *number).collect();
        self.walk = watch.ok().map(|watch| Walk { run_of, record: record.clone(), watch, numbers });
        !open.is_empty()
    }
}

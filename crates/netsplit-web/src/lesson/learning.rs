//! Where in a lesson somebody is, what they said, and the runs that they left on the way.

use std::collections::BTreeMap;

use netsplit_scenarios::lesson::admit::differences;
use netsplit_scenarios::lesson::content::{Block, Lesson, LessonPlace, Predict, Step};
use netsplit_scenarios::lesson::student::Student;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::history::Moment;
use netsplit_sim::run::Run;

use super::Spot;
use super::drawn::drawn;
use super::goals::Goals;
use crate::session::Session;

/// A lesson that is open.
pub struct Learning {
    lesson: Lesson,
    student: Option<Student>,
    /// The step that is shown.
    pub(crate) step: usize,
    /// The step whose run is shown; nothing while the page shows another run.
    pub(crate) shows: Option<usize>,
    /// What was predicted.
    pub(crate) predicted: BTreeMap<Spot, Predicted>,
    /// What was answered.
    pub(crate) answers: BTreeMap<Spot, String>,
    /// Which goals are met.
    pub(crate) goals: Goals,
    /// The prediction that the run is about to reveal.
    pub(crate) reveals: Option<Spot>,
    /// Runs of other steps, as they were left.
    left: BTreeMap<usize, Session>,
}

/// An answer to a prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Predicted {
    /// The choice.
    pub choice: usize,
    /// The one that came true, once the run has told.
    pub right: Option<usize>,
}

impl Learning {
    /// A lesson from its beginning.
    pub(crate) fn new(lesson: Lesson, student: Option<Student>) -> Self {
        Self {
            goals: Goals::new(&lesson),
            lesson,
            student,
            step: 0,
            shows: None,
            predicted: BTreeMap::new(),
            answers: BTreeMap::new(),
            reveals: None,
            left: BTreeMap::new(),
        }
    }

    /// The lesson.
    pub fn lesson(&self) -> &Lesson {
        &self.lesson
    }

    /// Who learns.
    pub fn student(&self) -> Option<&Student> {
        self.student.as_ref()
    }

    /// The step that is shown, from zero.
    pub fn step(&self) -> usize {
        self.step
    }

    /// What the step says.
    pub fn shown(&self) -> &Step {
        &self.lesson.steps[self.step]
    }

    /// Where it is, as links name it.
    pub fn place(&self) -> LessonPlace {
        LessonPlace { name: self.lesson.name.clone(), step: Some(self.step as u16 + 1) }
    }

    /// Whether the page shows the run of this step.
    pub fn shows_its_run(&self) -> bool {
        self.shows == Some(self.lesson.run_of(self.step))
    }

    /// What was predicted here.
    pub fn predicted(&self, spot: Spot) -> Option<Predicted> {
        self.predicted.get(&spot).copied()
    }

    /// What was answered here.
    pub fn answer(&self, spot: Spot) -> &str {
        self.answers.get(&spot).map_or("", String::as_str)
    }

    /// What is known of the goals.
    pub fn goals(&self) -> &Goals {
        &self.goals
    }

    /// The prediction at this spot.
    pub fn predict(&self, spot: Spot) -> Option<&Predict> {
        match self.lesson.steps.get(spot.step)?.body.get(spot.block)? {
            Block::Predict(predict) => Some(predict),
            _ => None,
        }
    }

    /// The prediction whose run is on its way.
    pub fn reveals(&self) -> Option<Spot> {
        self.reveals
    }

    /// Whether a prediction of the step that is shown is still open.
    pub fn predicts(&self) -> bool {
        let spots = (0..self.shown().body.len()).map(|block| Spot { step: self.step, block });
        let mut open = spots.filter(|spot| {
            self.predict(*spot).is_some() && self.predicted(*spot).is_none_or(|said| said.right.is_none())
        });
        open.next().is_some()
    }

    /// The run that the step has before anybody has touched it.
    pub fn original(&self, step: usize) -> Option<RunRecord> {
        self.lesson.record(step, self.student()).ok()
    }

    /// Whether a run is that of this step, or counts for one of its goals.
    pub(crate) fn is_about(&self, run_of: usize, record: &RunRecord) -> bool {
        let Some(ours) = self.original(run_of).map(drawn) else { return false };
        let mut here = self.lesson.goals().filter(|(step, _)| self.lesson.run_of(*step) == run_of);
        ours == *record || here.any(|(_, goal)| differences(&ours, record, self.lesson.may(goal)).is_empty())
    }

    /// Walks on behind the run that is shown: which goals it meets, and whether the walk has caught up.
    pub(crate) fn follow(
        &mut self,
        shown: (&RunRecord, &dyn Run),
        goes_on: &dyn Fn() -> bool,
    ) -> (Vec<(usize, Moment)>, bool) {
        let Some(run_of) = self.shows else { return (Vec::new(), true) };
        self.goals.follow(&self.lesson, self.student.as_ref(), run_of, shown, goes_on)
    }

    /// Keeps the run that was shown for whoever comes back.
    pub(crate) fn keep(&mut self, mut session: Session) {
        if let Some(run_of) = self.shows.take() {
            session.put_away();
            self.left.insert(run_of, session);
        }
        self.goals.forget_run();
    }

    /// The run of a step as it was left, if it was.
    pub(crate) fn come_back(&mut self, run_of: usize) -> Option<Session> {
        let mut session = self.left.remove(&run_of)?;
        session.take_up();
        Some(session)
    }
}

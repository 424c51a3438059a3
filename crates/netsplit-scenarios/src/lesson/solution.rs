//! A link as a solution: whether its run is the lesson's, but for what may be changed, and which goals it meets.

use netsplit_sim::encode::Digest;
use netsplit_sim::history::Moment;
use netsplit_sim::id::Step;
use netsplit_sim::run::{Run, Stopped};
use netsplit_words::say;
use thiserror::Error;

use super::admit::differences;
use super::content::{Block, Goal, Lesson, Predict};
use super::student::Student;
use super::watch::Watch;
use super::{LessonError, find};
use crate::error::{LinkError, OpenError};
use crate::expect::{Tally, missing_now};
use crate::fingerprint::Fingerprint;
use crate::fragment::Fragment;
use crate::link;
use crate::open::open;
use crate::run_record::RunRecord;

/// What came of a goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The goal.
    pub goal: String,
    /// What differs from the lesson's run and may not: then the run does not count.
    pub differences: Vec<String>,
    /// When it was met first, if it was.
    pub met: Option<Moment>,
}

impl Checked {
    /// Whether the goal is met by a run that counts.
    pub fn counts(&self) -> bool {
        self.differences.is_empty() && self.met.is_some()
    }
}

/// What came of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The lesson.
    pub lesson: String,
    /// Whose solution it is.
    pub student: Option<Student>,
    /// The digest at the end of the run.
    pub digest: Digest,
    /// How many interventions it uses, requests not counted.
    pub interventions: usize,
    /// Each goal that was asked for.
    pub goals: Vec<Checked>,
}

/// Why a link cannot be checked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SolutionError {
    /// It opens nothing.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// Its lesson or goal is not there.
    #[error(transparent)]
    Lesson(#[from] LessonError),
    /// It names no lesson, and none was given.
    #[error("the link names no lesson, and none was given")]
    NoLesson,
    /// Its run cannot go on.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<OpenError> for SolutionError {
    fn from(error: OpenError) -> Self {
        Self::Link(error.into())
    }
}

/// What was asked for; what is not said here the link may say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The lesson.
    pub lesson: Option<String>,
    /// One goal; all of the lesson if `None`.
    pub goal: Option<String>,
    /// Whose seed it has to have. Wins over the link's own word.
    pub student: Option<Student>,
}

/// Checks a link. Without a goal, all goals of the lesson are looked at, and those count whose run it is.
pub fn check(fragment: &Fragment, asked: &Asked) -> Result<Report, SolutionError> {
    let place = fragment.lesson.as_ref().map(|place| place.name.clone());
    let name = asked.lesson.clone().or(place).ok_or(SolutionError::NoLesson)?;
    let lesson = find(&name)?.lesson()?;
    let said = fragment.student.as_deref().and_then(Student::new);
    let student = asked.student.clone().or(said);
    let given = link::load(fragment)?.record;
    let departs = departs(fragment, &given)?;
    let goals: Vec<(usize, &Goal)> = match asked.goal.as_ref().or(fragment.goal.as_ref()) {
        Some(goal) => vec![lesson.goal(goal)?],
        None => lesson.goals().collect(),
    };
    let mut report = judge(&lesson, &goals, &given, student)?;
    report.goals.iter_mut().for_each(|goal| goal.differences.extend(departs.clone()));
    Ok(report)
}

/// Whether the run, replayed, is what the author of the link saw; says so if not.
fn departs(fragment: &Fragment, given: &RunRecord) -> Result<Option<String>, SolutionError> {
    let Some((step, saw)) = fragment.step.map(Step).zip(fragment.h) else { return Ok(None) };
    let replayed = Fingerprint::take(&mut *open(given)?, step)?;
    let departure = saw.departure(&replayed, step);
    Ok(departure.map(|_| say!("replayed here, it is not the run that its author saw").to_owned()))
}

/// Which choice of a prediction comes true, from one; its place is counted from one, too. `None` if the lesson
/// has no such prediction.
pub fn right_choice(
    lesson: &str,
    place: (usize, usize),
    student: Option<&Student>,
) -> Result<Option<usize>, SolutionError> {
    let lesson = find(lesson)?.lesson()?;
    let (step, block) = (place.0.wrapping_sub(1), place.1.wrapping_sub(1));
    let Some(Block::Predict(predict)) = lesson.steps.get(step).and_then(|step| step.body.get(block)) else {
        return Ok(None);
    };
    let record = lesson.revealing(step, predict, student)?;
    let mut run = open(&record)?;
    run.seek(predict.at.min(run.until()))?;
    Ok(comes_true(&*run, &record, predict).map(|choice| choice + 1))
}

/// Which choice of a prediction comes true at the cursor of this run.
pub fn comes_true(run: &dyn Run, record: &RunRecord, predict: &Predict) -> Option<usize> {
    let tally = Tally::so_far(run);
    let holds = |expect| missing_now(run, &record.scenario, expect, &tally).is_none();
    predict.choices.iter().position(|choice| holds(&choice.expect))
}

/// Judges a run for these goals of a lesson.
pub fn judge(
    lesson: &Lesson,
    goals: &[(usize, &Goal)],
    given: &RunRecord,
    student: Option<Student>,
) -> Result<Report, SolutionError> {
    let expected = goals.iter().map(|(_, goal)| (&goal.expect, goal.at));
    let mut watch = Watch::new(open(given)?, given.scenario.clone(), expected)?;
    watch.walk_to_end()?;
    let mut checked = Vec::new();
    for ((step, goal), met) in goals.iter().zip(watch.met()) {
        let ours = lesson.record(*step, student.as_ref())?;
        let differences = differences(&ours, given, lesson.may(goal));
        checked.push(Checked { goal: goal.name.clone(), differences, met });
    }
    let mut run = open(given)?;
    run.seek(run.until())?;
    let interventions = crate::expect::count_faults(&*run) as usize;
    let digest = run.digest();
    Ok(Report { lesson: lesson.name.clone(), student, digest, interventions, goals: checked })
}

//! Which run a step, a prediction or a goal is about.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_sim::describe::ParamValue;

use super::content::{Goal, Lesson, Predict};
use super::deed::{self, Done};
use super::may::May;
use super::student::Student;
use super::{LessonError, content};
use crate::error::LinkError;
use crate::fragment::parse_fragment;
use crate::link;
use crate::open;
use crate::run_record::RunRecord;

/// What a lesson or a step changes about the run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// Another scenario of the gallery; forgets what steps before have set.
    pub scenario: Option<String>,
    /// Another seed.
    pub seed: Option<u64>,
    /// Other values of parameters.
    pub params: BTreeMap<String, ParamValue>,
    /// The flaws that are switched on, if others.
    pub flaws: Option<BTreeSet<String>>,
    /// What happens by itself, beside the scenario's own script; replaces that of the steps before.
    pub doing: Option<Vec<Done>>,
}

impl Setting {
    /// This one, with what a later step changes.
    fn with(&self, later: &Self) -> Self {
        if later.scenario.is_some() {
            return later.clone();
        }
        let mut merged = self.clone();
        merged.params.extend(later.params.clone());
        merged.seed = later.seed.or(merged.seed);
        merged.flaws = later.flaws.clone().or(merged.flaws);
        merged.doing = later.doing.clone().or(merged.doing);
        merged
    }
}

impl Lesson {
    /// The step whose run this step shows: the last one that has a run of its own.
    pub fn run_of(&self, step: usize) -> usize {
        let begins = |step: &content::Step| step.stage.as_ref().is_some_and(|stage| stage.setting.is_some());
        self.steps.iter().take(step + 1).rposition(begins).unwrap_or(0)
    }

    /// The run of a step, before anybody has touched it.
    pub fn record(&self, step: usize, student: Option<&Student>) -> Result<RunRecord, LinkError> {
        let stages =
            self.steps.iter().take(step + 1).filter_map(|step| step.stage.as_ref()?.setting.as_ref());
        let setting = stages.fold(self.setting.clone(), |before, later| before.with(later));
        let path = setting.scenario.as_deref().unwrap_or_default();
        let fragment = parse_fragment(&format!("#scenario={path}"))?;
        let mut record = link::load(&fragment)?.record;
        record.expect.clear();
        let own = student.filter(|_| self.personal).map(|student| student.seed(&self.name));
        record.scenario.seed = own.or(setting.seed).unwrap_or(record.scenario.seed);
        record.scenario.params.extend(setting.params);
        record.scenario.flaws = setting.flaws.unwrap_or(record.scenario.flaws);
        deed::perform(&mut record, setting.doing.as_deref().unwrap_or_default())?;
        open::check(&record)?;
        Ok(record)
    }

    /// The run that reveals a prediction of this step.
    pub fn revealing(
        &self,
        step: usize,
        predict: &Predict,
        student: Option<&Student>,
    ) -> Result<RunRecord, LinkError> {
        let mut record = self.record(step, student)?;
        deed::perform(&mut record, &predict.doing)?;
        open::check(&record)?;
        Ok(record)
    }

    /// The goal of this name, and the step in which it stands.
    pub fn goal(&self, name: &str) -> Result<(usize, &Goal), LessonError> {
        self.goals().find(|(_, goal)| goal.name == name).ok_or_else(|| LessonError::NoGoal {
            lesson: self.name.clone(),
            goal: crate::error::clip(name),
            known: self.goals().map(|(_, goal)| goal.name.as_str()).collect::<Vec<_>>().join(", "),
        })
    }

    /// What a solution of this goal may change.
    pub fn may<'a>(&'a self, goal: &'a Goal) -> &'a May {
        goal.may.as_ref().unwrap_or(&self.may)
    }

    /// The run that meets a goal of this step, as the lesson's author would; nothing in the page, which
    /// does not know it.
    pub fn solved(
        &self,
        step: usize,
        goal: &Goal,
        student: Option<&Student>,
    ) -> Option<Result<RunRecord, LinkError>> {
        Some(match goal.solution.as_ref()? {
            content::Solution::Link(link) => {
                parse_fragment(link).and_then(|fragment| link::load(&fragment)).map(|opened| opened.record)
            }
            content::Solution::Doing(deeds) => self.record(step, student).and_then(|mut record| {
                deed::perform(&mut record, deeds)?;
                open::check(&record)?;
                Ok(record)
            }),
        })
    }
}

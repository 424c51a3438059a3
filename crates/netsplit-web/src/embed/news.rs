//! What has happened since the host was told last, as messages for it.

use netsplit_words::say;

use super::said::{Said, Verb};
use super::state::state;
use crate::lesson::learning::Learning;
use crate::model::{Model, NoticeTone, Prediction};

/// What the host knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    runs: u64,
    done: usize,
    broken: usize,
    predicted: Option<Prediction>,
    /// The serial number of the last goal that was met.
    goal: u32,
    notice: Option<u32>,
    /// Whether a person has done anything with the run.
    touched: bool,
}

impl Known {
    /// Everything as it is now is known, or is nobody's deed.
    pub fn of(model: &Model) -> Self {
        let session = model.session();
        Self {
            runs: model.runs(),
            done: session.record().script.len(),
            broken: session.run().violations().len(),
            predicted: model.ui().predicted,
            goal: last_goal(model),
            notice: None,
            touched: false,
        }
    }

    /// Whether a person has done anything with the run.
    pub fn touched(&self) -> bool {
        self.touched
    }

    /// What is new.
    pub fn news(&mut self, model: &Model) -> Vec<Said> {
        let now = Self { notice: self.notice, touched: self.touched, ..Self::of(model) };
        let mut news = self.deeds(&now, model);
        news.extend(self.goals(model));
        news.extend(self.wrongs(model));
        let (notice, touched) = (self.notice, self.touched || !news.is_empty() || model.playback().playing());
        *self = Self { notice, touched, ..now };
        news
    }

    fn deeds(&self, now: &Self, model: &Model) -> Vec<Said> {
        let mut verbs = Vec::new();
        if model.playback().playing() && !self.touched {
            verbs.push((Verb::Attempted, say!("The run was started.").to_owned()));
        }
        if now.done != self.done {
            let verb = if self.touched { Verb::Interacted } else { Verb::Attempted };
            verbs.push((verb, say!("Something was done to the system.").to_owned()));
        }
        if let Some(prediction) = now.predicted.filter(|_| self.predicted.is_none()) {
            verbs.push((Verb::Answered, expected(prediction).to_owned()));
        }
        if now.broken > self.broken {
            verbs.push((Verb::Experienced, say!("A rule was broken.").to_owned()));
        }
        let event = |(verb, text)| Said::Event { verb, text, state: state(model) };
        verbs.into_iter().map(event).collect()
    }

    /// Goals that were met, each with its proof, and the end of the lesson.
    fn goals(&self, model: &Model) -> Vec<Said> {
        let new = model.met().iter().filter(|goal| goal.serial > self.goal);
        new.flat_map(|goal| {
            let said = Said::Goal {
                lesson: goal.lesson.clone(),
                goal: goal.goal.clone(),
                text: goal.text.clone(),
                link: goal.link.clone(),
                met: (goal.met, goal.of),
            };
            let all = (goal.met == goal.of).then(|| Said::Event {
                verb: Verb::Completed,
                text: say!("Every goal of the lesson is met.").to_owned(),
                state: state(model),
            });
            [Some(said), all].into_iter().flatten()
        })
        .collect()
    }

    /// Notices of what went wrong, each once.
    fn wrongs(&mut self, model: &Model) -> Vec<Said> {
        let known = self.notice;
        let new = model.ui().notices.iter().filter(|notice| known.is_none_or(|known| notice.id > known));
        let wrong = new.filter(|notice| notice.tone == NoticeTone::Bad);
        let wrongs = wrong.map(|notice| Said::Error(notice.text.clone())).collect();
        self.notice = model.ui().notices.last().map(|notice| notice.id).max(known);
        wrongs
    }
}

fn last_goal(model: &Model) -> u32 {
    model.met().last().map_or(0, |goal| goal.serial)
}

/// How many goals of the lesson are met, of how many; a run without a lesson has none.
pub fn score(model: &Model) -> (u32, u32) {
    let Some(lesson) = model.lesson().map(Learning::lesson) else { return (0, 0) };
    let met = model.met().iter().rev().find(|goal| goal.lesson == lesson.name).map_or(0, |goal| goal.met);
    (met, u32::try_from(lesson.goals().count()).unwrap_or(u32::MAX))
}

fn expected(prediction: Prediction) -> &'static str {
    match prediction {
        Prediction::Holds => say!("Expected: all rules hold."),
        Prediction::Breaks => say!("Expected: a rule breaks."),
    }
}

//! Goals: looked for behind the cursor, and proved by a link once they are met.

use std::cell::Cell;

use netsplit_scenarios::lesson::content::{LessonPlace, plain};
use netsplit_scenarios::link::{self, Position};
use netsplit_sim::history::Moment;
use netsplit_words::say;

use super::super::Model;
use crate::lesson::GoalMet;

/// So many events a message may look at for goals.
const LITTLE: u32 = 24;

impl Model {
    /// Looks for goals that are met, while `goes_on`, and for the end of a reveal. Says whether something is
    /// still to be looked at.
    pub(in crate::model) fn learn(&mut self, goes_on: &dyn Fn() -> bool) -> bool {
        if self.lesson.is_none() {
            return false;
        }
        self.tell_revealed();
        let Some(learning) = &mut self.lesson else { return false };
        let shown = (self.session.record(), self.session.run());
        let (met, there) = learning.follow(shown, goes_on);
        for (number, moment) in met {
            self.meet(number, moment);
        }
        !there
    }

    /// The same for as long as nobody would notice.
    pub(in crate::model) fn learn_a_little(&mut self) -> bool {
        let left = Cell::new(LITTLE);
        self.learn(&|| {
            left.set(left.get().saturating_sub(1));
            left.get() > 0
        })
    }

    fn meet(&mut self, number: usize, moment: Moment) {
        let link = self.proof(number, moment);
        let Some(learning) = &mut self.lesson else { return };
        let Some((_, goal)) = learning.lesson().goals().nth(number) else { return };
        let (goal, text) = (goal.name.clone(), plain(&goal.say));
        learning.goals.take(number, moment, link.clone());
        let (met, of) = (learning.goals.count_met() as u32, learning.goals.states().len() as u32);
        let lesson = learning.lesson().name.clone();
        let at = moment.time;
        self.ui.tell(say!("Goal met at {at}: {text}", at, text = &text));
        let serial = self.met.len() as u32 + 1;
        self.met.push(GoalMet { serial, lesson, goal, text, at, met, of, link });
        self.revision += 1;
    }

    /// The fragment of the run that is shown, at the moment when it met a goal.
    fn proof(&self, number: usize, moment: Moment) -> String {
        let fingerprint = self.session.fingerprint(moment.step).ok();
        let position = Position { micros: None, step: Some(moment.step.0), fingerprint };
        let mut fragment = link::share(self.session.record(), &position, &[]);
        if let Some(learning) = &self.lesson {
            let goal = learning.lesson().goals().nth(number);
            fragment.lesson = goal.map(|(step, _)| LessonPlace {
                name: learning.lesson().name.clone(),
                step: Some(step as u16 + 1),
            });
            fragment.goal = goal.map(|(_, goal)| goal.name.clone());
            fragment.student = learning.student().map(|student| student.id().to_owned());
        }
        fragment.to_string()
    }
}

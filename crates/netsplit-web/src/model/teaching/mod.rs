//! What a lesson does to the page.
//!
//! | concept | room |
//! |---|---|
//! | opening it, and words in its prose | here |
//! | its steps and their runs | `steps` |
//! | its predictions | `predictions` |
//! | its goals | `goals` |

mod goals;
mod predictions;
mod steps;

use netsplit_scenarios::fragment::{Fragment, Source};
use netsplit_scenarios::lesson::content::LessonPlace;
use netsplit_scenarios::lesson::deed::Deed;
use netsplit_scenarios::lesson::student::Student;
use netsplit_scenarios::lesson::{Control, LessonItem, find};
use netsplit_sim::id::Step;
use netsplit_sim::intervention::Intervention;
use netsplit_words::say;

use super::{Effects, Model, Ui};
use crate::lesson::drawn::{drawn, sketch};
use crate::lesson::learning::Learning;
use crate::lesson::{Change, GoalMet};
use crate::msg::{Msg, Origin, Panel, Selection};
use crate::options::{PANELS, Panels};

impl Model {
    /// The lesson that is open.
    pub fn lesson(&self) -> Option<&Learning> {
        self.lesson.as_ref()
    }

    /// Goals that were met while the page lives, the oldest first.
    pub fn met(&self) -> &[GoalMet] {
        &self.met
    }

    /// Whether a prediction of the lesson's step is still open.
    pub fn predicts(&self) -> bool {
        self.lesson.as_ref().is_some_and(Learning::predicts)
    }

    /// Which panels there are: the lesson's while one is open, unless the address has left it out.
    pub fn shown_panels(&self) -> Panels {
        let left_out = self.options.panels.as_ref().is_some_and(|panels| !panels.has(Panel::Lesson));
        self.options.shown_panels().with_lesson(self.lesson.is_some() && !left_out)
    }

    /// Opens a lesson, or a run that belongs to one.
    pub(super) fn open_lesson(&mut self, place: &LessonPlace, fragment: Fragment, origin: Origin) -> Effects {
        let student = fragment.student.as_deref().and_then(Student::new);
        if let Err(sentence) = self.begin_lesson(place, student) {
            return self.refuse(&sentence);
        }
        let step = place.step.map_or(0, |step| usize::from(step) - 1);
        if fragment.source == Source::Bare {
            return self.enter(step, origin);
        }
        let effects = self.open_run(fragment, origin);
        if let Some(learning) = &mut self.lesson {
            learning.step = step;
            // A run that counts for a goal of the step, or is the step's own, is the step's run.
            let run_of = learning.lesson().run_of(step);
            learning.shows = learning.is_about(run_of, self.session.record()).then_some(run_of);
        }
        self.ui.open(Panel::Lesson);
        effects
    }

    /// Takes up a lesson, unless it is open already; says what is wrong with its name or step.
    fn begin_lesson(&mut self, place: &LessonPlace, student: Option<Student>) -> Result<(), String> {
        let lesson = find(&place.name).and_then(LessonItem::lesson).map_err(|error| error.to_string())?;
        let steps = lesson.steps.len();
        if place.step.is_some_and(|step| usize::from(step) > steps) {
            return Err(say!("the lesson “{name}” has {steps} steps", name = &lesson.name, steps));
        }
        let same = |open: &Learning| open.lesson().name == lesson.name && open.student() == student.as_ref();
        if !self.lesson.as_ref().is_some_and(same) {
            self.lesson = Some(Learning::new(lesson, student));
        }
        Ok(())
    }

    /// Does what the lesson's panel asks.
    pub(super) fn change_lesson(&mut self, change: Change) -> Effects {
        match change {
            Change::Open(place) => {
                let student =
                    self.lesson.as_ref().and_then(|open| open.student().map(|who| who.id().to_owned()));
                self.open_lesson(&place, Fragment { student, ..Fragment::default() }, Origin::Inside)
            }
            Change::Step(step) => self.enter(step, Origin::Inside),
            Change::Again => self.begin_step_again(),
            Change::Choose(spot, choice) => self.choose(spot, choice),
            Change::Reveal(spot) => self.reveal(spot),
            Change::Answer(spot, text) => {
                if let Some(learning) = &mut self.lesson {
                    learning.answers.insert(spot, text);
                }
                Effects::default()
            }
            Change::Do(control) => self.control(control),
            Change::Close => {
                self.lesson = None;
                self.revision += 1;
                self.show(Ui::put_lesson_away)
            }
        }
    }

    /// A word in the prose does something, as if the person had done it.
    fn control(&mut self, control: Control) -> Effects {
        let about = self.session.run().about();
        match control {
            Control::Set(name, value) => match about.params.iter().find(|param| param.name == name) {
                Some(param) => self.apply(Msg::Param(param.name, value)),
                None => self.refuse(&say!("this run has no parameter {name}", name)),
            },
            Control::Flaw(name, on) => match about.flaws.iter().find(|flaw| flaw.name == name) {
                Some(flaw) => self.apply(Msg::Flaw(flaw.name, on)),
                None => self.refuse(&say!("this run has no flaw {name}", name)),
            },
            Control::Seed(seed) => self.apply(Msg::Seed(seed)),
            Control::Go(at) => self.apply(Msg::Seek(at)),
            Control::Step(step) => self.apply(Msg::SeekStep(Step(step))),
            Control::Play(None) => self.play(),
            Control::Play(Some(to)) => self.play_to(to),
            Control::Rest => self.rest(),
            Control::Reset => self.begin_step_again(),
            Control::Select(id) => self.apply(Msg::Select(Some(Selection::Node(id)))),
            Control::Show(name) => {
                let panel = PANELS.iter().find(|(known, _)| *known == name);
                self.show(|ui| panel.into_iter().for_each(|(_, panel)| ui.open(*panel)))
            }
            Control::Do(deed) => self.perform(&deed),
        }
    }

    fn perform(&mut self, deed: &Deed) -> Effects {
        let wanted = deed.interventions(self.session.record(), self.session.run());
        if wanted.is_empty() {
            return self.show(|ui| ui.tell(say!("There is nothing to do that to.").to_owned()));
        }
        let mut effects = Effects::default();
        for what in wanted {
            let sketch = match &what {
                Intervention::SetWall(_, cuts) => sketch(cuts, self.session.layout()),
                _ => None,
            };
            effects = self.apply(Msg::Intervene { what, sketch });
        }
        effects
    }

    /// Names the lesson in a fragment of the run that is shown. The untouched run of a step needs no other name.
    pub(super) fn with_lesson(&self, mut fragment: Fragment) -> Fragment {
        let Some(learning) = &self.lesson else { return fragment };
        let unmoved = (fragment.t, fragment.step) == (None, None) && fragment.versus.is_none();
        if unmoved && learning.shows_its_run() {
            let original = learning.original(learning.step()).map(drawn);
            if original.is_some_and(|original| original == *self.session.record()) {
                (fragment.source, fragment.seed) = (Source::Bare, None);
            }
        }
        fragment.lesson = Some(learning.place());
        fragment.student = learning.student().map(|student| student.id().to_owned());
        fragment
    }
}

impl Ui {
    fn put_lesson_away(&mut self) {
        if self.side == Some(Panel::Lesson) {
            self.side = Some(Panel::Inspector);
        }
        if self.sheet == Some(Panel::Lesson) {
            self.sheet = None;
        }
    }
}

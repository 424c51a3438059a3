//! What a lesson does to the page: it opens runs, moves the cursor, reveals predictions, and finds goals met.

use std::cell::Cell;

use netsplit_scenarios::error::LinkError;
use netsplit_scenarios::fragment::{Fragment, Source};
use netsplit_scenarios::lesson::content::{LessonPlace, Predict, plain};
use netsplit_scenarios::lesson::deed::Deed;
use netsplit_scenarios::lesson::solution::comes_true;
use netsplit_scenarios::lesson::student::Student;
use netsplit_scenarios::lesson::{Control, find};
use netsplit_scenarios::link::{self, Opened, Position};
use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::history::Moment;
use netsplit_sim::id::Step;
use netsplit_sim::intervention::Intervention;
use netsplit_sim::time::SimTime;
use netsplit_view::format;
use netsplit_words::say;

use super::{Address, Effects, Model, Ui};
use crate::lesson::drawn::{drawn, sketch};
use crate::lesson::learning::{Learning, Predicted};
use crate::lesson::{Change, GoalMet, Spot};
use crate::msg::{Msg, Origin, Panel, Selection};
use crate::options::{PANELS, Panels};
use crate::playback::Drive;
use crate::session::{Place, Session, end_of_micro};

/// So many events a message may look at for goals.
const LITTLE: u32 = 24;

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
        let lesson = find(&place.name).and_then(|item| item.lesson()).map_err(|error| error.to_string())?;
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
                self.show(|ui| ui.put_lesson_away())
            }
        }
    }

    /// Shows a step: its run, fresh or as it was left, and its moment.
    fn enter(&mut self, step: usize, origin: Origin) -> Effects {
        let Some(learning) = &mut self.lesson else { return Effects::default() };
        let step = step.min(learning.lesson().steps.len() - 1);
        let run_of = learning.lesson().run_of(step);
        learning.reveals = None;
        let mut said = "";
        let mut fresh = true;
        if learning.shows != Some(run_of) {
            let session = match learning.come_back(run_of) {
                Some(session) => {
                    (said, fresh) = (say!("Its run is as you left it."), false);
                    session
                }
                None => match first_session(learning, step) {
                    Ok(session) => {
                        said =
                            say!("It has a run of its own; the one before is kept for when you come back.");
                        session
                    }
                    Err(error) => return self.refuse(&error.to_string()),
                },
            };
            self.show_session(session);
        }
        if let Some(learning) = &mut self.lesson {
            (learning.step, learning.shows) = (step, Some(run_of));
        }
        self.ui.open(Panel::Lesson);
        self.tell_of_step(said);
        let address = match origin {
            Origin::Inside => Address::Push,
            Origin::Host => Address::Replace,
            Origin::Start | Origin::Address => Address::Keep,
        };
        let effects = if fresh { self.set_stage(origin) } else { self.rest() };
        Effects { link: true, address, ..effects }
    }

    fn tell_of_step(&mut self, said: &str) {
        let Some(learning) = &self.lesson else { return };
        let (number, of) = (learning.step() + 1, learning.lesson().steps.len());
        let title = &learning.shown().title;
        let told = say!("Step {number} of {of}: {title}.", number, of, title);
        self.ui.tell([&told, " ", said].concat().trim_end().to_owned());
    }

    /// Puts another run on the page; the one that was shown is kept if it was the lesson's.
    fn show_session(&mut self, session: Session) {
        self.playback.go(Drive::Rest);
        self.playback.speed = self.options.speed.unwrap_or(session.scenario().speed);
        let before = std::mem::replace(&mut self.session, session);
        if let Some(learning) = &mut self.lesson {
            learning.keep(before);
        }
        self.versus = None;
        self.runs += 1;
        self.revision += 1;
        self.telling = super::telling::Telling::default();
        self.ui.forget_run();
    }

    /// Moves the page to where the step begins.
    fn set_stage(&mut self, origin: Origin) -> Effects {
        let Some(stage) = self.lesson.as_ref().and_then(|learning| learning.shown().stage.clone()) else {
            return self.rest();
        };
        if let Some(id) = stage.select {
            self.ui.selection = Some(Selection::Node(id));
        }
        if let Some((_, panel)) = PANELS.iter().find(|(name, _)| stage.show.as_deref() == Some(*name)) {
            self.ui.open(*panel);
        }
        let mut effects = match stage.at {
            Some(at) => self.go_at_once(at),
            None => self.rest(),
        };
        // What the address opens inside another page waits for its reader.
        let waits = origin != Origin::Inside && !self.options.play.unwrap_or(!self.options.embed);
        if let Some(to) = stage.play.filter(|_| !waits) {
            effects = self.play_to(to);
        }
        effects
    }

    fn go_at_once(&mut self, at: SimTime) -> Effects {
        if let Err(stopped) = self.session.seek(Place::At(end_of_micro(at))) {
            self.tell_stopped(&stopped);
        }
        self.playback.go(Drive::Rest);
        self.revision += 1;
        Effects::rested()
    }

    /// Plays up to a moment; under reduced motion it goes there.
    fn play_to(&mut self, to: SimTime) -> Effects {
        let to = end_of_micro(to);
        if self.playback.still || self.session.run().now() >= to {
            return self.go(Place::At(to));
        }
        self.playback.play_to(to);
        Effects::moving()
    }

    /// The step's run as the lesson has it; Undo brings back what was there.
    fn begin_step_again(&mut self) -> Effects {
        let Some(learning) = &mut self.lesson else { return Effects::default() };
        learning.reveals = None;
        let step = learning.step();
        let run_of = learning.lesson().run_of(step);
        if learning.shows != Some(run_of) {
            let session = first_session(learning, step);
            return match session {
                Ok(session) => {
                    self.show_session(session);
                    self.enter_shown(run_of)
                }
                Err(error) => self.refuse(&error.to_string()),
            };
        }
        let Some(record) = learning.original(step) else { return Effects::default() };
        self.take_record(record);
        let effects = self.set_stage(Origin::Inside);
        Effects { link: true, address: Address::Replace, ..effects }
    }

    fn enter_shown(&mut self, run_of: usize) -> Effects {
        if let Some(learning) = &mut self.lesson {
            learning.shows = Some(run_of);
        }
        let effects = self.set_stage(Origin::Inside);
        Effects { link: true, address: Address::Push, ..effects }
    }

    /// The session goes on with this record, from its beginning.
    fn take_record(&mut self, record: RunRecord) {
        let record = drawn(record);
        if *self.session.record() != record {
            if let Err(error) = self.session.replace(record) {
                self.warn(format::capital(&error.to_string()) + ".");
                return;
            }
            self.ui
                .tell(say!("The run begins again as the lesson has it. Undo brings yours back.").to_owned());
        }
        self.runs += 1;
        self.revision += 1;
        if let Err(stopped) = self.session.seek(Place::After(Step(0))) {
            self.tell_stopped(&stopped);
        }
    }

    fn choose(&mut self, spot: Spot, choice: usize) -> Effects {
        let Some(learning) = &mut self.lesson else { return Effects::default() };
        // Whoever has seen the answer has predicted.
        let open = learning.predicted(spot).is_none_or(|said| said.right.is_none());
        if open && learning.predict(spot).is_some_and(|predict| choice < predict.choices.len()) {
            learning.predicted.insert(spot, Predicted { choice, right: None });
            self.revision += 1;
        }
        Effects::default()
    }

    /// Runs what the prediction is about, from where it begins to where it is judged.
    fn reveal(&mut self, spot: Spot) -> Effects {
        let Some(learning) = &mut self.lesson else { return Effects::default() };
        let Some(predict) = learning.predict(spot).cloned() else { return Effects::default() };
        let record = learning.lesson().revealing(spot.step, &predict, learning.student());
        let run_of = learning.lesson().run_of(spot.step);
        learning.reveals = Some(spot);
        match record {
            Err(error) => return self.refuse(&error.to_string()),
            Ok(record) if learning.shows == Some(run_of) => self.take_record(record),
            Ok(record) => match session_of(record) {
                Err(error) => return self.refuse(&error.to_string()),
                Ok(session) => {
                    self.show_session(session);
                    if let Some(learning) = &mut self.lesson {
                        learning.shows = Some(run_of);
                    }
                }
            },
        }
        self.go_at_once(predict.from.unwrap_or_default());
        let effects = self.play_to(predict.at);
        self.tell_revealed();
        Effects { link: true, address: Address::Replace, ..effects }
    }

    /// Once the run has come to where a prediction is judged, it has told.
    fn tell_revealed(&mut self) {
        let Some(learning) = &mut self.lesson else { return };
        let Some(spot) = learning.reveals else { return };
        let Some(predict) = learning.predict(spot).cloned() else { return };
        if self.session.run().now() < predict.at {
            return;
        }
        learning.reveals = None;
        let record = learning.lesson().revealing(spot.step, &predict, learning.student());
        let right = record.ok().and_then(|record| right_choice(&record, &predict));
        let Some(said) = learning.predicted.get_mut(&spot) else { return };
        said.right = right;
        let told = match right {
            Some(right) if right == said.choice => say!("Your prediction came true."),
            Some(_) => say!("It came otherwise than you predicted."),
            None => say!("None of these came true."),
        };
        self.ui.tell(told.to_owned());
        self.revision += 1;
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

    /// Another run than the lesson's is about to be shown.
    pub(super) fn leave_lesson_run(&mut self, before: Session) {
        if let Some(learning) = &mut self.lesson {
            learning.reveals = None;
            learning.keep(before);
        }
    }

    /// Looks for goals that are met, while `goes_on`, and for the end of a reveal. Says whether something is
    /// still to be looked at.
    pub(super) fn learn(&mut self, goes_on: &dyn Fn() -> bool) -> bool {
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
    pub(super) fn learn_a_little(&mut self) -> bool {
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

fn first_session(learning: &Learning, step: usize) -> Result<Session, LinkError> {
    session_of(learning.lesson().record(step, learning.student())?)
}

fn session_of(record: RunRecord) -> Result<Session, LinkError> {
    let record = drawn(record);
    let opened = Opened { record, item: None, position: Position::default(), badge: None, versus: None };
    Ok(Session::new(opened, Vec::new())?)
}

/// Which choice comes true, in a run that nobody has touched.
fn right_choice(record: &RunRecord, predict: &Predict) -> Option<usize> {
    let mut run = open(record).ok()?;
    run.seek(predict.at.min(run.until())).ok()?;
    comes_true(&*run, record, predict)
}

//! Every lesson is true: its steps open, its moments exist, its controls can be done, exactly one choice of
//! each prediction comes true, and each goal is unmet by the untouched run and met by its sample solution.

use netsplit_scenarios::expect::{Tally, missing_now};
use netsplit_scenarios::fragment::parse_fragment;
use netsplit_scenarios::lesson::admit::differences;
use netsplit_scenarios::lesson::content::{Block, Goal, Lesson, Predict, Span, Step};
use netsplit_scenarios::lesson::control::Control;
use netsplit_scenarios::lesson::solution::judge;
use netsplit_scenarios::lesson::student::Student;
use netsplit_scenarios::lesson::{LessonItem, all, find};
use netsplit_scenarios::link;
use netsplit_scenarios::open::{check, open};
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::describe::ParamValue;
use netsplit_sim::id::NodeId;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;

/// Every lesson with what is wrong with it.
fn complaints(about: impl Fn(&Lesson, &mut Vec<String>)) -> Vec<String> {
    let mut all_found = Vec::new();
    for item in all() {
        let lesson = match item.lesson() {
            Ok(lesson) => lesson,
            Err(error) => {
                all_found.push(error.to_string());
                continue;
            }
        };
        let mut found = Vec::new();
        about(&lesson, &mut found);
        all_found.extend(found.iter().map(|problem| format!("lessons/{}.md: {problem}", lesson.name)));
    }
    all_found
}

fn nothing(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// Nobody in particular, and for lessons with seeds of one's own twenty students.
fn students(lesson: &Lesson) -> Vec<Option<Student>> {
    let some = (0..20).filter(|_| lesson.personal).map(|number| Student::new(&format!("student-{number}")));
    std::iter::once(None).chain(some).collect()
}

fn whose(student: &Option<Student>) -> String {
    student.as_ref().map_or_else(String::new, |student| format!(" (for {})", student.id()))
}

/// The run at a time, with the rules of all events up to there counted.
fn run_to(record: &RunRecord, at: SimTime) -> (Box<dyn Run>, Tally) {
    let mut run = open(record).expect("records of lessons were checked");
    let mut tally = Tally::default();
    while run.next_at().is_some_and(|next| next <= at.min(run.until())) {
        run.step_forward().expect("lessons do not livelock");
        tally.count_event(&*run, run.step());
    }
    run.seek(at.min(run.until())).expect("it came by here");
    (run, tally)
}

#[test]
fn there_are_lessons() {
    assert!(find("first-cut").is_ok());
    let unknown = find("frist-cut").expect_err("misspelt").to_string();
    assert!(unknown.contains("nearest are first-cut"), "{unknown}");
}

#[test]
fn every_step_opens_where_it_says() {
    nothing(complaints(|lesson, found| {
        for (number, step) in lesson.steps.iter().enumerate() {
            for student in students(lesson) {
                match lesson.record(number, student.as_ref()) {
                    Err(error) => found.push(format!("“{}”: {error}", step.title)),
                    Ok(record) => moments(step, &record, found),
                }
            }
        }
    }));
}

fn moments(step: &Step, record: &RunRecord, found: &mut Vec<String>) {
    let Some(stage) = &step.stage else { return };
    let until = record.scenario.until;
    let mut complain = |problem: String| found.push(format!("“{}”: {problem}", step.title));
    for moment in [stage.at, stage.play].into_iter().flatten().filter(|moment| *moment > until) {
        complain(format!("{moment} lies after the end of the run, {until}"));
    }
    if stage.at.zip(stage.play).is_some_and(|(at, play)| play <= at) {
        complain("it plays up to a moment that is not after the one it begins at".to_owned());
    }
    let run = open(record).expect("checked");
    if stage.select.is_some_and(|id| !run.topology().contains(id)) {
        complain("who is selected takes no part".to_owned());
    }
}

#[test]
fn every_prediction_has_exactly_one_choice_that_comes_true() {
    nothing(complaints(|lesson, found| {
        for (step, predict) in lesson.predictions() {
            for student in students(lesson) {
                let problem = wrong_prediction(lesson, step, predict, student.as_ref());
                let place = |problem| format!("line {}: {problem}{}", predict.line, whose(&student));
                found.extend(problem.map(place));
            }
        }
    }));
}

fn wrong_prediction(
    lesson: &Lesson,
    step: usize,
    predict: &Predict,
    student: Option<&Student>,
) -> Option<String> {
    let record = match lesson.revealing(step, predict, student) {
        Ok(record) => record,
        Err(error) => return Some(error.to_string()),
    };
    if predict.at > record.scenario.until || predict.from.is_some_and(|from| from >= predict.at) {
        return Some("it is revealed at a moment that the run does not have, or begins too late".to_owned());
    }
    let (run, tally) = run_to(&record, predict.at);
    let missing =
        predict.choices.iter().map(|choice| missing_now(&*run, &record.scenario, &choice.expect, &tally));
    let missing: Vec<Option<String>> = missing.collect();
    match missing.iter().filter(|missing| missing.is_none()).count() {
        1 => None,
        right => Some(format!("{right} choices come true instead of one: {missing:?}")),
    }
}

#[test]
fn every_goal_is_unmet_by_the_untouched_run_and_met_by_its_solution() {
    nothing(complaints(|lesson, found| {
        for (step, goal) in lesson.goals() {
            for student in students(lesson) {
                let problem = wrong_goal(lesson, step, goal, student.as_ref());
                let place =
                    |problem| format!("line {}: {}: {problem}{}", goal.line, goal.name, whose(&student));
                found.extend(problem.map(place));
            }
        }
    }));
}

fn wrong_goal(lesson: &Lesson, step: usize, goal: &Goal, student: Option<&Student>) -> Option<String> {
    let untouched = match lesson.record(step, student) {
        Ok(record) => record,
        Err(error) => return Some(error.to_string()),
    };
    let check = |record: &RunRecord| judge(lesson, &[(step, goal)], record, student.cloned());
    match check(&untouched) {
        Ok(report) if report.goals[0].met.is_some() => return Some("the untouched run meets it".to_owned()),
        Ok(_) => {}
        Err(error) => return Some(error.to_string()),
    }
    let solved = match lesson.solved(step, goal, student) {
        Some(Ok(record)) => record,
        Some(Err(error)) => return Some(format!("its solution does not open: {error}")),
        None => return Some("it has no solution".to_owned()),
    };
    let report = match check(&solved) {
        Ok(report) => report,
        Err(error) => return Some(error.to_string()),
    };
    let checked = &report.goals[0];
    if !checked.differences.is_empty() {
        return Some(format!("its solution does not count: {}", checked.differences.join("; ")));
    }
    checked.met.is_none().then(|| "its solution does not meet it".to_owned())
}

/// A lesson without its words.
fn bones(lesson: &Lesson) -> String {
    let mut lesson = lesson.clone();
    (lesson.title, lesson.summary, lesson.topic) = Default::default();
    lesson.steps.iter_mut().for_each(|step| step.title.clear());
    let blocks = lesson.intro.iter_mut().chain(lesson.steps.iter_mut().flat_map(|step| &mut step.body));
    for block in blocks {
        match block {
            Block::Predict(predict) => {
                (predict.line, predict.ask, predict.why) = Default::default();
                predict.choices.iter_mut().for_each(|choice| choice.say.clear());
            }
            Block::Goal(goal) => (goal.line, goal.say, goal.hint, goal.done) = Default::default(),
            prose => *prose = Block::Paragraph(Vec::new()),
        }
    }
    format!("{lesson:#?}")
}

#[test]
fn every_lesson_is_there_in_german_and_only_words_differ() {
    nothing(complaints(|lesson, found| match find(&lesson.name).map(|item| item.lesson_in("de")) {
        Ok(Some(Ok(german))) if bones(&german) == bones(lesson) => {}
        Ok(Some(Ok(german))) => {
            let (here, there) = (bones(lesson), bones(&german));
            let first = here.lines().zip(there.lines()).find(|(one, other)| one != other);
            found.push(format!("its German is built otherwise: {first:?}"));
        }
        Ok(Some(Err(error))) => found.push(error.to_string()),
        _ => found.push("it has no German".to_owned()),
    }));
}

#[test]
fn names_of_goals_are_given_once() {
    nothing(complaints(|lesson, found| {
        let mut names: Vec<&str> = lesson.goals().map(|(_, goal)| goal.name.as_str()).collect();
        names.sort_unstable();
        let twice = names.windows(2).filter(|pair| pair[0] == pair[1]);
        found.extend(twice.map(|pair| format!("two goals are called {}", pair[0])));
    }));
}

#[test]
fn every_control_can_be_done_and_every_link_resolves() {
    nothing(complaints(|lesson, found| {
        for (step, spans) in every_text(lesson) {
            let Ok(record) = lesson.record(step, None) else { continue };
            spans.iter().for_each(|span| span_problem(span, &record, found));
        }
    }));
}

/// All runs of text of a lesson, with the step in which each stands.
fn every_text(lesson: &Lesson) -> Vec<(usize, &[Span])> {
    let mut texts = Vec::new();
    lesson.intro.iter().for_each(|block| texts_of(block, 0, &mut texts));
    lesson.blocks().for_each(|(step, block)| texts_of(block, step, &mut texts));
    texts
}

fn texts_of<'a>(block: &'a Block, step: usize, texts: &mut Vec<(usize, &'a [Span])>) {
    match block {
        Block::Paragraph(spans) | Block::Heading(spans) => texts.push((step, spans)),
        Block::List { items, .. } => items.iter().flatten().for_each(|block| texts_of(block, step, texts)),
        Block::Quote(blocks) => blocks.iter().for_each(|block| texts_of(block, step, texts)),
        Block::Code(_) => {}
        Block::Table { head, rows } => {
            texts.extend(head.iter().chain(rows.iter().flatten()).map(|cell| (step, &**cell)));
        }
        Block::Predict(predict) => {
            texts.extend([(step, &*predict.ask), (step, &*predict.why)]);
            texts.extend(predict.choices.iter().map(|choice| (step, &*choice.say)));
        }
        Block::Goal(goal) => texts.extend([&goal.say, &goal.hint, &goal.done].map(|spans| (step, &**spans))),
        Block::Question(question) => texts.push((step, &question.ask)),
    }
}

fn span_problem(span: &Span, record: &RunRecord, found: &mut Vec<String>) {
    match span {
        Span::Text(_) | Span::Code(_) | Span::Elsewhere(..) => {}
        Span::Emphasis(inner) | Span::Strong(inner) => {
            inner.iter().for_each(|span| span_problem(span, record, found));
        }
        Span::Control(label, control) => {
            found.extend(control_problem(control, record).map(|problem| format!("[{label}]: {problem}")));
        }
        Span::Lesson(_, place) => match find(&place.name).and_then(LessonItem::lesson) {
            Err(error) => found.push(error.to_string()),
            Ok(lesson) if place.step.is_some_and(|step| usize::from(step) > lesson.steps.len()) => {
                found.push(format!("{place}: that lesson has {} steps", lesson.steps.len()));
            }
            Ok(_) => {}
        },
        Span::Run(_, fragment) => {
            let opened = parse_fragment(fragment).and_then(|fragment| link::load(&fragment));
            found.extend(opened.err().map(|error| format!("{fragment}: {error}")));
        }
    }
}

/// Why a control could not be done in this run.
fn control_problem(control: &Control, record: &RunRecord) -> Option<String> {
    let mut changed = record.clone();
    let until = record.scenario.until;
    match control {
        Control::Set(name, value) => set(&mut changed, name, value.clone()),
        Control::Flaw(name, true) => drop(changed.scenario.flaws.insert(name.clone())),
        Control::Flaw(name, false) if !record.scenario.flaws.contains(name) => {
            return Some(format!("the flaw {name} is not switched on"));
        }
        Control::Go(at) | Control::Play(Some(at)) if *at > until => {
            return Some(format!("{at} lies after the end of the run, {until}"));
        }
        Control::Select(id) if !takes_part(record, *id) => return Some(format!("{id} takes no part")),
        Control::Step(step) => {
            let mut run = open(record).expect("checked");
            return run.seek_step(netsplit_sim::id::Step(*step)).err().map(|error| error.to_string());
        }
        Control::Do(deed) => {
            let run = open(record).expect("checked");
            for what in deed.interventions(record, &*run) {
                changed
                    .insert(netsplit_sim::intervention::Scheduled { at: until, rank: u32::MAX, what }.into());
            }
        }
        _ => {}
    }
    check(&changed).err().map(|error| error.to_string())
}

fn set(record: &mut RunRecord, name: &str, value: ParamValue) {
    record.scenario.params.insert(name.to_owned(), value);
}

fn takes_part(record: &RunRecord, id: NodeId) -> bool {
    open(record).is_ok_and(|run| run.topology().contains(id))
}

#[test]
fn a_run_counts_for_a_goal_only_if_it_is_the_lessons_run() {
    let lesson = find("first-cut").and_then(LessonItem::lesson).expect("it is there");
    let (step, goal) = lesson.goal("two-leaders").expect("it has this goal");
    let ours = lesson.record(step, None).expect("it opens");
    let solved = lesson.solved(step, goal, None).expect("it is known here").expect("it opens");
    let said = |change: fn(&mut RunRecord)| {
        let mut record = solved.clone();
        change(&mut record);
        differences(&ours, &record, lesson.may(goal))
    };
    assert_eq!(said(|_| {}), Vec::<String>::new());
    assert_eq!(said(|record| record.scenario.seed = 12), ["its seed is 12, and has to be 11"]);
    assert_eq!(said(|record| record.scenario.nodes = 4), ["the number of servers is another"]);
    let election = said(|record| set(record, "election_timeout_min", ParamValue::Number(1_000_000)));
    assert_eq!(election, ["election_timeout_min is 1000000, and has to be 150000000"]);
    let flaw = said(|record| {
        record.scenario.flaws.insert("commit-old-terms".to_owned());
    });
    assert_eq!(flaw, ["the flaw commit-old-terms is switched on"]);
    let crash = said(|record| {
        use netsplit_sim::intervention::{CrashKind, Intervention, Scheduled};
        let what = Intervention::Crash(NodeId::server(0), CrashKind::KeepWritten);
        record.insert(Scheduled { at: SimTime::from_millis(1_500), rank: 0, what }.into());
    });
    assert_eq!(crash, ["what was done at 1.500 s may not be done here"], "only walls may be used");
    assert_eq!(said(|record| record.scenario.title = "Mine".to_owned()), Vec::<String>::new());
}

#[test]
fn a_lesson_that_is_not_true_is_noticed() {
    use netsplit_scenarios::expectation::Expectation;
    use netsplit_scenarios::lesson::content::Solution;
    let lesson = find("first-cut").and_then(LessonItem::lesson).expect("it is there");
    let anything = Expectation::Faults { at_most: 1_000 };
    let never = Expectation::None(vec![anything.clone()]);
    let (step, predict) = lesson.predictions().next().expect("it has one");
    let told = |expect: &Expectation| {
        let mut lie = predict.clone();
        lie.choices.iter_mut().for_each(|choice| choice.expect = expect.clone());
        wrong_prediction(&lesson, step, &lie, None).unwrap_or_default()
    };
    assert!(told(&anything).starts_with("2 choices come true"), "{}", told(&anything));
    assert!(told(&never).starts_with("0 choices come true"), "{}", told(&never));

    let (step, goal) = lesson.goals().next().expect("it has one");
    let wrong = |goal: Goal| wrong_goal(&lesson, step, &goal, None).unwrap_or_default();
    assert_eq!(wrong(goal.clone()), "");
    assert_eq!(wrong(Goal { expect: anything, ..goal.clone() }), "the untouched run meets it");
    assert_eq!(wrong(Goal { expect: never, ..goal.clone() }), "its solution does not meet it");
    let idle = Goal { solution: Some(Solution::Doing(Vec::new())), ..goal.clone() };
    assert_eq!(wrong(idle), "its solution does not meet it");
    let strict = Goal { may: Some(Default::default()), ..goal.clone() };
    assert_eq!(wrong(strict), "its solution does not count: what was done at 1.000 s may not be done here");
}

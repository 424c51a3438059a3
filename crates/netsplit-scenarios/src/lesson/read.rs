//! Reading the JSON that the build made of a lesson. What a block says about runs is read here, so a mistake
//! in it names the line of its block.

use std::collections::{BTreeMap, BTreeSet};

use netsplit_sim::describe::ParamValue;
use netsplit_sim::time::SimTime;
use serde_json::Value;

use super::LessonError;
use super::content::{
    Block, Choice, Goal, Lesson, LessonPlace, Predict, Question, Solution, Span, Stage, Step,
};
use super::control::Control;
use super::deed::{Deed, Done};
use super::may::{self, May};
use super::stage::Setting;
use crate::error::OpenError;
use crate::expectation::Expectation;
use crate::form::{At, Fields, Form, Read, read_params, read_what};
use crate::limits;

/// Blocks, items and steps of a lesson at most.
const PARTS: usize = 1_000;
/// Characters of a text of a lesson.
const PROSE: usize = 10_000;

impl Lesson {
    /// Reads what the build made of a lesson, or of its translation.
    pub fn from_json(name: &str, text: &str) -> Result<Self, LessonError> {
        let bad = |problem| LessonError::Bad { name: name.to_owned(), problem };
        let document: Value = serde_json::from_str(text)
            .map_err(|error| bad(OpenError::NotJson { line: error.line(), column: error.column() }))?;
        read_lesson(&At::top(&document)).map_err(|error| bad(*error))
    }
}

fn read_lesson(at: &At<'_>) -> Read<Lesson> {
    let fields = at.fields(&[
        "name", "title", "summary", "topic", "level", "minutes", "may", "personal", "setting", "intro",
        "steps",
    ])?;
    Ok(Lesson {
        name: fields.text("name", limits::TITLE)?,
        title: fields.text("title", limits::TITLE)?,
        summary: fields.text("summary", limits::SUMMARY)?,
        topic: fields.text("topic", limits::TITLE)?,
        level: fields.number("level", 1, 3)? as u8,
        minutes: fields.number("minutes", 1, 600)? as u16,
        personal: fields.switch("personal")?,
        setting: read_setting(&fields.get("setting")?)?,
        may: read_may(&fields.get("may")?)?,
        intro: each(&fields.get("intro")?, read_block)?,
        steps: each(&fields.get("steps")?, read_step)?,
    })
}

fn read_step(at: &At<'_>) -> Read<Step> {
    let fields = at.fields(&["title", "line", "stage", "body"])?;
    let line = fields.number("line", 1, limits::COUNT)?;
    let stage = fields.find("stage").map(|at| on_line(line, read_stage(&at))).transpose()?;
    Ok(Step {
        title: fields.text("title", limits::TITLE)?,
        stage,
        body: each(&fields.get("body")?, read_block)?,
    })
}

fn read_stage(at: &At<'_>) -> Read<Stage> {
    let fields = at.fields(&["setting", "at", "play", "select", "show"])?;
    let show = fields.find("show").map(|at| {
        let panels = super::control::PANELS.map(|name| (name, name.to_owned()));
        at.one_of(&panels)
    });
    Ok(Stage {
        setting: fields.find("setting").map(|at| read_setting(&at)).transpose()?,
        at: fields.read_if_any("at")?,
        play: fields.read_if_any("play")?,
        select: fields.read_if_any("select")?,
        show: show.transpose()?,
    })
}

fn read_setting(at: &At<'_>) -> Read<Setting> {
    let fields = at.fields(&["scenario", "seed", "params", "flaws", "do"])?;
    let scenario = fields.find("scenario").map(|at| at.text(limits::TITLE).map(str::to_owned)).transpose()?;
    let flaws = fields.find("flaws").map(|at| {
        at.items(PARTS)?.map(|flaw| Ok(flaw.text(limits::TEXT)?.to_owned())).collect::<Read<BTreeSet<_>>>()
    });
    Ok(Setting {
        scenario,
        seed: fields.find("seed").map(|at| at.number(0, limits::NUMBER)).transpose()?,
        params: fields
            .find("params")
            .map_or(Ok(BTreeMap::<String, ParamValue>::new()), |at| read_params(&at))?,
        flaws: flaws.transpose()?,
        doing: fields.find("do").map(|at| each(&at, read_done)).transpose()?,
    })
}

/// `{"at": …, "do": "crash:n3"}`, or `{"at": …, "what": {"crash": "n3"}}` in a document's words.
fn read_done(at: &At<'_>) -> Read<Done> {
    let fields = at.fields(&["at", "do", "what"])?;
    let moment: SimTime = fields.read("at")?;
    let what = match fields.find("what") {
        Some(what) => Deed::One(read_what(&what)?.0),
        None => read_deed(&fields.get("do")?)?,
    };
    Ok(Done { at: moment, what })
}

fn read_deed(at: &At<'_>) -> Read<Deed> {
    let text = at.text(limits::TEXT)?;
    match Control::parse(text) {
        Ok(Control::Do(deed)) => Ok(deed),
        Ok(_) => Err(at.impossible(format!("“{text}” does nothing to the system"))),
        Err(error) => Err(at.impossible(error.to_string())),
    }
}

fn read_may(at: &At<'_>) -> Read<May> {
    let mut may = May::default();
    for word in at.items(PARTS)? {
        if !may.allow(word.text(limits::TITLE)?) {
            return Err(word.bad(&format!("one of {}", may::KNOWN)));
        }
    }
    Ok(may)
}

const BLOCKS: [&str; 10] = ["p", "h", "ul", "ol", "quote", "code", "table", "predict", "goal", "question"];

fn read_block(at: &At<'_>) -> Read<Block> {
    let (kind, at) = at.choice(&BLOCKS)?;
    match kind {
        "p" => each(&at, read_span).map(Block::Paragraph),
        "h" => each(&at, read_span).map(Block::Heading),
        "ul" | "ol" => Ok(Block::List { ordered: kind == "ol", items: read_rows(&at, read_block)? }),
        "quote" => each(&at, read_block).map(Block::Quote),
        "code" => Ok(Block::Code(at.text(PROSE)?.to_owned())),
        "table" => read_table(&at),
        "predict" => on_line_of(&at, read_predict).map(Block::Predict),
        "goal" => on_line_of(&at, read_goal).map(Block::Goal),
        _ => on_line_of(&at, |fields| Ok(Question { ask: each(&fields.get("ask")?, read_span)? }))
            .map(Block::Question),
    }
}

/// Reads every item of a list.
fn each<T>(at: &At<'_>, read: fn(&At<'_>) -> Read<T>) -> Read<Vec<T>> {
    at.items(PARTS)?.map(|item| read(&item)).collect()
}

fn read_rows<T>(at: &At<'_>, read: fn(&At<'_>) -> Read<T>) -> Read<Vec<Vec<T>>> {
    at.items(PARTS)?.map(|item| each(&item, read)).collect()
}

fn read_table(at: &At<'_>) -> Read<Block> {
    let fields = at.fields(&["head", "rows"])?;
    let rows = fields.get("rows")?;
    let rows: Read<Vec<_>> = rows.items(PARTS)?.map(|row| read_rows(&row, read_span)).collect();
    Ok(Block::Table { head: read_rows(&fields.get("head")?, read_span)?, rows: rows? })
}

const SPANS: [&str; 3] = ["em", "strong", "code"];

/// A text, an object with one field, or one with a target and what stands in it.
fn read_span(at: &At<'_>) -> Read<Span> {
    if at.value().is_string() {
        return at.text(PROSE).map(|text| Span::Text(text.to_owned()));
    }
    if at.value().get("in").is_some() {
        return read_link(at);
    }
    let (kind, at) = at.choice(&SPANS)?;
    match kind {
        "em" => each(&at, read_span).map(Span::Emphasis),
        "strong" => each(&at, read_span).map(Span::Strong),
        _ => at.text(PROSE).map(|text| Span::Code(text.to_owned())),
    }
}

fn read_link(at: &At<'_>) -> Read<Span> {
    let fields = at.fields(&["in", "do", "line", "lesson", "run", "href"])?;
    if let Some(control) = fields.find("do") {
        let line = fields.number("line", 1, limits::COUNT)?;
        let read = Control::parse(control.text(limits::TEXT)?);
        let read = read.map_err(|error| control.impossible(error.to_string()));
        return Ok(Span::Control(fields.text("in", PROSE)?, on_line(line, read)?));
    }
    let inner = each(&fields.get("in")?, read_span)?;
    if let Some(place) = fields.find("lesson") {
        let place = place.parsed("a lesson such as quorums or quorums/3", LessonPlace::parse)?;
        return Ok(Span::Lesson(inner, place));
    }
    match fields.find("run") {
        Some(run) => Ok(Span::Run(inner, run.text(limits::FRAGMENT_BYTES)?.to_owned())),
        None => Ok(Span::Elsewhere(inner, fields.text("href", PROSE)?)),
    }
}

impl LessonPlace {
    /// Reads `quorums` or `quorums/3`.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, step) = match text.split_once('/') {
            Some((name, step)) => (name, Some(step.parse().ok().filter(|step| *step > 0)?)),
            None => (text, None),
        };
        let fine = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (!name.is_empty() && name.bytes().all(fine)).then(|| Self { name: name.to_owned(), step })
    }
}

fn read_predict(fields: &Fields<'_>) -> Read<Predict> {
    Ok(Predict {
        line: fields.number("line", 1, limits::COUNT)?,
        ask: each(&fields.get("ask")?, read_span)?,
        doing: each(&fields.get("do")?, read_done)?,
        from: fields.read_if_any("from")?,
        at: fields.read("at")?,
        why: read_prose(fields, "why")?,
        choices: each(&fields.get("choices")?, read_choice)?,
    })
}

fn read_choice(at: &At<'_>) -> Read<Choice> {
    let fields = at.fields(&["say", "expect"])?;
    Ok(Choice {
        say: each(&fields.get("say")?, read_span)?,
        expect: read_expectation(&fields.get("expect")?)?,
    })
}

fn read_goal(fields: &Fields<'_>) -> Read<Goal> {
    let solution = fields.find("solution").map(|at| read_solution(&at));
    Ok(Goal {
        line: fields.number("line", 1, limits::COUNT)?,
        name: fields.get("name")?.parsed("lower-case letters, digits and hyphens", |name| {
            LessonPlace::parse(name).filter(|place| place.step.is_none()).map(|place| place.name)
        })?,
        say: each(&fields.get("say")?, read_span)?,
        expect: read_expectation(&fields.get("expect")?)?,
        at: fields.read_if_any("at")?,
        may: fields.find("may").map(|at| read_may(&at)).transpose()?,
        hint: read_prose(fields, "hint")?,
        done: read_prose(fields, "done")?,
        solution: solution.transpose()?,
    })
}

fn read_solution(at: &At<'_>) -> Read<Solution> {
    match at.choice(&["link", "do"])? {
        ("link", at) => at.text(limits::FRAGMENT_BYTES).map(|link| Solution::Link(link.to_owned())),
        (_, at) => each(&at, read_done).map(Solution::Doing),
    }
}

fn read_prose(fields: &Fields<'_>, name: &'static str) -> Read<Vec<Span>> {
    fields.find(name).map_or(Ok(Vec::new()), |at| each(&at, read_span))
}

/// The block says when it is judged, so nothing in it has a moment of its own.
fn read_expectation(at: &At<'_>) -> Read<Expectation> {
    if has_moment(at.value()) {
        return Err(at.impossible("in a lesson the block says when: an expectation has no `at`".to_owned()));
    }
    Expectation::read_at(at)
}

fn has_moment(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.contains_key("at") || fields.values().any(has_moment),
        Value::Array(items) => items.iter().any(has_moment),
        _ => false,
    }
}

/// Keys of the blocks that do something; which belong to which the build has checked.
const KEYS: [&str; 14] = [
    "line", "ask", "do", "from", "at", "why", "choices", "name", "say", "expect", "may", "hint", "done",
    "solution",
];

/// Reads the fields of a block, whose mistakes name its line.
fn on_line_of<T>(at: &At<'_>, read: impl Fn(&Fields<'_>) -> Read<T>) -> Read<T> {
    let fields = at.fields(&KEYS)?;
    let line = fields.number("line", 1, limits::COUNT)?;
    on_line(line, read(&fields))
}

fn on_line<T>(line: u64, read: Read<T>) -> Read<T> {
    read.map_err(|error| {
        Box::new(OpenError::Impossible { place: format!("line {line}"), problem: error.to_string() })
    })
}

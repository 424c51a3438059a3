//! Reading a lesson from Markdown, at build time: front matter, steps, prose and blocks become JSON, which
//! is all that the page ever sees. The build script and the tests use this room; the library does not.
//!
//! Only the shape is checked here. What names, moments, expectations and controls mean is checked where the
//! JSON is read, and by running it.

mod block;
mod keys;
mod prose;
mod timed;

use std::fmt;

use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};
use serde_json::{Map, Value, json};

/// What is wrong with a lesson, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line of the file, from one.
    pub line: usize,
    /// What is wrong and what is allowed, in a sentence.
    pub problem: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.problem)
    }
}

/// What reading gives.
type Read<T> = Result<T, Mistake>;

/// An event of the Markdown, with the line on which it begins.
type Line<'a> = (Event<'a>, usize);

/// Reads a lesson.
pub fn read(name: &str, text: &str) -> Read<Value> {
    let lines = events(text);
    let (front, rest) = front_matter(&lines)?;
    let mut lesson = keys::front(front.0, front.1)?;
    lesson.insert("name".to_owned(), checked_name(name)?.into());
    let mut prose = prose::Prose::new(rest);
    lesson.insert("intro".to_owned(), prose.blocks_until_heading()?.into());
    lesson.insert("steps".to_owned(), steps(&mut prose)?.into());
    Ok(Value::Object(lesson))
}

/// Takes away what would give the game away: the goals' solutions.
pub fn hide_solutions(lesson: &mut Value) {
    match lesson {
        Value::Array(items) => items.iter_mut().for_each(hide_solutions),
        Value::Object(fields) => {
            fields.remove("solution");
            fields.values_mut().for_each(hide_solutions);
        }
        _ => {}
    }
}

fn events(text: &str) -> Vec<Line<'_>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let line_of = |offset: usize| starts.partition_point(|start| *start <= offset);
    Parser::new_ext(text, options)
        .into_offset_iter()
        .map(|(event, range)| (event, line_of(range.start)))
        .collect()
}

/// The text of the front matter with the line on which it begins, and what follows it.
fn front_matter<'a, 'b>(lines: &'b [Line<'a>]) -> Read<((&'b str, usize), &'b [Line<'a>])> {
    match lines {
        [
            (Event::Start(Tag::MetadataBlock(MetadataBlockKind::PlusesStyle)), line),
            (Event::Text(text), _),
            (Event::End(TagEnd::MetadataBlock(_)), _),
            rest @ ..,
        ] => Ok(((text, line + 1), rest)),
        _ => Err(mistake(1, "a lesson begins with its front matter, between two lines of +++")),
    }
}

fn steps(prose: &mut prose::Prose<'_, '_>) -> Read<Vec<Value>> {
    let mut steps = Vec::new();
    while let Some((title, line)) = prose.step_heading()? {
        let stage = prose.stage()?;
        let body = prose.blocks_until_heading()?;
        if body.is_empty() {
            return Err(mistake(line, "a step has something to read"));
        }
        steps.push(json!({ "title": title, "line": line, "stage": stage, "body": body }));
    }
    if steps.is_empty() {
        return Err(mistake(1, "a lesson has at least one step: a heading that begins with ##"));
    }
    Ok(steps)
}

/// File names are parts of links.
fn checked_name(name: &str) -> Read<&str> {
    let fine = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if !name.is_empty() && name.chars().all(fine) {
        return Ok(name);
    }
    Err(mistake(1, "the name of a lesson's file is made of lower-case letters, digits and hyphens"))
}

fn mistake(line: usize, problem: impl Into<String>) -> Mistake {
    Mistake { line, problem: problem.into() }
}

/// Fields of JSON.
type Fields = Map<String, Value>;

//! Prose: the events of the Markdown as blocks and runs of text. What the page could not show as plain
//! text nodes is a mistake.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag};
use serde_json::{Value, json};

use super::{Line, Mistake, Read, block, events, keys, mistake};

/// Controls by their first word; what follows it is read where they are done.
const CONTROLS: [&str; 26] = [
    "set", "flaw", "no-flaw", "seed", "go", "step", "play", "rest", "reset", "cut", "heal", "crash",
    "restart", "pause", "resume", "clock", "drift", "slow", "lose", "mend", "ask", "timer", "order",
    "select", "show", "tamper",
];

/// The events of a lesson, read from front to back.
pub(super) struct Prose<'a, 'b> {
    lines: &'b [Line<'a>],
    next: usize,
}

impl<'a, 'b> Prose<'a, 'b> {
    pub(super) fn new(lines: &'b [Line<'a>]) -> Self {
        Self { lines, next: 0 }
    }

    fn peek(&self) -> Option<&'b Event<'a>> {
        self.lines.get(self.next).map(|(event, _)| event)
    }

    fn line(&self) -> usize {
        self.lines.get(self.next).or(self.lines.last()).map_or(1, |(_, line)| *line)
    }

    fn take(&mut self) -> Option<&'b Event<'a>> {
        let event = self.peek();
        self.next += 1;
        event
    }

    /// The next step's title and line; `None` at the end.
    pub(super) fn step_heading(&mut self) -> Read<Option<(Value, usize)>> {
        let line = self.line();
        match self.take() {
            Some(Event::Start(Tag::Heading { level: HeadingLevel::H2, .. })) => {
                Ok(Some((plain(&self.inlines()?, line)?, line)))
            }
            _ => Ok(None),
        }
    }

    /// What the step sets, if its first block says so.
    pub(super) fn stage(&mut self) -> Read<Value> {
        let line = self.line() + 1;
        match self.peek() {
            Some(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind)))) if &**kind == "step" => {
                self.next += 1;
                keys::stage(&self.code(), line)
            }
            _ => Ok(Value::Null),
        }
    }

    /// Everything up to the next step.
    pub(super) fn blocks_until_heading(&mut self) -> Read<Vec<Value>> {
        let mut blocks = Vec::new();
        while let Some(event) = self.peek() {
            if matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H2, .. })) {
                break;
            }
            blocks.push(self.block()?);
        }
        Ok(blocks)
    }

    fn block(&mut self) -> Read<Value> {
        let line = self.line();
        match self.take() {
            Some(Event::Start(Tag::Paragraph)) => Ok(json!({ "p": self.inlines()? })),
            Some(Event::Start(Tag::Heading { level: HeadingLevel::H3, .. })) => {
                Ok(json!({ "h": self.inlines()? }))
            }
            Some(Event::Start(Tag::List(None))) => Ok(json!({ "ul": self.items()? })),
            Some(Event::Start(Tag::List(Some(_)))) => Ok(json!({ "ol": self.items()? })),
            Some(Event::Start(Tag::BlockQuote(_))) => Ok(json!({ "quote": self.until_end()? })),
            Some(Event::Start(Tag::Table(_))) => self.table(),
            Some(Event::Start(Tag::CodeBlock(kind))) => self.code_block(kind, line),
            other => Err(not_here(other, line)),
        }
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>, line: usize) -> Read<Value> {
        let text = self.code();
        let kind = match kind {
            CodeBlockKind::Fenced(kind) => &**kind,
            CodeBlockKind::Indented => "",
        };
        // The content begins on the line after the fence.
        Ok(block::block(kind, &text, line + 1)?.unwrap_or_else(|| json!({ "code": text.trim_end() })))
    }

    fn code(&mut self) -> String {
        let mut text = String::new();
        while let Some(event) = self.take() {
            match event {
                Event::Text(part) => text.push_str(part),
                _ => break,
            }
        }
        text
    }

    /// The items of a list: each is a list of blocks.
    fn items(&mut self) -> Read<Vec<Value>> {
        let mut items = Vec::new();
        while let Some(Event::Start(Tag::Item)) = self.take() {
            items.push(self.until_end()?.into());
        }
        Ok(items)
    }

    /// Blocks up to the end of what they stand in; loose text is a paragraph.
    fn until_end(&mut self) -> Read<Vec<Value>> {
        let mut blocks = Vec::new();
        loop {
            match self.peek() {
                Some(Event::End(_)) | None => {
                    self.next += 1;
                    return Ok(blocks);
                }
                Some(Event::Start(
                    Tag::Paragraph | Tag::List(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::Table(_),
                )) => blocks.push(self.block()?),
                Some(_) => blocks.push(json!({ "p": self.loose()? })),
            }
        }
    }

    fn table(&mut self) -> Read<Value> {
        let (mut head, mut rows) = (Vec::new(), Vec::new());
        loop {
            match self.take() {
                Some(Event::Start(Tag::TableHead)) => head = self.cells()?,
                Some(Event::Start(Tag::TableRow)) => rows.push(Value::from(self.cells()?)),
                _ => return Ok(json!({ "table": { "head": head, "rows": rows } })),
            }
        }
    }

    fn cells(&mut self) -> Read<Vec<Value>> {
        let mut cells = Vec::new();
        while let Some(Event::Start(Tag::TableCell)) = self.take() {
            cells.push(self.inlines()?.into());
        }
        Ok(cells)
    }

    /// Runs of text up to the end of what they stand in, which is taken too.
    fn inlines(&mut self) -> Read<Vec<Value>> {
        let runs = self.loose()?;
        self.next += 1;
        Ok(runs)
    }

    /// Runs of text up to an end, or a block.
    fn loose(&mut self) -> Read<Vec<Value>> {
        let mut runs: Vec<Value> = Vec::new();
        loop {
            let line = self.line();
            match self.peek() {
                Some(Event::End(_) | Event::Start(Tag::List(_) | Tag::Paragraph)) | None => return Ok(runs),
                Some(Event::Text(text)) => push_text(&mut runs, text),
                Some(Event::SoftBreak | Event::HardBreak) => push_text(&mut runs, " "),
                Some(Event::Code(text)) => runs.push(json!({ "code": &**text })),
                Some(Event::Start(tag @ (Tag::Emphasis | Tag::Strong | Tag::Link { .. }))) => {
                    self.next += 1;
                    let inner = self.inlines()?;
                    runs.push(around(tag, inner, line)?);
                    continue;
                }
                other => return Err(not_here(other, line)),
            }
            self.next += 1;
        }
    }
}

/// Runs of text of a single paragraph.
pub(super) fn paragraph(text: &str, line: usize) -> Read<Value> {
    let lines: Vec<Line<'_>> = events(text).into_iter().map(|(event, _)| (event, line)).collect();
    let mut prose = Prose::new(&lines);
    match prose.take() {
        Some(Event::Start(Tag::Paragraph)) => {}
        other => return Err(not_here(other, line)),
    }
    let runs = prose.inlines()?;
    match prose.take() {
        None => Ok(runs.into()),
        Some(_) => Err(mistake(line, "this text is one paragraph")),
    }
}

fn push_text(runs: &mut Vec<Value>, text: &str) {
    match runs.last_mut() {
        Some(Value::String(before)) => before.push_str(text),
        _ => runs.push(text.into()),
    }
}

fn around(tag: &Tag<'_>, inner: Vec<Value>, line: usize) -> Read<Value> {
    match tag {
        Tag::Emphasis => Ok(json!({ "em": inner })),
        Tag::Link { dest_url, .. } => link(dest_url, inner, line),
        _ => Ok(json!({ "strong": inner })),
    }
}

fn link(to: &str, inner: Vec<Value>, line: usize) -> Read<Value> {
    if let Some(control) = to.strip_prefix("do:") {
        let verb = control.split(':').next().unwrap_or_default();
        if !CONTROLS.contains(&verb) {
            let known = CONTROLS.join(", ");
            return Err(mistake(line, format!("“{verb}” is no control; known are {known}")));
        }
        return Ok(json!({ "do": control, "in": plain(&inner, line)?, "line": line }));
    }
    if let Some(lesson) = to.strip_prefix("lesson:") {
        return Ok(json!({ "lesson": lesson, "in": inner }));
    }
    match to {
        _ if to.starts_with('#') => Ok(json!({ "run": to, "in": inner })),
        _ if to.starts_with("https://") => Ok(json!({ "href": to, "in": inner })),
        _ => Err(mistake(line, format!("“{to}” is neither do:…, lesson:…, #… nor https://…"))),
    }
}

/// The text alone, for what can have no emphasis: headings of steps, and buttons.
fn plain(runs: &[Value], line: usize) -> Read<Value> {
    let texts: Option<Vec<&str>> = runs.iter().map(Value::as_str).collect();
    let text = texts.map(|texts| texts.concat()).filter(|text| !text.trim().is_empty());
    text.map(Value::from).ok_or_else(|| mistake(line, "this has to be plain text, without emphasis or code"))
}

fn not_here(event: Option<&Event<'_>>, line: usize) -> Mistake {
    let what = match event {
        Some(Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock)) => "HTML",
        Some(Event::Start(Tag::Image { .. })) => "a picture",
        Some(Event::Start(Tag::Heading { .. })) => "a heading other than ## and ###",
        Some(Event::Rule) => "a rule",
        _ => "this",
    };
    mistake(line, format!("{what} has no place in a lesson, or not here"))
}

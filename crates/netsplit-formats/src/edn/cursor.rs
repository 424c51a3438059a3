//! A position in a text, and what is blank there.

use super::Place;

/// What is still to be read, and where it begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    rest: &'a str,
    at: Place,
}

impl<'a> Cursor<'a> {
    /// At the beginning of a text, or of a part of one.
    pub(super) fn new(rest: &'a str, at: Place) -> Self {
        Self { rest, at }
    }

    pub(super) fn at(&self) -> Place {
        self.at
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// The character after the next.
    pub(super) fn peek_second(&self) -> Option<char> {
        self.rest.chars().nth(1)
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.rest = &self.rest[next.len_utf8()..];
        self.at = match next {
            '\n' => Place { line: self.at.line.saturating_add(1), column: 1 },
            _ => Place { column: self.at.column.saturating_add(1), ..self.at },
        };
        Some(next)
    }

    /// Takes all characters up to the first that is not wanted.
    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let before = self.rest;
        while self.peek().is_some_and(&wanted) {
            self.next();
        }
        &before[..before.len() - self.rest.len()]
    }

    /// Passes spaces, line ends, commas and comments.
    pub(super) fn skip_blank(&mut self) {
        loop {
            self.take_while(is_blank);
            if self.peek() != Some(';') {
                return;
            }
            self.take_while(|next| next != '\n');
        }
    }
}

pub(super) fn is_blank(next: char) -> bool {
    next.is_whitespace() || next == ','
}

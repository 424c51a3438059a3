//! From a text to data.

use super::cursor::Cursor;
use super::{BadEdn, DATA, DEPTH, Datum, Form, Place, Reason, atom};

/// Reads the elements of a text one after another, so that a long history is never in memory as data.
///
/// ```
/// use netsplit_formats::edn::reader::Elements;
/// use netsplit_formats::edn::Form;
///
/// let mut elements = Elements::of("[1, 2] ; a history");
/// assert_eq!(elements.advance()?.map(|datum| datum.form), Some(Form::Integer(1)));
/// assert_eq!(elements.advance()?.map(|datum| datum.form), Some(Form::Integer(2)));
/// assert_eq!(elements.advance()?, None);
/// # Ok::<(), netsplit_formats::edn::BadEdn>(())
/// ```
#[derive(Debug)]
pub struct Elements<'a> {
    reader: Reader<'a>,
    /// The bracket around all elements, if there is one.
    within: Option<Bracket>,
}

impl<'a> Elements<'a> {
    /// The elements of the one vector or list of a text, or else the data it holds side by side.
    pub fn of(text: &'a str) -> Self {
        let mut reader = Reader::at(text, Place { line: 1, column: 1 });
        reader.cursor.skip_blank();
        let within = match reader.cursor.peek() {
            Some('[') => Some(Bracket { closer: ']', name: "vector", at: reader.cursor.at() }),
            Some('(') => Some(Bracket { closer: ')', name: "list", at: reader.cursor.at() }),
            _ => None,
        };
        if within.is_some() {
            reader.cursor.next();
        }
        Self { reader, within }
    }

    /// The data that a part of a text holds side by side.
    pub fn side_by_side(text: &'a str, at: Place) -> Self {
        Self { reader: Reader::at(text, at), within: None }
    }

    /// The next element; `None` at the end.
    pub fn advance(&mut self) -> Result<Option<Datum>, BadEdn> {
        self.reader.left = DATA;
        let next = self.reader.element(self.within, 0)?;
        if next.is_none() && self.within.take().is_some() {
            return self.nothing_more();
        }
        Ok(next)
    }

    /// After the closing bracket only comments may come.
    fn nothing_more(&mut self) -> Result<Option<Datum>, BadEdn> {
        match self.reader.element(None, 0)? {
            Some(Datum { at, .. }) => Err(BadEdn { at, reason: Reason::After }),
            None => Ok(None),
        }
    }
}

/// What is open.
#[derive(Clone, Copy, Debug)]
struct Bracket {
    closer: char,
    name: &'static str,
    at: Place,
}

#[derive(Debug)]
struct Reader<'a> {
    cursor: Cursor<'a>,
    /// How many data may still come in this element.
    left: u32,
}

impl<'a> Reader<'a> {
    fn at(text: &'a str, at: Place) -> Self {
        Self { cursor: Cursor::new(text, at), left: DATA }
    }

    /// The next datum before the bracket closes, or the text ends if nothing is open.
    fn element(&mut self, within: Option<Bracket>, depth: u32) -> Result<Option<Datum>, BadEdn> {
        loop {
            self.cursor.skip_blank();
            let at = self.cursor.at();
            match (self.cursor.peek(), within) {
                (None, None) => return Ok(None),
                (None, Some(open)) => return bad(open.at, Reason::Unfinished(open.name)),
                (Some(next), Some(open)) if next == open.closer => {
                    self.cursor.next();
                    return Ok(None);
                }
                (Some(next @ (')' | ']' | '}')), _) => return bad(at, Reason::Unmatched(next)),
                (Some('#'), _) if self.cursor.peek_second() == Some('_') => self.discard(depth)?,
                (Some(_), _) => return self.datum(depth).map(Some),
            }
        }
    }

    fn discard(&mut self, depth: u32) -> Result<(), BadEdn> {
        let at = self.cursor.at();
        self.cursor.next();
        self.cursor.next();
        self.following(at, "#_", depth + 1).map(|_| ())
    }

    /// The datum that belongs to a tag or a discard.
    fn following(&mut self, at: Place, what: &'static str, depth: u32) -> Result<Datum, BadEdn> {
        if depth > DEPTH {
            return bad(at, Reason::TooDeep);
        }
        self.cursor.skip_blank();
        match self.cursor.peek() {
            None | Some(')' | ']' | '}') => bad(at, Reason::NothingFollows(what)),
            Some('#') if self.cursor.peek_second() == Some('_') => {
                self.discard(depth)?;
                self.following(at, what, depth + 1)
            }
            Some(_) => self.datum(depth),
        }
    }

    /// The datum that begins here.
    fn datum(&mut self, depth: u32) -> Result<Datum, BadEdn> {
        let at = self.cursor.at();
        if depth > DEPTH {
            return bad(at, Reason::TooDeep);
        }
        self.left = self.left.checked_sub(1).ok_or(BadEdn { at, reason: Reason::TooMany })?;
        let form = match self.cursor.peek() {
            Some('[') => Form::Sequence(self.many(']', "vector", depth)?),
            Some('(') => Form::Sequence(self.many(')', "list", depth)?),
            Some('{') => Form::Map(self.map(depth)?),
            Some('#') => self.marked(depth)?,
            Some('"') => atom::string(&mut self.cursor)?,
            Some('\\') => atom::character(&mut self.cursor)?,
            Some(':') => atom::keyword(&mut self.cursor)?,
            _ => atom::word(&mut self.cursor)?,
        };
        Ok(Datum { at, form })
    }

    fn many(&mut self, closer: char, name: &'static str, depth: u32) -> Result<Vec<Datum>, BadEdn> {
        let within = Some(Bracket { closer, name, at: self.cursor.at() });
        self.cursor.next();
        let mut all = Vec::new();
        while let Some(datum) = self.element(within, depth + 1)? {
            all.push(datum);
        }
        Ok(all)
    }

    fn map(&mut self, depth: u32) -> Result<Vec<(Datum, Datum)>, BadEdn> {
        let at = self.cursor.at();
        let mut data = self.many('}', "map", depth)?.into_iter();
        let mut pairs = Vec::new();
        while let Some(key) = data.next() {
            let value = data.next().ok_or(BadEdn { at, reason: Reason::OddMap })?;
            pairs.push((key, value));
        }
        Ok(pairs)
    }

    /// A set or a tagged datum.
    fn marked(&mut self, depth: u32) -> Result<Form, BadEdn> {
        let at = self.cursor.at();
        self.cursor.next();
        if self.cursor.peek() == Some('{') {
            return Ok(Form::Set(self.many('}', "set", depth)?));
        }
        let tag = atom::name(&mut self.cursor).to_owned();
        // ##Inf, ##NaN
        if tag.starts_with('#') {
            return Ok(Form::Other(format!("#{tag}")));
        }
        Ok(Form::Tagged(tag, Box::new(self.following(at, "tag", depth + 1)?)))
    }
}

fn bad<T>(at: Place, reason: Reason) -> Result<T, BadEdn> {
    Err(BadEdn { at, reason })
}

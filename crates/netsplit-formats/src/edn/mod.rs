//! Reading EDN, the notation of Clojure data, as far as histories use it.
//!
//! | concept | room |
//! |---|---|
//! | from a text to data, datum by datum | [`reader`] |
//! | where in the text, and what is blank there | `cursor` |
//! | numbers, strings and names | `atom` |
//! | from data to a text | `print` |
//!
//! A text is hostile: depth and number of data are bounded, and whatever it holds, the answer is data or a
//! place with a reason.

mod atom;
mod cursor;
mod print;
pub mod reader;

use thiserror::Error;

pub(crate) use print::quoted;

/// How deep collections and tags may be nested.
pub const DEPTH: u32 = 32;
/// How many data one element of a history may hold: a read of a large set holds thousands.
pub const DATA: u32 = 200_000;

/// A place in a text, both numbers from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line.
    pub line: u32,
    /// The character in it.
    pub column: u32,
}

/// A datum and where it begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Datum {
    /// Where.
    pub at: Place,
    /// What.
    pub form: Form,
}

/// The kinds of data.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// Nothing.
    Nil,
    /// `true` or `false`.
    Boolean(bool),
    /// A number of at most 64 bits.
    Integer(i64),
    /// Another number, a character or a symbol, as it is written: no operation needs to know more of it, and
    /// errors of a JVM hold many that are hardly EDN.
    Other(String),
    /// A text.
    Text(String),
    /// A keyword, without its colon.
    Keyword(String),
    /// A vector `[…]` or a list `(…)`: histories use either.
    Sequence(Vec<Datum>),
    /// A set `#{…}`.
    Set(Vec<Datum>),
    /// A map.
    Map(Vec<(Datum, Datum)>),
    /// A tag and what it marks.
    Tagged(String, Box<Datum>),
}

impl Datum {
    /// What lies under all tags.
    pub fn untagged(&self) -> &Datum {
        match &self.form {
            Form::Tagged(_, inner) => inner.untagged(),
            _ => self,
        }
    }
}

/// A text is no EDN.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {}, column {}: {reason}", at.line, at.column)]
pub struct BadEdn {
    /// Where.
    pub at: Place,
    /// Why.
    pub reason: Reason,
}

/// Why a text is no EDN.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Reason {
    /// The text ends too early.
    #[error("the text ends within the {0} that begins here")]
    Unfinished(&'static str),
    /// A bracket that closes nothing.
    #[error("{0} closes nothing here")]
    Unmatched(char),
    /// A key without a value.
    #[error("this map ends with a key that has no value")]
    OddMap,
    /// A tag or a discard with nothing behind it.
    #[error("nothing follows this {0}")]
    NothingFollows(&'static str),
    /// No such escape.
    #[error("\\{0} means nothing in a string; there are \\n, \\t, \\r, \\b, \\f, \\\", \\\\ and \\uXXXX")]
    BadEscape(char),
    /// A keyword without a name.
    #[error("a keyword needs a name after its colon")]
    NamelessKeyword,
    /// Nothing begins like this.
    #[error("no datum begins with {0:?}")]
    Unreadable(char),
    /// Nested too deeply.
    #[error("nested deeper than {DEPTH}")]
    TooDeep,
    /// Something after the end.
    #[error("nothing may follow the closing bracket")]
    After,
    /// Too many data.
    #[error("more than {DATA} data in one element")]
    TooMany,
}

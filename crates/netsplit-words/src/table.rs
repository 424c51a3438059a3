//! The sentences of another language, and which language is spoken.
//!
//! A table is text: the code of its language in the first line, then a sentence a line, each behind the hash
//! of its English as eight hexadecimal digits, in ascending order. Line breaks in sentences are `\u{b}`.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;

use crate::{Language, Pseudo};

/// The sentences of a language, by the hash of their English.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    language: Language,
    sentences: Vec<(u32, &'static str)>,
}

/// Why a text is no table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableError {
    /// The first line names no language that is known.
    Language(String),
    /// A line is no hash with a sentence.
    Line(usize),
    /// A line's hash is not above that of the line before.
    Order(usize),
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Language(code) => write!(f, "the table is for {code:?}, but only en and de are known"),
            Self::Line(line) => write!(f, "line {line} of the table is not eight digits and a sentence"),
            Self::Order(line) => write!(f, "line {line} of the table is not in ascending order"),
        }
    }
}

impl std::error::Error for TableError {}

impl Table {
    /// Reads a table. It is kept for as long as the program runs, so that texts from it are like literals.
    pub fn parse(text: &str) -> Result<&'static Self, TableError> {
        let (code, body) = text.split_once('\n').unwrap_or((text, ""));
        let language = Language::of(code).ok_or_else(|| TableError::Language(code.to_owned()))?;
        let body: &'static str = Box::leak(body.into());
        let mut sentences: Vec<(u32, &'static str)> = Vec::new();
        for (line, row) in body.lines().enumerate() {
            let (hash, sentence) = row_of(row).ok_or(TableError::Line(line + 2))?;
            if sentences.last().is_some_and(|(before, _)| *before >= hash) {
                return Err(TableError::Order(line + 2));
            }
            sentences.push((hash, sentence));
        }
        Ok(Box::leak(Box::new(Self { language, sentences })))
    }

    fn get(&self, english: &str) -> Option<&'static str> {
        let sought = hash(english);
        let at = self.sentences.binary_search_by_key(&sought, |(hash, _)| *hash).ok()?;
        Some(self.sentences[at].1)
    }
}

fn row_of(row: &'static str) -> Option<(u32, &'static str)> {
    let (digits, sentence) = row.split_at_checked(8)?;
    let hash = u32::from_str_radix(digits, 16).ok()?;
    if sentence.contains('\u{b}') {
        return Some((hash, Box::leak(sentence.replace('\u{b}', "\n").into())));
    }
    Some((hash, sentence))
}

/// The key of an English text: FNV-1a with 32 bits. The build refuses two texts with one key.
pub const fn hash(english: &str) -> u32 {
    let text = english.as_bytes();
    let (mut hash, mut at) = (0x811c_9dc5_u32, 0);
    while at < text.len() {
        hash = (hash ^ text[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash
}

/// What is spoken.
#[derive(Clone, Copy)]
enum Spoken {
    English,
    Table(&'static Table),
    Pseudo(Pseudo),
}

thread_local! {
    static SPOKEN: Cell<Spoken> = const { Cell::new(Spoken::English) };
    /// What a pseudo-language has said, so that its texts are like literals too.
    static MADE: RefCell<BTreeMap<(Pseudo, String), &'static str>> = const { RefCell::new(BTreeMap::new()) };
}

/// Speaks the language of this table from now on. What was said before stays as it was, so it comes first.
pub fn speak(table: &'static Table) {
    SPOKEN.set(Spoken::Table(table));
}

impl Pseudo {
    /// Speaks this pseudo-language from now on.
    pub fn speak(self) {
        SPOKEN.set(Spoken::Pseudo(self));
    }
}

/// Speaks the language of this table while something is done: for tests.
pub fn within<T>(table: &'static Table, work: impl FnOnce() -> T) -> T {
    let before = SPOKEN.replace(Spoken::Table(table));
    let done = work();
    SPOKEN.set(before);
    done
}

/// Speaks English while something is done: for what machines read.
pub fn in_english<T>(work: impl FnOnce() -> T) -> T {
    let before = SPOKEN.replace(Spoken::English);
    let done = work();
    SPOKEN.set(before);
    done
}

/// A number for what is spoken, for whoever keeps translated texts: zero for English.
pub fn tongue() -> usize {
    match SPOKEN.get() {
        Spoken::English => 0,
        Spoken::Table(table) => std::ptr::from_ref(table).addr(),
        Spoken::Pseudo(pseudo) => pseudo.code.as_ptr().addr(),
    }
}

/// The language that is spoken; English for a pseudo-language.
pub fn language() -> Language {
    match SPOKEN.get() {
        Spoken::Table(table) => table.language,
        Spoken::English | Spoken::Pseudo(_) => Language::ENGLISH,
    }
}

pub(crate) fn lookup(english: &str) -> Option<&'static str> {
    match SPOKEN.get() {
        Spoken::English => None,
        Spoken::Table(table) => table.get(english),
        Spoken::Pseudo(pseudo) => MADE.with_borrow_mut(|made| {
            let key = (pseudo, english.to_owned());
            Some(*made.entry(key).or_insert_with(|| Box::leak(pseudo.of(english).into())))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::say;

    fn german(pairs: &[(&str, &str)]) -> &'static Table {
        let mut rows: Vec<_> =
            pairs.iter().map(|(english, german)| format!("{:08x}{german}", hash(english))).collect();
        rows.sort();
        Table::parse(&format!("de\n{}", rows.join("\n"))).expect("a table made in order")
    }

    #[test]
    fn a_table_speaks_for_the_sentences_it_has_and_english_for_the_others() {
        let table = german(&[("Play", "Abspielen"), ("{n} of {all}", "{n} von {all}")]);
        let said = within(table, || (say!("Play"), say!("{n} of {all}", n = 2, all = 5), say!("Pause")));
        assert_eq!(said, ("Abspielen", "2 von 5".to_owned(), "Pause"));
        assert_eq!(say!("Play"), "Play");
    }

    #[test]
    fn a_malformed_table_is_refused_with_its_line() {
        assert_eq!(Table::parse("xx\n"), Err(TableError::Language("xx".to_owned())));
        assert_eq!(Table::parse("de\n00000001eins\n1x"), Err(TableError::Line(3)));
        assert_eq!(Table::parse("de\n00000002zwei\n00000001eins"), Err(TableError::Order(3)));
    }

    #[test]
    fn line_breaks_come_back() {
        let table = german(&[("one\ntwo", "eins\u{b}zwei")]);
        assert_eq!(within(table, || say!("one\ntwo")), "eins\nzwei");
    }

    #[test]
    fn a_pseudo_language_is_made_of_the_keys_and_keeps_arguments() {
        Pseudo::of_code("xx-brackets").expect("it is known").speak();
        let said = (say!("Play"), say!("{n} of {all}", n = 2, all = 5));
        SPOKEN.set(Spoken::English);
        assert_eq!(said, ("⟦Play⟧", "⟦2 of 5⟧".to_owned()));
    }
}

//! From the translators' files, one for each room of the program, to a table: the build and the test that
//! no sentence is missing read them by this one way.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::template::{braced, forms_of, quoted};
use crate::{Language, hash, toml};

/// The sentences of a language, by their English.
#[derive(Debug, Default)]
pub struct Dictionary {
    pairs: BTreeMap<String, Translation>,
}

/// A sentence and where it stands.
#[derive(Debug)]
struct Translation {
    text: String,
    place: Place,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// From one.
    pub line: usize,
}

/// What is wrong with the translators' files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceError {
    /// A line is not `"English" = "translation"`.
    Line(Place),
    /// A text is translated in another way elsewhere.
    Twice(Place, Place),
    /// Arguments, choices or forms are not those of the English.
    Shape(Place, String),
    /// Two English texts have the same hash, so one must be changed by a letter.
    Collision(String, String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(place) => write!(f, "{place} is not: \"English\" = \"translation\""),
            Self::Twice(place, other) => {
                write!(f, "{place} translates a text in another way than {other} does; one must go")
            }
            Self::Shape(place, why) => write!(f, "{place}: {why}"),
            Self::Collision(one, other) => {
                write!(f, "{one:?} and {other:?} have the same hash; change a letter of one")
            }
        }
    }
}

impl std::error::Error for SourceError {}

impl Dictionary {
    /// Adds the pairs of a file. The same pair may stand in several files: rooms do not know each other.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), SourceError> {
        for (index, line) in text.lines().enumerate() {
            let place = Place { file: file.to_owned(), line: index + 1 };
            match toml::pair(line) {
                Ok(None) => {}
                Ok(Some((english, translated))) => self.add_pair(english, translated, place)?,
                Err(()) => return Err(SourceError::Line(place)),
            }
        }
        Ok(())
    }

    fn add_pair(&mut self, english: String, text: String, place: Place) -> Result<(), SourceError> {
        same_shape(&english, &text).map_err(|why| SourceError::Shape(place.clone(), why))?;
        match self.pairs.entry(english) {
            Entry::Occupied(known) if known.get().text != text => {
                Err(SourceError::Twice(place, known.get().place.clone()))
            }
            Entry::Occupied(_) => Ok(()),
            Entry::Vacant(free) => {
                free.insert(Translation { text, place });
                Ok(())
            }
        }
    }

    /// Every English text it has, with the place of its translation.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.pairs.iter().map(|(english, translation)| (english.as_str(), &translation.place))
    }

    /// Whether it translates a text.
    pub fn has(&self, english: &str) -> bool {
        self.pairs.contains_key(english)
    }

    /// The table that [`Table::parse`](crate::Table::parse) reads.
    pub fn table(&self, language: Language) -> Result<String, SourceError> {
        let mut rows: BTreeMap<u32, (&str, &str)> = BTreeMap::new();
        for (english, translation) in &self.pairs {
            if let Some((other, _)) = rows.insert(hash(english), (english, &translation.text)) {
                return Err(SourceError::Collision(english.clone(), other.to_owned()));
            }
        }
        let mut table = format!("{}\n", language.code);
        for (hash, (_, text)) in rows {
            table.push_str(&format!("{hash:08x}{}\n", text.replace('\n', "\u{b}")));
        }
        Ok(table)
    }
}

/// A line for a translators' file, to be completed.
pub fn missing_line(english: &str) -> String {
    format!("{} = \"\"", toml::quoted(english))
}

/// Whether a translation has the arguments, choices and forms of its English.
fn same_shape(english: &str, translated: &str) -> Result<(), String> {
    if translated.trim().is_empty() && !english.trim().is_empty() {
        return Err("the translation is empty".to_owned());
    }
    let (wanted, found) = (shape(english)?, shape(translated)?);
    if let Some(missing) = wanted.difference(&found).next() {
        return Err(format!("the translation lacks {{{missing}}}"));
    }
    match found.difference(&wanted).next() {
        Some(extra) => Err(format!("the translation has {{{extra}}}, which the English has not")),
        None => Ok(()),
    }
}

/// What a text has between braces: arguments, and the forms of choices.
fn shape(text: &str) -> Result<BTreeSet<String>, String> {
    let mut found = BTreeSet::new();
    collect(text, &mut found)?;
    Ok(found)
}

fn collect(mut rest: &str, found: &mut BTreeSet<String>) -> Result<(), String> {
    while let Some(at) = rest.find(['{', '}', '\'']) {
        let special = &rest[at..];
        if quoted(special).is_some() {
            rest = &special[3..];
        } else if special.starts_with('{') {
            let (inside, after) = braced(special);
            if special.len() != inside.len() + after.len() + 2 {
                return Err("a brace is left open".to_owned());
            }
            collect_argument(inside, found)?;
            rest = after;
        } else if special.starts_with('}') {
            return Err("a brace is closed that is not open".to_owned());
        } else {
            rest = &special[1..];
        }
    }
    Ok(())
}

fn collect_argument(inside: &str, found: &mut BTreeSet<String>) -> Result<(), String> {
    let Some((name, choice)) = inside.split_once(',') else {
        // `{2 node}` is the second value of a rule that has `{node}` twice.
        found.insert(
            inside.trim_start_matches(|place: char| place.is_ascii_digit() || place == ' ').to_owned(),
        );
        return Ok(());
    };
    let (kind, forms) = choice.split_once(',').unwrap_or((choice, ""));
    let kind = kind.trim();
    if !matches!(kind, "plural" | "select") {
        return Err(format!("{kind:?} is neither plural nor select"));
    }
    let mut keys = BTreeSet::new();
    for (key, words) in forms_of(forms) {
        keys.insert(key);
        found.insert(format!("{name}, {kind}, {key}"));
        collect(words, found)?;
    }
    if !keys.contains("other") {
        return Err(format!("the choice by {name} has no form `other`"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Table, say, within};

    fn read(text: &str) -> Result<Dictionary, SourceError> {
        let mut dictionary = Dictionary::default();
        dictionary.add("view.toml", text).map(|()| dictionary)
    }

    #[test]
    fn what_translators_write_is_what_readers_see() {
        let dictionary =
            read("# buttons\n\"Play\" = \"Abspielen\"\n\"Stop\" = \"Halt\"\n").expect("two pairs");
        let table = dictionary.table(Language::GERMAN).expect("no collision");
        let table = Table::parse(&table).expect("a table in order");
        assert_eq!(within(table, || [say!("Play"), say!("Stop")]), ["Abspielen", "Halt"]);
    }

    #[test]
    fn a_translation_with_other_arguments_is_refused() {
        let refused = |text| read(text).expect_err("the shapes differ").to_string();
        assert_eq!(
            refused(r#""{n} of {all}" = "{n} von allen""#),
            "view.toml:1: the translation lacks {all}"
        );
        let plural = r#""{n, plural, one {#} other {# s}}" = "{n, plural, other {# en}}""#;
        assert_eq!(refused(plural), "view.toml:1: the translation lacks {n, plural, one}");
        assert_eq!(refused(r#""{n}" = "{n""#), "view.toml:1: a brace is left open");
    }

    #[test]
    fn two_translations_of_one_text_are_refused_and_the_same_twice_is_not() {
        assert!(read("\"a\" = \"b\"\n\"a\" = \"b\"").is_ok());
        let refused = read("\"a\" = \"b\"\n\"a\" = \"c\"").expect_err("they differ");
        assert_eq!(
            refused.to_string(),
            "view.toml:2 translates a text in another way than view.toml:1 does; one must go"
        );
    }
}

//! Whole sentences in the language of the reader.
//!
//! The English sentence stands in the code and is the key of its translations:
//!
//! ```
//! use netsplit_words::say;
//!
//! let button: &'static str = say!("Play");
//! let side: String = say!("{n} of {all}: cannot commit", n = 2, all = 5);
//! let found = say!("{count, plural, one {# event} other {# events}}", count = 1);
//! assert_eq!((button, &*side, &*found), ("Play", "2 of 5: cannot commit", "1 event"));
//! ```
//!
//! English needs no table. Another language is a [`Table`] of hash and sentence, made at build time from
//! `lang/<code>/*.toml` by [`source`], fetched when it is asked for and set by [`speak`] before the first
//! picture. A text of a `const` table is marked by [`word!`] and looked up by [`told`] where it is shown.
//!
//! | file | what |
//! |---|---|
//! | `template.rs` | sentences with arguments, plurals and choices |
//! | `check.rs` | whether a sentence has the arguments it names, at compile time |
//! | `table.rs` | the sentences of another language |
//! | `language.rs` | plural rules and marks of numbers, a row a language |
//! | `pseudo.rs` | languages made of the English keys, for tests |
//! | `source.rs`, `toml.rs` | from the translators' files to a table |

#![warn(missing_docs)]

mod check;
mod language;
mod pseudo;
pub mod source;
mod table;
pub mod template;
mod toml;

use std::fmt::Display;

#[doc(hidden)]
pub use check::{names_what_it_gets, takes_nothing};
pub use language::Language;
pub use pseudo::Pseudo;
pub use table::{Table, TableError, hash, in_english, language, speak, tongue, within};

/// A message in the language of the reader: the whole sentence in English, then its arguments by name.
///
/// Without arguments it is a `&'static str`, with arguments a `String`; an argument is anything that is
/// `Display`, and `n` alone is short for `n = n`. Whether the names match is checked at compile time.
#[macro_export]
macro_rules! say {
    ($text:literal $(,)?) => {{
        const { $crate::takes_nothing($text) };
        $crate::told($text)
    }};
    ($text:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {{
        const { $crate::names_what_it_gets($text, &[$(stringify!($name)),+]) };
        $crate::filled($text, &[$((stringify!($name), &$crate::argument!($name $(= $value)?))),+])
    }};
}

/// A text of a `const` table: itself in English, [`told`] in the language of the reader where it is shown.
#[macro_export]
macro_rules! word {
    ($text:literal $(,)?) => {
        $text
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! argument {
    ($name:ident) => {
        $name
    };
    ($name:ident = $value:expr) => {
        $value
    };
}

/// A text that a [`word!`] marks, in the language of the reader; in English if that language has none.
pub fn told(english: &'static str) -> &'static str {
    found(english).unwrap_or(english)
}

/// A text from a document or a table, in the language of the reader; `None` for English, and if there is none.
pub fn found(english: &str) -> Option<&'static str> {
    table::lookup(english)
}

/// What [`say!`] does: the sentence in the language of the reader, filled.
pub fn filled(english: &'static str, arguments: &[(&str, &dyn Display)]) -> String {
    let mut text = String::new();
    template::fill(told(english), arguments, &mut |piece| text.push_str(piece.text));
    text
}

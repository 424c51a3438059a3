//! Whole sentences whose arguments point to what they name.

use std::fmt::Display;

use netsplit_words::{template, told};

use super::{Part, Sentence, Target};
use crate::history::Moment;
use crate::id::NodeId;

/// A sentence in the language of the reader, like `netsplit_words::say!`, but with arguments that can point to
/// what they name: participants, moments, and sentences of one part such as a message.
#[macro_export]
macro_rules! sentence {
    ($text:literal $(,)?) => {{
        const { $crate::describe::takes_nothing($text) };
        $crate::describe::Sentence::told($text, &[])
    }};
    ($text:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {{
        const { $crate::describe::names_what_it_gets($text, &[$(stringify!($name)),+]) };
        $crate::describe::Sentence::told(
            $text,
            &[$((stringify!($name), &$crate::describe::argument!($name $(= $value)?))),+],
        )
    }};
}

/// Something that a sentence can name.
pub trait Named {
    /// Its words, with what they point to.
    fn parts(&self) -> Vec<Part>;
}

fn part(text: String, target: Option<Target>) -> Vec<Part> {
    vec![Part { text, target }]
}

impl Named for NodeId {
    fn parts(&self) -> Vec<Part> {
        part(self.to_string(), Some(Target::Node(*self)))
    }
}

impl Named for Moment {
    fn parts(&self) -> Vec<Part> {
        part(self.time.to_string(), Some(Target::Moment(*self)))
    }
}

/// Names in a row: `n1, n3 and n4`.
impl Named for [NodeId] {
    fn parts(&self) -> Vec<Part> {
        let (last, before) = match self {
            [] => return Vec::new(),
            [one] => return one.parts(),
            [before @ .., last] => (last, before),
        };
        let mut first = Sentence::default();
        for (place, id) in before.iter().enumerate() {
            if place > 0 {
                first.parts.extend(", ".parts());
            }
            first.parts.extend(id.parts());
        }
        sentence!("{first} and {last}", first, last = *last).parts
    }
}

impl Named for Vec<NodeId> {
    fn parts(&self) -> Vec<Part> {
        self.as_slice().parts()
    }
}

impl Named for Sentence {
    fn parts(&self) -> Vec<Part> {
        self.parts.clone()
    }
}

impl<T: Named + ?Sized> Named for &T {
    fn parts(&self) -> Vec<Part> {
        (**self).parts()
    }
}

macro_rules! named_by_display {
    ($($plain:ty),+) => {
        $(impl Named for $plain {
            fn parts(&self) -> Vec<Part> {
                part(self.to_string(), None)
            }
        })+
    };
}

named_by_display!(str, String, u8, u16, u32, u64, usize, i64, crate::time::SimTime, crate::time::SimDuration);

impl Sentence {
    /// What [`sentence!`](crate::sentence) does.
    pub fn told(english: &'static str, arguments: &[(&str, &dyn Named)]) -> Self {
        let parts: Vec<_> = arguments.iter().map(|(_, named)| named.parts()).collect();
        let texts: Vec<String> =
            parts.iter().map(|parts| parts.iter().map(|part| part.text.as_str()).collect()).collect();
        let shown: Vec<(&str, &dyn Display)> =
            arguments.iter().zip(&texts).map(|((name, _), text)| (*name, text as &dyn Display)).collect();
        let mut sentence = Self::default();
        template::fill(told(english), &shown, &mut |piece| match piece.argument {
            Some(position) => sentence.parts.extend(parts[position].iter().cloned()),
            None => sentence.parts.extend(piece.text.parts()),
        });
        sentence
    }

    /// Goes on with another sentence, unless one of them is empty.
    #[must_use]
    pub fn then(mut self, next: Self) -> Self {
        if !self.parts.is_empty() && !next.parts.is_empty() {
            self.parts.extend(" ".parts());
        }
        self.parts.extend(next.parts);
        self
    }

    /// The same about a rule of this section.
    #[must_use]
    pub fn of(self, section: &'static str) -> Self {
        Self { section, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_keep_what_they_point_to() {
        let ids = [1, 3, 4].map(NodeId::server);
        let told =
            sentence!("The disks of {ids} have {n} entries.", ids = ids.as_slice(), n = 2_u32).of("§5.3");
        assert_eq!(told.text(), "The disks of n2, n4 and n5 have 2 entries.");
        let targets: Vec<_> = told.parts.iter().filter_map(|part| part.target).collect();
        assert_eq!((targets, told.section), (ids.map(Target::Node).to_vec(), "§5.3"));
    }
}

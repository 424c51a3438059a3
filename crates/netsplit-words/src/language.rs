//! What differs between languages besides their sentences: plural rules and the marks of numbers.

/// A language of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its code, as `lang` attributes and links have it: `de`.
    pub code: &'static str,
    /// Between whole and part: `.` or `,`.
    pub decimal: char,
    /// Between thousands.
    pub group: char,
    plural: Plural,
}

/// How a language chooses the form of a noun that goes with a number, after Unicode's CLDR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plural {
    /// One has a form of its own, everything else another.
    OneOrOther,
}

impl Language {
    /// What the keys are in.
    pub const ENGLISH: Self = Self { code: "en", decimal: '.', group: ',', plural: Plural::OneOrOther };
    /// The second language.
    pub const GERMAN: Self = Self { code: "de", decimal: ',', group: '.', ..Self::ENGLISH };

    /// The language with this code.
    pub fn of(code: &str) -> Option<Self> {
        [Self::ENGLISH, Self::GERMAN].into_iter().find(|language| language.code == code)
    }

    /// The form of a noun that goes with a number, as it is shown.
    pub fn form(&self, number: &str) -> &'static str {
        match self.plural {
            Plural::OneOrOther if number == "1" => "one",
            Plural::OneOrOther => "other",
        }
    }
}

//! Languages made of the English keys, which show where a page breaks: too long, the other way round, a
//! sentence that is taken for markup, or a text that no table could reach.

/// A pseudo-language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pseudo {
    /// Its code, as `lang=` has it.
    pub code: &'static str,
    /// Whether it is written from right to left.
    pub from_right: bool,
    before: &'static str,
    twice: bool,
    after: &'static str,
}

const PLAIN: Pseudo = Pseudo { code: "", from_right: false, before: "", twice: false, after: "" };

/// Every pseudo-language. A page that says `<img` as it stands is safe; one that has an image is not.
const ALL: [Pseudo; 4] = [
    Pseudo { code: "xx-brackets", before: "⟦", after: "⟧", ..PLAIN },
    Pseudo { code: "xx-long", twice: true, ..PLAIN },
    Pseudo { code: "xx-right", from_right: true, before: "\u{202e}", after: "\u{202c}", ..PLAIN },
    Pseudo { code: "xx-script", before: "<img src=x onerror=\"window.injected=1\">", ..PLAIN },
];

impl Pseudo {
    /// The pseudo-language with this code.
    pub fn of_code(code: &str) -> Option<Self> {
        ALL.into_iter().find(|pseudo| pseudo.code == code)
    }

    /// What it makes of an English text.
    pub(crate) fn of(&self, english: &str) -> String {
        let Self { before, after, .. } = self;
        if self.twice {
            return format!("{english} {english}");
        }
        format!("{before}{english}{after}")
    }
}

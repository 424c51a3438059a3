//! Sentences with arguments.
//!
//! `{name}` is an argument. `{n, plural, one {# event} other {# events}}` chooses by the plural rule of the
//! language, `=0 {no event}` by the very number, and `#` is the number. `{kind, select, read {…} other {…}}`
//! chooses by the text of an argument. The first form that fits is taken; forms may hold arguments. A brace
//! that is meant is written `'{'` or `'}'`.

use std::fmt::Display;

/// Some words of a filled sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The words.
    pub text: &'a str,
    /// The position among the arguments, if it is one.
    pub argument: Option<usize>,
}

/// Fills a sentence, piece by piece, in the order of the sentence.
pub fn fill(template: &str, arguments: &[(&str, &dyn Display)], sink: &mut dyn FnMut(Piece<'_>)) {
    Filling { arguments, sink }.text(template, "#");
}

struct Filling<'a> {
    arguments: &'a [(&'a str, &'a dyn Display)],
    sink: &'a mut dyn FnMut(Piece<'_>),
}

impl Filling<'_> {
    /// Plain words, with what `#` stands for in them.
    fn text(&mut self, mut rest: &str, number: &str) {
        while let Some(at) = rest.find(['{', '#', '\'']) {
            self.words(&rest[..at]);
            let special = &rest[at..];
            rest = if let Some(brace) = quoted(special) {
                self.words(brace);
                &special[3..]
            } else if special.starts_with('{') {
                let (inside, after) = braced(special);
                self.argument(inside);
                after
            } else {
                self.words(if special.starts_with('#') { number } else { "'" });
                &special[1..]
            };
        }
        self.words(rest);
    }

    fn words(&mut self, text: &str) {
        if !text.is_empty() {
            (self.sink)(Piece { text, argument: None });
        }
    }

    /// What stands between braces: a name, or a name, `plural` or `select`, and forms.
    fn argument(&mut self, inside: &str) {
        let (name, choice) = inside.split_once(',').unwrap_or((inside, ""));
        let Some(position) = self.arguments.iter().position(|(known, _)| *known == name.trim()) else {
            // Tables are checked when they are built; whoever sees this sees what is missing.
            return self.words(inside);
        };
        let shown = self.arguments[position].1.to_string();
        let Some((kind, forms)) = choice.split_once(',') else {
            return (self.sink)(Piece { text: &shown, argument: Some(position) });
        };
        let form = if kind.trim() == "plural" { crate::language().form(&shown) } else { "other" };
        let fits = |key: &str| key == form || key == "other" || key.strip_prefix('=').unwrap_or(key) == shown;
        if let Some((_, words)) = forms_of(forms).find(|(key, _)| fits(key)) {
            self.text(words, &shown);
        }
    }
}

/// The forms of a choice, each with its key.
pub(crate) fn forms_of(mut rest: &str) -> impl Iterator<Item = (&str, &str)> {
    std::iter::from_fn(move || {
        let at = rest.find('{')?;
        let key = rest[..at].trim();
        let (words, after) = braced(&rest[at..]);
        rest = after;
        Some((key, words))
    })
}

/// The brace that a text begins with in quotes.
pub(crate) fn quoted(text: &str) -> Option<&str> {
    (text.starts_with("'{'") || text.starts_with("'}'")).then(|| &text[1..2])
}

/// Splits a text that begins with a brace into what it encloses and what follows.
pub(crate) fn braced(text: &str) -> (&str, &str) {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        match text.as_bytes()[at] {
            b'\'' if quoted(&text[at..]).is_some() => at += 2,
            b'{' => depth += 1,
            b'}' if depth == 1 => return (&text[1..at], &text[at + 1..]),
            b'}' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    (&text[1..], "")
}

#[cfg(test)]
mod tests {
    use crate::say;

    #[test]
    fn arguments_stand_where_the_sentence_names_them() {
        let n = 2;
        assert_eq!(say!("{n} of {all}: cannot commit", n, all = 5), "2 of 5: cannot commit");
        assert_eq!(say!("the server's '{'{n}'}'", n), "the server's {2}");
    }

    #[test]
    fn a_plural_takes_the_first_form_that_fits() {
        let told = |count: u64| {
            say!(
                "{count, plural, =0 {nothing} one {# entry of {node}} other {# entries of {node}}}!",
                count,
                node = "n1"
            )
        };
        assert_eq!([0, 1, 2].map(told), ["nothing!", "1 entry of n1!", "2 entries of n1!"]);
    }

    #[test]
    fn a_choice_goes_by_the_text_of_its_argument() {
        let told = |kind: &str| say!("It {kind, select, read {reads} cas {compares} other {writes}}.", kind);
        assert_eq!(["read", "cas", "add"].map(told), ["It reads.", "It compares.", "It writes."]);
    }
}

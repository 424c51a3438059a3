//! Texts that Mermaid takes for texts.

/// `#` and `;` mean something in a diagram, and so does the word `end`, which breaks it.
pub(super) fn escape(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(quote_end).collect();
    let mut escaped = String::new();
    for letter in words.join(" ").chars() {
        match letter {
            '#' => escaped.push_str("#35;"),
            ';' => escaped.push_str("#59;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// Quotes the word, and leaves what stands around it: `end.` becomes `"end".`
fn quote_end(word: &str) -> String {
    let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    if bare.eq_ignore_ascii_case("end") {
        word.replace(bare, &format!("\"{bare}\""))
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_means_something_to_mermaid_is_quoted() {
        assert_eq!(escape("the end; n1→n2#3\nof the END."), "the \"end\"#59; n1→n2#35;3 of the \"END\".");
        assert_eq!(escape("it is sent to a friend"), "it is sent to a friend");
    }
}

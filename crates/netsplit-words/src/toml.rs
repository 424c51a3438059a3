//! The lines of a translators' file: the part of TOML in which every line is `"English" = "Deutsch"`, a
//! comment, or empty. It is read here so that this crate needs no other.

/// One line: `None` if it is a comment or empty, `Err` if it is no pair of quoted texts.
pub(crate) fn pair(line: &str) -> Result<Option<(String, String)>, ()> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let (english, rest) = text(line)?;
    let (translated, rest) = text(rest.trim_start().strip_prefix('=').ok_or(())?.trim_start())?;
    if rest.trim_start().is_empty() || rest.trim_start().starts_with('#') {
        return Ok(Some((english, translated)));
    }
    Err(())
}

/// A text in double quotes and what follows it.
fn text(line: &str) -> Result<(String, &str), ()> {
    let mut rest = line.strip_prefix('"').ok_or(())?.chars();
    let mut text = String::new();
    loop {
        match rest.next().ok_or(())? {
            '"' => return Ok((text, rest.as_str())),
            '\\' => text.push(match rest.next().ok_or(())? {
                'n' => '\n',
                same @ ('"' | '\\') => same,
                _ => return Err(()),
            }),
            plain => text.push(plain),
        }
    }
}

/// A text as such a file has it.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_comments_and_empty_lines_are_read() {
        let read = pair(r#""say \"no\"\n" = "sag \"nein\"\n" # why"#);
        assert_eq!(read, Ok(Some(("say \"no\"\n".to_owned(), "sag \"nein\"\n".to_owned()))));
        assert_eq!((pair("# all"), pair("  ")), (Ok(None), Ok(None)));
        assert_eq!(quoted("say \"no\"\n"), r#""say \"no\"\n""#);
    }

    #[test]
    fn everything_else_is_refused() {
        for line in
            ["bare = \"x\"", "\"a\" = ", "\"a\" \"b\"", "\"a\" = \"b\" c", "[part]", "\"a\\q\" = \"b\""]
        {
            assert_eq!(pair(line), Err(()), "{line}");
        }
    }
}

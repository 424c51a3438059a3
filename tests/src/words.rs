//! The messages that stand in the sources, and the translators' files: what `tests/words.rs` compares.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use netsplit_scenarios::gallery::gallery;
use netsplit_scenarios::registry::protocols;
use netsplit_words::source::Dictionary;

/// The macros whose first text is a message.
const MACROS: [&str; 3] = ["say!", "word!", "sentence!"];

/// Every message in the sources, with the file it was found in first.
pub fn messages() -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    for folder in ["sim", "protocols", "checkers", "scenarios", "explore", "formats", "view", "web", "cli"] {
        for path in files(&root().join(format!("crates/netsplit-{folder}/src")), "rs") {
            let text = fs::read_to_string(&path).expect("a source is UTF-8");
            for message in messages_of(&text) {
                found.entry(message).or_insert_with(|| path.clone());
            }
        }
    }
    found
}

/// What the gallery's documents and the protocols' tables say of themselves.
pub fn documents() -> BTreeMap<String, PathBuf> {
    let items = gallery().iter().flat_map(|item| [item.topic, item.title, item.summary()]);
    let mut found: BTreeMap<_, _> = items.map(|text| (text.to_owned(), PathBuf::from("gallery"))).collect();
    for about in protocols() {
        let texts = about.texts().into_iter().filter(|text| text.chars().any(char::is_alphabetic));
        found.extend(texts.map(|text| (text.to_owned(), PathBuf::from(about.name))));
    }
    found
}

/// The translators' files of a language, read as the build reads them.
pub fn dictionary(code: &str) -> Dictionary {
    let mut dictionary = Dictionary::default();
    for path in files(&root().join("lang").join(code), "toml") {
        let text = fs::read_to_string(&path).expect("a translators' file is UTF-8");
        dictionary.add(&path.display().to_string(), &text).unwrap_or_else(|error| panic!("{error}"));
    }
    dictionary
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file below a folder with this extension, in the order of their names.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found
}

/// The messages of one source, in order.
fn messages_of(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or(source);
    let code: String = source.lines().filter(|line| !line.trim_start().starts_with("//")).fold(
        String::new(),
        |mut code, line| {
            code.push_str(line);
            code.push('\n');
            code
        },
    );
    let mut found = Vec::new();
    for (at, name) in MACROS.iter().flat_map(|name| code.match_indices(name)) {
        let is_part = code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_');
        let arguments = code[at + name.len()..].trim_start().strip_prefix('(');
        if let (false, Some(arguments)) = (is_part, arguments) {
            found.extend(literal(arguments.trim_start()));
        }
    }
    found
}

/// The text of the literal that the source goes on with.
fn literal(source: &str) -> Option<String> {
    let mut rest = source.strip_prefix('"')?.chars().peekable();
    let mut text = String::new();
    loop {
        match rest.next()? {
            '"' => return Some(text),
            '\\' => match rest.next()? {
                // A line that goes on: its indentation is no part of the text.
                '\n' => while rest.next_if(|next| next.is_whitespace()).is_some() {},
                'n' => text.push('\n'),
                'u' => {
                    let digits: String = rest.by_ref().skip(1).take_while(|digit| *digit != '}').collect();
                    text.push(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)?);
                }
                same => text.push(same),
            },
            plain => text.push(plain),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::messages_of;

    #[test]
    fn messages_are_found_however_their_literal_is_written() {
        let source = r#"
            // say!("not this")
            let a = say!("one \"two\"");
            let b = say!(
                "three \
                 four{n}", n = 1);
            const C: &str = word!("\u{2212}five"); unsay!("nor this"); say!(NEITHER)
        "#;
        assert_eq!(messages_of(source), ["one \"two\"", "three four{n}", "−five"]);
    }
}

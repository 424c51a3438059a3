//! EDN is read as Clojure prints it.

use netsplit_formats::edn::reader::Elements;
use netsplit_formats::edn::{BadEdn, Datum};

fn all(text: &str) -> Result<Vec<Datum>, BadEdn> {
    let mut elements = Elements::of(text);
    let mut all = Vec::new();
    while let Some(datum) = elements.advance()? {
        all.push(datum);
    }
    Ok(all)
}

/// What a text holds, printed again.
fn check(text: &str, printed: &[&str]) {
    let data = all(text).unwrap_or_else(|bad| panic!("{text}: {bad}"));
    assert_eq!(data.iter().map(ToString::to_string).collect::<Vec<_>>(), printed, "{text}");
}

fn refused(text: &str, told: &str) {
    assert_eq!(all(text).map_err(|bad| bad.to_string()), Err(told.to_owned()), "{text:.40}");
}

#[test]
fn every_kind_of_datum_is_read() {
    check("nil true false", &["nil", "true", "false"]);
    check("0 -7 +7 42N", &["0", "-7", "7", "42"]);
    check(
        "1.5 2e9 3M 1/3 ##Inf foo/bar \\a \\newline",
        &["1.5", "2e9", "3M", "1/3", "##Inf", "foo/bar", "\\a", "\\newline"],
    );
    check(
        "#object[a.B 0x3f \"c\"] 99999999999999999999 12x",
        &["#object [a.B 0x3f \"c\"]", "99999999999999999999", "12x"],
    );
    check(r#"\( "(""#, &["\\(", "\"(\""]);
    check(":a :jepsen/op", &[":a", ":jepsen/op"]);
    check("{:a 1, :b {}} #{1 2}", &["{:a 1, :b {}}", "#{1 2}"]);
    check("#jepsen.history.Op{:a 1} #inst \"2020\"", &["#jepsen.history.Op {:a 1}", "#inst \"2020\""]);
    check(r#""a\tb\n\"\\\u0041é""#, &[r#""a\tb\n\"\\Aé""#]);
}

#[test]
fn the_elements_of_one_vector_or_list_are_the_elements_of_the_text() {
    check("[1 [2 3]]", &["1", "[2 3]"]);
    check("(1 (2 3)) ; the end", &["1", "[2 3]"]);
    check("", &[]);
    check("[]", &[]);
    check("1 [2]", &["1", "[2]"]);
}

#[test]
fn commas_comments_and_discards_are_blank() {
    check("1,,2;3\n4", &["1", "2", "4"]);
    check("[1 #_2 3]", &["1", "3"]);
    check("#_#_1 2 3", &["3"]);
    check("[#_{:a #_1 2} ; nothing\n]", &[]);
    check("#a #_1 2", &["#a 2"]);
}

#[test]
fn a_broken_text_is_refused_at_its_place() {
    refused("[1\n  [2", "line 2, column 3: the text ends within the vector that begins here");
    refused("[1\n  \"2]", "line 2, column 3: the text ends within the string that begins here");
    refused("1 )", "line 1, column 3: ) closes nothing here");
    refused("[1] 2", "line 1, column 5: nothing may follow the closing bracket");
    refused("{1 2 3}", "line 1, column 1: this map ends with a key that has no value");
    refused("[#_]", "line 1, column 2: nothing follows this #_");
    refused("#foo", "line 1, column 1: nothing follows this tag");
    refused(": 1", "line 1, column 1: a keyword needs a name after its colon");
    refused(
        "\"é\\q\"",
        "line 1, column 3: \\q means nothing in a string; there are \\n, \\t, \\r, \\b, \\f, \\\", \\\\ and \\uXXXX",
    );
    refused("\u{1}", "line 1, column 1: no datum begins with '\\u{1}'");
}

#[test]
fn depth_and_number_are_bounded() {
    check(
        &format!("{}{}", "[".repeat(33), "]".repeat(33)),
        &[&format!("{}{}", "[".repeat(32), "]".repeat(32))],
    );
    refused(&"[".repeat(100_000), "line 1, column 35: nested deeper than 32");
    refused(&"#a ".repeat(100_000), "line 1, column 97: nested deeper than 32");
    refused(&"#_ ".repeat(100_000), "line 1, column 97: nested deeper than 32");
    refused(&"{{} ".repeat(100_000), "line 1, column 130: nested deeper than 32");
    let many = format!("[[{}]]", "1 ".repeat(200_000));
    assert!(all(&many).unwrap_err().to_string().ends_with("more than 200000 data in one element"));
}

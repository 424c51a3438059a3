//! Reading lessons from Markdown, as the build does it: what is wrong is told with its line, and nothing but
//! values comes out.

#[path = "../src/lesson/markdown/mod.rs"]
mod markdown;

use serde_json::{Value, json};

const FRONT: &str = "+++\ntitle = \"T\"\nsummary = \"S\"\ntopic = \"A\"\nlevel = 1\nminutes = 5\n\
                     scenario = \"raft/playground\"\n+++\n";

fn read(body: &str) -> Result<Value, String> {
    markdown::read("test", &format!("{FRONT}{body}")).map_err(|mistake| mistake.to_string())
}

fn body(text: &str) -> Value {
    read(&format!("\n## One\n\n{text}\n")).expect(text)["steps"][0]["body"].clone()
}

#[test]
fn prose_is_runs_of_text() {
    let runs = body("Some *em*, **strong**\nand `code`.");
    let expected = json!([{ "p": ["Some ", { "em": ["em"] }, ", ", { "strong": ["strong"] }, " and ",
        { "code": "code" }, "."] }]);
    assert_eq!(runs, expected);
    assert_eq!(body("- a\n- b")[0], json!({ "ul": [[{ "p": ["a"] }], [{ "p": ["b"] }]] }));
    let table = json!({ "table": { "head": [["a"], ["b"]], "rows": [[["1"], ["2"]]] } });
    assert_eq!(body("| a | b |\n|---|---|\n| 1 | 2 |")[0], table);
}

#[test]
fn controls_and_links_are_told_apart() {
    let runs =
        body("[cut](do:cut:n1>n2) [more](lesson:cap/2) [run](#scenario=a/b) [paper](https://example.org)");
    let kinds: Vec<&str> = ["do", "lesson", "run", "href"].to_vec();
    for (place, kind) in kinds.iter().enumerate() {
        assert!(runs[0]["p"][2 * place].get(*kind).is_some(), "{kind}: {runs}");
    }
    assert_eq!(runs[0]["p"][0]["line"], 12);
}

#[test]
fn moments_become_nanoseconds() {
    let lesson = read(
        "## One\n```step\nat = \"1.5s\"\nparams = { timeout = \"20ms\", mode = \"fast\" }\ndo = [\"300us heal\"]\n```\nText\n",
    );
    let stage = lesson.expect("it reads")["steps"][0]["stage"].clone();
    assert_eq!(stage["at"], 1_500_000_000_u64);
    assert_eq!(stage["setting"]["params"], json!({ "timeout": 20_000_000, "mode": "fast" }));
    assert_eq!(stage["setting"]["do"], json!([{ "at": 300_000, "do": "heal" }]));
}

#[test]
fn solutions_stay_out_of_the_page() {
    let goal = "```goal\nname = \"g\"\nsay = \"S\"\nexpect = { lost = { at_least = 1 } }\nsolution = [\"1s heal\"]\n```";
    let mut lesson = read(&format!("## One\n{goal}\n")).expect("it reads");
    assert!(lesson.to_string().contains("solution"));
    markdown::hide_solutions(&mut lesson);
    assert!(!lesson.to_string().contains("solution"));
}

#[test]
fn a_mistake_names_its_line_and_what_is_allowed() {
    for (text, line, words) in [
        ("", 1, "at least one step"),
        ("## One\n", 9, "something to read"),
        ("## One\nText <b>bold</b>\n", 10, "HTML has no place"),
        ("## One\n![picture](a.png)\n", 10, "a picture has no place"),
        ("## One\n# Big\n", 10, "a heading other than ## and ###"),
        ("## One\n[dance](do:dance)\n", 10, "“dance” is no control; known are set"),
        ("## One\n[away](http://example.org)\n", 10, "neither do:…, lesson:…, #… nor https://…"),
        ("## One\n[*x*](do:heal)\n", 10, "plain text"),
        ("## One\nText\n```step\nat = \"1s\"\n```\n", 12, "right under its heading"),
        ("## One\n```step\nat = \"1s\"\nwhen = 3\n```\nText\n", 11, "when means nothing here; known are at"),
        ("## One\n```predict\nask = \"A\"\n```\n", 11, "at is missing"),
        ("## One\n```predict\nask = \"A\"\nat = \"1s\"\n```\n", 11, "at least two choices"),
        ("## One\n```goal\nname = \"g\"\nsay = \"S\"\n```\n", 11, "is missing"),
        ("## One\n```goal\nname = \"g\"\nsay = oops\n```\n", 12, ""),
        (
            "## One\n```step\ndo = [\"soon crash:n1\"]\n```\nText\n",
            11,
            "“soon crash:n1” is no moment with a control",
        ),
    ] {
        let mistake = read(text).expect_err(text);
        assert!(mistake.starts_with(&format!("{line}: ")) && mistake.contains(words), "{text:?}: {mistake}");
    }
    let unnamed = markdown::read("Not a name", FRONT).expect_err("a bad name").to_string();
    assert!(unnamed.contains("lower-case letters"), "{unnamed}");
    let bare = markdown::read("test", "## One\nText").expect_err("no front matter").to_string();
    assert!(bare.contains("begins with its front matter"), "{bare}");
}

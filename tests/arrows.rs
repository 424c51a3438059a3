//! The arrows between crates, and no other: every manifest against the map in ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What everything that looks at runs may depend on.
const MIDDLE: &[&str] = &["netsplit-sim", "netsplit-checkers", "netsplit-scenarios", "netsplit-words"];

/// What a face may depend on: all but the protocols.
const FACE: &[&str] = &[
    "netsplit-sim",
    "netsplit-checkers",
    "netsplit-scenarios",
    "netsplit-explore",
    "netsplit-view",
    "netsplit-formats",
    "netsplit-words",
];

/// What each crate may depend on, dev-dependencies included. `None`: on all of them.
const ARROWS: &[(&str, Option<&[&str]>)] = &[
    ("netsplit-words", Some(&[])),
    ("netsplit-sim", Some(&["netsplit-words"])),
    ("netsplit-checkers", Some(&["netsplit-words"])),
    ("netsplit-protocols", Some(&["netsplit-sim", "netsplit-words"])),
    (
        "netsplit-scenarios",
        Some(&["netsplit-sim", "netsplit-protocols", "netsplit-checkers", "netsplit-words"]),
    ),
    ("netsplit-explore", Some(MIDDLE)),
    ("netsplit-view", Some(MIDDLE)),
    ("netsplit-formats", Some(MIDDLE)),
    ("netsplit-cli", Some(FACE)),
    ("netsplit-web", Some(FACE)),
    ("netsplit-tests", None),
    // It compiles the tables of sentences, and reads them as the test does.
    ("xtask", Some(&["netsplit-words"])),
];

/// The members of the workspace, each with those of our crates that its manifest names.
fn members() -> BTreeMap<String, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let crates = fs::read_dir(root.join("crates")).expect("the workspace has crates/");
    let folders =
        crates.map(|entry| entry.expect("crates/ can be listed").path()).chain([root.join("tests")]);
    let manifests = folders.map(|folder| folder.join("Cargo.toml")).filter(|path| path.exists());
    manifests
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a manifest can be read");
            let manifest: toml::Table = text.parse().expect("a manifest is TOML");
            (package_name(&manifest), our_dependencies(&toml::Value::Table(manifest)))
        })
        .collect()
}

fn package_name(manifest: &toml::Table) -> String {
    manifest["package"]["name"].as_str().expect("a package has a name").to_owned()
}

/// Every one of our crates that is a key of a `…dependencies` table, at any depth (targets too).
fn our_dependencies(value: &toml::Value) -> BTreeSet<String> {
    let toml::Value::Table(table) = value else { return BTreeSet::new() };
    let mut found = BTreeSet::new();
    for (key, value) in table {
        if let (true, toml::Value::Table(dependencies)) = (key.ends_with("dependencies"), value) {
            found.extend(dependencies.keys().filter(|name| name.starts_with("netsplit-")).cloned());
        }
        found.extend(our_dependencies(value));
    }
    found
}

#[test]
fn crates_depend_only_along_the_arrows() {
    for (member, dependencies) in members() {
        let (_, allowed) = ARROWS.iter().find(|(name, _)| *name == member).unwrap_or_else(|| {
            panic!("{member} is not on the map: add its arrows here and in ARCHITECTURE.md")
        });
        let Some(allowed) = allowed else { continue };
        for dependency in dependencies {
            assert!(allowed.contains(&dependency.as_str()), "{member} must not depend on {dependency}");
        }
    }
}

#[test]
fn the_folder_of_a_crate_has_its_name() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    for entry in fs::read_dir(root).expect("the workspace has crates/") {
        let folder = entry.expect("crates/ can be listed").path();
        let text = fs::read_to_string(folder.join("Cargo.toml")).expect("a crate has a manifest");
        let manifest: toml::Table = text.parse().expect("a manifest is TOML");
        assert_eq!(folder.file_name().and_then(|name| name.to_str()), Some(&*package_name(&manifest)));
    }
}

/// The page and its pictures know no protocol: no protocol's name occurs in their sources.
#[test]
fn the_page_names_no_protocol() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let names = ["raft", "paxos", "dynamo", "pbft", "zab", "gossip", "quorum"];
    for folder in ["netsplit-view/src", "netsplit-web/src"] {
        for (path, text) in sources(&root.join(folder)) {
            let named = names.iter().find(|name| names_it(&text, name));
            assert_eq!(named, None, "in {path}");
        }
    }
}

/// Whether a word, or a part of a name in camel case, begins with this: `RaftLog` does, `Draft` does not.
fn names_it(text: &str, name: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.match_indices(name).any(|(at, _)| {
        let inside_a_word = text[..at].ends_with(char::is_alphabetic);
        let begins_a_hump =
            text[..at].ends_with(char::is_lowercase) && text[at..].starts_with(char::is_uppercase);
        !inside_a_word || begins_a_hump
    })
}

#[test]
fn a_name_inside_of_another_word_is_no_name() {
    assert!(names_it("let log = RaftLog::new()", "raft") && names_it("// as in raft", "raft"));
    assert!(names_it("struct MyRaft;", "raft") && !names_it("struct RequestDraft;", "raft"));
    assert!(!names_it("const LINEARIZABLE: u8", "zab") && names_it("const ZAB: u8", "zab"));
}

fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("a source folder can be listed").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a source is UTF-8");
            found.push((path.display().to_string(), text));
        }
    }
    found
}

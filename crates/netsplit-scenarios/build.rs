//! Finds the gallery and the lessons: every `gallery/<protocol>/<name>.json` and every `lessons/<name>.md`
//! becomes one entry of a table.
//!
//! The page embeds the scenarios without the fields that equal the frozen defaults and, in WebAssembly,
//! without expectations, which only tests read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

#[path = "src/lesson/markdown/mod.rs"]
mod markdown;
#[path = "src/slim.rs"]
mod slim;

struct Item {
    path: String,
    revision: u32,
    document: Value,
}

fn main() {
    println!("cargo:rerun-if-changed=gallery");
    println!("cargo:rerun-if-changed=defaults");
    println!("cargo:rerun-if-changed=src/slim.rs");
    println!("cargo:rerun-if-changed=src/lesson/markdown");
    println!("cargo:rerun-if-changed={LESSONS}");
    let tables = format!(
        "static LESSONS: &[LessonItem] = &[\n{}];\nstatic TRANSLATIONS: &[Translation] = &[\n{}];\n",
        lessons(),
        translations()
    );
    write("lessons.rs", &tables);
    let mut items = read_gallery(Path::new("gallery"));
    sort_as_a_course(&mut items);
    let table: String = items.iter().map(entry).collect();
    write("gallery.rs", &format!("static ITEMS: &[GalleryItem] = &[\n{table}];\n"));
}

fn write(name: &str, code: &str) {
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join(name);
    fs::write(out, code).expect("OUT_DIR can be written");
}

/// What runs in the page, without what only tests and the command line read.
fn for_the_page() -> bool {
    env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32")
}

const LESSONS: &str = "../../lessons";

/// The table of lessons, as a course.
fn lessons() -> String {
    let files = entries(Path::new(LESSONS)).into_iter().filter(|file| is_lesson(file));
    let mut lessons: Vec<Value> = files.map(|file| read_lesson(&file)).collect();
    // From easy to hard, then from short to long: topics by their first lesson, lessons within a topic.
    let effort = |lesson: &Value| (lesson["level"].as_u64(), lesson["minutes"].as_u64());
    let mut first = BTreeMap::new();
    for lesson in &lessons {
        let least = first.entry(lesson["topic"].to_string()).or_insert(effort(lesson));
        *least = (*least).min(effort(lesson));
    }
    lessons.sort_by_cached_key(|lesson| {
        let topic = lesson["topic"].to_string();
        (first[&topic], topic, effort(lesson), lesson["name"].to_string())
    });
    lessons.iter().map(lesson_entry).collect()
}

/// The lessons in folders of other languages: `lessons/de/first-cut.md`.
fn translations() -> String {
    let folders = entries(Path::new(LESSONS)).into_iter().filter(|path| path.is_dir());
    folders
        .flat_map(|folder| entries(&folder))
        .filter(|file| is_lesson(file))
        .map(|file| translation(&file))
        .collect()
}

fn translation(file: &Path) -> String {
    let language = file.parent().and_then(Path::file_name).and_then(|name| name.to_str()).expect("a folder");
    let lesson = read_lesson(file);
    let (name, document) = (lesson["name"].as_str().unwrap_or_default(), lesson.to_string());
    format!("Translation {{ language: {language:?}, name: {name:?}, document: || {document:?} }},\n")
}

/// Names in capitals, such as README, are no lessons.
fn is_lesson(file: &Path) -> bool {
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    file.extension().is_some_and(|ending| ending == "md") && stem.chars().any(char::is_lowercase)
}

fn read_lesson(file: &Path) -> Value {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let name = file.file_stem().and_then(|stem| stem.to_str()).expect("a lesson's file has a plain name");
    let mut lesson =
        markdown::read(name, &text).unwrap_or_else(|mistake| panic!("lessons/{name}.md:{mistake}"));
    if for_the_page() {
        markdown::hide_solutions(&mut lesson);
    }
    lesson
}

fn lesson_entry(lesson: &Value) -> String {
    let quoted = |field: &str| format!("{:?}", lesson[field].as_str().unwrap_or_default());
    let document = lesson.to_string();
    format!(
        "LessonItem {{ name: {}, title: {}, summary: || {}, topic: {}, level: {}, minutes: {}, document: || {document:?} }},\n",
        quoted("name"),
        quoted("title"),
        quoted("summary"),
        quoted("topic"),
        lesson["level"],
        lesson["minutes"],
    )
}

fn read_gallery(root: &Path) -> Vec<Item> {
    let folders = entries(root).into_iter().filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| entries(&folder));
    files
        .filter(|file| file.extension().is_some_and(|ending| ending == "json"))
        .map(|file| read(&file))
        .collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let listing = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    listing.map(|entry| entry.expect("a listed file has a name").path()).collect()
}

/// `gallery/raft/first-election.json` is `raft/first-election` at revision 1; `…@2.json` at revision 2.
fn read(file: &Path) -> Item {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let document = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let stem = file.file_stem().and_then(|stem| stem.to_str()).expect("gallery files have plain names");
    let folder = file.parent().and_then(Path::file_name).and_then(|name| name.to_str()).expect("a folder");
    let (name, revision) = stem.split_once('@').unwrap_or((stem, "1"));
    let revision = revision.parse().unwrap_or_else(|_| panic!("{}: no number after @", file.display()));
    Item { path: format!("{folder}/{name}"), revision, document }
}

/// Topics in the order of their easiest scenario, then from easy to hard.
fn sort_as_a_course(items: &mut [Item]) {
    let mut easiest = BTreeMap::new();
    for item in items.iter() {
        let level = easiest.entry(text(item, "topic")).or_insert(u64::MAX);
        *level = (*level).min(level_of(item));
    }
    items.sort_by_key(|item| {
        let topic = text(item, "topic");
        (easiest[&topic], topic, level_of(item), item.path.clone(), item.revision)
    });
}

fn level_of(item: &Item) -> u64 {
    item.document["level"].as_u64().unwrap_or_else(|| panic!("{}: no level", item.path))
}

fn text(item: &Item, field: &str) -> String {
    let text = item.document[field].as_str().unwrap_or_else(|| panic!("{}: no {field}", item.path));
    text.to_owned()
}

/// Without what equals the frozen defaults; they must give the same document back.
fn shortened(document: &Value) -> Value {
    let defaults = slim::Defaults::frozen();
    let (mut short, mut full) = (document.clone(), document.clone());
    defaults.slim(&mut short);
    defaults.fill(&mut full);
    let mut again = short.clone();
    defaults.fill(&mut again);
    assert_eq!(full, again, "a scenario changes when its defaults are left out");
    short
}

fn entry(item: &Item) -> String {
    let mut document = item.document.clone();
    if for_the_page() {
        document["expect"] = Value::Array(Vec::new());
    }
    let short = shortened(&document);
    format!(
        "GalleryItem {{ path: {:?}, revision: {}, title: {:?}, summary: || {:?}, topic: {:?}, level: {}, document: || {:?} }},\n",
        item.path,
        item.revision,
        text(item, "title"),
        text(item, "summary"),
        text(item, "topic"),
        level_of(item),
        short.to_string(),
    )
}

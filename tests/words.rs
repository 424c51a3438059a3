//! Every message in the code has a sentence in every language, and no translation is left over.

use std::collections::BTreeMap;
use std::path::PathBuf;

use netsplit_scenarios::gallery;
use netsplit_scenarios::open::open;
use netsplit_sim::time::SimTime;
use netsplit_tests::words::{dictionary, documents, messages};
use netsplit_view::sentence::{EventLine, Filter, event_lines};
use netsplit_words::source::missing_line;
use netsplit_words::{Language, Table, within};

/// Everything that can be shown: what stands in the code, and what stands in the gallery's documents.
fn everything() -> BTreeMap<String, PathBuf> {
    let mut everything = messages();
    everything.extend(documents());
    everything
}

#[test]
fn the_german_table_is_well_formed_and_two_texts_never_share_a_hash() {
    let table = dictionary("de").table(Language::GERMAN).unwrap_or_else(|error| panic!("{error}"));
    Table::parse(&table).expect("a table made from sorted rows is in order");
}

#[test]
fn every_message_has_a_german_sentence() {
    let known = dictionary("de");
    let mut missing: Vec<_> = everything().into_iter().filter(|(text, _)| !known.has(text)).collect();
    missing.sort_by(|(_, place), (_, other)| place.cmp(other));
    let mut report = String::new();
    let mut file = PathBuf::new();
    for (text, place) in &missing {
        if file != *place {
            file.clone_from(place);
            report.push_str(&format!("# {}\n", file.display()));
        }
        report.push_str(&missing_line(text));
        report.push('\n');
    }
    assert!(missing.is_empty(), "{} without German; for lang/de/<room>.toml:\n{report}", missing.len());
}

#[test]
fn no_german_sentence_is_left_over() {
    let (known, used) = (dictionary("de"), everything());
    let left: Vec<_> = known.texts().filter(|(text, _)| !used.contains_key(*text)).collect();
    let lines: String = left.iter().map(|(text, place)| format!("{place}: {text}\n")).collect();
    assert!(left.is_empty(), "{} are shown nowhere:\n{lines}", left.len());
}

/// The same run, told to two readers: other words and another decimal mark, and nothing else.
#[test]
fn a_run_told_in_german_is_the_same_run() {
    let table = dictionary("de").table(Language::GERMAN).expect("a table without collisions");
    let table = Table::parse(&table).expect("a table made from sorted rows is in order");
    let english = told_run();
    let german = within(table, told_run);
    assert_eq!((&english.0, english.1.len()), (&german.0, german.1.len()));
    let pairs: Vec<_> = english.1.iter().zip(&german.1).collect();
    let same: Vec<_> = pairs.iter().filter(|(english, german)| english.text == german.text).collect();
    assert!(pairs.len() > 50 && same.is_empty(), "told in English: {same:?}");
    assert!(pairs.iter().all(|(english, german)| english.time.replace('.', ",") == german.time));
}

/// The digest of a run at its end, and its notable events in words.
fn told_run() -> (String, Vec<EventLine>) {
    let item = gallery::find("raft/minority-leader").expect("it is in the gallery");
    let mut run = open(&item.record().expect("a gallery scenario is valid")).expect("it opens");
    run.seek(SimTime::from_millis(4_000)).expect("it runs");
    (run.digest().to_string(), event_lines(run.as_ref(), Filter::All, 1_000))
}

//! Rows of the nemesis become bands.

use netsplit_checkers::history::Time;
use netsplit_formats::history::{Band, read};

/// The bands of a history in the older form, whose times are its lines.
fn bands(rows: &[&str]) -> Vec<(String, u64, Option<u64>)> {
    let text: Vec<String> =
        rows.iter().map(|row| format!("INFO  jepsen.util - :nemesis :info {row}")).collect();
    let bands = read(&text.join("\n")).expect("it is a history").bands;
    bands.into_iter().map(|Band { label, from, to }| (label, from.0, to.map(|Time(to)| to))).collect()
}

fn band(label: &str, from: u64, to: Option<u64>) -> (String, u64, Option<u64>) {
    (label.to_owned(), from, to)
}

#[test]
fn a_start_and_a_stop_are_a_band_named_by_what_was_done() {
    let rows = [":start nil", ":start \"Cut off n1\"", ":stop nil", ":stop \"fully connected\""];
    assert_eq!(bands(&rows), [band("nemesis: Cut off n1", 1, Some(4))]);
}

#[test]
fn named_faults_open_and_close_their_own_bands() {
    let rows = [
        ":start-partition :majority",
        ":start-partition [:isolated {\"n1\" #{\"n2\"}}]",
        ":kill :all",
        ":kill {\"n1\" :killed}",
        ":stop-partition nil",
        ":start :all",
        ":start {}",
        ":pause [\"n1\"]",
    ];
    assert_eq!(
        bands(&rows),
        [
            band("partition: [:isolated {\"n1\" #{\"n2\"}}]", 1, Some(5)),
            band("kill: {\"n1\" :killed}", 3, Some(7)),
            band("pause: [\"n1\"]", 8, None),
        ]
    );
}

#[test]
fn other_deeds_are_bands_from_their_first_row_to_their_second() {
    assert_eq!(
        bands(&[":bump-clock {\"n1\" 5}", ":bump-clock nil"]),
        [band("bump-clock: {\"n1\" 5}", 1, Some(2))]
    );
}

#[test]
fn the_nemesis_is_no_process_of_the_history() {
    let text = include_str!("../data/cas-register.edn");
    let imported = read(text).expect("it is a history");
    assert_eq!(imported.bands.len(), 2);
    assert!(imported.bands[0].label.starts_with("partition: [:isolated {\"n1\""), "{:?}", imported.bands);
    assert_eq!(imported.bands[0].from, Time(1_310_000_000));
    assert!(imported.names.processes.iter().all(|name| name.parse::<u32>().is_ok()));
}

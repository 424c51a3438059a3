//! Runs to export, and words for their events.

use netsplit_scenarios::gallery::gallery;
use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::event::Event;
use netsplit_sim::run::Run;

/// Every run of the gallery at its end, with its name and its record.
pub fn runs() -> impl Iterator<Item = (&'static str, RunRecord, Box<dyn Run>)> {
    gallery().iter().map(|item| {
        let record = item.record().expect("a gallery scenario is valid");
        let mut run = open(&record).expect("a gallery scenario opens");
        run.seek(run.until()).expect("a gallery scenario runs to its end");
        (item.path, record, run)
    })
}

/// One run of the gallery.
pub fn run(name: &str) -> (RunRecord, Box<dyn Run>) {
    let (_, record, run) = runs().find(|(path, ..)| *path == name).expect("it is in the gallery");
    (record, run)
}

/// The protocol's own sentences.
pub fn tell(run: &dyn Run, event: &Event) -> String {
    let notes = run.notes(event.step).iter();
    notes.map(|note| run.about().sentence(note)).collect::<Vec<_>>().join(" ")
}

/// What an exporter wrote.
pub fn text(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut out = Vec::new();
    write(&mut out);
    String::from_utf8(out).expect("exports are UTF-8")
}

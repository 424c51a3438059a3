//! Stories of the gallery, played to their end.

use netsplit_scenarios::gallery;
use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::Entry;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;
use netsplit_view::layout::Layout;
use netsplit_view::spacetime::{SpaceTime, View, space_time};
use netsplit_view::timeline::Window;

/// A story of the gallery, played to its end, with the cursor put back to `cursor`.
pub struct Told {
    pub run: Box<dyn Run>,
    pub layout: Layout,
    pub script: Vec<Entry>,
}

pub fn gallery_story(path: &str, cursor: u64) -> Told {
    let record = gallery::find(path).expect("it is in the gallery").record().expect("it is well-formed");
    let mut run = open(&record).expect("it opens");
    run.seek(run.until()).expect("it runs");
    run.seek(SimTime::from_millis(cursor)).expect("it was there");
    let homes: Vec<_> = record.scenario.clients.iter().map(|client| client.home).collect();
    Told { layout: Layout::new(run.topology(), &homes), run, script: record.script }
}

pub fn window(from: u64, to: u64) -> Window {
    Window { from: SimTime::from_millis(from), to: SimTime::from_millis(to) }
}

impl Told {
    pub fn picture(&self, view: &View) -> SpaceTime {
        space_time(&*self.run, view, &self.layout, &self.script)
    }
}

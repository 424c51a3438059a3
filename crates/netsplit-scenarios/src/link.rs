//! Links: from a fragment to a run, and from a run to its shortest fragment.

use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;

use crate::codec;
use crate::error::{LinkError, clip};
use crate::fingerprint::Fingerprint;
use crate::fragment::{Fragment, Source};
use crate::gallery::{self, GalleryItem};
use crate::registry;
use crate::run_record::RunRecord;
use crate::versions::ENGINE;

/// Where in a run a link points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// Everything up to and including this microsecond has happened.
    pub micros: Option<u64>,
    /// Exactly so many events and interventions have been applied; wins over `micros`.
    pub step: Option<u64>,
    /// What the author saw at that step.
    pub fingerprint: Option<Fingerprint>,
}

impl Position {
    /// Where the cursor of a run stands, so that a link finds the same spot again: the step, and the time
    /// if the cursor stands later than that step's event.
    pub fn of(run: &dyn Run) -> Self {
        let at_event = run.event(run.step()).map_or(SimTime::ZERO, |event| event.time) == run.now();
        let micros = (!at_event).then_some(run.now().0 / 1_000);
        Self { micros, step: Some(run.step().0), fingerprint: None }
    }
}

/// What a link opens.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The run.
    pub record: RunRecord,
    /// The gallery's scenario, if the link names one.
    pub item: Option<&'static GalleryItem>,
    /// Where to put the cursor: where the link points, else where the scenario opens.
    pub position: Position,
    /// Why it may differ from what the author saw, if it may.
    pub badge: Option<Badge>,
    /// A run to show beside it.
    pub versus: Option<RunRecord>,
}

/// A run replayed by another engine or another version of its protocol than it was made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Badge {
    /// The engine and the protocol's behaviour that it was made with.
    pub made_with: (u32, u32),
    /// The engine and the behaviour that replay it here.
    pub replayed_with: (u32, u32),
}

impl Badge {
    fn of(record: &RunRecord) -> Option<Self> {
        let made_with = (record.scenario.engine, record.scenario.behaviour);
        let replayed_with = (ENGINE, registry::behaviour(&record.scenario.protocol)?);
        (made_with != replayed_with).then_some(Self { made_with, replayed_with })
    }

    /// In a sentence.
    pub fn sentence(&self) -> String {
        format!(
            "May differ from what its author saw: made with engine {}, behaviour {}; replayed with engine {}, behaviour {}.",
            self.made_with.0, self.made_with.1, self.replayed_with.0, self.replayed_with.1
        )
    }
}

/// Opens what a fragment names. A fragment without a run opens the gallery's first.
pub fn load(fragment: &Fragment) -> Result<Opened, LinkError> {
    beside(fragment, load_first(fragment)?)
}

/// With the second run that the fragment names, if it does.
fn beside(fragment: &Fragment, first: Opened) -> Result<Opened, LinkError> {
    let Some(source) = fragment.versus.clone() else { return Ok(first) };
    let second = load_first(&Fragment { source, ..Fragment::default() })?;
    Ok(Opened { versus: Some(second.record), ..first })
}

fn load_first(fragment: &Fragment) -> Result<Opened, LinkError> {
    match &fragment.source {
        Source::Bare => match asks_for_something(fragment) {
            Some(item) => Err(LinkError::NoSource(clip(item))),
            None => load_item(fragment, gallery::FIRST, None),
        },
        Source::Gallery { path, revision } => load_item(fragment, path, *revision),
        Source::Payload(payload) => load_text(fragment, &codec::decode(payload)?),
        Source::Address(address) => Err(LinkError::NotFetched(clip(address))),
    }
}

/// Opens a document that was fetched, pasted or dropped; the fragment says where to look.
pub fn load_text(fragment: &Fragment, text: &str) -> Result<Opened, LinkError> {
    beside(fragment, opened(fragment, RunRecord::from_json(text)?, None))
}

fn load_item(fragment: &Fragment, path: &str, revision: Option<u32>) -> Result<Opened, LinkError> {
    let item = gallery::find(path).ok_or_else(|| LinkError::UnknownName {
        name: clip(path),
        nearest: gallery::nearest(path).join(", "),
    })?;
    if let Some(asked) = revision.filter(|&asked| asked != item.revision) {
        return Err(LinkError::UnknownRevision { name: item.path.to_owned(), asked, has: item.revision });
    }
    Ok(opened(fragment, item.record()?, Some(item)))
}

fn opened(fragment: &Fragment, mut record: RunRecord, item: Option<&'static GalleryItem>) -> Opened {
    if let Some(seed) = fragment.seed {
        record.set_seed(seed);
    }
    let opens = (record.scenario.opens > SimTime::ZERO).then_some(record.scenario.opens.0 / 1_000);
    let micros = fragment.t.or(opens.filter(|_| fragment.step.is_none()));
    let position = Position { micros, step: fragment.step, fingerprint: fragment.h };
    let badge = Badge::of(&record);
    Opened { record, item, position, badge, versus: None }
}

/// An item with a value that means nothing here: a misspelt name of a run must not open another one.
fn asks_for_something(fragment: &Fragment) -> Option<&str> {
    if fragment.versus.is_some() {
        return Some("vs");
    }
    fragment.unknown.iter().find(|(_, value)| value.is_some()).map(|(name, _)| name.as_str())
}

/// The shortest fragment that opens this run at this position. `keep` are the unknown items of the
/// fragment that the page was opened with.
pub fn share(record: &RunRecord, position: &Position, keep: &[(String, Option<String>)]) -> Fragment {
    let (source, seed) = match gallery_name(record) {
        Some((item, seed)) => {
            (Source::Gallery { path: item.path.to_owned(), revision: Some(item.revision) }, seed)
        }
        None => (Source::Payload(codec::encode(&record.to_slim_json())), None),
    };
    Fragment {
        source,
        seed,
        t: position.micros,
        step: position.step,
        h: position.step.and(position.fingerprint),
        unknown: keep.to_vec(),
        ..Fragment::default()
    }
}

/// The same for two runs side by side. Seeds are the first run's, so only an untouched scenario of the
/// gallery is named as the second one.
pub fn share_pair(
    record: &RunRecord,
    versus: &RunRecord,
    position: &Position,
    keep: &[(String, Option<String>)],
) -> Fragment {
    let second = match gallery_name(versus) {
        Some((item, None)) => Source::Gallery { path: item.path.to_owned(), revision: Some(item.revision) },
        _ => Source::Payload(codec::encode(&versus.to_slim_json())),
    };
    Fragment { versus: Some(second), ..share(record, position, keep) }
}

/// The gallery's scenario that this is, and its seed if that is another.
fn gallery_name(record: &RunRecord) -> Option<(&'static GalleryItem, Option<u64>)> {
    // Titles first: reading every document of the gallery would take milliseconds at each sharing.
    let mut alike = gallery::gallery().iter().filter(|item| item.title == record.scenario.title);
    alike.find_map(|item| {
        let mut original: RunRecord = item.record().ok()?;
        let seed = record.scenario.seed;
        let other_seed = (seed != original.scenario.seed).then_some(seed);
        original.set_seed(seed);
        (original.scenario == record.scenario && original.script == record.script)
            .then_some((item, other_seed))
    })
}

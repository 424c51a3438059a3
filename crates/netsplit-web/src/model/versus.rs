//! A second run beside the first, on the same clock: what it is, and where the two part.

use netsplit_scenarios::error::OpenError;
use netsplit_scenarios::link::{self, Position};
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::describe::ParamValue;
use netsplit_sim::run::Progress;
use netsplit_sim::time::SimTime;
use netsplit_view::divergence::{self, Comparison, Named};
use netsplit_view::doing;
use netsplit_view::format;
use netsplit_words::say;

use super::{Address, Effects, Model};
use crate::judging::Live;
use crate::language;
use crate::session::{BranchId, Place, Session};
use crate::stage_contract::Side;

/// What the run that is shown is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum With {
    /// Another branch.
    Branch(BranchId),
    /// The same with another seed.
    Seed(u64),
    /// The same with another value of a parameter.
    Param(&'static str, ParamValue),
    /// The same with a flaw switched on or off.
    Flaw(&'static str, bool),
    /// A scenario of the gallery.
    Scenario(&'static str),
}

/// The second run, and what comparing it with the first has found.
pub struct Versus {
    session: Session,
    found: Option<Comparison>,
    /// The number of the run that it was compared with.
    of: u64,
    live: Live,
}

/// So many events the second run goes at once.
const AT_ONCE: u32 = 2_048;

impl Versus {
    fn new(session: Session) -> Self {
        Self { session, found: None, of: 0, live: Live::default() }
    }

    /// The second run.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Its run, and what is known of its client history.
    pub(super) fn judged(&mut self) -> (&mut Live, &Session) {
        (&mut self.live, &self.session)
    }

    /// What is known of its client history.
    pub fn live(&self) -> &Live {
        &self.live
    }

    /// Where the two part, as far as both are known.
    pub fn found(&self) -> Option<&Comparison> {
        self.found.as_ref()
    }

    /// A run that was named beside another one, called by what sets it apart.
    pub(super) fn named(first: &Session, record: RunRecord) -> Result<Self, OpenError> {
        let name = set_apart(first, &record);
        Session::alone(record, name).map(Self::new)
    }
}

impl Model {
    /// The second run, while two are compared.
    pub fn versus(&self) -> Option<&Versus> {
        self.versus.as_ref()
    }

    /// The run on this side; there is always a first one.
    pub fn side(&self, side: Side) -> &Session {
        match (side, &self.versus) {
            (Side::Second, Some(versus)) => &versus.session,
            (Side::First, _) | (Side::Second, None) => &self.session,
        }
    }

    /// The fragment that opens what is shown, the second run included.
    pub fn fragment(&self, position: &Position) -> String {
        let (record, unknown) = (self.session.record(), self.session.unknown());
        let fragment = match &self.versus {
            None => link::share(record, position, unknown),
            Some(versus) => link::share_pair(record, versus.session.record(), position, unknown),
        };
        self.with_lesson(fragment).to_string()
    }

    pub(super) fn compare(&mut self, with: With) -> Effects {
        match self.second(with) {
            Ok(versus) => {
                self.ui.dialog = None;
                // On a small page two stages need the room of the sheet.
                self.ui.sheet = None;
                self.ui.tell(say!("Beside it: {name}.", name = versus.session.branch().name));
                self.put_beside(Some(versus))
            }
            Err(error) => {
                self.warn(say!("{error}.", error = format::capital(&error.to_string())));
                Effects::default()
            }
        }
    }

    pub(super) fn end_comparison(&mut self) -> Effects {
        self.put_beside(None)
    }

    fn put_beside(&mut self, versus: Option<Versus>) -> Effects {
        self.versus = versus;
        self.revision += 1;
        Effects { link: true, address: Address::Replace, ..Effects::default() }
    }

    fn second(&self, with: With) -> Result<Versus, OpenError> {
        let mut record = RunRecord { expect: Vec::new(), ..self.session.record().clone() };
        match with {
            With::Branch(id) => {
                if let Some(session) = self.session.apart(id) {
                    return Ok(Versus::new(session));
                }
            }
            With::Seed(seed) => record.scenario.seed = seed,
            With::Param(name, value) => drop(record.scenario.params.insert(name.to_owned(), value)),
            With::Flaw(name, true) => drop(record.scenario.flaws.insert(name.to_owned())),
            With::Flaw(name, false) => drop(record.scenario.flaws.remove(name)),
            With::Scenario(path) => {
                if let Some(item) = netsplit_scenarios::gallery::find(path) {
                    record = item.record()?;
                }
            }
        }
        Versus::named(&self.session, record)
    }

    /// Brings the second run to the time of the first, for as long as `goes_on`. Says whether it is
    /// still on its way.
    pub(super) fn keep_pace(&mut self, goes_on: &dyn Fn() -> bool) -> bool {
        let now = self.session.run().now();
        let Some(versus) = &mut self.versus else { return false };
        let before = (versus.session.run().now(), versus.session.run().step());
        let on_its_way = follow(&mut versus.session, now, goes_on);
        if before != (versus.session.run().now(), versus.session.run().step()) {
            self.revision += 1;
        }
        on_its_way
    }

    /// Looks where the two part, unless that is known.
    pub(super) fn find_parting(&mut self) {
        let runs = self.runs;
        let Some(versus) = &mut self.versus else { return };
        let known = versus.found.take().filter(|_| versus.of == runs);
        versus.of = runs;
        versus.found = Some(match known {
            Some(found) if found.event.is_some() => found,
            // Up to where they were compared they are the same.
            known => {
                let since = known.map_or(SimTime::ZERO, |found| found.compared_to);
                divergence::compare(named(&self.session), named(&versus.session), since)
            }
        });
    }
}

/// Whether a run is still on its way to this time.
fn follow(session: &mut Session, now: SimTime, goes_on: &dyn Fn() -> bool) -> bool {
    if session.run().now() == now {
        return false;
    }
    let place = Place::At(now);
    let mut moved = session.approach(place).map(|()| Progress::Underway);
    while moved == Ok(Progress::Underway) {
        moved = session.run_towards(place, AT_ONCE);
        if moved == Ok(Progress::Underway) && !goes_on() {
            return true;
        }
    }
    // A run that cannot go on stands where it stopped; its own stage shows why.
    false
}

fn named(session: &Session) -> Named<'_> {
    Named { run: session.run(), name: &session.branch().name }
}

/// What sets a record apart from the run that is shown, in a few words.
fn set_apart(first: &Session, record: &RunRecord) -> String {
    let (one, other) = (first.scenario(), &record.scenario);
    if one.title != other.title {
        return language::of_document(&other.title).to_owned();
    }
    if one.seed != other.seed {
        return say!("seed {seed}", seed = other.seed);
    }
    if let Some(flaw) = other.flaws.difference(&one.flaws).next() {
        return say!("with the flaw {flaw}", flaw);
    }
    if let Some(flaw) = one.flaws.difference(&other.flaws).next() {
        return say!("without the flaw {flaw}", flaw);
    }
    let param = other.params.iter().find(|(name, value)| one.params.get(*name) != Some(value));
    if let Some((name, value)) = param {
        return say!("{name} = {value}", name, value = value.shown());
    }
    let here = first.record().scheduled();
    let parting = record.scheduled().into_iter().enumerate().find(|(at, line)| here.get(*at) != Some(line));
    match parting {
        Some((_, line)) => crate::session::short(&doing::told(&line.what, first.run(), false)),
        None => say!("the other").to_owned(),
    }
}

//! From text to a record, and from a record to a live run.

use netsplit_sim::describe::Settings;
use netsplit_sim::execution::Refused;
use netsplit_sim::latency::Delay;
use netsplit_sim::run::Run;
use netsplit_sim::setup::Setup;
use serde_json::Value;

use crate::document::Scenario;
use crate::error::OpenError;
use crate::form::{At, Form};
use crate::limits;
use crate::registry::{self, Registered};
use crate::run_record::RunRecord;
use crate::slim::Defaults;
use crate::validate::{self, bad_setting};
use crate::versions;

/// Checks a record like one from a stranger, without starting it.
pub fn check(record: &RunRecord) -> Result<(), OpenError> {
    checked(record).map(|_| ())
}

/// Starts a run. The record is checked like one from a stranger.
pub fn open(record: &RunRecord) -> Result<Box<dyn Run>, OpenError> {
    let (protocol, settings) = checked(record)?;
    (protocol.boot)(record.scenario.setup(), &settings, record.scheduled()).map_err(|refused| match refused {
        Refused::Setting(error) => bad_setting(error),
        Refused::Intervention(error) => {
            OpenError::Impossible { place: "script".to_owned(), problem: error.to_string() }
        }
    })
}

fn checked(record: &RunRecord) -> Result<(&'static Registered, Settings), OpenError> {
    read(&record.written())?;
    validate::validate(record)
}

impl Scenario {
    /// The kernel's form of it, without the protocol's parameters.
    pub fn setup(&self) -> Setup {
        Setup {
            seed: self.seed,
            until: self.until,
            servers: self.nodes,
            clients: self.clients.clone(),
            link: self.network.link.clone(),
            links: self.network.links.clone(),
            kinds: self.kinds(),
            under_way: self.network.under_way,
            disk: self.disk.clone(),
            clocks: self.clocks.iter().map(|clock| (clock.node, clock.offset, clock.drift_ppm)).collect(),
        }
    }
}

impl Scenario {
    /// The kinds of messages with a delay of their own, by number; validation refuses unknown names.
    fn kinds(&self) -> Vec<(u8, Delay)> {
        let messages = registry::about(&self.protocol).map_or(&[][..], |about| about.messages);
        let number = |name: &str| messages.iter().position(|kind| kind.name == name);
        let of = |(name, delay): &(String, Delay)| Some((number(name)? as u8, delay.clone()));
        self.network.kinds.iter().filter_map(of).collect()
    }
}

impl RunRecord {
    /// Reads a document: a file, or what a link unpacks to. What it leaves out has the frozen default of
    /// its schema.
    pub fn from_json(text: &str) -> Result<Self, OpenError> {
        let mut document = parse(text)?;
        versions::upgrade(&document)?;
        Defaults::frozen().fill(&mut document);
        let record = read(&document)?;
        validate::validate(&record)?;
        Ok(record)
    }

    /// The document with every field, laid out for people.
    pub fn to_json(&self) -> String {
        let mut text =
            serde_json::to_string_pretty(&self.written()).expect("a document has no keys but texts");
        text.push('\n');
        text
    }

    /// The document without what equals the frozen defaults, in one line.
    pub(crate) fn to_slim_json(&self) -> String {
        let mut document = self.written();
        Defaults::frozen().slim(&mut document);
        document.to_string()
    }
}

fn read(document: &Value) -> Result<RunRecord, OpenError> {
    RunRecord::read_at(&At::top(document)).map_err(|error| *error)
}

fn parse(text: &str) -> Result<Value, OpenError> {
    if text.len() > limits::DOCUMENT_BYTES {
        return Err(OpenError::TooLarge(limits::DOCUMENT_BYTES));
    }
    if depth(text) > limits::DEPTH {
        return Err(OpenError::TooDeep(limits::DEPTH));
    }
    serde_json::from_str(text)
        .map_err(|error| OpenError::NotJson { line: error.line(), column: error.column() })
}

/// How deep the brackets of a text nest, those inside of strings left aside.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => depth += 1,
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

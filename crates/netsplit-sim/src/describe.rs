//! How a protocol tells about itself: plain values from which a page, a terminal or a document can
//! show any protocol without knowing it.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::id::{NodeId, Topology};
use crate::note::Note;
use crate::protocol::Protocol;
use crate::time::SimTime;

/// What never changes about a protocol.
#[derive(Debug)]
pub struct About {
    /// Its name in documents and links: lower case, no spaces.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// One sentence: what it is for.
    pub summary: &'static str,
    /// Roles of servers and clients; [`NodeView::role`] is a position here.
    pub roles: &'static [Role],
    /// Message kinds; [`Message::kind`](crate::protocol::Message::kind) is a position here.
    pub messages: &'static [MessageKind],
    /// Rules; [`Note::rule`] is a position here.
    pub rules: &'static [Rule],
    /// Timers of servers; [`TimerName`](crate::id::TimerName) is a position here.
    pub timers: &'static [TimerKind],
    /// Parameters, in the order a form shows them.
    pub params: &'static [Param],
    /// Rules that can be broken on purpose.
    pub flaws: &'static [Flaw],
    /// What is checked after every event; [`Violation::property`] is a position here.
    pub properties: &'static [Property],
    /// The rules in short, as the paper numbers them: (where, what).
    pub rule_card: &'static [(&'static str, &'static str)],
    /// What the protocol assumes, and what it promises as long as that holds.
    pub model_card: &'static [(&'static str, &'static str)],
    /// Where this implementation departs from the paper, and why.
    pub departures: &'static [(&'static str, &'static str)],
    /// Faults under which the properties need not hold, with the banner that says so.
    pub intolerable: &'static [(Assumption, &'static str)],
}

/// An assumption that an intervention can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assumption {
    /// What was made durable stays: broken by a crash that loses the disk.
    StableStorage,
    /// Clocks run at nearly the same speed: broken by drift beyond what the parameters allow.
    BoundedDrift,
}

/// A colour role. The page maps it to a colour; it never stands alone, shapes and letters repeat it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// In charge, and what those in charge send.
    Lead,
    /// Striving to be in charge, and asking for it.
    Contend,
    /// Agreement.
    Assent,
    /// Clients and what they say.
    Client,
    /// Nothing special.
    Plain,
    /// Information of another kind.
    Info,
}

/// The outline of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A circle.
    Circle,
    /// A hexagon.
    Hexagon,
    /// A square on its corner.
    Diamond,
    /// A square with round corners.
    Square,
}

/// A role of a node.
#[derive(Debug)]
pub struct Role {
    /// In lower case: `leader`.
    pub name: &'static str,
    /// One letter.
    pub letter: char,
    /// Colour role.
    pub tone: Tone,
    /// Outline.
    pub shape: Shape,
}

/// A kind of message.
#[derive(Debug)]
pub struct MessageKind {
    /// As the paper calls it: `RequestVote`.
    pub name: &'static str,
    /// In two words for a legend: `vote?`.
    pub short: &'static str,
    /// One letter, drawn on the dot.
    pub letter: char,
    /// Colour role.
    pub tone: Tone,
}

/// A rule of the protocol and the sentence that says it was applied.
#[derive(Debug)]
pub struct Rule {
    /// Lower case with dashes, unique in the protocol: `grant-vote`.
    pub name: &'static str,
    /// Where the paper states it; empty if nowhere.
    pub section: &'static str,
    /// A whole sentence with `{placeholders}` for the note's values, taken in order; the text between
    /// the braces says how to show the value: `{node}` a participant, `{n}` a number, `{key}` a key,
    /// `{value}` a value as [`value_arg`] wrote it, `{ns}` a duration.
    pub sentence: &'static str,
    /// Whether it is one of the moments that people look for.
    pub mark: Option<Mark>,
    /// Whether the sentence deserves the stage, or happens all the time.
    pub weight: Weight,
}

/// How much a rule's sentence deserves to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Happens all the time: event list only.
    Routine,
    /// Says what is going on: the stage shows it.
    Notable,
}

/// A kind of moment that people look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Somebody came into charge.
    Election,
    /// Something became final.
    Commit,
    /// Something was done to the system.
    Fault,
    /// A property was broken.
    Violation,
    /// A client's operation ended.
    Client,
}

impl Mark {
    /// Its name in documents and legends.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Election => "election",
            Self::Commit => "commit",
            Self::Fault => "fault",
            Self::Violation => "violation",
            Self::Client => "client",
        }
    }
}

/// A timer of servers.
#[derive(Debug)]
pub struct TimerKind {
    /// In lower case: `election timer`.
    pub name: &'static str,
    /// Whether the stage draws it as an arc.
    pub on_stage: bool,
}

/// A parameter of the protocol.
#[derive(Debug)]
pub struct Param {
    /// Its name in documents: the paper's, with underscores.
    pub name: &'static str,
    /// One sentence: what it does.
    pub meaning: &'static str,
    /// Type, range and default.
    pub kind: ParamKind,
}

/// Type, range and default of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// Nanoseconds.
    Duration {
        /// Least.
        min: u64,
        /// Most.
        max: u64,
        /// When nothing is said.
        default: u64,
    },
    /// A whole number.
    Count {
        /// Least.
        min: u64,
        /// Most.
        max: u64,
        /// When nothing is said.
        default: u64,
    },
    /// On or off.
    Switch {
        /// When nothing is said.
        default: bool,
    },
    /// One of some names.
    Choice {
        /// Name and meaning of each; the first is the default.
        options: &'static [(&'static str, &'static str)],
    },
}

/// A switch that breaks one rule on purpose.
#[derive(Debug)]
pub struct Flaw {
    /// Its name in documents.
    pub name: &'static str,
    /// One sentence: which rule, and how it is broken.
    pub meaning: &'static str,
}

/// Something that must hold after every event.
#[derive(Debug)]
pub struct Property {
    /// Its name in documents: `election-safety`.
    pub name: &'static str,
    /// Its name for people: `Election safety`.
    pub title: &'static str,
    /// One sentence: what it says.
    pub meaning: &'static str,
    /// Whether it counts among those that the verdict on the stage names.
    pub headline: bool,
    /// Where the paper states it.
    pub section: &'static str,
}

/// A property that was found broken. It stays broken for the rest of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Position in [`About::properties`].
    pub property: u16,
    /// How, as a rule with values.
    pub note: Note,
}

/// A participant as it can be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeView {
    /// Position in [`About::roles`].
    pub role: u16,
    /// A word or two under the name: `term 3`.
    pub badge: String,
    /// State, in the order of the paper's figure.
    pub fields: Vec<Field>,
    /// Larger parts of the state.
    pub panels: Vec<Panel>,
}

/// One named piece of state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// As the paper calls it: `voted_for`.
    pub name: &'static str,
    /// As text.
    pub value: String,
    /// One sentence: the law of this field.
    pub meaning: &'static str,
}

/// A larger part of a node's state, of a kind that pages know how to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Panel {
    /// A sequence of entries with positions marked in it.
    Log(LogPanel),
    /// Rows of texts.
    Table(TablePanel),
}

/// A sequence of entries that other nodes have too, aligned by index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogPanel {
    /// Entries in order of index.
    pub entries: Vec<LogCell>,
    /// Positions marked in it: `commit`, `applied`, …
    pub marks: Vec<LogMark>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogCell {
    /// From one.
    pub index: u64,
    /// Two or three characters.
    pub label: String,
    /// The whole entry in words.
    pub title: String,
    /// Shown small beside the label: the term.
    pub epoch: u64,
    /// Whether this node knows it to be final.
    pub settled: bool,
    /// Whether it is on the disk.
    pub durable: bool,
}

/// A position in a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogMark {
    /// What stands there: `commit`, `next n2`.
    pub label: String,
    /// The entry it stands at; zero is before the first.
    pub index: u64,
}

/// Rows of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TablePanel {
    /// What the rows are.
    pub title: &'static str,
    /// Column headings.
    pub columns: Vec<&'static str>,
    /// Rows, as wide as the headings.
    pub rows: Vec<Vec<String>>,
}

/// A message as it can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageView {
    /// Position in [`About::messages`].
    pub kind: u8,
    /// Kind and content in a line: `AppendEntries term 3, 2 entries after 4`.
    pub title: String,
    /// Its content.
    pub fields: Vec<Field>,
}

/// What some nodes can do among themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideView {
    /// `2 of 5: cannot commit`.
    pub text: String,
    /// Whether they can go on without the others.
    pub able: bool,
}

/// What a protocol tells of itself.
pub trait Describe: Protocol {
    /// What never changes.
    fn about() -> &'static About;
    /// Turns checked settings into the protocol's parameters, refusing combinations that make no sense.
    fn configure(settings: &Settings, topology: Topology) -> Result<Self::Config, BadSetting>;
    /// A server. `server` is `None` while it is crashed; then only the disk is left to show.
    fn server(
        config: &Self::Config,
        id: NodeId,
        server: Option<&Self::Server>,
        disk: Images<'_, Self>,
    ) -> NodeView;
    /// A client.
    fn client(config: &Self::Config, id: NodeId, client: &Self::Client) -> NodeView;
    /// A message.
    fn message(message: &Self::Message) -> MessageView;
    /// What these servers can do among themselves.
    fn side(config: &Self::Config, topology: Topology, members: &BTreeSet<NodeId>) -> SideView;
}

/// A server's disk: as written, and as a crash would leave it.
pub struct Images<'a, P: Protocol> {
    /// With every write issued.
    pub live: &'a P::Disk,
    /// With durable writes only.
    pub durable: &'a P::Disk,
}

impl<P: Protocol> Clone for Images<'_, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P: Protocol> Copy for Images<'_, P> {}

/// A parameter's value in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamValue {
    /// Durations in nanoseconds, and counts.
    Number(u64),
    /// Switches.
    Switch(bool),
    /// Choices.
    Name(String),
}

/// Parameters checked against their descriptions, every default filled in, and the flaws switched on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    values: BTreeMap<&'static str, ParamValue>,
    flaws: BTreeSet<&'static str>,
}

/// Why settings were refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadSetting {
    /// No parameter has this name.
    #[error("{protocol} has no parameter “{name}”; it has {allowed}")]
    UnknownParam {
        /// The protocol.
        protocol: &'static str,
        /// The name given.
        name: String,
        /// The names there are.
        allowed: String,
    },
    /// No flaw has this name.
    #[error("{protocol} has no flaw “{name}”; it has {allowed}")]
    UnknownFlaw {
        /// The protocol.
        protocol: &'static str,
        /// The name given.
        name: String,
        /// The names there are.
        allowed: String,
    },
    /// A value of the wrong type or out of range.
    #[error("{name} must be {allowed}, not {given}")]
    OutOfRange {
        /// The parameter.
        name: &'static str,
        /// What is allowed.
        allowed: String,
        /// What was given.
        given: String,
    },
    /// Values that make no sense together.
    #[error("{0}")]
    Combination(String),
}

impl About {
    /// Checks what a document says against the parameters and flaws described, and fills in defaults.
    pub fn settings(
        &self,
        params: &BTreeMap<String, ParamValue>,
        flaws: &BTreeSet<String>,
    ) -> Result<Settings, BadSetting> {
        let mut values: BTreeMap<_, _> = self.params.iter().map(|p| (p.name, p.kind.default())).collect();
        for (name, value) in params {
            let param = self.params.iter().find(|p| p.name == name).ok_or_else(|| {
                let allowed = list(self.params.iter().map(|p| p.name));
                BadSetting::UnknownParam { protocol: self.title, name: clip(name), allowed }
            })?;
            if !param.kind.allows(value) {
                let allowed = param.kind.allowed();
                return Err(BadSetting::OutOfRange { name: param.name, allowed, given: value.shown() });
            }
            values.insert(param.name, value.clone());
        }
        let flaws = flaws.iter().map(|name| self.flaw(name)).collect::<Result<_, _>>()?;
        Ok(Settings { values, flaws })
    }

    fn flaw(&self, name: &str) -> Result<&'static str, BadSetting> {
        let found = self.flaws.iter().find(|flaw| flaw.name == name);
        found.map(|flaw| flaw.name).ok_or_else(|| {
            let allowed = list(self.flaws.iter().map(|flaw| flaw.name));
            BadSetting::UnknownFlaw { protocol: self.title, name: clip(name), allowed }
        })
    }

    /// The sentence of a note.
    pub fn sentence(&self, note: &Note) -> String {
        render(self.rules[usize::from(note.rule)].sentence, &note.args)
    }
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

/// Names from links are hostile: an error quotes no more than a line of one.
fn clip(text: &str) -> String {
    text.chars().take(60).collect()
}

impl ParamKind {
    /// The value when nothing is said.
    pub fn default(&self) -> ParamValue {
        match *self {
            Self::Duration { default, .. } | Self::Count { default, .. } => ParamValue::Number(default),
            Self::Switch { default } => ParamValue::Switch(default),
            Self::Choice { options } => ParamValue::Name(options[0].0.to_owned()),
        }
    }

    /// Whether the value has the right type and is in range.
    pub fn allows(&self, value: &ParamValue) -> bool {
        match (self, value) {
            (Self::Duration { min, max, .. } | Self::Count { min, max, .. }, ParamValue::Number(n)) => {
                (min..=max).contains(&n)
            }
            (Self::Switch { .. }, ParamValue::Switch(_)) => true,
            (Self::Choice { options }, ParamValue::Name(name)) => {
                options.iter().any(|(option, _)| option == name)
            }
            _ => false,
        }
    }

    /// What is allowed, in words.
    pub fn allowed(&self) -> String {
        match self {
            Self::Duration { min, max, .. } => format!("a whole number of nanoseconds from {min} to {max}"),
            Self::Count { min, max, .. } => format!("a whole number from {min} to {max}"),
            Self::Switch { .. } => "true or false".to_owned(),
            Self::Choice { options } => format!("one of {}", list(options.iter().map(|(name, _)| *name))),
        }
    }
}

impl ParamValue {
    /// As text.
    pub fn shown(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Switch(on) => on.to_string(),
            Self::Name(name) => format!("“{}”", clip(name)),
        }
    }
}

impl Settings {
    /// A duration or count. The name must be one that the protocol described as such.
    pub fn number(&self, name: &str) -> u64 {
        match self.values.get(name) {
            Some(ParamValue::Number(number)) => *number,
            other => unreachable!("{name} is described as a number, and is {other:?}"),
        }
    }

    /// A switch. The name must be one that the protocol described as such.
    pub fn switch(&self, name: &str) -> bool {
        match self.values.get(name) {
            Some(ParamValue::Switch(on)) => *on,
            other => unreachable!("{name} is described as a switch, and is {other:?}"),
        }
    }

    /// A choice. The name must be one that the protocol described as such.
    pub fn choice(&self, name: &str) -> &str {
        match self.values.get(name) {
            Some(ParamValue::Name(choice)) => choice,
            other => unreachable!("{name} is described as a choice, and is {other:?}"),
        }
    }

    /// Whether a flaw is switched on.
    pub fn flaw(&self, name: &str) -> bool {
        self.flaws.contains(name)
    }

    /// All values by name.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, &ParamValue)> {
        self.values.iter().map(|(name, value)| (*name, value))
    }
}

/// A value of a history as a note's argument, for `{value}`.
pub fn value_arg(value: crate::history::Value) -> u64 {
    match value {
        crate::history::Value::Absent => 0,
        crate::history::Value::Number(number) => (number as u64).wrapping_add(1),
    }
}

/// A value as people read it: the first 26 numbers are letters, so that `x = D` fits a log cell.
pub fn shown_value(value: crate::history::Value) -> String {
    match value {
        crate::history::Value::Absent => "nothing".to_owned(),
        crate::history::Value::Number(n @ 1..=26) => char::from(b'A' + (n - 1) as u8).to_string(),
        crate::history::Value::Number(n) => n.to_string(),
    }
}

/// A key as people read it: x, y, z, then k3, k4, …
pub fn shown_key(key: u32) -> String {
    match key {
        0 => "x".to_owned(),
        1 => "y".to_owned(),
        2 => "z".to_owned(),
        _ => format!("k{key}"),
    }
}

/// Fills a sentence's placeholders with a note's values, in order.
fn render(sentence: &str, args: &[u64; 4]) -> String {
    let mut text = String::with_capacity(sentence.len() + 8);
    let mut rest = sentence;
    let mut args = args.iter().copied();
    while let Some((before, after)) = rest.split_once('{') {
        let (form, after) = after.split_once('}').expect("a rule's placeholder is closed");
        text.push_str(before);
        text.push_str(&shown_arg(form, args.next().expect("a rule has at most four placeholders")));
        rest = after;
    }
    text + rest
}

fn shown_arg(form: &str, arg: u64) -> String {
    match form {
        "n" => arg.to_string(),
        "node" => NodeId::from_raw(arg as u16).to_string(),
        "key" => shown_key(arg as u32),
        "value" => match arg.checked_sub(1) {
            None => shown_value(crate::history::Value::Absent),
            Some(number) => shown_value(crate::history::Value::Number(number as i64)),
        },
        "ns" => crate::time::SimDuration(arg).to_string(),
        _ => unreachable!("no placeholder is called {form}"),
    }
}

/// A timer that runs, for arcs and lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerView {
    /// Which.
    pub timer: crate::id::TimerName,
    /// When it was started.
    pub set_at: SimTime,
    /// When it falls due.
    pub due_at: SimTime,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::node;

    #[test]
    fn placeholders_are_filled_in_order() {
        let args = Note::new(0, [node(NodeId::server(3)), 3, 0, 407_000_000]).args;
        let text = render("{node} wants term {n}, key {key}, after {ns}.", &args);
        assert_eq!(text, "n4 wants term 3, key x, after 407 ms.");
    }

    #[test]
    fn small_numbers_are_letters() {
        use crate::history::Value;
        assert_eq!(shown_arg("value", value_arg(Value::Number(4))), "D");
        assert_eq!(shown_arg("value", value_arg(Value::Number(-3))), "-3");
        assert_eq!(shown_arg("value", value_arg(Value::Absent)), "nothing");
    }
}

//! How a protocol tells about itself: plain values from which a page, a terminal or a document can
//! show any protocol without knowing it.

mod question;
mod settings;
mod spoken;
mod tell;
mod telling;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use netsplit_words::word;

use crate::history::Function;
use crate::id::{NodeId, TimerName, Topology};
use crate::note::Note;
use crate::protocol::Protocol;
use crate::run::Run;
use crate::time::SimTime;
use crate::world::World;

#[doc(hidden)]
pub use netsplit_words::{argument, names_what_it_gets, takes_nothing};
pub use question::{Answer, Ask, Part, Question, Sentence, Subject, Target};
pub use settings::{BadSetting, ParamValue, Settings};
pub use tell::Named;
pub use text::{shown_key, shown_number, shown_value, value_arg};

/// The lines of a card: (where, what). Cards are long and seldom read, so they are functions: a page can
/// fetch them when somebody reads them.
pub type Card = &'static [(&'static str, &'static str)];

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
    /// Timers of servers; [`TimerName`] is a position here.
    pub timers: &'static [TimerKind],
    /// What clients can ask for.
    pub functions: &'static [Function],
    /// Whether an operation may say how many replicas have to answer it; see
    /// [`Operation::replicas`](crate::history::Operation::replicas).
    pub replica_choice: bool,
    /// What a server can be told to do; [`OrderName`](crate::id::OrderName) is a position here.
    pub orders: &'static [Order],
    /// How a message under way can be tampered with; [`TamperName`](crate::id::TamperName) is a position
    /// here.
    pub tampers: &'static [Tampering],
    /// Parameters, in the order a form shows them.
    pub params: &'static [Param],
    /// Names of the parameters that may differ from server to server; the others are an agreement of all.
    pub rollouts: &'static [&'static str],
    /// Rules that can be broken on purpose.
    pub flaws: &'static [Flaw],
    /// What is checked after every event; [`Violation::property`] is a position here.
    pub properties: &'static [Property],
    /// The rules in short, as the paper numbers them.
    pub rule_card: fn() -> Card,
    /// What the protocol assumes, and what it promises as long as that holds.
    pub model_card: fn() -> Card,
    /// Where this implementation departs from the paper, and why.
    pub departures: fn() -> Card,
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
    /// Messages arrive as they were sent, or not at all: broken by whoever tampers with one.
    GenuineMessages,
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
    /// the braces says how to show the value: `{node}` a participant, `{n}` a number, `{int}` one
    /// that may be below zero, `{key}` a key,
    /// `{value}` a value as [`value_arg`] wrote it, `{ns}` a duration. A translation that needs them in
    /// another order says which it means: `{2 node}`.
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
            Self::Election => word!("election"),
            Self::Commit => word!("commit"),
            Self::Fault => word!("fault"),
            Self::Violation => word!("violation"),
            Self::Client => word!("client"),
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
    /// Kinds of messages that make it start again, or stop: what was missed if it falls due.
    pub reset_by: &'static [u8],
}

/// Something that an operator can tell a server to do: join, leave, hand over.
#[derive(Debug)]
pub struct Order {
    /// In lower case, as a menu shows it: `leave the ring`.
    pub name: &'static str,
    /// One sentence: what it does.
    pub meaning: &'static str,
}

/// Something that somebody on the way can do to what a message says.
#[derive(Debug)]
pub struct Tampering {
    /// In lower case, as a menu shows it: `raise its term`.
    pub name: &'static str,
    /// One sentence: what it changes.
    pub meaning: &'static str,
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
    /// Points and keys on a circle.
    Ring(RingPanel),
}

/// A sequence of entries that other nodes have too, aligned by index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogPanel {
    /// The entries asked for, in order of index.
    pub entries: Vec<LogCell>,
    /// Index of the last entry there is; zero if there is none.
    pub last: u64,
    /// How many entries this node knows to be final, from the first on.
    pub settled: u64,
    /// Positions marked in it: `commit`, `applied`, …
    pub marks: Vec<LogMark>,
}

/// Which entries of a log are asked for: a long one is not shown whole at every frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Index of the first; without one, the window lies at the end.
    pub first: Option<u64>,
    /// How many, at most.
    pub width: u64,
}

impl Window {
    /// The end of the log, as much as a node on a stage could show.
    pub const END: Self = Self { first: None, width: 64 };
    /// Every entry.
    pub const ALL: Self = Self { first: Some(1), width: u64::MAX };

    /// The indices in it, of a log that ends at `last`.
    pub fn indices(self, last: u64) -> RangeInclusive<u64> {
        let first = self.first.unwrap_or_else(|| (last + 1).saturating_sub(self.width)).max(1);
        first..=last.min(first.saturating_add(self.width - 1))
    }
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

/// A circle of hash values, divided among its members: who is responsible for which keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RingPanel {
    /// What the ring is.
    pub title: &'static str,
    /// Where members stand, by position: each owns what lies between the point before it and its own.
    pub points: Vec<RingPoint>,
    /// The keys in use, by position.
    pub keys: Vec<RingKey>,
}

/// A point of a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RingPoint {
    /// Where, in parts per million of the circle.
    pub at: u32,
    /// Whose.
    pub owner: NodeId,
    /// Whether it is the node that shows the ring.
    pub own: bool,
}

/// A key on a ring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RingKey {
    /// Where, in parts per million of the circle.
    pub at: u32,
    /// What it is called.
    pub label: String,
    /// Who is responsible for it, the first first.
    pub homes: Vec<NodeId>,
    /// Whether the node that shows the ring holds it.
    pub held: bool,
}

/// What replicas hold: for every key each server that should hold it, with the numbers it holds, in
/// ascending order: none, one, or several side by side.
pub type Replicas = BTreeMap<u32, BTreeMap<NodeId, Vec<i64>>>;

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
    /// A server, with what the window shows of its log. `server` is `None` while it is crashed; then only
    /// the disk is left to show.
    fn server(
        config: &Self::Config,
        id: NodeId,
        server: Option<&Self::Server>,
        disk: Images<'_, Self>,
        window: Window,
    ) -> NodeView;
    /// Position in [`About::roles`] of what a server is; `server` is `None` while it is crashed.
    fn role(config: &Self::Config, server: Option<&Self::Server>) -> u16;
    /// A client.
    fn client(config: &Self::Config, id: NodeId, client: &Self::Client) -> NodeView;
    /// A message.
    fn message(message: &Self::Message) -> MessageView;
    /// What these servers can do among themselves.
    fn side(config: &Self::Config, topology: Topology, members: &BTreeSet<NodeId>) -> SideView;
    /// What the replicas hold, key by key, each with those servers that should hold it and are not crashed.
    /// Protocols whose replicas may differ for long tell it, so that convergence can be seen.
    fn replicas(_world: &World<Self>) -> Replicas {
        Replicas::new()
    }
    /// What can be asked at the cursor about something that has not happened.
    fn questions(_world: &World<Self>, _run: &dyn Run, _about: Subject) -> Vec<Question> {
        Vec::new()
    }
    /// The answer at the cursor. A question that no longer makes sense is answered by saying so.
    fn answer(_world: &World<Self>, _run: &dyn Run, _ask: Ask) -> Answer {
        Answer::default()
    }
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

/// A timer that runs, for arcs and lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerView {
    /// Which.
    pub timer: TimerName,
    /// When it was started.
    pub set_at: SimTime,
    /// When it falls due.
    pub due_at: SimTime,
}

#[cfg(test)]
mod tests {
    use super::Window;

    #[test]
    fn a_window_lies_within_the_log_or_is_empty() {
        let seen = |window: Window, last| window.indices(last).collect::<Vec<_>>();
        let three = |first| Window { first, width: 3 };
        assert_eq!(seen(three(None), 9), [7, 8, 9]);
        assert_eq!(seen(three(None), 2), [1, 2]);
        assert_eq!(seen(three(Some(4)), 9), [4, 5, 6]);
        assert_eq!(seen(three(Some(8)), 9), [8, 9]);
        assert!(seen(three(Some(20)), 9).is_empty() && seen(Window::ALL, 0).is_empty());
        assert_eq!(seen(Window::ALL, 2), [1, 2]);
    }
}

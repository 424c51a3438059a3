//! Questions that a protocol answers about itself: why something has *not* happened.

use std::fmt::Display;

use crate::history::Moment;
use crate::id::{Link, MessageId, NodeId, WallId};

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The system as a whole.
    System,
    /// A server or client.
    Node(NodeId),
    /// An entry of a server's log, by its index.
    Entry(NodeId, u64),
    /// A client's operation, by its row of the history.
    Operation(u32),
}

/// A question, as its protocol recognizes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// What it is about.
    pub subject: Subject,
    /// Which of the protocol's questions.
    pub number: u8,
}

/// A question that can be asked at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Which.
    pub ask: Ask,
    /// A whole sentence: `Why is entry 3 of n1 not committed?`
    pub label: String,
}

/// What the protocol says, sentence by sentence, the most important first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Whole sentences.
    pub sentences: Vec<Sentence>,
}

/// A sentence whose words can point to what they name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// Its words, in order.
    pub parts: Vec<Part>,
    /// Where the paper states the rule behind it; empty if nowhere.
    pub section: &'static str,
}

/// Some words of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// As text.
    pub text: String,
    /// What they name, if it can be shown.
    pub target: Option<Target>,
}

/// Something that words point to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A participant.
    Node(NodeId),
    /// A link.
    Link(Link),
    /// A message under way.
    Message(MessageId),
    /// A wall.
    Wall(WallId),
    /// A point of the run.
    Moment(Moment),
}

impl Sentence {
    /// Goes on with the name of a participant.
    #[must_use]
    pub fn node(self, id: NodeId) -> Self {
        self.part(id, Some(Target::Node(id)))
    }

    /// Goes on with what happened at a moment.
    #[must_use]
    pub fn event(self, words: impl Display, moment: Moment) -> Self {
        self.part(words, Some(Target::Moment(moment)))
    }

    /// Goes on with a message: `AppendEntries #31`.
    #[must_use]
    pub fn message(self, name: &str, id: MessageId) -> Self {
        self.part(format_args!("{name} #{}", id.index), Some(Target::Message(id)))
    }

    /// Goes on with words that point somewhere.
    #[must_use]
    pub fn pointing(self, words: impl Display, target: Target) -> Self {
        self.part(words, Some(target))
    }

    /// The whole sentence.
    pub fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect()
    }

    fn part(mut self, words: impl Display, target: Option<Target>) -> Self {
        self.parts.push(Part { text: words.to_string(), target });
        self
    }
}

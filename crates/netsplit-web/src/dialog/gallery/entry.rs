//! What can be chosen: lessons and scenarios, told alike.

use netsplit_scenarios::gallery::{self, GalleryItem};
use netsplit_scenarios::lesson::{self, LessonItem};
use netsplit_scenarios::run_record::RunRecord;
use netsplit_scenarios::search::Wanted;
use netsplit_words::{say, told};

/// A lesson or a scenario.
#[derive(Clone, Copy, Debug)]
pub(super) enum Entry {
    /// Prose with moments, predictions and goals.
    Lesson(&'static LessonItem),
    /// A run to play with.
    Scenario(&'static GalleryItem),
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

/// All of them: lessons first, each kind in the order of a course.
pub(super) fn all() -> Vec<Entry> {
    let lessons = lesson::all().iter().map(Entry::Lesson);
    lessons.chain(gallery::gallery().iter().map(Entry::Scenario)).collect()
}

impl Entry {
    /// The one of this key.
    pub(super) fn of(key: &str) -> Option<Self> {
        all().into_iter().find(|entry| entry.key() == key)
    }

    /// Tells it from all others: a lesson's name has no slash.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Lesson(item) => item.name,
            Self::Scenario(item) => item.path,
        }
    }

    /// A few words.
    pub(super) fn title(self) -> &'static str {
        told(match self {
            Self::Lesson(item) => item.title,
            Self::Scenario(item) => item.title,
        })
    }

    /// What one will see.
    pub(super) fn summary(self) -> &'static str {
        told(match self {
            Self::Lesson(item) => item.summary(),
            Self::Scenario(item) => item.summary(),
        })
    }

    /// What it teaches, in English: shown by [`told`].
    pub(super) const fn topic(self) -> &'static str {
        match self {
            Self::Lesson(item) => item.topic,
            Self::Scenario(item) => item.topic,
        }
    }

    /// From 1 to 3.
    pub(super) const fn level(self) -> u8 {
        match self {
            Self::Lesson(item) => item.level,
            Self::Scenario(item) => item.level,
        }
    }

    /// How long it takes, for a lesson.
    pub(super) fn length(self) -> Option<String> {
        match self {
            Self::Lesson(item) => Some(say!("Lesson, {minutes} min", minutes = item.minutes)),
            Self::Scenario(_) => None,
        }
    }

    /// The fragment that opens it.
    pub(super) fn fragment(self) -> String {
        match self {
            Self::Lesson(item) => ["#lesson=", item.name].concat(),
            Self::Scenario(item) => ["#scenario=", item.path, "@", &item.revision.to_string()].concat(),
        }
    }

    /// The run that it opens with; nothing if it cannot be read, which a test rules out.
    pub(super) fn record(self) -> Option<RunRecord> {
        match self {
            Self::Lesson(item) => item.lesson().ok()?.record(0, None).ok(),
            Self::Scenario(item) => item.record().ok(),
        }
    }

    /// Whether it is what somebody looks for, in their language or in English.
    pub(super) fn is(self, wanted: &Wanted) -> bool {
        let (title, summary) = match self {
            Self::Lesson(item) => (item.title, item.summary()),
            Self::Scenario(item) => (item.title, item.summary()),
        };
        let texts = [title, summary, self.topic(), self.title(), self.summary(), told(self.topic())];
        wanted.finds(self.key(), &texts)
    }
}

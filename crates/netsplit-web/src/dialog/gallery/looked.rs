//! What is looked for in the gallery, and what is found.

use netsplit_scenarios::search::Wanted;

use super::entry::{Entry, all};

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Looked {
    /// Words, as typed.
    pub words: String,
    /// Only of this topic.
    pub topic: Option<&'static str>,
    /// Only as hard as this.
    pub level: Option<u8>,
}

/// Entries under one heading.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    /// The topic; lessons stand before all topics, without one.
    pub topic: Option<&'static str>,
    /// At least one.
    pub entries: Vec<Entry>,
}

impl Looked {
    /// What is found, under headings.
    pub(super) fn found(&self) -> Vec<Group> {
        let of_topic = |entry: &Entry| self.topic.is_none_or(|topic| entry.topic() == topic);
        let mut groups: Vec<Group> = Vec::new();
        for entry in self.but_topic().into_iter().filter(of_topic) {
            let heading = matches!(entry, Entry::Scenario(_)).then_some(entry.topic());
            match groups.iter_mut().find(|group| group.topic == heading) {
                Some(group) => group.entries.push(entry),
                None => groups.push(Group { topic: heading, entries: vec![entry] }),
            }
        }
        groups
    }

    /// Every topic there is, and how much of it would be found.
    pub(super) fn topics(&self) -> Vec<(&'static str, usize)> {
        let found = self.but_topic();
        let mut topics: Vec<(&'static str, usize)> = Vec::new();
        for topic in all().into_iter().rev().map(Entry::topic) {
            if topics.iter().all(|(known, _)| *known != topic) {
                topics.push((topic, found.iter().filter(|entry| entry.topic() == topic).count()));
            }
        }
        topics.reverse();
        topics
    }

    /// How much would be found of all topics.
    pub(super) fn of_all_topics(&self) -> usize {
        self.but_topic().len()
    }

    fn but_topic(&self) -> Vec<Entry> {
        let wanted = Wanted::new(&self.words);
        let is = |entry: &Entry| entry.is(&wanted) && self.level.is_none_or(|level| entry.level() == level);
        all().into_iter().filter(is).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(looked: &Looked) -> Vec<&'static str> {
        looked.found().iter().flat_map(|group| &group.entries).map(|entry| entry.key()).collect()
    }

    #[test]
    fn who_looks_for_nothing_finds_all_once() {
        let mut found = keys(&Looked::default());
        assert_eq!(found.len(), all().len());
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), all().len());
    }

    #[test]
    fn a_strange_word_finds_nothing() {
        let looked = Looked { words: "zebra crossing".to_owned(), ..Looked::default() };
        assert_eq!(looked.found(), Vec::new());
        assert!(looked.topics().iter().all(|(_, found)| *found == 0));
    }

    #[test]
    fn topic_and_level_narrow_what_is_found() {
        let topic = all()[all().len() - 1].topic();
        let narrow = Looked { topic: Some(topic), level: Some(2), ..Looked::default() };
        let fits = |key: &&str| Entry::of(key).is_some_and(|it| it.topic() == topic && it.level() == 2);
        assert!(keys(&narrow).iter().all(fits));
        assert!(keys(&narrow).len() < all().len());
    }

    #[test]
    fn the_numbers_beside_topics_are_what_choosing_one_finds() {
        let looked = Looked { words: "stale".to_owned(), ..Looked::default() };
        assert_eq!(looked.of_all_topics(), keys(&looked).len());
        for (topic, number) in looked.topics() {
            let chosen = Looked { topic: Some(topic), ..looked.clone() };
            assert_eq!(keys(&chosen).len(), number, "{topic}");
        }
    }
}

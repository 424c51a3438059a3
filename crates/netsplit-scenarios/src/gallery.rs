//! The gallery: scenarios that come with the page, found by the build script in `gallery/`.

use crate::error::OpenError;
use crate::run_record::RunRecord;

/// One scenario of the gallery.
#[derive(Debug)]
pub struct GalleryItem {
    /// Its name in links: `raft/minority-leader`.
    pub path: &'static str,
    /// The number after `@` in links; raised by whoever changes what its link shows.
    pub revision: u32,
    /// A few words.
    pub title: &'static str,
    /// What it teaches.
    pub topic: &'static str,
    /// From 1, for a first look, to 3.
    pub level: u8,
    // Functions, so that the page can fetch long texts when somebody looks at them.
    summary: fn() -> &'static str,
    document: fn() -> &'static str,
}

impl GalleryItem {
    /// At most two sentences.
    pub fn summary(&self) -> &'static str {
        (self.summary)()
    }

    /// The run that it opens.
    pub fn record(&self) -> Result<RunRecord, OpenError> {
        RunRecord::from_json((self.document)())
    }
}

include!(concat!(env!("OUT_DIR"), "/gallery.rs"));

/// What the bare page opens.
pub const FIRST: &str = "raft/playground";

/// All of them, in the order of a course: by topic as it first appears, then level.
pub fn gallery() -> &'static [GalleryItem] {
    ITEMS
}

/// The one of this path.
pub fn find(path: &str) -> Option<&'static GalleryItem> {
    ITEMS.iter().find(|item| item.path == path)
}

/// The paths most like a name that is not there.
pub(crate) fn nearest(name: &str) -> Vec<&'static str> {
    nearest_of(name, ITEMS.iter().map(|item| item.path))
}

/// The names most like one that is not among them.
pub(crate) fn nearest_of(name: &str, known: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    const MOST: usize = 3;
    let name: String = name.chars().take(80).collect();
    let mut nearest: Vec<(usize, &str)> = Vec::new();
    for known in known {
        let far = distance(known, &name);
        let place = nearest.partition_point(|(other, _)| *other <= far);
        nearest.insert(place, (far, known));
        nearest.truncate(MOST);
    }
    nearest.into_iter().map(|(_, path)| path).collect()
}

/// Levenshtein's edit distance.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (above, letter) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = above + 1;
        for (column, other) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

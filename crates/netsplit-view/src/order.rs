//! Sorting and collecting for a few dozen things. The standard sorts, and the collecting of sets, which
//! sorts first, unfold into four kilobytes of WebAssembly for every type that they meet.

use std::collections::BTreeSet;

/// Sorts by insertion: stable, and fast for what is nearly in order.
pub(crate) fn sort<T>(items: &mut [T], before: impl Fn(&T, &T) -> bool) {
    for end in 1..items.len() {
        let mut place = end;
        while place > 0 && before(&items[place], &items[place - 1]) {
            items.swap(place, place - 1);
            place -= 1;
        }
    }
}

/// The set of these.
pub(crate) fn set_of<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    for item in items {
        set.insert(item);
    }
    set
}

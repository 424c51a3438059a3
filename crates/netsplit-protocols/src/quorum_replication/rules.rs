//! Every rule that can be seen at work, with the sentence that says so. Sections are those of DeCandia
//! et al. 2007 unless they say otherwise.
//!
//! A constant below finds its rule by name while compiling: a name that is not in the table does
//! not compile, and the table can be reordered freely.

use netsplit_sim::describe::{Mark, Rule, Weight};

/// A rule that happens all the time.
const fn routine(name: &'static str, section: &'static str, sentence: &'static str) -> Rule {
    Rule { name, section, sentence, mark: None, weight: Weight::Routine }
}

/// A rule that says what is going on.
const fn notable(name: &'static str, section: &'static str, sentence: &'static str) -> Rule {
    Rule { name, section, sentence, mark: None, weight: Weight::Notable }
}

/// A moment people look for.
const fn marked(mark: Mark, name: &'static str, section: &'static str, sentence: &'static str) -> Rule {
    Rule { name, section, sentence, mark: Some(mark), weight: Weight::Notable }
}

/// The rules; a note names one by its position here.
pub(super) const RULES: &[Rule] = &[
    routine("start", "§4.1", "{node} starts; keys on its disk: {n}, hints for others: {n}."),
    // Coordinators.
    notable(
        "coordinate-write",
        "§4.5",
        "{node} sends {key} to {n} servers, and answers once {n} of them have it.",
    ),
    notable(
        "coordinate-read",
        "§4.5",
        "{node} asks for {key} at {n} servers, and answers once {n} of them have.",
    ),
    notable(
        "refuse",
        "§4.5",
        "{node} refuses: of the servers that could hold {key} it takes {n} for healthy, and needs {n}. \
         Nothing was stored.",
    ),
    notable(
        "refuse-too-many",
        "§4.3",
        "{node} refuses: {n} replicas should answer about {key}, which has only {n}.",
    ),
    routine("ack", "§4.5", "{node} has {n} of {n} acknowledgements for {key}."),
    marked(
        Mark::Commit,
        "write-done",
        "§4.5",
        "{node} has its {n} acknowledgements for {key} and tells {node} that it is written.",
    ),
    routine("late-ack", "§4.5", "{node} hears from {node} that it has {key} too, after the answer."),
    routine("read-reply", "§4.5", "{node} has {n} of {n} answers about {key}."),
    notable("read-done", "§4.5", "{node} has its {n} answers about {key} and takes the newest: {value}."),
    notable(
        "read-done-siblings",
        "§4.4",
        "{node} has its {n} answers about {key}: {n} versions, none of which follows another. It gives all.",
    ),
    notable(
        "give-up-write",
        "§4.5",
        "{node} has only {n} of {n} acknowledgements for {key} and gives up: whether it is written, it does not know.",
    ),
    notable(
        "give-up-read",
        "§4.5",
        "{node} has only {n} of {n} answers about {key} and gives up: it cannot read.",
    ),
    notable(
        "read-repair",
        "§5",
        "{node} sends the newest version of {key} to {node}, which has answered with an older one.",
    ),
    // Failures.
    notable("suspect", "§4.8.3", "{node} has waited {ns} for {node} and takes it for down."),
    notable("hear-again", "§4.8.3", "{node} hears from {node}, and no longer takes it for down."),
    routine("probe", "§4.8.3", "{node} looks whether those it takes for down are back: {n}."),
    notable("stand-in", "§4.6", "{node} turns to {node}, which stands in for {node} with {key}."),
    // Replicas.
    notable("store", "§4.5", "{node} stores {key} as {node} has sent it: {value}."),
    notable(
        "store-beside",
        "§4.4",
        "{node} stores what {node} sends beside what it has of {key}: {n} versions, none of which follows \
         another.",
    ),
    routine("store-known", "§4.4", "{node} has {key} as new as {node} sends it, or newer, and leaves it."),
    notable(
        "store-older-clock",
        "§4.4",
        "{node} throws away what {node} sends, {value}: by its timestamp it is older than {value}, which it has.",
    ),
    notable("store-overwrite", "§5", "{node} overwrites {key} with what {node} sends, without comparing."),
    notable("store-hint", "§4.6", "{node} keeps {key} for {node}, until that is back."),
    routine("tell", "§4.5", "{node} tells {node} what it has of {key}."),
    // Hinted handoff and movement.
    notable("handoff", "§4.6", "{node} tries to hand over to {node} what it kept for it; keys: {n}."),
    marked(
        Mark::Commit,
        "handoff-done",
        "§4.6",
        "{node} knows that {node} has what it kept for it, and forgets its hints; keys: {n}.",
    ),
    notable("move", "§4.9", "{node} sends {node} keys of which that is a home now: {n}."),
    notable("move-done", "§4.9", "{node} knows that {node} has them, and forgets keys that left it: {n}."),
    notable("take-over", "§4.9", "{node} takes what {node} hands over; keys: {n}."),
    // The ring.
    marked(Mark::Election, "join", "§4.8.1", "{node} joins the ring with {n} virtual nodes."),
    marked(Mark::Election, "leave", "§4.8.1", "{node} leaves the ring."),
    routine("order-idle", "§4.8.1", "{node} is told to do what it has done already."),
    notable("learn-ring", "§4.8.1", "{node} learns from {node} that the ring has other members now: {n}."),
    routine("gossip", "§4.8.1", "{node} tells others who is on the ring: {n}."),
    // Anti-entropy.
    routine("compare", "§4.7", "{node} compares the root of its Merkle tree with {node}."),
    routine("trees-equal", "§4.7", "{node} finds its Merkle tree equal to that of {node}."),
    notable(
        "trees-differ",
        "§4.7",
        "{node} finds {n} nodes at level {n} of its Merkle tree to differ from those of {node}, and goes on \
         below.",
    ),
    notable(
        "exchange",
        "§4.7",
        "{node} sends {node} what it has in the ranges that differ; ranges: {n}, keys: {n}.",
    ),
    // Clients.
    notable("client-read", "§4.1", "{node} asks {node} to read {key}."),
    notable("client-write", "§4.1", "{node} asks {node} to set {key} to {value}."),
    notable(
        "client-resolve",
        "§4.4",
        "{node} asks {node} to set {key} to {value}, in place of all the versions that it has read.",
    ),
    notable("client-other", "§4.1", "{node} asks for a change of {key} that this store does not know."),
    marked(Mark::Client, "client-read-done", "§4.1", "{node} is answered by {node}: {key} is {value}."),
    marked(
        Mark::Client,
        "client-read-siblings",
        "§4.4",
        "{node} is answered by {node}: {key} has {n} versions side by side.",
    ),
    marked(
        Mark::Client,
        "client-write-done",
        "§4.1",
        "{node} is told by {node} that {key} is written: {value}.",
    ),
    marked(
        Mark::Client,
        "client-failed",
        "§4.1",
        "{node} is told by {node} that nothing was done about {key}.",
    ),
    marked(
        Mark::Client,
        "client-unsure",
        "§4.1",
        "{node} is told by {node} that {key} may be written, or may yet be.",
    ),
    marked(
        Mark::Client,
        "client-unknown",
        "§4.1",
        "{node} gives up waiting: its request may have taken effect, or may yet.",
    ),
    // Properties.
    marked(
        Mark::Violation,
        "version-lost",
        "§4.4",
        "{node} has lost a version of {key}, {value}, though it has none that follows it.",
    ),
    marked(
        Mark::Violation,
        "sibling-follows",
        "§4.4",
        "{node} keeps two versions of {key} side by side of which one follows the other.",
    ),
    marked(
        Mark::Violation,
        "acknowledged-missing",
        "§4.5",
        "{node} tells that {key} is written, but only {n} disks have it, not {n}.",
    ),
    marked(
        Mark::Violation,
        "same-name",
        "§4.4",
        "{node} and {node} have two values of {key} under the same name.",
    ),
    marked(
        Mark::Violation,
        "hint-lost",
        "§4.6",
        "{node} has forgotten {key}, which it kept for {node}, and that does not have it.",
    ),
];

/// The position of the rule with this name.
const fn rule(name: &str) -> u16 {
    let mut position = 0;
    while !same(RULES[position].name.as_bytes(), name.as_bytes()) {
        position += 1;
    }
    position as u16
}

const fn same(left: &[u8], right: &[u8]) -> bool {
    let mut position = 0;
    while position < left.len() && position < right.len() && left[position] == right[position] {
        position += 1;
    }
    left.len() == right.len() && position == left.len()
}

pub(super) const START: u16 = rule("start");
pub(super) const COORDINATE_WRITE: u16 = rule("coordinate-write");
pub(super) const COORDINATE_READ: u16 = rule("coordinate-read");
pub(super) const REFUSE: u16 = rule("refuse");
pub(super) const REFUSE_TOO_MANY: u16 = rule("refuse-too-many");
pub(super) const ACK: u16 = rule("ack");
pub(super) const WRITE_DONE: u16 = rule("write-done");
pub(super) const LATE_ACK: u16 = rule("late-ack");
pub(super) const READ_REPLY: u16 = rule("read-reply");
pub(super) const READ_DONE: u16 = rule("read-done");
pub(super) const READ_DONE_SIBLINGS: u16 = rule("read-done-siblings");
pub(super) const GIVE_UP_WRITE: u16 = rule("give-up-write");
pub(super) const GIVE_UP_READ: u16 = rule("give-up-read");
pub(super) const READ_REPAIR: u16 = rule("read-repair");
pub(super) const SUSPECT: u16 = rule("suspect");
pub(super) const HEAR_AGAIN: u16 = rule("hear-again");
pub(super) const PROBE: u16 = rule("probe");
pub(super) const STAND_IN: u16 = rule("stand-in");
pub(super) const STORE: u16 = rule("store");
pub(super) const STORE_BESIDE: u16 = rule("store-beside");
pub(super) const STORE_KNOWN: u16 = rule("store-known");
pub(super) const STORE_OLDER_CLOCK: u16 = rule("store-older-clock");
pub(super) const STORE_OVERWRITE: u16 = rule("store-overwrite");
pub(super) const STORE_HINT: u16 = rule("store-hint");
pub(super) const TELL: u16 = rule("tell");
pub(super) const HANDOFF: u16 = rule("handoff");
pub(super) const HANDOFF_DONE: u16 = rule("handoff-done");
pub(super) const MOVE: u16 = rule("move");
pub(super) const MOVE_DONE: u16 = rule("move-done");
pub(super) const TAKE_OVER: u16 = rule("take-over");
pub(super) const JOIN: u16 = rule("join");
pub(super) const LEAVE: u16 = rule("leave");
pub(super) const ORDER_IDLE: u16 = rule("order-idle");
pub(super) const LEARN_RING: u16 = rule("learn-ring");
pub(super) const GOSSIP: u16 = rule("gossip");
pub(super) const COMPARE: u16 = rule("compare");
pub(super) const TREES_EQUAL: u16 = rule("trees-equal");
pub(super) const TREES_DIFFER: u16 = rule("trees-differ");
pub(super) const EXCHANGE: u16 = rule("exchange");
pub(super) const CLIENT_READ: u16 = rule("client-read");
pub(super) const CLIENT_WRITE: u16 = rule("client-write");
pub(super) const CLIENT_RESOLVE: u16 = rule("client-resolve");
pub(super) const CLIENT_OTHER: u16 = rule("client-other");
pub(super) const CLIENT_READ_DONE: u16 = rule("client-read-done");
pub(super) const CLIENT_READ_SIBLINGS: u16 = rule("client-read-siblings");
pub(super) const CLIENT_WRITE_DONE: u16 = rule("client-write-done");
pub(super) const CLIENT_FAILED: u16 = rule("client-failed");
pub(super) const CLIENT_UNSURE: u16 = rule("client-unsure");
pub(super) const CLIENT_UNKNOWN: u16 = rule("client-unknown");
pub(super) const VERSION_LOST: u16 = rule("version-lost");
pub(super) const SIBLING_FOLLOWS: u16 = rule("sibling-follows");
pub(super) const ACKNOWLEDGED_MISSING: u16 = rule("acknowledged-missing");
pub(super) const SAME_NAME: u16 = rule("same-name");
pub(super) const HINT_LOST: u16 = rule("hint-lost");

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_rule_has_its_own_name_and_a_whole_sentence_of_at_most_four_values() {
        let mut names = BTreeSet::new();
        for rule in RULES {
            assert!(names.insert(rule.name), "{} is there twice", rule.name);
            assert!(rule.sentence.ends_with('.'), "{}", rule.name);
            assert!(rule.sentence.matches('{').count() <= 4, "{}", rule.name);
        }
    }
}

//! Every rule of the register that can be seen at work, with the sentence that says so.
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

/// Lynch and Shvartsman 1997, where the algorithm is stated.
const ABD: &str = "Lynch and Shvartsman 1997, §3";
/// Shapiro and others 2011, where the convergent data types are.
const CRDT: &str = "Shapiro and others 2011, §3";
/// DeCandia and others 2007, where versions are reconciled.
const DYNAMO: &str = "Dynamo, §4.4";

/// The rules; a note names one by its position here.
pub(super) const RULES: &[Rule] = &[
    routine("start", "", "{node} starts with {n} keys on its disk."),
    // Coordinators.
    notable("query", ABD, "{node} asks all replicas what they have under {key}, for {node}; it needs {n}."),
    routine("query-answered", ABD, "{node} is told {value} by {node} under tag number {n}."),
    routine("query-answered-plain", "", "{node} is told by {node} what it has under {key}."),
    notable(
        "choose-tag",
        ABD,
        "{node} knows what {n} replicas have and gives {node}'s write the number {n}.",
    ),
    notable(
        "write-back",
        ABD,
        "{node} has read {value} under number {n} and has a majority store it, before it answers {node}.",
    ),
    notable(
        "answer-without-write-back",
        "",
        "{node} answers {node} with {value}, without having a majority store it first.",
    ),
    routine("store", ABD, "{node} stores {value} under {key} with the number {n}."),
    routine("store-known", ABD, "{node} has {key} under the same number or a higher one already."),
    routine("stored-by", ABD, "{node} learns that {node} has stored it: {n} of {n}."),
    marked(Mark::Commit, "on-enough", ABD, "{node} has {n} replicas of {n} that store {node}'s update."),
    marked(
        Mark::Commit,
        "write-back-done",
        ABD,
        "{node} has {n} replicas of {n} that store what {node} reads.",
    ),
    routine("ask-again", "", "{node} asks the replicas again that have not answered {node}'s request."),
    marked(
        Mark::Fault,
        "refuse-too-few",
        "",
        "{node} hears from {n} replicas where it needs {n} and refuses {node}: nothing was stored.",
    ),
    marked(
        Mark::Fault,
        "cannot-tell",
        "",
        "{node} has {n} replicas that store it where it needs {n}, and tells {node} that it does not know.",
    ),
    marked(
        Mark::Fault,
        "call-it-failed",
        "",
        "{node} has {n} replicas that store it where it needs {n}, and tells {node} that it failed.",
    ),
    notable("refuse-unsupported", "", "{node} refuses {node}: replicas under {key} cannot do that."),
    notable(
        "refuse-cas",
        "Herlihy 1991",
        "{node} refuses {node}: a compare-and-set on {key} needs consensus, which no register can give.",
    ),
    routine("known-request", "", "{node} has taken this request of {node} before and does nothing."),
    // Available replicas.
    notable("answer-locally", "", "{node} answers {node} from its own store: {key} is {value}."),
    notable(
        "answer-locally-count",
        "",
        "{node} answers {node} from its own store: the count of {key} is {int}.",
    ),
    notable("answer-locally-many", DYNAMO, "{node} answers {node} from its own store: {key} has {n} values."),
    notable(
        "take-locally",
        "",
        "{node} takes {node}'s update of {key}: {value}. The others hear of it later.",
    ),
    notable("take-add", CRDT, "{node} adds {int} to {key} for {node}. The others hear of it later."),
    notable("take-remove", CRDT, "{node} removes {int} from {key} for {node}. The others hear of it later."),
    notable(
        "drop-older-own",
        "",
        "{node} takes {node}'s write of {value} and drops it at once: by its clock {key} was written later.",
    ),
    routine("take-over", "", "{node} takes over from {node}: {key} is {value}."),
    routine("join-counter", CRDT, "{node} joins what {node} has under {key}: the count is {int}."),
    routine("join-set", CRDT, "{node} joins what {node} has under {key}: {n} elements."),
    notable(
        "last-writer-wins",
        "",
        "{node} hears of {node}'s {key} and lets the later clock win: {value} is dropped.",
    ),
    notable("keep-siblings", DYNAMO, "{node} keeps {n} values of {key}: none was written knowing the other."),
    routine("no-news", "", "{node} learns nothing new from {node} about {key}."),
    routine("compare", "", "{node} compares its store with {node}'s."),
    routine("same-store", "", "{node} has the same store as {node}."),
    notable("differing-store", "", "{node} and {node} have different stores and exchange them."),
    // Primary and backups.
    notable("forward", "", "{node} is no primary and sends {node}'s request on to {node}."),
    routine("not-primary", "", "{node} is no primary: it drops what {node} sent on for {node}."),
    routine("queue", "", "{node} lets {node}'s request wait: {n} are before it."),
    notable("primary-write", "", "{node} numbers {node}'s write of {value} {n} and waits for every backup."),
    notable("primary-read", "", "{node} is the only one who decides, and answers {node}: {key} is {value}."),
    notable("primary-refuses", "", "{node} refuses {node}: {key} is {value}, not what was expected."),
    marked(Mark::Commit, "all-stored", "", "{node} knows that {n} of {n} servers store {node}'s write."),
    marked(
        Mark::Fault,
        "blocked",
        "",
        "{node} still misses {n} backups, cannot go on without them, and tells {node} that it does not know.",
    ),
    marked(
        Mark::Fault,
        "drop-backup",
        "",
        "{node} hears nothing from {node}, takes it for dead, and goes on without it.",
    ),
    routine("heartbeat", "", "{node} tells all others that it is primary of view {n}."),
    routine("hear-primary", "", "{node} hears from {node}, the primary of view {n}, and waits on."),
    marked(
        Mark::Election,
        "take-over-office",
        "",
        "{node} has not heard from {node} for {ns}, takes it for dead, and is primary of view {n}.",
    ),
    marked(
        Mark::Election,
        "step-down",
        "",
        "{node} hears of view {n} and is no longer primary; {n} requests stay without an answer.",
    ),
    notable("enter-view", "", "{node} hears from {node} of view {n} and waits to be brought up to date."),
    routine("refuse-old-view", "", "{node} tells {node} that view {n} is over: it is view {n}."),
    notable("transfer", "", "{node} brings {node} up to date, with all {n} keys of view {n}."),
    notable("adopt-store", "", "{node} takes over all that {node} has, and forgets what it had: {n} keys."),
    notable("backup-back", "", "{node} counts {node} among its backups again."),
    // Clients.
    notable("client-read", "", "{node} asks {node} to read {key}."),
    notable("client-write", "", "{node} asks {node} to set {key} to {value}."),
    notable("client-cas", "", "{node} asks {node} to change {key} if it is {value}."),
    notable("client-add", "", "{node} asks {node} to add {int} to {key}."),
    notable("client-remove", "", "{node} asks {node} to remove {int} from {key}."),
    marked(Mark::Client, "client-read-done", "", "{node} is answered by {node}: {key} is {value}."),
    marked(
        Mark::Client,
        "client-read-count",
        "",
        "{node} is answered by {node}: the count of {key} is {int}.",
    ),
    marked(Mark::Client, "client-read-many", "", "{node} is answered by {node}: {key} has {n} values."),
    marked(Mark::Client, "client-write-done", "", "{node} is told by {node} that {key} is {value} now."),
    marked(
        Mark::Client,
        "client-update-done",
        "",
        "{node} is told by {node} that its update of {key} is taken.",
    ),
    marked(Mark::Client, "client-refused", "", "{node} is refused by {node}: nothing happened to {key}."),
    marked(
        Mark::Client,
        "client-told-failed",
        "",
        "{node} is told by {node} that its write of {key} failed, which is not true for sure.",
    ),
    marked(
        Mark::Client,
        "client-told-unknown",
        "",
        "{node} is told by {node} that nobody knows: its request may count, or may yet.",
    ),
    marked(
        Mark::Client,
        "client-unknown",
        "",
        "{node} gives up waiting: its request may have taken effect, or may yet.",
    ),
    // Properties.
    marked(
        Mark::Violation,
        "not-on-majority",
        ABD,
        "{node} was answered with number {n} of {key}, and only {n} disks hold that or a higher one.",
    ),
    marked(
        Mark::Violation,
        "two-values",
        ABD,
        "{node} and {node} hold different values of {key} under the same number {n}.",
    ),
    marked(
        Mark::Violation,
        "failed-but-stored",
        "",
        "{node} was told that its write of {key} failed, and {node} has stored it.",
    ),
    marked(
        Mark::Violation,
        "two-primaries",
        "",
        "{node} and {node} both act as primary: the brain is split.",
    ),
    marked(
        Mark::Violation,
        "replica-shrank",
        "",
        "{node} replaced what it had under {key} by something older.",
    ),
    marked(
        Mark::Violation,
        "invented",
        "",
        "{node} knows of updates of {key} through {node} that {node} never made.",
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
pub(super) const QUERY: u16 = rule("query");
pub(super) const QUERY_ANSWERED: u16 = rule("query-answered");
pub(super) const QUERY_ANSWERED_PLAIN: u16 = rule("query-answered-plain");
pub(super) const CHOOSE_TAG: u16 = rule("choose-tag");
pub(super) const WRITE_BACK: u16 = rule("write-back");
pub(super) const ANSWER_WITHOUT_WRITE_BACK: u16 = rule("answer-without-write-back");
pub(super) const STORE: u16 = rule("store");
pub(super) const STORE_KNOWN: u16 = rule("store-known");
pub(super) const STORED_BY: u16 = rule("stored-by");
pub(super) const ON_ENOUGH: u16 = rule("on-enough");
pub(super) const WRITE_BACK_DONE: u16 = rule("write-back-done");
pub(super) const ASK_AGAIN: u16 = rule("ask-again");
pub(super) const REFUSE_TOO_FEW: u16 = rule("refuse-too-few");
pub(super) const CANNOT_TELL: u16 = rule("cannot-tell");
pub(super) const CALL_IT_FAILED: u16 = rule("call-it-failed");
pub(super) const REFUSE_UNSUPPORTED: u16 = rule("refuse-unsupported");
pub(super) const REFUSE_CAS: u16 = rule("refuse-cas");
pub(super) const KNOWN_REQUEST: u16 = rule("known-request");
pub(super) const ANSWER_LOCALLY: u16 = rule("answer-locally");
pub(super) const ANSWER_LOCALLY_COUNT: u16 = rule("answer-locally-count");
pub(super) const ANSWER_LOCALLY_MANY: u16 = rule("answer-locally-many");
pub(super) const TAKE_LOCALLY: u16 = rule("take-locally");
pub(super) const TAKE_ADD: u16 = rule("take-add");
pub(super) const TAKE_REMOVE: u16 = rule("take-remove");
pub(super) const DROP_OLDER_OWN: u16 = rule("drop-older-own");
pub(super) const TAKE_OVER: u16 = rule("take-over");
pub(super) const JOIN_COUNTER: u16 = rule("join-counter");
pub(super) const JOIN_SET: u16 = rule("join-set");
pub(super) const LAST_WRITER_WINS: u16 = rule("last-writer-wins");
pub(super) const KEEP_SIBLINGS: u16 = rule("keep-siblings");
pub(super) const NO_NEWS: u16 = rule("no-news");
pub(super) const COMPARE: u16 = rule("compare");
pub(super) const SAME_STORE: u16 = rule("same-store");
pub(super) const DIFFERING_STORE: u16 = rule("differing-store");
pub(super) const FORWARD: u16 = rule("forward");
pub(super) const NOT_PRIMARY: u16 = rule("not-primary");
pub(super) const QUEUE: u16 = rule("queue");
pub(super) const PRIMARY_WRITE: u16 = rule("primary-write");
pub(super) const PRIMARY_READ: u16 = rule("primary-read");
pub(super) const PRIMARY_REFUSES: u16 = rule("primary-refuses");
pub(super) const ALL_STORED: u16 = rule("all-stored");
pub(super) const BLOCKED: u16 = rule("blocked");
pub(super) const DROP_BACKUP: u16 = rule("drop-backup");
pub(super) const HEARTBEAT: u16 = rule("heartbeat");
pub(super) const HEAR_PRIMARY: u16 = rule("hear-primary");
pub(super) const TAKE_OVER_OFFICE: u16 = rule("take-over-office");
pub(super) const STEP_DOWN: u16 = rule("step-down");
pub(super) const ENTER_VIEW: u16 = rule("enter-view");
pub(super) const REFUSE_OLD_VIEW: u16 = rule("refuse-old-view");
pub(super) const TRANSFER: u16 = rule("transfer");
pub(super) const ADOPT_STORE: u16 = rule("adopt-store");
pub(super) const BACKUP_BACK: u16 = rule("backup-back");
pub(super) const CLIENT_READ: u16 = rule("client-read");
pub(super) const CLIENT_WRITE: u16 = rule("client-write");
pub(super) const CLIENT_CAS: u16 = rule("client-cas");
pub(super) const CLIENT_ADD: u16 = rule("client-add");
pub(super) const CLIENT_REMOVE: u16 = rule("client-remove");
pub(super) const CLIENT_READ_DONE: u16 = rule("client-read-done");
pub(super) const CLIENT_READ_COUNT: u16 = rule("client-read-count");
pub(super) const CLIENT_READ_MANY: u16 = rule("client-read-many");
pub(super) const CLIENT_WRITE_DONE: u16 = rule("client-write-done");
pub(super) const CLIENT_UPDATE_DONE: u16 = rule("client-update-done");
pub(super) const CLIENT_REFUSED: u16 = rule("client-refused");
pub(super) const CLIENT_TOLD_FAILED: u16 = rule("client-told-failed");
pub(super) const CLIENT_TOLD_UNKNOWN: u16 = rule("client-told-unknown");
pub(super) const CLIENT_UNKNOWN: u16 = rule("client-unknown");
pub(super) const NOT_ON_MAJORITY: u16 = rule("not-on-majority");
pub(super) const TWO_VALUES: u16 = rule("two-values");
pub(super) const FAILED_BUT_STORED: u16 = rule("failed-but-stored");
pub(super) const TWO_PRIMARIES: u16 = rule("two-primaries");
pub(super) const REPLICA_SHRANK: u16 = rule("replica-shrank");
pub(super) const INVENTED: u16 = rule("invented");

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

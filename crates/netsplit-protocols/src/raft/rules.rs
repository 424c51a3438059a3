//! Every rule of Raft that can be seen at work, with the sentence that says so.
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
    routine("start", "§5.1", "{node} starts as a follower in term {n}, with {n} entries on its disk."),
    // Elections.
    notable(
        "start-election",
        "§5.2",
        "{node} has not heard from a leader for {ns} and asks all others for their votes in term {n}.",
    ),
    notable(
        "start-pre-vote",
        "dissertation §9.6",
        "{node} has not heard from a leader for {ns} and asks whether it could win term {n}.",
    ),
    notable(
        "pre-vote-won",
        "dissertation §9.6",
        "{node} could win, and asks all others for their votes in term {n}.",
    ),
    routine("pre-vote-grant", "dissertation §9.6", "{node} would vote for {node} in term {n}."),
    notable(
        "pre-vote-refuse-leader",
        "dissertation §9.6",
        "{node} would not vote for {node}: it has heard from a leader a moment ago.",
    ),
    notable(
        "pre-vote-refuse-log",
        "dissertation §9.6",
        "{node} would not vote for {node}, whose log is less up-to-date than its own.",
    ),
    notable(
        "disregard-request-vote",
        "§6",
        "{node} disregards the RequestVote of {node}: it believes that a leader is there.",
    ),
    notable("grant-vote", "§5.2", "{node} votes for {node} in term {n}."),
    notable(
        "refuse-vote-given",
        "§5.2",
        "{node} refuses {node} its vote: in term {n} it has voted for {node}.",
    ),
    notable(
        "refuse-vote-log",
        "§5.4.1",
        "{node} refuses {node} its vote in term {n}: the candidate's log is less up-to-date than its own.",
    ),
    routine("count-vote", "§5.2", "{node} has {n} of the {n} votes it needs in term {n}."),
    routine("ignore-stale-reply", "§5.1", "{node} ignores an answer of {node} from term {n}, which is over."),
    marked(
        Mark::Election,
        "become-leader",
        "§5.2",
        "{node} has {n} of {n} votes, a majority, and leads term {n}.",
    ),
    // Terms and roles.
    routine("adopt-term", "§5.1", "{node} learns from {node} of term {n} and leaves term {n} behind."),
    notable("refuse-stale-term", "§5.1", "{node} refuses {node}: term {n} is over, it is term {n}."),
    notable(
        "step-down",
        "§5.1",
        "{node} no longer leads term {n}; of {n} requests it does not know what becomes.",
    ),
    notable("give-up-candidacy", "§5.2", "{node} gives up its candidacy for term {n}."),
    notable(
        "check-quorum",
        "dissertation §6.2",
        "{node} leads term {n} but has not heard from a majority since it last looked.",
    ),
    // Log replication.
    routine("broadcast", "§5.2", "{node} tells all others that it leads term {n}."),
    routine("hear-leader", "§5.2", "{node} hears from {node}, the leader of term {n}, and waits on."),
    notable("append", "§5.3", "{node} appends what {node} sends: its log grows from index {n} to index {n}."),
    notable(
        "delete-conflict",
        "§5.3",
        "{node} deletes its entries from index {n} on: they conflict with what {node}, the leader of term {n}, \
         sends.",
    ),
    notable(
        "refuse-append",
        "§5.3",
        "{node} refuses what {node} sends: it has no entry of term {n} at index {n} for it to follow.",
    ),
    notable("backtrack", "§5.3", "{node} will try {node} again with the entries from index {n} on."),
    routine("acknowledged", "§5.3", "{node} learns that {node} has the log up to index {n}."),
    routine("own-log-durable", "§5.3", "{node} has its own log up to index {n} on disk."),
    // Commitment.
    marked(
        Mark::Commit,
        "commit",
        "§5.3",
        "{node} commits up to index {n}: an entry of its own term {n} is on a majority.",
    ),
    marked(
        Mark::Commit,
        "commit-old-term",
        "§5.4.2",
        "{node} commits up to index {n} by counting copies, though that entry is of the older term {n}.",
    ),
    notable(
        "older-term-not-committed",
        "§5.4.2",
        "{node} does not commit index {n}, though a majority has it: its term {n} is older than {n}.",
    ),
    routine("learn-commit", "§5.3", "{node} learns from {node} that the log is committed up to index {n}."),
    routine("apply-write", "§5.3", "{node} applies index {n}: {key} is {value} now."),
    routine("apply-read", "§8", "{node} applies index {n}: a read of {key} sees {value}."),
    routine("apply-refused", "§5.3", "{node} applies index {n}: {key} is {value}, not what was expected."),
    routine("apply-noop", "§8", "{node} applies index {n}, which does nothing."),
    notable(
        "apply-repeated",
        "§8",
        "{node} applies index {n}, finds a command it has applied before, and does nothing.",
    ),
    // Client interaction: servers.
    notable("take-request", "§8", "{node} takes the request of {node} into its log at index {n}."),
    routine("request-known", "§8", "{node} is already at work on this request of {node}."),
    routine(
        "repeat-answer",
        "§8",
        "{node} has applied this request of {node} before and repeats the answer.",
    ),
    notable("redirect", "§8", "{node} does not lead and sends {node} on to {node}."),
    notable("redirect-unknown", "§8", "{node} does not lead and cannot tell {node} who does."),
    notable(
        "read-confirm",
        "§8",
        "{node} asks all others whether it still leads, before it answers the read of {node}.",
    ),
    notable("read-confirmed", "§8", "{node} led after {node}'s read came, and answers it: {key} is {value}."),
    notable("read-lease", "dissertation §6.4.1", "{node} answers {node} under its lease: {key} is {value}."),
    notable("read-local", "§8", "{node} answers {node} without asking anybody: {key} is {value}."),
    // Client interaction: clients.
    notable("client-read", "§8", "{node} asks {node} to read {key}."),
    notable("client-write", "§8", "{node} asks {node} to set {key} to {value}."),
    notable("client-cas", "§8", "{node} asks {node} to change {key} if it is {value}."),
    notable("client-other", "§8", "{node} asks {node} for a change of {key} that this store does not know."),
    routine("client-follow", "§8", "{node} is sent on by {node} and asks {node}."),
    routine(
        "client-wait",
        "§8",
        "{node} learns nothing from {node} and waits before it asks the next server.",
    ),
    notable("client-retry", "§8", "{node} has had no answer from {node} and asks {node}."),
    marked(Mark::Client, "client-read-done", "§8", "{node} is answered by {node}: {key} is {value}."),
    marked(Mark::Client, "client-write-done", "§8", "{node} is told by {node} that {key} is {value} now."),
    marked(
        Mark::Client,
        "client-refused",
        "§8",
        "{node} is told by {node} that {key} did not have the expected value: nothing changed.",
    ),
    marked(
        Mark::Client,
        "client-unknown",
        "§8",
        "{node} gives up waiting: its request may have taken effect, or may yet.",
    ),
    // Properties.
    marked(Mark::Violation, "two-leaders", "§5.2", "{node} and {node} both lead term {n}."),
    marked(
        Mark::Violation,
        "leader-rewrote",
        "§5.3",
        "{node}, leader of term {n}, changed its own log at or before index {n}.",
    ),
    marked(
        Mark::Violation,
        "logs-differ",
        "§5.3",
        "{node} and {node} both have an entry of term {n} at index {n}, but their logs up to it differ.",
    ),
    marked(
        Mark::Violation,
        "leader-incomplete",
        "§5.4",
        "{node} leads term {n} without the entry at index {n} that was committed in term {n}.",
    ),
    marked(
        Mark::Violation,
        "applied-differently",
        "§5.4.3",
        "{node} applied another entry at index {n} than was applied there before.",
    ),
    marked(Mark::Violation, "term-fell", "§5.1", "{node} fell back from term {n} to term {n}."),
    marked(Mark::Violation, "voted-twice", "§5.2", "{node} voted for both {node} and {node} in term {n}."),
    marked(Mark::Violation, "commit-fell", "§5.3", "The commit index of {node} fell from {n} to {n}."),
    marked(
        Mark::Violation,
        "took-for-committed",
        "§5.4.2",
        "{node} takes index {n} for committed, but no leader has had that entry on a majority of disks in its \
         own term.",
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
pub(super) const START_ELECTION: u16 = rule("start-election");
pub(super) const START_PRE_VOTE: u16 = rule("start-pre-vote");
pub(super) const PRE_VOTE_WON: u16 = rule("pre-vote-won");
pub(super) const PRE_VOTE_GRANT: u16 = rule("pre-vote-grant");
pub(super) const PRE_VOTE_REFUSE_LEADER: u16 = rule("pre-vote-refuse-leader");
pub(super) const PRE_VOTE_REFUSE_LOG: u16 = rule("pre-vote-refuse-log");
pub(super) const DISREGARD_REQUEST_VOTE: u16 = rule("disregard-request-vote");
pub(super) const GRANT_VOTE: u16 = rule("grant-vote");
pub(super) const REFUSE_VOTE_GIVEN: u16 = rule("refuse-vote-given");
pub(super) const REFUSE_VOTE_LOG: u16 = rule("refuse-vote-log");
pub(super) const COUNT_VOTE: u16 = rule("count-vote");
pub(super) const IGNORE_STALE_REPLY: u16 = rule("ignore-stale-reply");
pub(super) const BECOME_LEADER: u16 = rule("become-leader");
pub(super) const ADOPT_TERM: u16 = rule("adopt-term");
pub(super) const REFUSE_STALE_TERM: u16 = rule("refuse-stale-term");
pub(super) const STEP_DOWN: u16 = rule("step-down");
pub(super) const GIVE_UP_CANDIDACY: u16 = rule("give-up-candidacy");
pub(super) const CHECK_QUORUM: u16 = rule("check-quorum");
pub(super) const BROADCAST: u16 = rule("broadcast");
pub(super) const HEAR_LEADER: u16 = rule("hear-leader");
pub(super) const APPEND: u16 = rule("append");
pub(super) const DELETE_CONFLICT: u16 = rule("delete-conflict");
pub(super) const REFUSE_APPEND: u16 = rule("refuse-append");
pub(super) const BACKTRACK: u16 = rule("backtrack");
pub(super) const ACKNOWLEDGED: u16 = rule("acknowledged");
pub(super) const OWN_LOG_DURABLE: u16 = rule("own-log-durable");
pub(super) const COMMIT: u16 = rule("commit");
pub(super) const COMMIT_OLD_TERM: u16 = rule("commit-old-term");
pub(super) const OLDER_TERM_NOT_COMMITTED: u16 = rule("older-term-not-committed");
pub(super) const LEARN_COMMIT: u16 = rule("learn-commit");
pub(super) const APPLY_WRITE: u16 = rule("apply-write");
pub(super) const APPLY_READ: u16 = rule("apply-read");
pub(super) const APPLY_REFUSED: u16 = rule("apply-refused");
pub(super) const APPLY_NOOP: u16 = rule("apply-noop");
pub(super) const APPLY_REPEATED: u16 = rule("apply-repeated");
pub(super) const TAKE_REQUEST: u16 = rule("take-request");
pub(super) const REQUEST_KNOWN: u16 = rule("request-known");
pub(super) const REPEAT_ANSWER: u16 = rule("repeat-answer");
pub(super) const REDIRECT: u16 = rule("redirect");
pub(super) const REDIRECT_UNKNOWN: u16 = rule("redirect-unknown");
pub(super) const READ_CONFIRM: u16 = rule("read-confirm");
pub(super) const READ_CONFIRMED: u16 = rule("read-confirmed");
pub(super) const READ_LEASE: u16 = rule("read-lease");
pub(super) const READ_LOCAL: u16 = rule("read-local");
pub(super) const CLIENT_READ: u16 = rule("client-read");
pub(super) const CLIENT_WRITE: u16 = rule("client-write");
pub(super) const CLIENT_CAS: u16 = rule("client-cas");
pub(super) const CLIENT_OTHER: u16 = rule("client-other");
pub(super) const CLIENT_FOLLOW: u16 = rule("client-follow");
pub(super) const CLIENT_WAIT: u16 = rule("client-wait");
pub(super) const CLIENT_RETRY: u16 = rule("client-retry");
pub(super) const CLIENT_READ_DONE: u16 = rule("client-read-done");
pub(super) const CLIENT_WRITE_DONE: u16 = rule("client-write-done");
pub(super) const CLIENT_REFUSED: u16 = rule("client-refused");
pub(super) const CLIENT_UNKNOWN: u16 = rule("client-unknown");
pub(super) const TWO_LEADERS: u16 = rule("two-leaders");
pub(super) const LEADER_REWROTE: u16 = rule("leader-rewrote");
pub(super) const LOGS_DIFFER: u16 = rule("logs-differ");
pub(super) const LEADER_INCOMPLETE: u16 = rule("leader-incomplete");
pub(super) const APPLIED_DIFFERENTLY: u16 = rule("applied-differently");
pub(super) const TERM_FELL: u16 = rule("term-fell");
pub(super) const VOTED_TWICE: u16 = rule("voted-twice");
pub(super) const COMMIT_FELL: u16 = rule("commit-fell");
pub(super) const TOOK_FOR_COMMITTED: u16 = rule("took-for-committed");

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

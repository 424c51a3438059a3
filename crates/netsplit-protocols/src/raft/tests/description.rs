//! What Raft tells of itself: tables that agree with each other, and views that read well.

use std::collections::BTreeSet;

use expect_test::{Expect, expect};
use netsplit_sim::describe::{Describe, MessageView, NodeView, Panel, Weight, Window};
use netsplit_sim::history::Operation;
use netsplit_sim::id::NodeId;
use netsplit_sim::intervention::CrashKind;
use netsplit_sim::run::Run;

use super::lab::{C1, Lab, ms, n, still};
use super::swarm::{self, TOLERATED};
use crate::raft::Raft;
use crate::raft::about::{ABOUT, property, role};

#[test]
fn a_window_shows_its_part_of_a_log_and_how_long_the_whole_is() {
    let mut lab = still(3).start();
    lab.stand(n(1));
    for value in 1..=4 {
        lab.write(n(1), value).pass(ms(60));
    }
    let view = lab.run.node_in(n(1), Window { first: Some(2), width: 2 });
    let Some(Panel::Log(log)) = view.panels.first() else { panic!("a log comes first") };
    assert_eq!(log.entries.iter().map(|entry| entry.index).collect::<Vec<_>>(), [2, 3]);
    assert_eq!((log.last, log.settled), (4, 4));
}

#[test]
fn positions_name_what_stands_there() {
    let properties = [
        (property::ELECTION_SAFETY, "election-safety"),
        (property::LEADER_APPEND_ONLY, "leader-append-only"),
        (property::LOG_MATCHING, "log-matching"),
        (property::LEADER_COMPLETENESS, "leader-completeness"),
        (property::STATE_MACHINE_SAFETY, "state-machine-safety"),
        (property::TERMS_MONOTONE, "terms-monotone"),
        (property::ONE_VOTE_PER_TERM, "one-vote-per-term"),
        (property::COMMIT_INDEX_MONOTONE, "commit-index-monotone"),
        (property::COMMIT_INDEX_TRUE, "commit-index-true"),
    ];
    assert_eq!(ABOUT.properties.len(), properties.len());
    for (position, name) in properties {
        assert_eq!(ABOUT.properties[usize::from(position)].name, name);
    }
    let roles = [role::FOLLOWER, role::CANDIDATE, role::LEADER, role::PRE_CANDIDATE, role::CLIENT];
    let names = roles.map(|position| ABOUT.roles[usize::from(position)].name);
    assert_eq!(names, ["follower", "candidate", "leader", "pre-candidate", "client"]);
}

#[test]
fn a_side_says_whether_it_is_a_majority_of_all_servers() {
    let lab = still(5).start();
    let side = |members: &[NodeId]| lab.run.side(&members.iter().copied().collect::<BTreeSet<_>>());
    let minority = side(&[n(1), n(2), C1]);
    assert_eq!((minority.text.as_str(), minority.able), ("2 of 5: cannot elect or commit", false));
    let majority = side(&[n(3), n(4), n(5)]);
    assert_eq!((majority.text.as_str(), majority.able), ("3 of 5: can elect and commit", true));
}

/// n1 leads term 1 of three, with one entry everywhere and one that only n1 and its disk know.
fn two_entries() -> Lab {
    let mut lab = still(3).start();
    lab.stand(n(1)).write(n(1), 4).wall(&[n(1)]).ask(n(1), Operation::write(1, 5)).pass(ms(5));
    lab
}

fn check(view: &NodeView, expected: &Expect) {
    let mut text = format!("{} | {}\n", ABOUT.roles[usize::from(view.role)].name, view.badge);
    for field in &view.fields {
        text += &format!("{} = {}\n", field.name, field.value);
    }
    for panel in &view.panels {
        match panel {
            Panel::Log(log) => {
                for cell in &log.entries {
                    let (settled, durable) = (cell.settled, cell.durable);
                    text += &format!(
                        "[{} {}] settled {settled}, durable {durable}: {}\n",
                        cell.label, cell.epoch, cell.title
                    );
                }
                let marks = log.marks.iter().map(|mark| format!("{} {}", mark.label, mark.index));
                text += &format!("{}\n", marks.collect::<Vec<_>>().join(", "));
            }
            Panel::Table(table) => text += &format!("{}: {:?}\n", table.title, table.rows),
            Panel::Ring(_) => unreachable!("Raft has no ring"),
        }
    }
    expected.assert_eq(&text);
}

#[test]
fn a_leader_shows_its_state_in_the_order_of_figure_2() {
    check(
        &two_entries().run.node(n(1)),
        &expect![[r#"
        leader | term 1
        current_term = 1
        voted_for = n1
        last_log_index = 2
        last_log_term = 1
        commit_index = 1
        last_applied = 1
        leader = n1
        election_timeout = 20.000 s
        unanswered = 1
        [D 1] settled true, durable true: index 1, term 1: x = D, command 1 of process 0
        [E 1] settled false, durable true: index 2, term 1: y = E, command 2 of process 0
        durable 2, commit 1, applied 1, next n2 2, match n2 1, next n3 2, match n3 1
        key-value store: [["x", "D"]]
    "#]],
    );
}

#[test]
fn a_candidate_shows_its_votes_and_what_it_needs() {
    let mut lab = still(5).start();
    lab.fire(n(2), crate::raft::server::ELECTION).pass(ms(2));
    check(
        &lab.run.node(n(2)),
        &expect![[r#"
        candidate | term 1
        current_term = 1
        voted_for = n2
        last_log_index = none
        last_log_term = 0
        commit_index = none
        last_applied = none
        leader = nobody
        election_timeout = 20.000 s
        votes = 1 of 5, needs 3
        durable 0, commit 0, applied 0
        key-value store: []
    "#]],
    );
}

#[test]
fn a_crashed_server_shows_its_disk_only() {
    let mut lab = two_entries();
    lab.crash(n(1), CrashKind::KeepWritten);
    check(
        &lab.run.node(n(1)),
        &expect![[r#"
        follower | term 1
        current_term = 1
        voted_for = n1
        last_log_index = 2
        last_log_term = 1
        [D 1] settled false, durable true: index 1, term 1: x = D, command 1 of process 0
        [E 1] settled false, durable true: index 2, term 1: y = E, command 2 of process 0
        durable 2
    "#]],
    );
}

#[test]
fn a_client_shows_what_it_waits_for() {
    check(
        &two_entries().run.node(C1),
        &expect![[r#"
        client | y = E
        leader = n1
        serial = 2
        asked = n1
        process = 0
    "#]],
    );
}

#[test]
fn what_happens_reads_as_a_story() {
    let mut lab = still(3).start();
    lab.stand(n(1)).wall(&[n(3)]).write(n(1), 4).heal().pass(ms(120));
    lab.crash(n(1), CrashKind::KeepWritten).stand(n(3));
    let notes = (&lab.run as &dyn Run).past().flat_map(|event| lab.run.notes(event.step));
    let notable = notes.filter(|note| ABOUT.rules[usize::from(note.rule)].weight == Weight::Notable);
    let story: Vec<_> = notable.map(|note| ABOUT.sentence(note)).collect();
    expect![[r#"
        n1 has not heard from a leader for 0 ns and asks all others for their votes in term 1.
        n2 votes for n1 in term 1.
        n3 votes for n1 in term 1.
        n1 has 2 of 3 votes, a majority, and leads term 1.
        c1 asks n1 to set x to D.
        n1 takes the request of c1 into its log at index 1.
        n2 appends what n1 sends: its log grows from index 0 to index 1.
        n1 commits up to index 1: an entry of its own term 1 is on a majority.
        c1 is told by n1 that x is D now.
        n3 appends what n1 sends: its log grows from index 0 to index 1.
        n3 has not heard from a leader for 31 ms and asks all others for their votes in term 2.
        n2 votes for n3 in term 2.
        n3 has 2 of 3 votes, a majority, and leads term 2."#]]
    .assert_eq(&story.join("\n"));
}

#[test]
fn everything_under_way_can_be_shown() {
    let mut kinds = BTreeSet::new();
    for seed in 0..12 {
        let mut lab = swarm::run(seed, TOLERATED, ms(700), |plan| plan.switch("pre_vote", seed % 2 == 0));
        let mut flights = Vec::new();
        for _ in 0..40 {
            lab.pass(ms(7)).run.flights(&mut flights);
            for flight in &flights {
                let MessageView { kind, title, .. } = lab.run.message(flight.id).expect("it is under way");
                assert!(!title.is_empty());
                assert_eq!(kind, flight.kind);
                kinds.insert(Raft::about().messages[usize::from(kind)].name);
            }
        }
    }
    assert_eq!(kinds.len(), ABOUT.messages.len(), "{kinds:?}");
}

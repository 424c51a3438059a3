//! What the register tells of itself: tables that agree with each other, and views that read well.

use std::collections::BTreeSet;

use expect_test::{Expect, expect};
use netsplit_sim::describe::{NodeView, Panel};
use netsplit_sim::history::Operation;
use netsplit_sim::id::NodeId;
use netsplit_sim::run::Run;

use super::lab::{C1, C2, Plan, ap, ms, n, plan};
use crate::register::about::{ABOUT, property, role};

#[test]
fn positions_name_what_stands_there() {
    let properties = [
        (property::ACKNOWLEDGED_ON_MAJORITY, "acknowledged-on-majority"),
        (property::ONE_VALUE_PER_TAG, "one-value-per-tag"),
        (property::FAILED_NOWHERE_STORED, "failed-nowhere-stored"),
        (property::ONE_PRIMARY, "one-primary"),
        (property::REPLICAS_ONLY_GROW, "replicas-only-grow"),
        (property::NOTHING_INVENTED, "nothing-invented"),
    ];
    assert_eq!(ABOUT.properties.len(), properties.len());
    for (position, name) in properties {
        assert_eq!(ABOUT.properties[usize::from(position)].name, name);
    }
    let roles = [role::REPLICA, role::COORDINATOR, role::PRIMARY, role::BACKUP, role::CLIENT];
    let names = roles.map(|position| ABOUT.roles[usize::from(position)].name);
    assert_eq!(names, ["replica", "coordinator", "primary", "backup", "client"]);
}

#[test]
fn a_side_says_what_it_can_do_in_each_design() {
    let check = |plan: Plan, left: &str, right: &str| {
        let lab = plan.start();
        let side = |members: &[NodeId]| lab.run.side(&members.iter().copied().collect::<BTreeSet<_>>()).text;
        assert_eq!((&*side(&[n(1), n(2), C1]), &*side(&[n(3), n(4), n(5)])), (left, right));
    };
    check(plan("cp", 5), "2 of 5: cannot read or write", "3 of 5: can read and write");
    check(plan("ap", 5), "2 of 5: answer, may be stale", "3 of 5: answer, may be stale");
    let (waits, lost) = ("2 of 5: the primary waits for all backups", "3 of 5: cannot reach the primary");
    check(plan("ca", 5), waits, lost);
    let alone = ["2", "3"].map(|count| format!("{count} of 5: go on alone, with a primary of their own"));
    check(plan("ca", 5).switch("failover", true), &alone[0], &alone[1]);
}

fn check(view: &NodeView, expected: &Expect) {
    let mut text = format!("{} | {}\n", ABOUT.roles[usize::from(view.role)].name, view.badge);
    for field in &view.fields {
        text += &format!("{} = {}\n", field.name, field.value);
    }
    for panel in &view.panels {
        if let Panel::Table(table) = panel {
            text += &format!("{}: {:?}\n", table.title, table.rows);
        }
    }
    expected.assert_eq(&text);
}

#[test]
fn a_coordinator_shows_what_it_waits_for() {
    let mut lab = plan("cp", 5).start();
    lab.done(C1, n(1), Operation::write(0, 4)).ask(C2, n(1), Operation::write(0, 5)).pass(ms(13));
    check(
        &lab.run.node(n(1)),
        &expect![[r#"
            coordinator | E (2, c2)
            x = E
            store: [["x", "E", "(2, c2)", "yes"]]
            coordinates: [["c2", "x = E", "store", "1 of 3"]]
        "#]],
    );
}

#[test]
fn a_primary_shows_whom_it_misses() {
    let mut lab = plan("ca", 3).start();
    lab.done(C1, n(1), Operation::write(0, 4)).wall(&[n(3)]);
    lab.ask(C1, n(1), Operation::write(0, 5)).pass(ms(30));
    check(
        &lab.run.node(n(1)),
        &expect![[r#"
        primary | x = E
        x = E
        view = 0
        members = n1 n2 n3
        doing = x = E of c1
        missing = n3
        waiting = 0
        store: [["x", "E", "view 0, write 2", "yes"]]
    "#]],
    );
}

#[test]
fn siblings_are_shown_side_by_side_with_their_versions() {
    let mut lab = ap("siblings", "register", 3).start();
    lab.done(C1, n(1), Operation::write(0, 4)).done(C2, n(1), Operation::write(0, 5));
    check(
        &lab.run.node(n(2)),
        &expect![[r#"
        replica | x = D | E
        x = D | E
        store: [["x", "D | E", "n1:1 | n1:2", "yes"]]
    "#]],
    );
}

#[test]
fn a_counter_shows_who_added_what() {
    let mut lab = ap("crdt", "counter", 3).start();
    lab.done(C1, n(1), Operation::add(0, 3)).done(C2, n(2), Operation::add(0, -1));
    check(
        &lab.run.node(n(3)),
        &expect![[r#"
        replica | x = 2
        x = 2
        store: [["x", "2", "n1:+3−0 n2:+0−1", "yes"]]
    "#]],
    );
}

#[test]
fn a_clients_timeout_and_its_versions_are_shown() {
    let mut lab = ap("siblings", "register", 3).start();
    lab.done(C1, n(1), Operation::write(0, 4)).ask(C1, n(1), Operation::read(0));
    check(
        &lab.run.node(C1),
        &expect![[r#"
        client | read x
        home = n1
        serial = 2
        asked = n1
        versions seen, which its next write replaces: [["x", "n1:1"]]
    "#]],
    );
}

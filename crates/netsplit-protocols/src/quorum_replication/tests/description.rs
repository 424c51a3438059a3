//! What the protocol tells of itself: tables that agree with each other, and views that read well.

use std::collections::BTreeSet;

use expect_test::{Expect, expect};
use netsplit_sim::describe::{NodeView, Panel};
use netsplit_sim::history::Operation;
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::run::Run;

use super::lab::{C1, C2, Lab, ms, n, plan};
use crate::quorum_replication::about::{ABOUT, order, property, role};

#[test]
fn positions_name_what_stands_there() {
    let properties = [
        (property::VERSIONS_ADVANCE, "versions-advance"),
        (property::SIBLINGS_CONCURRENT, "siblings-concurrent"),
        (property::ACKNOWLEDGED_STORED, "acknowledged-stored"),
        (property::NAMES_UNIQUE, "names-unique"),
        (property::HINTS_KEPT, "hints-kept"),
    ];
    assert_eq!(ABOUT.properties.len(), properties.len());
    for (position, name) in properties {
        assert_eq!(ABOUT.properties[usize::from(position)].name, name);
    }
    let roles = [role::REPLICA, role::COORDINATOR, role::STAND_IN, role::OUTSIDE, role::CLIENT];
    let names = roles.map(|position| ABOUT.roles[usize::from(position)].name);
    assert_eq!(names, ["replica", "coordinator", "stand-in", "not on the ring", "client"]);
    let orders = [order::JOIN, order::LEAVE].map(|order| ABOUT.orders[usize::from(order.0)].name);
    assert_eq!(orders, ["join", "leave"]);
    let legs: Vec<char> = ABOUT.messages[..4].iter().map(|kind| kind.letter).collect();
    assert_eq!(legs, ['W', 'A', 'R', 'S']);
}

fn side(lab: &Lab, members: &[NodeId]) -> (String, bool) {
    let side = lab.run.side(&members.iter().copied().collect::<BTreeSet<_>>());
    (side.text, side.able)
}

#[test]
fn a_side_says_what_its_quorums_can_do() {
    let lab = plan(3).nrw(3, 2, 3).start();
    let told = |text: &str, able| (text.to_owned(), able);
    assert_eq!(side(&lab, &[n(1), n(2), C1]), told("can read (R 2), cannot write (W 3)", false));
    assert_eq!(side(&lab, &[n(1), n(2), n(3)]), told("can read (R 2), can write (W 3)", true));
    assert_eq!(side(&lab, &[C1]), told("cannot read (R 2), cannot write (W 3)", false));
    let wide = plan(5).nrw(3, 2, 2).start();
    let some = "can for some keys read (R 2), can for some keys write (W 2)";
    assert_eq!(side(&wide, &[n(1), n(2), n(3)]), told(some, true));
    let sloppy = plan(5).nrw(3, 2, 2).choice("quorum", "sloppy").start();
    assert_eq!(side(&sloppy, &[n(4), n(5)]), told("can read (R 2), can write (W 2)", true));
}

/// n3 stands in for n1 with two siblings of x, and coordinates a read.
fn busy() -> Lab {
    let mut lab = plan(4).choice("quorum", "sloppy").start();
    lab.wall(&[n(1), n(2)]).ask(C1, n(3), Operation::write(0, 4)).ask(C2, n(4), Operation::write(0, 5));
    lab.pass(ms(160)).ask(C2, n(3), Operation::read(0)).pass(ms(4));
    lab
}

fn check(view: &NodeView, expected: &Expect) {
    let mut text = format!("{} | {}\n", ABOUT.roles[usize::from(view.role)].name, view.badge);
    for field in &view.fields {
        text += &format!("{} = {}\n", field.name, field.value);
    }
    for panel in &view.panels {
        match panel {
            Panel::Table(table) => {
                text += &format!("{}: {}\n", table.title, table.columns.join(", "));
                for row in &table.rows {
                    text += &format!("  {}\n", row.join(" | "));
                }
            }
            Panel::Ring(ring) => {
                for key in &ring.keys {
                    text += &format!("{} at {}: {:?}\n", key.label, key.at, key.homes);
                }
                text += &format!("points: {}\n", ring.points.len());
            }
            Panel::Log(_) => text += "a log\n",
        }
    }
    expected.assert_eq(&text);
}

#[test]
fn a_server_reads_well() {
    check(
        &busy().run.node(n(4)),
        &expect![[r#"
        stand-in | keys: 0, hints: 1
        N, R, W = 3, 2, 2
        store = nothing
        hints = 1
        members = n1 n2 n3 n4
        suspected = n1 n2
        moving = 0
        named = 1
        store: key, value
        versions: key, value, name, had seen, timestamp
        hints: for, key, value
          n1 | x | D | E
        points: 4
    "#]],
    );
}

#[test]
fn a_coordinator_reads_well() {
    check(
        &busy().run.node(n(3)),
        &expect![[r#"
        coordinator | keys: 1
        N, R, W = 3, 2, 2
        store = x = D | E
        hints = 0
        members = n1 n2 n3 n4
        suspected = n1 n2
        moving = 0
        named = 1
        store: key, value
          x | D | E
        versions: key, value, name, had seen, timestamp
          x | D | n3:1 | nothing | 3.0 ms
          x | E | n4:1 | nothing | 3.0 ms
        coordinates: key, what, answers, waits for
          x | read: D | E | 1 of 2 | n4
        x at 288883: [NodeId(0), NodeId(1), NodeId(2)]
        points: 4
    "#]],
    );
}

#[test]
fn a_client_reads_well() {
    let mut lab = busy();
    lab.pass(ms(20));
    check(
        &lab.run.node(C2),
        &expect![[r#"
        client | 
        home = n1
        serial = 2
        context of its next writes: key, has read, context
          x | D | E | n3:1 n4:1
    "#]],
    );
}

#[test]
fn every_message_that_is_sent_has_a_title_and_its_kind() {
    let mut lab =
        plan(4).choice("quorum", "sloppy").switch("anti_entropy", true).switch("read_repair", true).start();
    let mut kinds = BTreeSet::new();
    lab.wall(&[n(1), n(2)]).ask(C1, n(3), Operation::write(0, 4)).ask(C2, n(4), Operation::write(0, 5));
    for step in 0..2_000 {
        if step == 300 {
            lab.heal().order(n(4), order::LEAVE).ask(C2, n(2), Operation::read(0));
        }
        lab.pass(ms(1));
        let mut flights = Vec::new();
        lab.run.flights(&mut flights);
        for flight in flights {
            let view = lab.run.message(flight.id).expect("it is under way");
            assert_eq!(view.kind, flight.kind);
            let name = ABOUT.messages[usize::from(view.kind)].name;
            assert!(view.title.starts_with(name), "{} does not begin with {name}", view.title);
            kinds.insert(view.kind);
        }
    }
    assert!(kinds.len() >= 13, "{kinds:?}");
    for step in 0..=lab.run.step().0 {
        for note in lab.run.notes(Step(step)) {
            assert!(ABOUT.sentence(note).ends_with('.'));
        }
    }
}

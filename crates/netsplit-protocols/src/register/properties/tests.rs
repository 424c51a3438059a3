//! Properties that no flaw of this model can break: shown to bite by telling the watcher another past
//! than the one that was.

use std::rc::Rc;

use netsplit_sim::history::{Operation, Value};
use netsplit_sim::property::Properties;

use super::RegisterProperties;
use crate::register::about::ABOUT;
use crate::register::state::{State, Tagged};
use crate::register::tests::lab::{C1, Lab, n, plan};
use crate::register::types::Tag;

/// What is found at n1 if this had been under the first key before.
fn found_after(lab: &Lab, number: u64) -> Vec<&'static str> {
    let world = lab.run.world();
    let mut watch = RegisterProperties::new(world.config(), world.topology());
    let before = State::Tagged(Tagged { tag: Tag { number, writer: None }, value: Value::Number(9) });
    Rc::make_mut(&mut watch.replicas[0].store).insert(0, before);
    let mut found = Vec::new();
    watch.after_step(world, Some(n(1)), &mut found);
    found.iter().map(|violation| ABOUT.properties[usize::from(violation.property)].name).collect()
}

#[test]
fn a_replica_that_goes_back_is_caught() {
    let mut lab = plan("cp", 3).start();
    lab.done(C1, n(1), Operation::write(0, 4));
    assert_eq!(found_after(&lab, 2), ["replicas-only-grow"]);
    assert!(found_after(&lab, 1).is_empty());
}

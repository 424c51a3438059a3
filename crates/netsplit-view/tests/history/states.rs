//! What a key held before and after an operation.

use netsplit_checkers::model::Model;
use netsplit_view::history::states::around;

use crate::common::{account, read, write};

#[test]
fn an_operation_is_told_with_its_place_and_what_the_key_held() {
    let told = account(vec![write(0, 1, 0, 10), write(0, 2, 20, 30), read(1, 2, 25, 40)], &[&[0], &[1]], 50);
    let second = around(&told, &[0, 1, 2], Model::Register, 1).expect("it is in the order");
    assert_eq!((second.number, second.of, second.before.as_str(), second.after.as_str()), (2, 3, "A", "B"));
    let read = around(&told, &[0, 1, 2], Model::Register, 2).expect("it is in the order");
    assert_eq!((read.before, read.after), ("B".to_owned(), "B".to_owned()));
}

#[test]
fn what_an_order_cannot_explain_has_no_states() {
    let told = account(vec![write(0, 1, 0, 10), read(1, 7, 20, 30)], &[&[0], &[1]], 50);
    assert_eq!(around(&told, &[0], Model::Register, 1), None, "it is not in the order");
    assert_eq!(around(&told, &[0, 1], Model::Register, 1), None, "the order does not fit");
}

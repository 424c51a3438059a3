//! Where in its interval each operation of an order may have taken effect.

use netsplit_checkers::history::{History, Outcome, Row, Time};

/// Of each operation of an order that respects real time, a time within its interval at which it may have
/// taken effect; never earlier than those of the same key before it in the order. Each lies halfway between
/// the earliest and the latest time that the order leaves it. What never ended may have taken effect up to
/// `until`.
pub fn points(history: &History, order: &[Row], until: Time) -> Vec<(Row, Time)> {
    by_key(history, order).iter().flat_map(|rows| of_key(history, rows, until)).collect()
}

/// The order of each key by itself, since only that says anything about real time.
pub fn by_key(history: &History, order: &[Row]) -> Vec<Vec<Row>> {
    let mut keys = Vec::new();
    let mut orders: Vec<Vec<Row>> = Vec::new();
    for row in order {
        let Some(operation) = history.operations().get(*row) else { continue };
        match keys.iter().position(|key| *key == operation.key) {
            Some(at) => orders[at].push(*row),
            None => {
                keys.push(operation.key);
                orders.push(vec![*row]);
            }
        }
    }
    orders
}

fn of_key(history: &History, order: &[Row], until: Time) -> Vec<(Row, Time)> {
    let limits = earliest(history, order).into_iter().zip(latest(history, order, until));
    let times = limits.map(|(early, late)| Time(early + late.saturating_sub(early) / 2));
    order.iter().copied().zip(times).collect()
}

/// Not before its own call, nor before what comes before it in the order.
fn earliest(history: &History, order: &[Row]) -> Vec<u64> {
    let mut least = 0;
    let mut times = Vec::with_capacity(order.len());
    for row in order {
        least = history.operations()[*row].called.0.max(least);
        times.push(least);
    }
    times
}

/// Not after its own end, nor after what comes after it in the order.
fn latest(history: &History, order: &[Row], until: Time) -> Vec<u64> {
    let mut most = until.0;
    let mut times = vec![0; order.len()];
    for (at, row) in order.iter().enumerate().rev() {
        let end = match &history.operations()[*row].returned {
            Some((time, Outcome::Ok(_) | Outcome::Fail)) => time.0,
            Some((_, Outcome::Info)) | None => most,
        };
        most = most.min(end);
        times[at] = most;
    }
    times
}

#[cfg(test)]
mod tests {
    use netsplit_checkers::history::{Key, Operation, Process, Request, Value};

    use super::*;

    fn write(process: u32, called: u64, returned: Option<u64>) -> Operation {
        Operation {
            process: Process(process),
            key: Key(0),
            request: Request::Write(Value::Number(i64::from(process))),
            called: Time(called),
            returned: returned.map(|time| (Time(time), Outcome::Ok(None))),
        }
    }

    fn on(key: u32, operation: Operation) -> Operation {
        Operation { key: Key(key), ..operation }
    }

    fn check(operations: Vec<Operation>, order: &[Row], until: u64, expected: &[u64]) {
        let history = History::new(operations).expect("it is well-formed");
        let times: Vec<u64> = points(&history, order, Time(until)).iter().map(|(_, time)| time.0).collect();
        assert_eq!(times, expected);
    }

    #[test]
    fn an_operation_alone_takes_effect_halfway() {
        check(vec![write(0, 10, Some(20))], &[0], 100, &[15]);
    }

    #[test]
    fn the_order_pushes_overlapping_operations_apart() {
        check(vec![write(0, 0, Some(40)), write(1, 10, Some(20))], &[1, 0], 100, &[15, 25]);
        check(vec![write(0, 0, Some(40)), write(1, 10, Some(20))], &[0, 1], 100, &[10, 15]);
    }

    #[test]
    fn what_never_ended_takes_effect_before_what_follows_it_in_the_order() {
        check(vec![write(0, 0, None), write(1, 10, Some(20))], &[0, 1], 100, &[10, 15]);
        check(vec![write(0, 0, None), write(1, 10, Some(20))], &[1, 0], 100, &[15, 55]);
    }
    #[test]
    fn the_order_of_one_key_says_nothing_about_another() {
        let rows = vec![write(0, 10, Some(20)), on(1, write(1, 0, Some(4)))];
        check(rows, &[0, 1], 100, &[15, 2]);
    }
}

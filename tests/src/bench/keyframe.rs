//! What a keyframe costs: a clone of the world, and the first changes after it, which copy what they touch.

use std::hint::black_box;

use netsplit_sim::event::StepReport;

use super::rates::step_world;
use super::{Clock, Row, workloads};

const CLONES: u32 = 20_000;
/// As many events as lie between two keyframes.
const BETWEEN: u64 = 1_024;
/// Keyframes in a stretch: a browser's clock shows no less than a tenth of a millisecond.
const KEYFRAMES: usize = 20;
const TIMES: usize = 5;

/// A clone alone, and what a keyframe makes of the events up to the next one.
pub(super) fn measure(clock: Clock) -> Vec<Row> {
    let mut world = workloads::world(&workloads::steady());
    let mut report = StepReport::default();
    step_world(&mut world, &mut report, 100_000);
    let clone = || {
        let begun = clock();
        for _ in 0..CLONES {
            black_box(world.clone());
        }
        (clock() - begun) * 1_000.0 / f64::from(CLONES)
    };
    let clones = (0..TIMES).map(|_| clone()).collect();
    let added = (0..TIMES).map(|_| added(clock)).collect();
    vec![
        Row::new("keyframe: one clone of the world", "µs", clones),
        Row::new("keyframe: with all it makes the next 1,024 events copy", "µs", added),
    ]
}

/// With a keyframe every so often and with none, in turns, so that a busy machine disturbs both alike.
fn added(clock: Clock) -> f64 {
    const ROUNDS: usize = 15;
    let mut world = workloads::world(&workloads::steady());
    let mut report = StepReport::default();
    step_world(&mut world, &mut report, 30_000);
    let mut kept = Vec::with_capacity(ROUNDS * KEYFRAMES);
    let mut stretch = |keeps: bool| {
        let begun = clock();
        for _ in 0..KEYFRAMES {
            if keeps {
                kept.push(world.clone());
            }
            step_world(&mut world, &mut report, BETWEEN);
        }
        (clock() - begun) * 1_000.0 / KEYFRAMES as f64
    };
    let (with, without) = (0..ROUNDS).map(|_| (stretch(true), stretch(false))).unzip();
    middle(with) - middle(without)
}

/// The median.
fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

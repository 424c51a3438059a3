//! Measures the kernel natively, and prints a row a line.

use std::sync::OnceLock;
use std::time::Instant;

use netsplit_tests::bench::{PARTS, measure};

fn main() {
    for part in PARTS {
        for row in measure(part, clock) {
            println!("{}", row.written("native"));
        }
    }
}

fn clock() -> f64 {
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    BEGUN.get_or_init(Instant::now).elapsed().as_secs_f64() * 1_000.0
}

//! Measures the kernel natively, and prints a row a line: everything, or the parts named as arguments.

use std::env;
use std::sync::OnceLock;
use std::time::Instant;

use netsplit_tests::bench::{PARTS, measure};

fn main() {
    let named: Vec<String> = env::args().skip(1).collect();
    for part in PARTS.into_iter().filter(|part| named.is_empty() || named.iter().any(|name| name == part)) {
        for row in measure(part, clock) {
            println!("{}", row.written("native"));
        }
    }
}

fn clock() -> f64 {
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    BEGUN.get_or_init(Instant::now).elapsed().as_secs_f64() * 1_000.0
}

//! What `cargo xtask bench` measures of the kernel: the same code natively and, as a module, in a browser.
//!
//! A part is measured several times and gives rows; xtask makes medians, ratios and a table of them. No test
//! asserts a time.

mod judging;
mod keyframe;
mod ping;
mod rates;
mod row;
mod seek;
mod staleness;
pub mod workloads;

pub use rates::step_world;
pub use row::Row;

/// Milliseconds of real time since any moment.
pub type Clock = fn() -> f64;

/// What can be measured, each in a few seconds: a browser gives a script twenty.
pub const PARTS: [&str; 13] = [
    "steady",
    "steady run",
    "steady checked",
    "commits",
    "elections",
    "elections run",
    "elections checked",
    "ping",
    "keyframe",
    "seek",
    "sampler",
    "trials",
    "linearizability",
];

/// Measures one part; nothing if there is none of this name.
pub fn measure(part: &str, clock: Clock) -> Vec<Row> {
    let (steady, elections) = (workloads::steady, workloads::elections);
    match part {
        "steady" => rates::world("Raft, 5 nodes, steady", &steady(), clock),
        "steady run" => rates::run("Raft, 5 nodes, steady", &steady(), clock),
        "steady checked" => rates::checked("Raft, 5 nodes, steady", &steady(), clock),
        "commits" => rates::commits("Raft, 5 nodes, steady", &steady(), clock),
        "elections" => rates::world("Raft, 5 nodes, elections", &elections(), clock),
        "elections run" => rates::run("Raft, 5 nodes, elections", &elections(), clock),
        "elections checked" => rates::checked("Raft, 5 nodes, elections", &elections(), clock),
        "ping" => rates::ping(clock),
        "keyframe" => keyframe::measure(clock),
        "seek" => seek::measure(clock),
        "sampler" => staleness::sampler(clock),
        "trials" => staleness::protocol(clock),
        "linearizability" => judging::linearizability(clock),
        _ => Vec::new(),
    }
}

//! One scenario under many seeds: a row for each, from which distributions, outliers and probabilities follow.
//!
//! A row is a function of the scenario and its seed, so whoever makes which rows, in which order and on how
//! many machines, the table is the same: shards merge to the very bytes of one sweep over all seeds.

mod merge;
mod outliers;
mod plan;
mod row;
mod seeds;
mod slices;
mod table;
mod underway;

pub use merge::{BadMerge, merge};
pub use outliers::{Outlier, Outliers};
pub use plan::Plan;
pub use row::{Ended, Latency, Row, Stalest};
pub use seeds::{BadSeeds, Seeds, Shard};
pub use slices::{Progress, Sweep};
pub use table::Form;
pub use underway::Underway;

#[cfg(test)]
mod tests;

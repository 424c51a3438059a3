//! Delays as people type them: `38% pareto(1.05ms, 1.51) + 62% exp(.183/ms)`.
//!
//! | written | is |
//! |---|---|
//! | `3ms` | always the same |
//! | `uniform(1ms, 4ms)` | evenly spread |
//! | `exp(5ms)`, `exp(.2/ms)` | exponential, by its mean or by its rate |
//! | `1ms + …`, `exp(1ms, 5ms)` | a fixed part first: the second form, since `+` joins parts of a mixture |
//! | `lognormal(20ms, .5)` | by its median and the standard deviation of its logarithm |
//! | `pareto(1.05ms, 1.51)` | by its least value and its tail index α |
//! | `40% 1ms + 60% exp(5ms)` | a mixture, chosen anew for each draw |
//!
//! Legs are one delay for all four, a name such as `LNKD-DISK`, or several of them, later ones winning:
//! `LNKD-SSD; W = 38% pareto(1.05ms, 1.51) + 62% exp(.183/ms)`.

mod delay;
mod error;
mod legs;
mod scan;
mod show;

pub use delay::{delay, duration};
pub use error::BadText;
pub use legs::legs;
pub use show::show;

#[cfg(test)]
mod tests;

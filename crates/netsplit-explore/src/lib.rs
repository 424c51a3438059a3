//! Many runs, and what they have in common: bounded staleness, sweeps over seeds.
//!
//! | concept | room |
//! |---|---|
//! | delays as people type them | [`typed`] |
//! | a delay ready for many draws | [`curve`] |
//! | how often which length of time was seen | [`tally`] |
//! | how soon a read sees a write | [`pbs`] |
//! | how many versions behind a read may be | [`k_staleness`] |
//! | how often a majority is up | [`renewals`] |
//! | one scenario under many seeds | [`sweep`] |
//!
//! Nothing here feeds back into a run, so that floats are fine; but they are portable, so that the page and
//! the command line show the same digits:
//!
//! ```
//! use netsplit_explore::pbs::sampler::Sampler;
//! use netsplit_explore::pbs::setting::Setting;
//! use netsplit_explore::typed;
//! use netsplit_sim::time::SimDuration;
//!
//! let legs = typed::legs("LNKD-SSD; W = 38% pareto(1.05ms, 1.51) + 62% exp(.183/ms)")?;
//! let mut sampler = Sampler::new(&Setting::of_three(1, 1, legs), 7)?;
//! sampler.run(100_000);
//! let seen = sampler.seen();
//! assert!((seen.consistent(SimDuration::ZERO) - 0.439).abs() < 0.005);
//! assert!((seen.consistent(SimDuration::from_millis(10)) - 0.925).abs() < 0.005);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![warn(missing_docs)]

pub mod curve;
pub mod k_staleness;
mod normal;
pub mod pbs;
pub mod renewals;
pub mod sweep;
pub mod tally;
mod transform;
pub mod typed;

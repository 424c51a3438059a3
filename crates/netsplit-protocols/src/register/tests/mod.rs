//! Stories of the register, one file for each design.

mod available;
mod consistent;
mod description;
pub(in crate::register) mod lab;
mod merging;
mod primary;
mod questions;

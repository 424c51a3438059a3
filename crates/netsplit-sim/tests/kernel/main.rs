//! The kernel's stories, told with a toy protocol.

mod determinism;
mod faults;
mod journeys;
mod memory;
mod toy;
mod travel;

//! The kernel's stories, told with a toy protocol.

mod determinism;
mod faults;
mod memory;
mod toy;
mod travel;

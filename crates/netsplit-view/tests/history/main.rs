//! Pictures of client histories, from plain values.

mod common;
mod picture;
mod states;

//! Pictures of client histories, from plain values.

mod claims;
mod common;
mod picture;
mod states;

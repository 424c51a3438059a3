//! What is exported keeps the rules of the tools that read it.

mod common;
mod mermaid;
mod schema;
mod shiviz;
mod trace;

//! The built program, as a shell sees it: what it prints, what it writes, and how it exits.

mod drawing;
mod errors;
mod exploring;
mod exporting;
mod help;
mod judging;
mod replaying;
mod running;
mod shell;
mod solving;

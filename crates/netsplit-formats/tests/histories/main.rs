//! Histories of other tools are read, or refused with line and reason.

mod edn;
mod exported;
mod forms;
mod hostile;
mod judged;
mod maelstrom;
mod malformed;
mod nemesis;
mod porcupine;
mod random;
mod runs;

//! The history: what clients asked for and saw, as intervals, with verdict and witness; of the run, or of a
//! file.
//!
//! | concept | room |
//! |---|---|
//! | what is looked at, and how that changes | [`looking`] |
//! | a history from a file | [`import`]; bringing one in [`bring`] |
//! | what the panel shows, read at once | [`shown`] |
//! | the component | [`root`] |
//! | its head: claims, verdict, proof | [`head`] |
//! | the drawing | [`draw`] |
//! | the keys' way through it | [`rove`] |

pub mod bring;
pub mod draw;
pub mod head;
pub mod import;
pub mod looking;
pub mod root;
pub mod rove;
pub mod shown;

pub use import::Import;
pub use looking::{Change, Look, Looking};
pub use root::HistoryPanel;

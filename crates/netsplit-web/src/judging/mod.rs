//! Verdicts over client histories, found in slices between frames and never wrong meanwhile.
//!
//! | concept | room |
//! |---|---|
//! | what tells one history from another | [`print`] |
//! | what was found, and what stays found | [`found`] |
//! | searching, one claim at a time | [`judge`] |
//! | following the cursor of a run | [`live`] |

pub mod found;
pub mod judge;
pub mod live;
pub mod print;

pub use judge::{Here, Judge, Searched};
pub use live::Live;

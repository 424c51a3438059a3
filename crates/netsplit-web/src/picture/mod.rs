//! What leaves the page as a picture, a film or a trace, and what comes back in.
//!
//! | concept | room |
//! |---|---|
//! | the pictures of the model's run | [`made`] |
//! | from SVG to pixels | [`raster`] |
//! | a stretch of the run as a film | [`film`] |
//! | files and the clipboard | [`save`] |
//! | what other tools read | [`traces`] |
//! | what a text is that somebody brings | [`recognise`] |
//! | the page while a file is dragged over it | [`veil`] |

pub mod film;
pub mod made;
pub mod raster;
pub mod recognise;
pub mod save;
pub mod traces;
pub mod veil;

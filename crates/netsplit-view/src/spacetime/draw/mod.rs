//! Drawing the diagram with any [pen](pen::Pen): the same lines on the page and in a standalone picture.
//!
//! | concept | room |
//! |---|---|
//! | what draws | [`pen`] |
//! | where the picture lies, and where there is room for words | [`place`], [`labels`] |
//! | what is drawn, from the ground up | [`bands`], [`axis`], [`lanes`], [`arrows`], [`events`] |

pub mod arrows;
pub mod axis;
pub mod bands;
pub mod events;
pub mod labels;
pub mod lanes;
pub mod pen;
pub mod place;

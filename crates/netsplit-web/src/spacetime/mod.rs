//! The space-time diagram: time to the right, a lane for each participant, a slanted arrow for each
//! message; what could have influenced what, and what one participant can know.
//!
//! | concept | room |
//! |---|---|
//! | what is looked at, and how that changes | [`diagram`], [`sight`] |
//! | the component, its tools and the heads of its lanes | [`root`], [`tools`], [`heads`] |
//! | hands: from pointer and keys to messages | [`gesture`], [`listen`], [`hands`], [`keys`], [`rove`] |
//! | when is drawn what, and where | [`brush`], [`canvas`], [`source`] |
//! | what is drawn | `netsplit_view::spacetime::draw`, and over it [`reach`], [`header`], [`pointed`] |
//! | with what it is drawn | [`ink`] |

pub mod brush;
pub mod canvas;
pub mod diagram;
pub mod gesture;
pub mod hands;
pub mod header;
pub mod heads;
pub mod ink;
pub mod keys;
pub mod listen;
pub mod pointed;
pub mod reach;
pub mod root;
pub mod rove;
pub mod sight;
pub mod source;
pub mod tools;

pub use diagram::{Change, Diagram};
pub use root::SpaceTimePanel;
pub use sight::Sight;
pub use tools::tools;

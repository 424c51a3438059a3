//! What the stories are told with: a server, a browser, a page to look at, and hands to touch it.

mod browser;
mod doing;
mod hand;
pub mod link;
mod page;
mod server;
mod site;
mod stage;
mod story;

pub use hand::Spot;
pub use page::{Moment, Page};
pub use site::Site;
pub use stage::{Person, Sides};
#[cfg(feature = "bench")]
pub use story::address;
pub use story::{Story, tell};

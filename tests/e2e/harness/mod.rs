//! What the stories are told with: a server, a browser, a page to look at, and hands to touch it.

mod browser;
mod doing;
mod hand;
mod host;
pub mod link;
mod page;
mod server;
mod site;
mod stage;
mod story;

pub use hand::Spot;
pub use host::Host;
pub use page::{Moment, Page};
pub use server::{address, dist};
pub use site::Site;
pub use stage::{Person, Sides};
pub use story::{Story, tell};

//! The page inside another one: what it shows instead of a header, and what it and its host tell each other.
//!
//! | concept | room |
//! |---|---|
//! | what a host may tell us, what we tell it | [`asked`], [`said`], documented by `www/embed/messages.schema.json` |
//! | doing it, and where the run stands then | [`obey`](mod@obey), [`state`](mod@state), [`news`] |
//! | the window of the host, being seen in it, going back to it | [`host`], [`sight`], [`leave`](mod@leave) |
//! | all of it together | [`visit`] |
//! | a scenario that stands in the page itself | [`inline`] |
//! | the way out, and the question before the verdict | `corner` |

pub mod asked;
mod corner;
pub mod host;
pub mod inline;
pub mod leave;
pub mod news;
pub mod obey;
pub mod said;
pub mod sight;
pub mod state;
pub mod visit;

pub use corner::corner;

//! Pictures of real runs, as text. `UPDATE_EXPECT=1 cargo test -p netsplit-view` rewrites the
//! snapshots; read the difference before committing it.

mod flights;
mod gallery;
mod panels;
mod stage;
mod stories;
mod why;

//! The space-time diagram and what is read from it, from stories of the gallery, as text.
//! `UPDATE_EXPECT=1 cargo test -p netsplit-view` rewrites the snapshots; read the difference before
//! committing it.

mod cone;
mod divergence;
mod forgotten;
mod hit;
mod picture;
mod properties;
mod told;

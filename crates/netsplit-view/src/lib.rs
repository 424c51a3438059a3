//! Plain pictures of a run at a cursor: pure functions from a [`Run`](netsplit_sim::run::Run) and what
//! the page keeps of presentation (positions, wall sketches, box size) to values that compare.
//!
//! | concept | room |
//! |---|---|
//! | points, polylines, sides | [`geometry`] |
//! | where everybody stands | [`layout`] |
//! | what a drawn wall cuts, where, and how it is moved | [`wall`], [`groups`] |
//! | nodes, clients, links, walls on the stage | [`scene`], [`stage`], [`node_picture`], [`link_picture`], [`wall_picture`], `placing` |
//! | pixels of the stage, outlines, lines | [`board`], [`mod@outline`], [`path_data`], [`wall_lines`] |
//! | messages on the canvas, and dragged along their path | [`flights`], [`retiming`] |
//! | words for what happened and what is done | [`sentence`], [`doing`], [`script`], [`mod@format`] |
//! | claims, and what a run led to | [`verdict`], [`mod@fitting`], [`outcome`] |
//! | drawer and side panel | [`log_table`], [`store_table`], [`mod@ring`], [`timeline`], [`inspector`], [`menu`] |
//! | how an event came about, and what did not happen | [`mod@why`] |
//! | the space-time diagram, and what could have influenced what | [`spacetime`], [`cone`] |
//! | where two runs part | [`divergence`] |
//! | what clients saw, as intervals | [`mod@history`] |
//! | latency, availability, staleness, cost | [`metrics`] |
//! | standalone SVG of all of these | [`picture`] |
//! | the same without looking | [`describe_state`] |
//!
//! Stage coordinates are per-mille of the stage box in both directions, so a wall means the same on a
//! phone and on a projector: which side of a line a point lies on survives any stretching. Nothing here
//! knows a browser, and no protocol is named.
#![warn(missing_docs)]

pub mod board;
pub mod cone;
pub mod describe_state;
pub mod divergence;
pub mod doing;
pub mod fitting;
pub mod flights;
pub mod format;
pub mod geometry;
pub mod groups;
pub mod history;
pub mod inspector;
mod kept;
pub mod layout;
pub mod link_picture;
pub mod log_table;
pub mod menu;
pub mod metrics;
pub mod node_picture;
mod order;
pub mod outcome;
pub mod outline;
pub mod path_data;
pub mod picture;
mod placing;
pub mod retiming;
pub mod ring;
pub mod scene;
pub mod script;
pub mod sentence;
pub mod spacetime;
pub mod stage;
pub mod store_table;
pub mod timeline;
pub mod verdict;
pub mod wall;
pub mod wall_lines;
pub mod wall_picture;
pub mod why;

//! The stage: nodes, links, walls and messages under way, and everything that is done to them there.
//!
//! | concept | room |
//! |---|---|
//! | the component, and what it shows | [`root`], [`look`], [`words`] |
//! | nodes, clients, links, walls as drawn | [`node`], [`client`], [`store`], [`link`], [`wall_view`], [`wall_label`], [`flight_stops`] |
//! | what is dim | [`dim`] |
//! | what moves on every frame | [`brush`], [`colours`] |
//! | hands: from pointer and keys to messages | [`listen`], [`gesture`], [`stroke`], [`drawn`], [`keys`], [`roving`], [`tool_click`], [`desk`], [`desk_keys`], [`hand`] |
//! | tools, menus, forms, the partition dialog | [`palette`], [`tool_bar`], [`invitation`], [`menu_view`], [`forms`], [`link_form`], [`clock_form`], [`request_form`], [`retime_form`], [`partition`] |
//! | pixels, the document | [`size`], [`place`], [`icon`], [`dom`], [`grip_name`]; what standalone pictures need too stands in `netsplit_view::{board, outline, path_data, wall_lines}` |

pub mod brush;
pub mod client;
pub mod clock_form;
pub mod colours;
pub mod decimal;
pub mod desk;
pub mod desk_keys;
pub mod dim;
pub mod dom;
pub mod draw;
pub mod drawn;
pub mod field;
pub mod flight_stops;
pub mod forms;
pub mod gesture;
pub mod grip_name;
pub mod hand;
pub mod icon;
pub mod invitation;
pub mod keys;
pub mod link;
pub mod link_form;
pub mod link_values;
pub mod listen;
pub mod look;
pub mod menu_view;
pub mod node;
pub mod overlay;
pub mod palette;
pub mod partition;
pub mod partition_plan;
pub mod place;
pub mod request_form;
pub mod retime_form;
pub mod root;
pub mod roving;
pub mod shown;
pub mod size;
pub mod store;
pub mod stroke;
pub mod tool_bar;
pub mod tool_click;
pub mod wall_label;
pub mod wall_view;
pub mod words;

pub use palette::Palette;
pub use partition::{PartitionDialog, Wanted};
pub use root::Stage;

//! Everything a person, the clock or the address bar can ask of the page.

use netsplit_sim::describe::ParamValue;
use netsplit_sim::id::{Link, MessageId, NodeId, Step, WallId};
use netsplit_sim::intervention::Intervention;
use netsplit_sim::time::SimTime;

use crate::session::Sketch;

/// A request to the model.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// Run or pause.
    TogglePlay,
    /// Run.
    Play,
    /// Pause.
    Pause,
    /// Over one event.
    StepForward,
    /// Back before the last event.
    StepBack,
    /// To the next moment people look for.
    NextMark,
    /// To the previous one.
    PreviousMark,
    /// To this time.
    Seek(SimTime),
    /// Right after this step.
    SeekStep(Step),
    /// Virtual time per real time, in thousandths.
    Speed(Speed),
    /// Does this to the system now. `sketch` is how a wall was drawn.
    Intervene {
        /// What.
        what: Intervention,
        /// The geometry, for a wall.
        sketch: Option<Sketch>,
    },
    /// Takes back the last intervention made here, or brings back what it discarded.
    Undo,
    /// Back to the beginning.
    Reset,
    /// The same scenario with this seed, from the beginning.
    Seed(u64),
    /// The same scenario with a seed nobody chose.
    NewSeed,
    /// The same scenario with another value of a parameter, from the beginning.
    Param(&'static str, ParamValue),
    /// The same scenario with a flaw switched on or off, from the beginning.
    Flaw(&'static str, bool),
    /// Selects, or deselects.
    Select(Option<Selection>),
    /// Takes another tool.
    Tool(Tool),
    /// Opens a dialog.
    OpenDialog(Dialog),
    /// Closes the dialog.
    CloseDialog,
    /// Tells in the live region what just happened, in one sentence.
    Announce(String),
    /// Tells what went wrong, in one sentence, until dismissed.
    Warn(String),
}

/// What can be selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// A server or client.
    Node(NodeId),
    /// A directed link.
    Link(Link),
    /// A wall.
    Wall(WallId),
    /// A message under way.
    Message(MessageId),
}

/// What a click or a stroke on the stage does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// Selects and opens menus.
    #[default]
    Hand,
    /// Draws a wall by a stroke.
    Wall,
    /// Draws a one-way wall by a stroke.
    OneWay,
    /// Draws a closed wall round some nodes.
    Lasso,
    /// Cuts the link clicked, or the one from the first node clicked to the second.
    Cut,
    /// Crashes the server clicked, or restarts it.
    Crash,
    /// Pauses the server clicked, or resumes it.
    Pause,
    /// Slows the link clicked.
    Slow,
    /// Makes the link clicked lose messages.
    Lose,
    /// Sends an operation of the client clicked.
    Request,
}

/// The dialogs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Choosing a scenario.
    Gallery,
    /// The link and the file.
    Share,
    /// The list of keys.
    Keys,
    /// Making a partition by ticking nodes; of this wall, or of a new one.
    Partition(Option<WallId>),
    /// What this server's or client's menu holds, for places without room for a menu.
    Node(NodeId),
    /// The same for a link.
    Link(Link),
    /// An operation of this client.
    Request(NodeId),
}

/// Virtual time per real time, in parts per million: from ×0.001 to ×100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Speed(pub u32);

//! Everything a person, the clock or the address bar can ask of the page.

use netsplit_scenarios::document::Speed;
use netsplit_sim::describe::{ParamValue, Target};
use netsplit_sim::id::{NodeId, Step, WallId};
use netsplit_sim::intervention::Intervention;
use netsplit_sim::time::SimTime;
use netsplit_view::geometry::Point;
pub use netsplit_view::inspector::Selection;
use netsplit_view::sentence::Filter;
use netsplit_view::timeline::Window;
use netsplit_view::why::Offer;

use crate::history;
use crate::lesson;
use crate::model::{Prediction, With};
use crate::options::Theme;
use crate::session::{BranchId, ScriptEdit, Sketch};
use crate::spacetime::Change;

/// A request to the model.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// Opens what a fragment names.
    Open(String, Origin),
    /// Opens a document that was pasted, chosen or fetched.
    OpenDocument {
        /// The document.
        text: String,
        /// The fragment that named it, which may say where to look; empty if none did.
        fragment: String,
    },
    /// Run or pause.
    TogglePlay,
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
    /// So many nanoseconds on, or back, from where the cursor is bound for.
    SeekBy(i64),
    /// Right after this step.
    SeekStep(Step),
    /// Virtual time per real time.
    Speed(Speed),
    /// Whether quiet stretches pass faster.
    SkipQuiet(bool),
    /// Does this to the system now; where a later future is known, in another branch. `sketch` is how a
    /// wall was drawn.
    Intervene {
        /// What.
        what: Intervention,
        /// The geometry, for a wall.
        sketch: Option<Sketch>,
    },
    /// Takes back the last change made here.
    Undo,
    /// Makes again the change that was taken back last.
    Redo,
    /// Changes the fault script of the branch that is shown.
    Edit(ScriptEdit),
    /// Opens a line of the fault script to be changed, or closes the one that is open.
    Line(Option<usize>),
    /// Shows another branch, at the same time.
    ShowBranch(BranchId),
    /// Calls a branch otherwise.
    RenameBranch(BranchId, String),
    /// Takes a branch away, unless it is the last.
    DeleteBranch(BranchId),
    /// Shows a second run beside the first, on the same clock.
    Compare(With),
    /// Shows the first run alone again.
    EndComparison,
    /// The run as it was opened, from the beginning.
    Reset,
    /// The same run with this seed, from the beginning.
    Seed(u64),
    /// The same run with another value of a parameter, from the beginning.
    Param(&'static str, ParamValue),
    /// The same run with a flaw switched on or off, from the beginning.
    Flaw(&'static str, bool),
    /// Puts a participant elsewhere on the stage; no cut changes.
    MoveNode(NodeId, Point),
    /// Selects, or deselects.
    Select(Option<Selection>),
    /// Takes another tool.
    Tool(Tool),
    /// Opens a dialog.
    OpenDialog(Dialog),
    /// Closes the dialog.
    CloseDialog,
    /// Opens a small surface, or closes the one that is open.
    Popover(Option<Popover>),
    /// The stretch of time that the timeline shows; without one it follows the run.
    Zoom(Option<Window>),
    /// Changes what the space-time diagram shows.
    Diagram(Change),
    /// Changes what the history shows.
    History(history::Change),
    /// What drawer and sheet show of their content.
    Choose(Choices),
    /// Shows a panel; the one that is shown already is closed.
    Panel(Panel),
    /// All of the page has arrived.
    Whole,
    /// Whether drawer and side panel are one sheet.
    Compact(bool),
    /// Whether motion is reduced.
    Still(bool),
    /// Light, dark, or as the system has it.
    Theme(Theme),
    /// Answers a question, in its panel.
    Ask(Offer),
    /// Something that is asked of the lesson.
    Lesson(lesson::Change),
    /// Goes where words of an answer point, or selects what they name.
    Follow(Target),
    /// Says what is expected of this run.
    Predict(Prediction),
    /// Tells in the live region what just happened, in one sentence.
    Announce(String),
    /// Tells what went wrong, in one sentence, until dismissed.
    Warn(String),
    /// Tells that a new version of the page waits.
    NewVersion,
    /// Dismisses a notice.
    Dismiss(u32),
}

/// Where a fragment came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The address that the page was opened with.
    Start,
    /// The address, changed while the page is open.
    Address,
    /// A choice or a paste inside the page.
    Inside,
    /// The page around this one, or the document that this page was made with.
    Host,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Choosing a scenario.
    Gallery,
    /// Choosing what to compare with.
    Compare,
    /// The link and the file.
    Share,
    /// Pasting a link or a document.
    Paste,
    /// Asking before a file is fetched.
    Fetch {
        /// From where.
        address: String,
        /// The fragment that named it.
        fragment: String,
    },
    /// How soon reads see writes.
    Staleness,
    /// What to try, what words mean, and all keys.
    Help,
    /// Making a partition by ticking nodes; of this wall, or of a new one.
    Partition(Option<WallId>),
    /// The same for the wall that a line of the fault script raises.
    WallOfLine(usize),
}

/// The small surfaces under buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Popover {
    /// Under the seed.
    Seed,
    /// Under the speed.
    Pace,
}

/// What drawer and sheet show of their content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    /// The first index of the log table; without one it follows the end.
    pub log_from: Option<u64>,
    /// Which events are listed.
    pub filter: Filter,
    /// How many events are listed at most.
    pub events: usize,
    /// The height of the drawer in pixels, once somebody set it.
    pub height: Option<i32>,
}

impl Default for Choices {
    fn default() -> Self {
        Self { log_from: None, filter: Filter::Notable, events: 80, height: None }
    }
}

/// What drawer, side panel or sheet shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Drawer: what happened, by time and participant.
    Spacetime,
    /// Drawer: entries aligned by index across nodes.
    Log,
    /// Drawer: what clients asked for and saw, as intervals.
    History,
    /// Drawer: latency, availability, staleness, cost.
    Metrics,
    /// Drawer: a sentence per event.
    Events,
    /// Side: the lesson that is open.
    Lesson,
    /// Side: the selection.
    Inspector,
    /// Side: parameters, flaws, and what the protocol is.
    Settings,
    /// Side: what was and will be done to the system.
    Script,
    /// Side: what can be asked, and the last answer.
    Why,
}

//! What the page shows, and how a message changes it. Knows no browser: what has to be done outside
//! is returned.

mod asking;
mod changing;
mod judging;
mod locking;
mod moving;
mod notice;
mod opening;
mod predicting;
mod teaching;
mod telling;
mod update;
mod versus;

pub use notice::{Notice, NoticeTone, Offer};
pub use opening::cold_start;
pub use predicting::Prediction;
pub use versus::{Versus, With};

use netsplit_sim::id::Step;
use netsplit_sim::time::SimTime;
use netsplit_view::timeline::Window;
use netsplit_view::why::Told;

use crate::history::{Import, Looking};
use crate::judging::Live;
use crate::lesson::GoalMet;
use crate::lesson::learning::Learning;
use crate::msg::{Choices, Dialog, Panel, Popover, Selection, Tool};
use crate::options::{Options, Theme};
use crate::playback::{Drive, Playback};
use crate::session::{Place, Session};
use crate::spacetime::Diagram;

/// Everything the page shows.
pub struct Model {
    session: Session,
    versus: Option<Versus>,
    live: Live,
    import: Option<Import>,
    lesson: Option<Learning>,
    met: Vec<GoalMet>,
    playback: Playback,
    ui: Ui,
    options: Options,
    telling: telling::Telling,
    revision: u64,
    runs: u64,
}

/// What is shown of the run, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Ui {
    /// What is selected.
    pub selection: Option<Selection>,
    /// The tool in hand.
    pub tool: Tool,
    /// Whether all of the page has arrived, and not only what the first movement needs.
    pub whole: bool,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// What the drawer shows; closed if nothing.
    pub drawer: Option<Panel>,
    /// What the side panel shows; closed if nothing.
    pub side: Option<Panel>,
    /// What the sheet shows; closed if nothing.
    pub sheet: Option<Panel>,
    /// Whether drawer and side panel are one sheet.
    pub compact: bool,
    /// The small surface that is open.
    pub popover: Option<Popover>,
    /// The fragment to share, taken when the dialog opened.
    pub shared: String,
    /// The stretch of time that the timeline shows; without one it follows the run.
    pub zoom: Option<Window>,
    /// The line of the fault script that is open to be changed.
    pub line: Option<usize>,
    /// The last answer to a question.
    pub why: Option<Told>,
    /// What the space-time diagram shows.
    pub diagram: Diagram,
    /// What the history shows.
    pub looking: Looking,
    /// What drawer and sheet show of their content.
    pub choices: Choices,
    /// Light or dark.
    pub theme: Theme,
    /// What whoever looks expects of this run, once they said so.
    pub predicted: Option<Prediction>,
    /// What went wrong or was discarded, the oldest first.
    pub notices: Vec<Notice>,
    /// What the live region tells, and how often it has told something.
    pub told: (u32, String),
    /// What interrupts: a property was broken.
    pub urgent: (u32, String),
    next_notice: u32,
}

impl Default for Ui {
    fn default() -> Self {
        Self {
            selection: None,
            tool: Tool::default(),
            whole: false,
            dialog: None,
            drawer: Some(Panel::Log),
            side: Some(Panel::Inspector),
            sheet: None,
            compact: false,
            popover: None,
            shared: String::new(),
            zoom: None,
            line: None,
            why: None,
            diagram: Diagram::default(),
            looking: Looking::default(),
            choices: Choices::default(),
            theme: Theme::default(),
            predicted: None,
            notices: Vec::new(),
            told: (0, String::new()),
            urgent: (0, String::new()),
            next_notice: 0,
        }
    }
}

impl Ui {
    /// What is shown where the inspector would be.
    pub fn shown_beside(&self) -> Option<Panel> {
        if self.compact { self.sheet } else { self.side }
    }

    /// Forgets what belonged to the run that was shown.
    fn forget_run(&mut self) {
        self.selection = None;
        self.dialog = None;
        self.zoom = None;
        self.line = None;
        self.why = None;
        self.predicted = None;
        self.diagram.forget_run();
        self.looking = Looking::default();
        self.choices = Choices { height: self.choices.height, ..Choices::default() };
    }
}

/// What a message asks of the world outside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// The cursor goes somewhere: frames are wanted.
    pub frames: bool,
    /// The script is another: keep the link where a panic cannot reach it.
    pub link: bool,
    /// What the address bar should show.
    pub address: Address,
    /// The theme is another.
    pub theme: bool,
}

/// What the address bar should show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Address {
    /// What it shows.
    #[default]
    Keep,
    /// The run and the cursor as they are, when there is time.
    Replace,
    /// The run as it is, as a new entry, so that Back returns to the old one.
    Push,
}

impl Model {
    /// The run.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// How the cursor moves.
    pub fn playback(&self) -> &Playback {
        &self.playback
    }

    /// What is shown of the run, and how.
    pub fn ui(&self) -> &Ui {
        &self.ui
    }

    /// What the query of the address asked for.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Grows whenever the run at the cursor shows something else.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Grows whenever another run is shown, or the same one begins again.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// Where the cursor stands, or will stand once it has arrived.
    pub fn bound_for(&self) -> SimTime {
        match self.playback.drive {
            Drive::Go(Place::At(time) | Place::Within(time, _)) => time.min(self.session.run().until()),
            Drive::Go(Place::After(_)) | Drive::Rest | Drive::Play | Drive::NextMark(_) => {
                self.session.run().now()
            }
        }
    }

    /// What tells one cursor from another, to see whether the revision has to grow.
    fn spot(&self) -> (u64, Step, SimTime) {
        (self.runs, self.session.run().step(), self.session.run().now())
    }
}

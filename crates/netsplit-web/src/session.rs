//! The one place where runs live: branches of a past that they share, the records that make them
//! links, and what can be undone.

mod branch;
mod history;
mod linking;
mod script;
mod tree;

use netsplit_scenarios::document::Scenario;
use netsplit_scenarios::error::OpenError;
use netsplit_scenarios::link::{Badge, Opened, Position};
use netsplit_scenarios::run_record::RunRecord;
pub use netsplit_scenarios::sketch::Sketch;
use netsplit_sim::id::{NodeId, WallId};
use netsplit_sim::intervention::{BadIntervention, Intervention};
use netsplit_sim::run::{Progress, Run, Stopped};
use netsplit_sim::time::SimTime;
use netsplit_view::doing;
use netsplit_view::geometry::Point;
use netsplit_view::layout::Layout;
use netsplit_view::layout::StageSize;
use netsplit_view::scene::{self, Scene, Sketches};

pub use branch::{Branch, BranchId, Fork, Place};
use history::{Change, History};
pub use linking::end_of_micro;
use netsplit_words::{told, word};
pub use script::ScriptEdit;
use tree::Branches;

/// An experiment, open on the page, with every future of it that was seen.
pub struct Session {
    branches: Branches,
    history: History,
    opened: RunRecord,
    badge: Option<Badge>,
    unknown: Vec<(String, Option<String>)>,
    layout: Layout,
}

/// What the branch is called that a link opens.
const FIRST_NAME: &str = word!("Original");
/// Letters of a branch's name at most.
const LONGEST_NAME: usize = 40;

impl Session {
    /// Opens what a link named, at time zero. `unknown` is what else stood in the link.
    pub fn new(opened: Opened, unknown: Vec<(String, Option<String>)>) -> Result<Self, OpenError> {
        let first = Branch::new(BranchId(0), told(FIRST_NAME).to_owned(), opened.record.clone())?;
        let homes: Vec<_> = opened.record.scenario.clients.iter().map(|client| client.home).collect();
        let layout = Layout::new(first.run().topology(), &homes);
        Ok(Self {
            branches: Branches::new(first),
            history: History::default(),
            opened: opened.record,
            badge: opened.badge,
            unknown,
            layout,
        })
    }

    /// A run by itself, called by this name.
    pub fn alone(record: RunRecord, name: String) -> Result<Self, OpenError> {
        let opened = Opened { record, item: None, position: Position::default(), badge: None, versus: None };
        let mut session = Self::new(opened, Vec::new())?;
        session.branches.current_mut().name = name;
        Ok(session)
    }

    /// A branch by itself, as it is, with everybody where they stand here.
    pub fn apart(&self, id: BranchId) -> Option<Self> {
        let branch = self.branches.get(id)?;
        let mut copy = branch.forked(BranchId(0));
        (copy.name, copy.fork) = (branch.name.clone(), None);
        Some(Self {
            branches: Branches::new(copy),
            history: History::default(),
            opened: branch.record.clone(),
            badge: self.badge,
            unknown: Vec::new(),
            layout: self.layout.clone(),
        })
    }

    /// The branch that is shown.
    pub fn branch(&self) -> &Branch {
        self.branches.current()
    }

    /// All branches; one stands after the one it left.
    pub fn branches(&self) -> &[Branch] {
        self.branches.all()
    }

    /// Where a branch left another, if they still share a past.
    pub fn fork_of(&self, branch: &Branch) -> Option<Fork> {
        self.branches.fork_of(branch)
    }

    /// The live execution of the branch that is shown.
    pub fn run(&self) -> &dyn Run {
        self.branch().run()
    }

    /// What makes the run a link.
    pub fn record(&self) -> &RunRecord {
        self.branch().record()
    }

    /// The experiment.
    pub fn scenario(&self) -> &Scenario {
        &self.record().scenario
    }

    /// Why the run may differ from what the author of its link saw.
    pub fn badge(&self) -> Option<Badge> {
        self.badge
    }

    /// Whether parameters or flaws differ from those of the run that was opened.
    pub fn modified(&self) -> bool {
        let (now, then) = (self.scenario(), &self.opened.scenario);
        now.params != then.params || now.flaws != then.flaws
    }

    /// Where everybody stands.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Puts a participant elsewhere on the stage. Presentation only: no cut changes.
    pub fn move_node(&mut self, node: NodeId, to: Point) {
        self.layout = self.layout.with_moved(node, to);
    }

    /// The latest moment of all branches that a cursor ever reached, or that is part of a script.
    pub fn furthest(&self) -> SimTime {
        self.branches().iter().map(Branch::horizon).max().unwrap_or_default()
    }

    /// How the walls that stand at the cursor were drawn, and those that stood before it.
    pub fn sketches(&self) -> Sketches {
        scene::sketches_at(&self.record().script, self.run().applied())
    }

    /// Everything besides the run that a stage of this size depends on.
    pub fn scene(&self, size: StageSize) -> Scene {
        Scene { layout: self.layout.clone(), sketches: self.sketches(), size }
    }

    /// A number for a new wall, never used in this run.
    pub fn free_wall(&self) -> WallId {
        let used = self.record().script.iter().filter_map(|entry| match entry.what {
            Intervention::SetWall(wall, _) => Some(wall.0),
            _ => None,
        });
        WallId(used.max().map_or(1, |highest| highest.saturating_add(1)))
    }

    /// It is not shown for a while, and keeps less meanwhile. The cursor stays.
    pub fn put_away(&mut self) {
        self.branches.current_mut().keep_less();
    }

    /// It is shown again.
    pub fn take_up(&mut self) {
        self.branches.current_mut().enter();
    }

    /// Puts the cursor at once at the nearest kept instant before a place.
    pub fn approach(&mut self, place: Place) -> Result<(), Stopped> {
        self.branches.current_mut().approach(place)
    }

    /// Runs on towards a place, over at most `budget` events.
    pub fn run_towards(&mut self, place: Place, budget: u32) -> Result<Progress, Stopped> {
        self.branches.current_mut().run_towards(place, budget)
    }

    /// Brings the cursor to a place, however long that takes.
    pub fn seek(&mut self, place: Place) -> Result<(), Stopped> {
        self.approach(place)?;
        while self.run_towards(place, u32::MAX)? == Progress::Underway {}
        Ok(())
    }

    /// Over one event or intervention.
    pub fn step_forward(&mut self) -> Result<Progress, Stopped> {
        self.branches.current_mut().step_forward()
    }

    /// Does this to the system now. Where a later future is known or scripted this begins another
    /// branch, and both are kept; returns whether it did.
    pub fn intervene(&mut self, what: Intervention, sketch: Option<Sketch>) -> Result<bool, BadIntervention> {
        if !self.branch().has_future() {
            let change = self.record_change();
            self.branches.current_mut().intervene(what, sketch)?;
            self.history.note(change);
            return Ok(false);
        }
        let name = self.name_for(&what);
        let (shown, place) = (self.branch().id, self.branch().place());
        let id = self.branches.fresh();
        let mut fork = self.branch().forked(id);
        fork.intervene(what, sketch)?;
        fork.name = name;
        self.branches.insert(fork);
        self.branches.show(id);
        self.history.note(Change::Absent { branch: id, shown, place });
        Ok(true)
    }

    /// A branch is called after what was done first in it.
    fn name_for(&self, what: &Intervention) -> String {
        self.branches.unused_name(&short(&doing::told(what, self.run(), false)))
    }

    /// Calls a branch otherwise; an empty name changes nothing.
    pub fn rename(&mut self, id: BranchId, name: &str) {
        let name: String = name.trim().chars().take(LONGEST_NAME).collect();
        if let Some(branch) = self.branches.get_mut(id).filter(|_| !name.is_empty()) {
            branch.name = name;
        }
    }

    /// Shows another branch. Returns the place in it where the cursor belongs: at the same time.
    pub fn show(&mut self, id: BranchId) -> Option<Place> {
        let place = Place::At(self.run().now());
        self.branches.show(id).then_some(place)
    }

    /// Takes a branch away, unless it is the last. Returns where the cursor belongs if it was the one
    /// that is shown.
    pub fn delete(&mut self, id: BranchId) -> Option<Place> {
        let mut place = None;
        if id == self.branch().id {
            let parent =
                self.branch().fork.map(|fork| fork.from).filter(|id| self.branches.get(*id).is_some());
            let other =
                parent.or(self.branches().iter().map(|branch| branch.id).find(|other| *other != id))?;
            place = self.show(other);
        }
        let removed = self.branches.remove(id)?;
        self.history.note(Change::Present(Box::new(removed)));
        place
    }

    /// Replaces the record: another seed, a parameter, a flaw. The run begins again at time zero.
    pub fn replace(&mut self, record: RunRecord) -> Result<(), OpenError> {
        let change = self.record_change();
        self.branches.current_mut().take(record)?;
        self.history.note(change);
        Ok(())
    }

    /// The run as it was opened: the branch that still is that, or else this one, changed back. Says
    /// whether anything was changed back; the cursor belongs at the beginning.
    pub fn reset(&mut self) -> Result<bool, OpenError> {
        let untouched = self.branches().iter().find(|branch| branch.record == self.opened);
        match untouched.map(|branch| branch.id) {
            Some(id) => {
                self.branches.show(id);
                Ok(false)
            }
            None => self.replace(self.opened.clone()).map(|()| true),
        }
    }
}

/// The head of a sentence about an intervention, as a name.
pub fn short(told: &str) -> String {
    let head = told.trim_end_matches('.').split(':').next().unwrap_or_default();
    head.chars().take(LONGEST_NAME).collect()
}

//! Runs that the pictures are taken of, each brought to its state by steps.

use std::collections::BTreeSet;

use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_scenarios::sketch::Sketch;
use netsplit_sim::describe::Mark;
use netsplit_sim::history::Operation;
use netsplit_sim::id::{Link, NodeId, WallId};
use netsplit_sim::intervention::Intervention;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimDuration;
use netsplit_view::geometry::Point;
use netsplit_view::layout::{Layout, StageSize};
use netsplit_view::scene::{Scene, Sketches};
use netsplit_view::wall;

/// A run and how it is shown.
pub struct Story {
    pub run: Box<dyn Run>,
    pub scene: Scene,
}

/// Five servers and two clients with work, at their beginning. The document is the pictures' own, so
/// that a change of the gallery changes none of them.
pub fn beginning() -> Story {
    let record = RunRecord::from_json(include_str!("scenario.json")).expect("it is well-formed");
    let homes: Vec<_> = record.scenario.clients.iter().map(|client| client.home).collect();
    let run = open(&record).expect("it opens");
    let layout = Layout::new(run.topology(), &homes);
    Story { run, scene: Scene { layout, sketches: Sketches::new(), size: StageSize::default() } }
}

/// Right after the first moment of a kind.
pub fn first(mark: Mark) -> Story {
    let mut story = beginning();
    story.go_to(mark, 1);
    story
}

/// The first of those in charge is walled off with one neighbour, and the others have chosen anew.
pub fn walled_off() -> Story {
    let mut story = first(Mark::Election);
    story.pass(500);
    let sketch = story.wall_off_leader();
    let cuts = wall::cuts(&sketch, &story.scene.layout, story.run.topology());
    story.raise(sketch, cuts);
    let elections = story.marks(Mark::Election);
    story.go_to(Mark::Election, elections + 1);
    story
}

impl Story {
    /// Lets time pass.
    pub fn pass(&mut self, millis: u64) {
        let target = self.run.now() + SimDuration::from_millis(millis);
        self.run.seek(target).expect("time passes");
    }

    /// Steps until the run has had that many moments of a kind.
    pub fn go_to(&mut self, mark: Mark, count: usize) {
        while self.marks(mark) < count {
            assert!(self.run.now() < self.run.until(), "no {} number {count}", mark.name());
            self.run.step_forward().expect("it steps");
        }
    }

    /// Does this to the system.
    pub fn does(&mut self, what: Intervention) {
        self.run.intervene(what).expect("it can be part of the run");
    }

    /// A client asks for a write.
    pub fn write(&mut self, client: u16, number: i64, via: Option<NodeId>) {
        let operation = Operation::write(0, number);
        self.does(Intervention::Request { client: NodeId::client(client), operation, via });
    }

    /// Who is in charge: the first server whose role is the one that elections lead to.
    pub fn leader(&self) -> NodeId {
        let leads = |id: &NodeId| {
            let role = self.run.node(*id).role;
            self.run.about().roles[usize::from(role)].tone == netsplit_sim::describe::Tone::Lead
        };
        self.run.topology().servers().find(leads).expect("somebody is in charge")
    }

    /// Raises a wall.
    pub fn raise(&mut self, sketch: Sketch, cuts: BTreeSet<Link>) -> WallId {
        let id = wall::next_id(&*self.run, &self.scene.sketches);
        self.scene.sketches.insert(id, sketch);
        self.does(Intervention::SetWall(id, cuts));
        id
    }

    fn marks(&self, mark: Mark) -> usize {
        let step = self.run.step();
        self.run
            .known_marks()
            .iter()
            .filter(|marked| marked.moment.step <= step && marked.mark == mark)
            .count()
    }

    /// A stroke that leaves the leader and the next server clockwise on one side.
    fn wall_off_leader(&self) -> Sketch {
        let leader = self.leader();
        let servers = self.run.topology().servers;
        let next = NodeId::server((leader.index() + 1) % servers);
        let (a, b) = (self.scene.layout.at(leader), self.scene.layout.at(next));
        let middle = Point::new(500.0, 470.0);
        let through = middle.towards(a.towards(b, 0.5), 0.55);
        let along = Point::new(-(through - middle).y, (through - middle).x);
        wall::stroke(&[through - along * 2.0, through + along * 2.0], false).expect("it has length")
    }
}

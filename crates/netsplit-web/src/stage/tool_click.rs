//! What a click does with the tool in hand, for those who do not drag (WCAG 2.5.7).

use std::collections::BTreeSet;

use netsplit_sim::id::{Link, MessageId, NodeId, WallId};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_sim::latency::Delay;
use netsplit_sim::network::LinkModel;
use netsplit_sim::run::{Run, Status};
use netsplit_sim::time::SimDuration;
use netsplit_words::say;

use super::gesture::{Grip, Pen, Way};
use crate::msg::{Selection, Tool};

/// What a click asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// Selects it and opens its menu.
    Menu(Selection),
    /// Selects nothing.
    Deselect,
    /// Changes the side of a node for the wall that is being made.
    SwapSide(NodeId),
    /// Remembers the first of two nodes.
    First(NodeId),
    /// Does this to the system.
    Do(Vec<Intervention>),
    /// Asks for an operation: of this client, or through this server.
    Request(NodeId),
}

/// What a stroke draws with this tool.
pub const fn pen(tool: Tool) -> Pen {
    match tool {
        Tool::Hand => Pen::OnGround(Way::Both),
        Tool::Wall => Pen::Anywhere(Way::Both),
        Tool::OneWay => Pen::Anywhere(Way::One),
        Tool::Crash | Tool::Pause | Tool::Slow | Tool::Lose | Tool::Request => Pen::None,
    }
}

/// What a click on `grip` does. `first` is the node clicked before, for tools that take two.
pub fn deed(tool: Tool, grip: Grip, first: Option<NodeId>, wall: WallId, run: &dyn Run) -> Deed {
    match grip {
        Grip::Ground | Grip::Palette(_) => Deed::Deselect,
        Grip::Wall(id) | Grip::Handle { wall: id, .. } => Deed::Menu(Selection::Wall(id)),
        Grip::Message(id) if tool == Tool::Lose => Deed::Do(vec![Intervention::Drop(id)]),
        Grip::Message(id) => Deed::Menu(Selection::Message(id)),
        Grip::Link(link) => match on_link(tool, link, wall, run) {
            Some(done) => Deed::Do(done),
            None => Deed::Menu(Selection::Link(link)),
        },
        Grip::Node(id) => on_node(tool, id, first, wall, run),
    }
}

fn on_node(tool: Tool, id: NodeId, first: Option<NodeId>, wall: WallId, run: &dyn Run) -> Deed {
    match tool {
        Tool::Wall => Deed::SwapSide(id),
        Tool::OneWay | Tool::Slow | Tool::Lose => match first {
            Some(from) if from != id && !(from.is_client() && id.is_client()) => {
                Deed::Do(on_link(tool, Link::new(from, id), wall, run).unwrap_or_default())
            }
            _ => Deed::First(id),
        },
        Tool::Crash | Tool::Pause if !id.is_client() => Deed::Do(vec![stop_or_go(tool, id, run.status(id))]),
        Tool::Request => Deed::Request(id),
        Tool::Hand | Tool::Crash | Tool::Pause => Deed::Menu(Selection::Node(id)),
    }
}

/// The tool stops what runs and starts what it stopped.
fn stop_or_go(tool: Tool, id: NodeId, status: Status) -> Intervention {
    match (tool, status) {
        (_, Status::Crashed) => Intervention::Restart(id),
        (Tool::Crash, _) => Intervention::Crash(id, CrashKind::KeepWritten),
        (_, Status::Paused) => Intervention::Resume(id),
        (_, Status::Up) => Intervention::Pause(id),
    }
}

fn on_link(tool: Tool, link: Link, wall: WallId, run: &dyn Run) -> Option<Vec<Intervention>> {
    let both = [link, link.reversed()];
    match tool {
        Tool::OneWay => Some(vec![cut(wall, &[link])]),
        Tool::Slow => Some(both.map(|link| toggled(link, run, slowed)).to_vec()),
        Tool::Lose => Some(both.map(|link| toggled(link, run, lossy)).to_vec()),
        _ => None,
    }
}

fn cut(wall: WallId, links: &[Link]) -> Intervention {
    let mut cuts = BTreeSet::new();
    cuts.extend(links.iter().copied());
    Intervention::SetWall(wall, cuts)
}

/// Changes a link that is as the scenario made it, and resets any other.
fn toggled(link: Link, run: &dyn Run, change: impl Fn(&LinkModel) -> LinkModel) -> Intervention {
    if run.link_is_original(link) {
        Intervention::SetLink(link, change(run.link_model(link)))
    } else {
        Intervention::ResetLink(link)
    }
}

/// How much longer the slow tool makes a link's delay.
const SLOWER: u64 = 10;
/// How much the lose tool makes a link lose, in parts per million.
const LOSS: u32 = 300_000;

/// Ten times as slow, evenly spread by a fifth so that messages do not march in step.
pub fn slowed(model: &LinkModel) -> LinkModel {
    let middle = model.delay.median().0.max(1).saturating_mul(SLOWER).min(60_000_000_000);
    let spread = middle / 5;
    let delay = Delay::Uniform { min: SimDuration(middle - spread), max: SimDuration(middle + spread) };
    LinkModel { delay, ..model.clone() }
}

fn lossy(model: &LinkModel) -> LinkModel {
    LinkModel { loss_ppm: LOSS, ..model.clone() }
}

/// Whether a message's menu would have something to do: the tools that take messages.
pub const fn takes_messages(tool: Tool) -> bool {
    matches!(tool, Tool::Hand | Tool::Lose)
}

/// What an armed tool expects next, in a sentence.
pub fn hint(tool: Tool, first: Option<NodeId>, chosen: usize) -> Option<String> {
    let text = match (tool, first) {
        (Tool::Hand, _) => return None,
        (Tool::Wall, _) if chosen == 0 => {
            say!("Draw across the stage or round some nodes. Or click the nodes of one side.")
        }
        (Tool::Wall, _) => say!("A wall between A and B."),
        (Tool::OneWay, None) => {
            say!("Draw a wall that stops one direction only. Or click who is no longer heard.")
        }
        (Tool::OneWay, Some(from)) => {
            return Some(say!("{from} is no longer heard by … click a node.", from));
        }
        (Tool::Crash, _) => say!("Click a server to crash it, again to restart it."),
        (Tool::Pause, _) => say!("Click a server to pause it, again to let it go on."),
        (Tool::Slow, None) => say!(
            "Click a link to make it ten times as slow, or two nodes one after the other. Again to undo."
        ),
        (Tool::Slow, Some(from)) => return Some(say!("From {from}: now click the other end.", from)),
        (Tool::Lose, None) => say!(
            "Click a link to make it lose 30 %, or two nodes one after the other. Again to undo. Or click a message under way."
        ),
        (Tool::Lose, Some(from)) => {
            return Some(say!("From {from}: now click the other end. Or click a message under way.", from));
        }
        (Tool::Request, _) => say!("Click a client, or the server it should ask."),
    };
    Some(text.to_owned())
}

/// Whom a message is that the pointer found, if the tool takes messages.
pub fn grip_of_message(tool: Tool, found: Option<MessageId>) -> Grip {
    found.filter(|_| takes_messages(tool)).map_or(Grip::Ground, Grip::Message)
}

#[cfg(test)]
mod tests {
    use netsplit_scenarios::gallery::gallery;

    use super::*;

    const WALL: WallId = WallId(9);
    const N1: NodeId = NodeId::server(0);
    const N2: NodeId = NodeId::server(1);

    fn run() -> Box<dyn Run> {
        let record = gallery()[0].record().expect("the gallery is valid");
        netsplit_scenarios::open::open(&record).expect("the gallery opens")
    }

    /// What a click does, done to the run.
    fn click(run: &mut dyn Run, tool: Tool, grip: Grip, first: Option<NodeId>) -> Deed {
        let deed = deed(tool, grip, first, WALL, run);
        if let Deed::Do(done) = &deed {
            for what in done {
                run.intervene(what.clone()).expect("everybody named is in the run");
            }
        }
        deed
    }

    #[test]
    fn the_crash_tool_restarts_what_it_crashed() {
        let mut run = run();
        click(&mut *run, Tool::Crash, Grip::Node(N1), None);
        assert_eq!(run.status(N1), Status::Crashed);
        click(&mut *run, Tool::Crash, Grip::Node(N1), None);
        assert_eq!(run.status(N1), Status::Up);
    }

    #[test]
    fn the_pause_tool_resumes_what_it_paused_and_restarts_what_crashed() {
        let mut run = run();
        click(&mut *run, Tool::Pause, Grip::Node(N1), None);
        assert_eq!(run.status(N1), Status::Paused);
        click(&mut *run, Tool::Pause, Grip::Node(N1), None);
        assert_eq!(run.status(N1), Status::Up);
        click(&mut *run, Tool::Crash, Grip::Node(N1), None);
        click(&mut *run, Tool::Pause, Grip::Node(N1), None);
        assert_eq!(run.status(N1), Status::Up);
    }

    #[test]
    fn source_then_target_cuts_one_way_only() {
        let mut run = run();
        assert_eq!(click(&mut *run, Tool::OneWay, Grip::Node(N1), None), Deed::First(N1));
        click(&mut *run, Tool::OneWay, Grip::Node(N2), Some(N1));
        assert!(run.is_cut(Link::new(N1, N2)));
        assert!(!run.is_cut(Link::new(N2, N1)));
    }

    #[test]
    fn the_slow_tool_slows_both_directions_and_a_second_click_undoes_it() {
        let mut run = run();
        let link = Link::new(N1, N2);
        let before = run.link_model(link).delay.median();
        click(&mut *run, Tool::Slow, Grip::Link(link), None);
        for link in [link, link.reversed()] {
            assert_eq!(run.link_model(link).delay.median().0 / before.0, SLOWER, "{link}");
        }
        click(&mut *run, Tool::Slow, Grip::Node(N2), Some(N1));
        assert!(run.link_is_original(link) && run.link_is_original(link.reversed()));
    }

    #[test]
    fn the_same_node_twice_names_no_link() {
        let mut run = run();
        assert_eq!(click(&mut *run, Tool::Lose, Grip::Node(N1), Some(N1)), Deed::First(N1));
    }

    #[test]
    fn the_lose_tool_drops_the_message_clicked() {
        let mut run = run();
        let mut flights = Vec::new();
        while flights.is_empty() {
            run.step_forward().expect("the gallery runs");
            run.flights(&mut flights);
        }
        let id = flights[0].id;
        let deed = click(&mut *run, Tool::Lose, Grip::Message(id), None);
        assert_eq!(deed, Deed::Do(vec![Intervention::Drop(id)]));
    }

    #[test]
    fn without_a_tool_a_click_opens_the_menu_of_what_it_is_on() {
        let mut run = run();
        let link = Link::new(N1, N2);
        assert_eq!(click(&mut *run, Tool::Hand, Grip::Node(N1), None), Deed::Menu(Selection::Node(N1)));
        assert_eq!(click(&mut *run, Tool::Hand, Grip::Link(link), None), Deed::Menu(Selection::Link(link)));
        assert_eq!(click(&mut *run, Tool::Hand, Grip::Wall(WALL), None), Deed::Menu(Selection::Wall(WALL)));
        assert_eq!(click(&mut *run, Tool::Hand, Grip::Ground, None), Deed::Deselect);
    }

    #[test]
    fn every_armed_tool_says_what_it_expects() {
        let tools =
            [Tool::Wall, Tool::OneWay, Tool::Crash, Tool::Pause, Tool::Slow, Tool::Lose, Tool::Request];
        assert!(tools.into_iter().all(|tool| hint(tool, None, 0).is_some()));
        assert_eq!(hint(Tool::Hand, None, 0), None);
    }
}

//! The layers of the drawing, from links at the bottom to messages on top.

use netsplit_sim::id::{Link as LinkId, NodeId};
use netsplit_view::geometry::Point;
use netsplit_view::link_picture::LinkPicture;
use netsplit_view::wall_picture::{SideText, WallPicture};
use yew::prelude::{Html, classes, html};

use super::client::{ClientProps, client};
use super::desk::Desk;
use super::flight_stops::{FlightProps, flight_stops};
use super::grip_name::{GripName, Stop};
use super::link::Link;
use super::look::Look;
use super::node::Node;
use super::shown::Shown;
use super::wall_view::{Stance, WallProps, wall};
use crate::msg::Selection;
use netsplit_view::path_data as svg;
use netsplit_view::wall_lines::wall_lines;

/// What the layers are drawn from.
pub struct Layers<'a> {
    /// Where things lie, and what is in hand.
    pub desk: &'a Desk,
    /// What the run shows.
    pub shown: &'a Shown,
    /// What a wall under way adds.
    pub look: &'a Look,
    /// What is selected.
    pub selection: Option<Selection>,
}

impl Layers<'_> {
    /// Everything, in order of drawing.
    pub fn draw(&self) -> Html {
        html! {
            <>
                <g>{ for self.shown.picture.links.iter().map(|link| self.link(link)) }</g>
                <g>{ for self.shown.picture.walls.iter().map(|wall| self.wall(wall)) }</g>
                { self.ghost() }
                <g>{ for self.shown.picture.nodes.iter().map(|node| self.node(node)) }</g>
                <g>{ for self.shown.picture.clients.iter().map(|client| self.client(client)) }</g>
                <g aria-hidden="true">{ for self.sides().iter().map(|side| self.side(side)) }</g>
                { self.flights() }
                { self.retiming() }
            </>
        }
    }

    /// The element of a Tab stop that Tab leads to.
    fn tab(&self, stop: Stop) -> Option<GripName> {
        let picture = &self.shown.picture;
        let there = |name: &GripName| match *name {
            GripName::Node(id) => {
                picture.nodes.iter().any(|n| n.id == id) || picture.clients.iter().any(|c| c.id == id)
            }
            GripName::Link(link) => picture.links.iter().any(|l| LinkId::new(l.a, l.b) == link),
            GripName::Wall(id) => picture.walls.iter().any(|wall| wall.id == id),
            _ => true,
        };
        let first = || match stop {
            Stop::Net => picture.nodes.first().map(|node| GripName::Node(node.id)),
            Stop::Walls => picture.walls.first().map(|wall| GripName::Wall(wall.id)),
            Stop::Flights => None,
        };
        self.desk.hand.stops[stop as usize].filter(there).or_else(first)
    }

    fn is_tab(&self, name: GripName) -> bool {
        name.stop().and_then(|stop| self.tab(stop)) == Some(name)
    }

    fn link(&self, picture: &LinkPicture) -> Html {
        let id = LinkId::new(picture.a, picture.b);
        let board = &self.desk.board;
        let name = GripName::Link(id);
        let will_cut = self.look.cuts.contains(&id) || self.look.cuts.contains(&id.reversed());
        let selected =
            matches!(self.selection, Some(Selection::Link(link)) if link == id || link == id.reversed());
        html! {
            <Link key={name.to_string()} picture={picture.clone()} {selected} {will_cut} stop={self.is_tab(name)}
                ends={(board.to_px(picture.from), board.to_px(picture.to))} />
        }
    }

    fn wall(&self, picture: &WallPicture) -> Html {
        let Some(sketch) = self.desk.scene.sketches.get(&picture.id) else { return Html::default() };
        let lifted = self.look.lifted == Some(picture.id);
        let (lines, name, stance) = match &self.look.ghost {
            // Grabbed by keys it stays one element, so that it keeps the focus.
            Some((lines, name, Stance::Grabbed)) if lifted => (lines.clone(), name.clone(), Stance::Grabbed),
            _ => {
                let lines = wall_lines(sketch, &self.desk.scene.layout, &self.desk.board);
                (lines, picture.name.clone(), if lifted { Stance::Left } else { Stance::Standing })
            }
        };
        wall(&WallProps {
            id: Some(picture.id),
            lines,
            name,
            stance,
            selected: self.selection == Some(Selection::Wall(picture.id)),
            stop: self.is_tab(GripName::Wall(picture.id)),
        })
    }

    fn ghost(&self) -> Html {
        match &self.look.ghost {
            Some((lines, name, stance @ (Stance::Ghost | Stance::Leaving))) => wall(&WallProps {
                id: None,
                lines: lines.clone(),
                name: name.clone(),
                stance: *stance,
                selected: false,
                stop: false,
            }),
            _ => Html::default(),
        }
    }

    /// What each side can do: of the wall under way if there is one, else of those that stand.
    fn sides(&self) -> &[SideText] {
        if self.look.ghost.is_some() { &self.look.sides } else { &self.shown.picture.sides }
    }

    fn side(&self, side: &SideText) -> Html {
        let board = &self.desk.board;
        let at = board.to_px(side.at);
        let x = at.x + svg::nudge(at.x, svg::text_width(&side.text, 13.0), board.element.width);
        html! {
            <text class={classes!("stage-side", (!side.able).then_some("is-unable"))} x={svg::num(x)} y={svg::num(at.y)}>
                { &side.text }
            </text>
        }
    }

    /// The message in hand: where it is put, the way that is left, and when it would arrive.
    fn retiming(&self) -> Html {
        let Some(retiming) = &self.look.retiming else { return Html::default() };
        let board = &self.desk.board;
        let (at, end) = (board.to_px(retiming.place), board.to_px(retiming.end));
        let label =
            board.keep_inside(at - Point::new(0.0, 22.0), svg::text_width(&retiming.label, 13.0), 20.0);
        html! {
            <g class="retiming" aria-hidden="true">
                <line x1={svg::num(at.x)} y1={svg::num(at.y)} x2={svg::num(end.x)} y2={svg::num(end.y)} />
                <circle cx={svg::num(at.x)} cy={svg::num(at.y)} r="12" />
                <text x={svg::num(label.x)} y={svg::num(label.y)}>{ &retiming.label }</text>
            </g>
        }
    }

    fn is_selected(&self, id: NodeId) -> bool {
        self.selection == Some(Selection::Node(id)) || self.desk.hand.first == Some(id)
    }

    fn node(&self, picture: &netsplit_view::node_picture::NodePicture) -> Html {
        let id = picture.id;
        let desk = self.desk;
        let door = self.shown.picture.walls.iter().any(|wall| wall.doors.contains(&id));
        html! {
            <Node key={id.to_string()} picture={picture.clone()} at={desk.board.to_px(picture.at)} {door}
                sizes={desk.scene.layout.sizes(desk.scene.size)} selected={self.is_selected(id)}
                group={self.look.groups.get(&id).copied()} stop={self.is_tab(GripName::Node(id))}
                dim={self.shown.dim.nodes.contains(&id)} />
        }
    }

    fn client(&self, picture: &netsplit_view::node_picture::ClientPicture) -> Html {
        let id = picture.id;
        let desk = self.desk;
        client(&ClientProps {
            picture: picture.clone(),
            at: desk.board.to_px(picture.at),
            room: desk.board.element.width,
            sizes: desk.scene.layout.sizes(desk.scene.size),
            selected: self.is_selected(id),
            group: self.look.groups.get(&id).copied(),
            stop: self.is_tab(GripName::Node(id)),
            dim: self.shown.dim.nodes.contains(&id),
        })
    }

    fn flights(&self) -> Html {
        let stop = match self.desk.hand.stops[Stop::Flights as usize] {
            Some(GripName::Message(id)) => Some(id),
            _ => None,
        };
        let selected = match self.selection {
            Some(Selection::Message(id)) => Some(id),
            _ => None,
        };
        let radius = self.desk.scene.layout.sizes(self.desk.scene.size).dot;
        flight_stops(&FlightProps { stops: &self.shown.flights, stop, selected, radius })
    }
}

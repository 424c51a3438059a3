//! Grips as they are written into the document: `data-grip="node:n1"`, so that one handler at the root
//! knows what was pressed, without a callback in every element.

use std::fmt;

use netsplit_sim::id::{Link, MessageId, NodeId, WallId};
use netsplit_view::wall::HandleKind;

use super::gesture::Way;

/// What an element of the stage stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GripName {
    /// A server or client.
    Node(NodeId),
    /// A link, from the end that orders first.
    Link(Link),
    /// A message under way.
    Message(MessageId),
    /// A wall.
    Wall(WallId),
    /// A handle of a wall.
    Handle(WallId, HandleKind),
    /// A wall in the palette or the invitation.
    Palette(Way),
}

/// One Tab stop of the stage; arrows rove within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stop {
    /// Nodes, clients and links.
    Net,
    /// Walls.
    Walls,
    /// Messages, while paused.
    Flights,
}

impl GripName {
    /// The Tab stop it belongs to; handles and the palette are reached otherwise.
    pub const fn stop(self) -> Option<Stop> {
        match self {
            Self::Node(_) | Self::Link(_) => Some(Stop::Net),
            Self::Wall(_) => Some(Stop::Walls),
            Self::Message(_) => Some(Stop::Flights),
            Self::Handle(..) | Self::Palette(_) => None,
        }
    }

    /// The grip whose written form this is.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let (kind, first) = (parts.next()?, parts.next()?);
        let mut node = || parts.next()?.parse::<NodeId>().ok();
        match kind {
            "node" => first.parse().ok().map(Self::Node),
            "link" => Some(Self::Link(Link::new(first.parse().ok()?, node()?))),
            "flight" => {
                let link = Link::new(first.parse().ok()?, node()?);
                let (index, copy) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
                Some(Self::Message(MessageId { link, index, copy }))
            }
            "wall" => first.parse().ok().map(|id| Self::Wall(WallId(id))),
            "handle" => {
                let handle = match parts.next()? {
                    "start" => HandleKind::TurnStart,
                    "end" => HandleKind::TurnEnd,
                    "move" => HandleKind::Move,
                    _ => return None,
                };
                Some(Self::Handle(WallId(first.parse().ok()?), handle))
            }
            "palette" => match first {
                "both" => Some(Self::Palette(Way::Both)),
                "one" => Some(Self::Palette(Way::One)),
                _ => None,
            },
            _ => None,
        }
    }
}

impl fmt::Display for GripName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Node(id) => write!(f, "node:{id}"),
            Self::Link(link) => write!(f, "link:{}:{}", link.from, link.to),
            Self::Message(id) => {
                write!(f, "flight:{}:{}:{}:{}", id.link.from, id.link.to, id.index, id.copy)
            }
            Self::Wall(id) => write!(f, "wall:{}", id.0),
            Self::Handle(id, HandleKind::TurnStart) => write!(f, "handle:{}:start", id.0),
            Self::Handle(id, HandleKind::TurnEnd) => write!(f, "handle:{}:end", id.0),
            Self::Handle(id, HandleKind::Move) => write!(f, "handle:{}:move", id.0),
            Self::Palette(Way::Both) => f.write_str("palette:both"),
            Self::Palette(Way::One) => f.write_str("palette:one"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grips_read_back_as_written() {
        let link = Link::new(NodeId::server(0), NodeId::client(1));
        let grips = [
            GripName::Node(NodeId::client(0)),
            GripName::Link(link),
            GripName::Message(MessageId { link, index: 12, copy: 1 }),
            GripName::Wall(WallId(7)),
            GripName::Handle(WallId(7), HandleKind::TurnStart),
            GripName::Handle(WallId(7), HandleKind::TurnEnd),
            GripName::Handle(WallId(7), HandleKind::Move),
            GripName::Palette(Way::Both),
            GripName::Palette(Way::One),
        ];
        for grip in grips {
            assert_eq!(GripName::parse(&grip.to_string()), Some(grip));
        }
    }

    #[test]
    fn what_is_no_grip_is_none() {
        for text in
            ["", "node", "node:", "node:x9", "link:n1", "flight:n1:n2:1", "wall:n1", "handle:1:up", "a:b"]
        {
            assert_eq!(GripName::parse(text), None, "{text}");
        }
    }
}

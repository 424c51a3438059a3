//! When more is to be drawn than can be told apart: what is alike and close together becomes one, with
//! its number. Nothing is left out.

use netsplit_sim::id::NodeId;

use super::arrows::Arrow;
use super::course::End;
use super::dots::{Dot, DotKind};

/// At most about `room` arrows, each standing for messages of one kind with one end on one link.
pub(super) fn arrows(arrows: Vec<Arrow>, room: usize) -> Vec<Arrow> {
    type Alike = (NodeId, NodeId, u8, End, bool);
    let alike = |arrow: &Arrow| -> Alike {
        (arrow.id.link.from, arrow.id.link.to, arrow.kind, arrow.end, arrow.changed)
    };
    joined(arrows, room, alike, |arrow| arrow.to.x, |arrow| &mut arrow.count)
}

/// At most about `room` dots, each standing for events of one kind on one lane.
pub(super) fn dots(dots: Vec<Dot>, room: usize) -> Vec<Dot> {
    let alike = |dot: &Dot| -> (usize, DotKind) { (dot.lane, dot.kind) };
    joined(dots, room, alike, |dot| dot.at.x, |dot| &mut dot.count)
}

/// Joins what is alike and falls into the same slice of the window; slices are as narrow as the room
/// allows.
fn joined<T, K: Ord>(
    items: Vec<T>,
    room: usize,
    alike: impl Fn(&T) -> K,
    x: impl Fn(&T) -> f64,
    count: impl Fn(&mut T) -> &mut u32,
) -> Vec<T> {
    if items.len() <= room {
        return items;
    }
    // Of each kind the slice of the last one kept, and where that is. Kinds are few, items come in order.
    let mut kinds: Vec<(K, i64, usize)> = Vec::new();
    for item in &items {
        let kind = alike(item);
        if let Err(place) = kinds.binary_search_by(|(other, ..)| other.cmp(&kind)) {
            kinds.insert(place, (kind, i64::MIN, 0));
        }
    }
    let slice = 1_000.0 * kinds.len() as f64 / room.max(1) as f64;
    let mut kept: Vec<T> = Vec::with_capacity(room);
    for item in items {
        let at = (x(&item) / slice).floor() as i64;
        let Ok(place) = kinds.binary_search_by(|(other, ..)| other.cmp(&alike(&item))) else { continue };
        let (_, last, position) = &mut kinds[place];
        if *last == at {
            *count(&mut kept[*position]) += 1;
        } else {
            (*last, *position) = (at, kept.len());
            kept.push(item);
        }
    }
    kept
}

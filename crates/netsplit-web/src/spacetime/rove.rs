//! The keys' way through the picture: along the events of a lane, and from lane to lane.

use netsplit_view::spacetime::SpaceTime;
use netsplit_view::spacetime::hit::Target;

/// A place where the focus can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// On which lane.
    pub lane: usize,
    /// Where across.
    pub x: f64,
    /// What is there.
    pub target: Target,
}

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the event before.
    Left,
    /// To the next event.
    Right,
    /// To the nearest event of the lane above.
    Up,
    /// To the nearest event of the lane below.
    Down,
    /// To the first event of the lane in sight.
    First,
    /// To the last one.
    Last,
}

/// Everything that can take the focus, by lane and place: what happened on a lane, and what was sent
/// from it and never arrived.
pub fn stops(picture: &SpaceTime) -> Vec<Stop> {
    let is_in_sight = |stop: &Stop| (0.0..=1_000.0).contains(&stop.x);
    let dots =
        picture.dots.iter().map(|dot| Stop { lane: dot.lane, x: dot.at.x, target: Target::Event(dot.step) });
    let lane = |id| picture.lanes.iter().position(|lane| lane.id == id);
    let ends = picture.arrows.iter().filter_map(|arrow| match arrow.arrived {
        Some(step) => {
            Some(Stop { lane: lane(arrow.id.link.to)?, x: arrow.to.x, target: Target::Event(step) })
        }
        None => {
            let target = Target::Message(arrow.id);
            Some(Stop { lane: lane(arrow.id.link.from)?, x: arrow.from.x, target })
        }
    });
    let mut stops: Vec<Stop> = dots.chain(ends).filter(is_in_sight).collect();
    stops.sort_by(|one, other| one.lane.cmp(&other.lane).then(one.x.total_cmp(&other.x)));
    stops
}

/// Where a key leads from a stop; nothing if it leads nowhere. From nowhere every key leads to the stop
/// next to the cursor.
pub fn next(stops: &[Stop], from: Option<Stop>, cursor: f64, way: Way) -> Option<Stop> {
    let Some(from) = from else {
        return nearest(stops.iter(), cursor);
    };
    let own = || stops.iter().filter(|stop| stop.lane == from.lane);
    let place = own().position(|stop| stop.target == from.target);
    match (way, place) {
        (Way::First, _) => own().next().copied(),
        (Way::Last, _) => own().next_back().copied(),
        (Way::Left, Some(place)) => own().nth(place.checked_sub(1)?).copied(),
        (Way::Right, Some(place)) => own().nth(place + 1).copied(),
        (Way::Left, None) => own().rfind(|stop| stop.x < from.x).copied(),
        (Way::Right, None) => own().find(|stop| stop.x > from.x).copied(),
        (Way::Up, _) => {
            let lane = stops.iter().map(|stop| stop.lane).filter(|lane| *lane < from.lane).max()?;
            nearest(stops.iter().filter(|stop| stop.lane == lane), from.x)
        }
        (Way::Down, _) => {
            let lane = stops.iter().map(|stop| stop.lane).find(|lane| *lane > from.lane)?;
            nearest(stops.iter().filter(|stop| stop.lane == lane), from.x)
        }
    }
}

fn nearest<'a>(stops: impl Iterator<Item = &'a Stop>, x: f64) -> Option<Stop> {
    stops.min_by(|one, other| (one.x - x).abs().total_cmp(&(other.x - x).abs())).copied()
}

#[cfg(test)]
mod tests {
    use netsplit_sim::id::Step;

    use super::*;

    fn stop(lane: usize, x: f64, step: u64) -> Stop {
        Stop { lane, x, target: Target::Event(Step(step)) }
    }

    /// Three lanes, the middle one empty.
    fn some() -> Vec<Stop> {
        vec![stop(0, 100.0, 1), stop(0, 400.0, 2), stop(0, 900.0, 3), stop(2, 350.0, 4), stop(2, 950.0, 5)]
    }

    #[test]
    fn the_first_key_leads_to_what_is_next_to_the_cursor() {
        assert_eq!(next(&some(), None, 420.0, Way::Left), Some(stop(0, 400.0, 2)));
        assert_eq!(next(&[], None, 420.0, Way::Left), None);
    }

    #[test]
    fn left_and_right_lead_along_the_lane_and_end_with_it() {
        let stops = some();
        assert_eq!(next(&stops, Some(stops[1]), 0.0, Way::Right), Some(stops[2]));
        assert_eq!(next(&stops, Some(stops[2]), 0.0, Way::Right), None);
        assert_eq!(next(&stops, Some(stops[0]), 0.0, Way::Left), None);
        assert_eq!(next(&stops, Some(stops[1]), 0.0, Way::First), Some(stops[0]));
        assert_eq!(next(&stops, Some(stops[1]), 0.0, Way::Last), Some(stops[2]));
    }

    #[test]
    fn up_and_down_pass_over_empty_lanes() {
        let stops = some();
        assert_eq!(next(&stops, Some(stops[1]), 0.0, Way::Down), Some(stops[3]));
        assert_eq!(next(&stops, Some(stops[4]), 0.0, Way::Up), Some(stops[2]));
        assert_eq!(next(&stops, Some(stops[4]), 0.0, Way::Down), None);
    }

    #[test]
    fn what_has_gone_out_of_sight_still_has_neighbours() {
        let stops = some();
        let gone = stop(0, 500.0, 99);
        assert_eq!(next(&stops, Some(gone), 0.0, Way::Left), Some(stops[1]));
        assert_eq!(next(&stops, Some(gone), 0.0, Way::Right), Some(stops[2]));
    }
}

//! One Tab stop for many things: arrow keys move the focus to the nearest one in their direction.

/// A direction of an arrow key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrow {
    /// To smaller x.
    Left,
    /// To larger x.
    Right,
    /// To smaller y.
    Up,
    /// To larger y.
    Down,
}

impl Arrow {
    /// The direction that a key's name tells.
    pub fn of_key(key: &str) -> Option<Self> {
        match key {
            "ArrowLeft" => Some(Self::Left),
            "ArrowRight" => Some(Self::Right),
            "ArrowUp" => Some(Self::Up),
            "ArrowDown" => Some(Self::Down),
            _ => None,
        }
    }

    /// A step of length one.
    pub const fn unit(self) -> (f64, f64) {
        match self {
            Self::Left => (-1.0, 0.0),
            Self::Right => (1.0, 0.0),
            Self::Up => (0.0, -1.0),
            Self::Down => (0.0, 1.0),
        }
    }
}

/// The position in `places` where an arrow leads from `here`: the nearest in a quarter turn round
/// the direction, or `here` if there is nothing.
pub fn neighbour(places: &[(f64, f64)], here: usize, arrow: Arrow) -> usize {
    let Some(&(x, y)) = places.get(here) else { return 0 };
    let (ux, uy) = arrow.unit();
    let mut best = (f64::INFINITY, here);
    for (index, &(px, py)) in places.iter().enumerate() {
        let (dx, dy) = (px - x, py - y);
        let (along, across) = (dx * ux + dy * uy, (dx * uy - dy * ux).abs());
        // What lies straight ahead counts as nearer than what lies aside.
        let cost = along + 2.0 * across;
        if along > 1.0 && across <= along * 1.2 && cost < best.0 {
            best = (cost, index);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cross: middle, left, right, top, bottom.
    const CROSS: [(f64, f64); 5] = [(50.0, 50.0), (0.0, 50.0), (100.0, 50.0), (50.0, 0.0), (50.0, 100.0)];

    #[test]
    fn arrows_lead_to_what_lies_in_their_direction() {
        let from_middle =
            [Arrow::Left, Arrow::Right, Arrow::Up, Arrow::Down].map(|a| neighbour(&CROSS, 0, a));
        assert_eq!(from_middle, [1, 2, 3, 4]);
    }

    #[test]
    fn at_the_edge_the_focus_stays() {
        assert_eq!(neighbour(&CROSS, 1, Arrow::Left), 1);
        assert_eq!(neighbour(&CROSS, 3, Arrow::Up), 3);
    }

    #[test]
    fn nothing_is_out_of_reach_in_a_ring() {
        let ring: Vec<(f64, f64)> = (0..7)
            .map(|k| {
                let turn = f64::from(k) * std::f64::consts::TAU / 7.0;
                (turn.cos() * 200.0, turn.sin() * 200.0)
            })
            .collect();
        let mut reached = vec![0];
        let mut next = 0;
        while let Some(&here) = reached.get(next) {
            for arrow in [Arrow::Left, Arrow::Right, Arrow::Up, Arrow::Down] {
                let there = neighbour(&ring, here, arrow);
                if !reached.contains(&there) {
                    reached.push(there);
                }
            }
            next += 1;
        }
        assert_eq!(reached.len(), 7, "{reached:?}");
    }
}

//! Faults as bands across all lanes, with their names above where there is room.

use netsplit_checkers::history::Time;

use super::account::{Account, FaultKind};
use super::{Look, Scale, text_width};

/// A fault while it lasts.
#[derive(Clone, Debug, PartialEq)]
pub struct BandPicture {
    /// Where it begins, within the drawing.
    pub from: f64,
    /// Where it ends, within the drawing.
    pub to: f64,
    /// What it does.
    pub kind: FaultKind,
    /// `wall: n1, c1 | n2, n3`.
    pub label: String,
    /// Where its name begins above the lanes, and in which row of names, from the top; `None` if there is no
    /// room.
    pub name: Option<(f64, usize)>,
}

/// The rows of names.
const LEVELS: usize = 2;
/// How high such a row is.
pub const LEVEL: f64 = 16.0;
/// The size of the letters.
pub const LETTERS: f64 = 11.0;
/// Below the names.
const GAP: f64 = 4.0;

pub(super) fn bands(account: &Account, look: &Look, scale: Scale) -> Vec<BandPicture> {
    let mut free = [0.0; LEVELS];
    let mut bands = Vec::new();
    for fault in &account.faults {
        let to = fault.to.unwrap_or(account.until);
        if !scale.is_in_sight(fault.from, to) {
            continue;
        }
        let place = |at: Time| scale.x(at).clamp(0.0, look.width);
        let (from, to) = (place(fault.from), place(to));
        let name = name_place(&mut free, from, text_width(&fault.label, LETTERS), look.width);
        bands.push(BandPicture { from, to, kind: fault.kind, label: fault.label.clone(), name });
    }
    bands
}

/// At the beginning of the band, or as much farther left as the drawing ends too early, in the first row
/// where nothing stands yet.
fn name_place(free: &mut [f64; LEVELS], from: f64, wide: f64, width: f64) -> Option<(f64, usize)> {
    const PAD: f64 = 4.0;
    let x = (from + PAD).min(width - wide - PAD);
    let level = free.iter().position(|free| *free <= x)?;
    free[level] = x + wide + 2.0 * PAD;
    Some((x, level))
}

/// What the names take above the lanes.
pub(super) fn height(bands: &[BandPicture]) -> f64 {
    let levels = bands.iter().filter_map(|band| band.name).map(|(_, level)| level + 1).max();
    levels.map_or(GAP, |levels| levels as f64 * LEVEL + GAP)
}

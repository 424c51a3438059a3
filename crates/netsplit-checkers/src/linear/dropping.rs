//! What can be left out of a proof: tried in ever smaller chunks (Zeller & Hildebrandt 2002), so that a long
//! history costs few attempts.

use std::collections::BTreeSet;

use super::timeline::OpId;

/// Dropping units of operations, each as a whole.
pub(crate) struct Dropping {
    /// What may still be dropped.
    units: Vec<Vec<OpId>>,
    /// How many units are tried at once.
    chunk: usize,
    /// The first of them.
    at: usize,
    /// What has been dropped.
    pub gone: BTreeSet<OpId>,
}

impl Dropping {
    /// Of these units; the first are tried first.
    pub fn new(units: Vec<Vec<OpId>>) -> Self {
        Self { chunk: units.len(), units, at: 0, gone: BTreeSet::new() }
    }

    /// What would be gone if the next chunk were dropped, or `None` if nothing is left to try.
    pub fn attempt(&self) -> Option<BTreeSet<OpId>> {
        let chunk = self.units.get(self.at..self.end()).filter(|chunk| !chunk.is_empty())?;
        Some(self.gone.iter().chain(chunk.iter().flatten()).copied().collect())
    }

    fn end(&self) -> usize {
        (self.at + self.chunk).min(self.units.len())
    }

    /// The chunk can go.
    pub fn accept(&mut self) {
        let end = self.end();
        self.gone.extend(self.units.drain(self.at..end).flatten());
        self.halve_at_the_end();
    }

    /// It cannot.
    pub fn refuse(&mut self) {
        self.at = self.end();
        self.halve_at_the_end();
    }

    /// A single unit that could not go once cannot go later either, since less is left then.
    fn halve_at_the_end(&mut self) {
        if self.at >= self.units.len() && self.chunk > 1 {
            self.chunk = self.chunk.div_ceil(2);
            self.at = 0;
        }
    }
}

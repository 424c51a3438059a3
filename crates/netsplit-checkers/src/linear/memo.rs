//! What a search has tried, so that it tries it once (Lowe 2017), in bounded memory.

/// Configurations that were tried. One is a word that must be equal, its stage and state, and a set. Whoever is
/// at the same place with more in the set can reach nothing that the other cannot, so it counts as tried.
pub(crate) struct Memo {
    /// Words of a configuration.
    width: usize,
    /// The configurations one after another.
    words: Vec<u64>,
    /// For each of them, the next one of the same bucket.
    next: Vec<u32>,
    /// For each bucket, its latest configuration.
    heads: Vec<u32>,
    /// Most words to keep.
    most: usize,
}

const NONE: u32 = u32::MAX;

impl Memo {
    /// An empty one for sets of so many words.
    pub fn new(set: usize, most: usize) -> Self {
        Self { width: 1 + set, words: Vec::new(), next: Vec::new(), heads: vec![NONE; 64], most }
    }

    /// Whether a configuration is new; if it is, it is remembered as long as there is room. Beyond that the
    /// search goes on without, which costs time and never a wrong answer.
    pub fn is_new(&mut self, place: u64, set: &[u64]) -> bool {
        let mut at = self.heads[self.bucket(place)];
        while at != NONE {
            if self.covers(at as usize, place, set) {
                return false;
            }
            at = self.next[at as usize];
        }
        if self.words.len() + self.width > self.most {
            return true;
        }
        if self.next.len() >= self.heads.len() {
            self.grow();
        }
        let bucket = self.bucket(place);
        self.words.push(place);
        self.words.extend_from_slice(set);
        self.next.push(self.heads[bucket]);
        self.heads[bucket] = (self.next.len() - 1) as u32;
        true
    }

    fn covers(&self, at: usize, place: u64, set: &[u64]) -> bool {
        let tried = &self.words[at * self.width..][..self.width];
        tried[0] == place && tried[1..].iter().zip(set).all(|(tried, now)| tried & !now == 0)
    }

    /// The same on every machine: one multiplication, as Knuth has it.
    fn bucket(&self, place: u64) -> usize {
        (place.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & (self.heads.len() - 1)
    }

    fn grow(&mut self) {
        self.heads = vec![NONE; self.heads.len() * 4];
        for at in 0..self.next.len() {
            let bucket = self.bucket(self.words[at * self.width]);
            self.next[at] = self.heads[bucket];
            self.heads[bucket] = at as u32;
        }
    }
}

//! What a search has tried, so that it tries it once (Lowe 2017), in bounded memory.

/// Configurations that were tried. Some words of one must be equal, the others are sets. Whoever is at the same
/// place with more in the sets can reach nothing that the other cannot, so it counts as tried.
pub(crate) struct Memo {
    /// Words of a configuration that must be equal.
    equal: usize,
    /// All of its words.
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

/// A configuration that was tried, against another one.
enum Compared {
    /// It can do whatever the other can.
    Covers,
    /// The other can do whatever it can, so it need not be remembered beside it.
    Covered,
    Neither,
}

const NONE: u32 = u32::MAX;

impl Memo {
    /// An empty one for configurations of so many words.
    pub fn new(equal: usize, width: usize, most: usize) -> Self {
        Self { equal, width, words: Vec::new(), next: Vec::new(), heads: vec![NONE; 64], most }
    }

    /// Whether a configuration is new; if it is, it is remembered as long as there is room. Beyond that the
    /// search goes on without, which costs time and never a wrong answer.
    pub fn is_new(&mut self, configuration: &[u64]) -> bool {
        let bucket = self.bucket(configuration);
        let (mut before, mut at) = (NONE, self.heads[bucket]);
        while at != NONE {
            let next = self.next[at as usize];
            match self.compare(at as usize, configuration) {
                Compared::Covers => return false,
                Compared::Covered if before == NONE => self.heads[bucket] = next,
                Compared::Covered => self.next[before as usize] = next,
                Compared::Neither => before = at,
            }
            at = next;
        }
        if self.words.len() + self.width <= self.most {
            self.keep(configuration);
        }
        true
    }

    fn keep(&mut self, configuration: &[u64]) {
        if self.next.len() >= self.heads.len() {
            self.grow();
        }
        let bucket = self.bucket(configuration);
        self.words.extend_from_slice(configuration);
        self.next.push(self.heads[bucket]);
        self.heads[bucket] = (self.next.len() - 1) as u32;
    }

    fn compare(&self, at: usize, configuration: &[u64]) -> Compared {
        let tried = &self.words[at * self.width..][..self.width];
        if tried[..self.equal] != configuration[..self.equal] {
            return Compared::Neither;
        }
        let mut sets = tried[self.equal..].iter().zip(&configuration[self.equal..]);
        if sets.clone().all(|(tried, now)| tried & !now == 0) {
            Compared::Covers
        } else if sets.all(|(tried, now)| now & !tried == 0) {
            Compared::Covered
        } else {
            Compared::Neither
        }
    }

    /// The same on every machine: one multiplication a word.
    fn bucket(&self, configuration: &[u64]) -> usize {
        let mix = |hash: u64, word: &u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let hash = configuration[..self.equal].iter().fold(0, mix);
        (hash >> 32) as usize & (self.heads.len() - 1)
    }

    fn grow(&mut self) {
        self.heads = vec![NONE; self.heads.len() * 4];
        for at in 0..self.next.len() {
            let bucket = self.bucket(&self.words[at * self.width..]);
            self.next[at] = self.heads[bucket];
            self.heads[bucket] = at as u32;
        }
    }
}

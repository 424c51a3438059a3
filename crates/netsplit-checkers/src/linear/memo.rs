//! What a search has tried, so that it tries it once (Lowe 2017), in bounded memory.

/// Configurations that were tried. One consists of a fixed number of words; the last of them are the set of
/// unanswered operations that were used up on the way. A configuration that has used more of these than
/// another, and is equal otherwise, can reach nothing that the other cannot, so it counts as tried.
pub(crate) struct Memo {
    /// Words that must be equal.
    equal: usize,
    /// Words of the set behind them.
    used: usize,
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
    /// An empty one for configurations of `equal + used` words.
    pub fn new(equal: usize, used: usize, most: usize) -> Self {
        Self { equal, used, words: Vec::new(), next: Vec::new(), heads: vec![NONE; 64], most }
    }

    /// Whether a configuration is new; if it is, it is remembered as long as there is room. Beyond that the
    /// search goes on without, which costs time and never a wrong answer.
    pub fn is_new(&mut self, configuration: &[u64]) -> bool {
        let mut bucket = self.bucket(&configuration[..self.equal]);
        let mut at = self.heads[bucket];
        while at != NONE {
            if self.covers(at as usize, configuration) {
                return false;
            }
            at = self.next[at as usize];
        }
        if self.words.len() + configuration.len() > self.most {
            return true;
        }
        if self.next.len() >= self.heads.len() {
            self.grow();
            bucket = self.bucket(&configuration[..self.equal]);
        }
        self.words.extend_from_slice(configuration);
        self.next.push(self.heads[bucket]);
        self.heads[bucket] = (self.next.len() - 1) as u32;
        true
    }

    fn covers(&self, at: usize, configuration: &[u64]) -> bool {
        let tried = &self.words[at * (self.equal + self.used)..][..self.equal + self.used];
        let less = |(tried, now): (&u64, &u64)| tried & !now == 0;
        tried[..self.equal] == configuration[..self.equal]
            && tried[self.equal..].iter().zip(&configuration[self.equal..]).all(less)
    }

    /// The same on every machine: one multiplication a word, as FxHash does it.
    fn bucket(&self, words: &[u64]) -> usize {
        let mix = |hash: u64, word: &u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
        let hash = words.iter().fold(0, mix);
        ((hash >> 32) as usize) & (self.heads.len() - 1)
    }

    fn grow(&mut self) {
        self.heads = vec![NONE; self.heads.len() * 4];
        for at in 0..self.next.len() {
            let bucket = self.bucket(&self.words[at * (self.equal + self.used)..][..self.equal]);
            self.next[at] = self.heads[bucket];
            self.heads[bucket] = at as u32;
        }
    }
}

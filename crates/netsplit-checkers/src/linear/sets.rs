//! What has happened in a configuration, in bits.

/// How many words each set takes.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    slots: usize,
    unanswered: usize,
}

impl Layout {
    /// For so many slots and unanswered operations.
    pub fn new(slots: usize, unanswered: usize) -> Self {
        Self { slots: slots.div_ceil(64), unanswered: unanswered.div_ceil(64) }
    }

    /// All words of a configuration.
    pub fn words(&self) -> usize {
        2 * self.slots + self.unanswered
    }
}

/// The slots whose operation is obliged to happen, those whose operation has happened and might have done so
/// later, and the unanswered operations that were used up. The less is in them, the more is possible: a read is in
/// none once it has happened, and neither is what was set free.
pub(super) struct Sets {
    layout: Layout,
    words: Vec<u64>,
}

impl Sets {
    /// Of words laid out like this.
    pub fn new(layout: &Layout, words: Vec<u64>) -> Self {
        Self { layout: *layout, words }
    }

    /// The words.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Whether what is under way in a slot must happen before it ends.
    pub fn obliged(&self, slot: usize) -> bool {
        bit(&self.words, slot)
    }

    /// Whether what is under way in a slot has happened, unless it is a read.
    pub fn happened(&self, slot: usize) -> bool {
        bit(&self.words[self.layout.slots..], slot)
    }

    /// Whether an unanswered operation has happened.
    pub fn used(&self, place: usize) -> bool {
        bit(&self.words[2 * self.layout.slots..], place)
    }

    /// Something is called.
    pub fn oblige(&mut self, slot: usize) {
        set(&mut self.words, slot);
    }

    /// What is under way in a slot may happen, but need not any more.
    pub fn free(&mut self, slot: usize) {
        clear(&mut self.words, slot);
    }

    /// What is under way in a slot happens.
    pub fn happen(&mut self, slot: usize, is_read: bool) {
        clear(&mut self.words, slot);
        if !is_read {
            set(&mut self.words[self.layout.slots..], slot);
        }
    }

    /// An unanswered operation happens.
    pub fn use_up(&mut self, place: usize) {
        set(&mut self.words[2 * self.layout.slots..], place);
    }

    /// What was under way in a slot is over.
    pub fn leave(&mut self, slot: usize) {
        clear(&mut self.words, slot);
        clear(&mut self.words[self.layout.slots..], slot);
    }
}

fn bit(words: &[u64], at: usize) -> bool {
    words[at / 64] >> (at % 64) & 1 == 1
}

fn set(words: &mut [u64], at: usize) {
    words[at / 64] |= 1 << (at % 64);
}

fn clear(words: &mut [u64], at: usize) {
    words[at / 64] &= !(1 << (at % 64));
}

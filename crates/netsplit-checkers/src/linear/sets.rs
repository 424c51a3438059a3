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
        1 + 3 * self.slots + self.unanswered
    }

    /// The first of them, in which two configurations must be equal to be compared.
    pub fn equal(&self) -> usize {
        1 + self.slots
    }

    fn obliged(&self) -> usize {
        self.equal()
    }

    fn used_slots(&self) -> usize {
        self.obliged() + self.slots
    }

    fn used_unanswered(&self) -> usize {
        self.used_slots() + self.slots
    }
}

/// What an operation that happens leaves in the sets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trace {
    /// A read has only lost its obligation.
    Nothing,
    /// It may have been needed later.
    Used,
    /// It fitted where it happened, and nobody can say whether it would later.
    Done,
}

/// A configuration: its place, that is stage and state; the slots whose operation is done; and what is better
/// small: the slots whose operation is obliged to happen, those whose operation is used up, and the unanswered
/// operations that are. A read is in none once it has happened, and neither is what was set free.
pub(super) struct Sets {
    layout: Layout,
    words: Vec<u64>,
}

const DONE: usize = 1;

impl Sets {
    /// Of words laid out like this.
    pub fn new(layout: &Layout, words: Vec<u64>) -> Self {
        Self { layout: *layout, words }
    }

    /// The words.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Sets the place.
    pub fn stand_at(&mut self, place: u64) {
        self.words[0] = place;
    }

    /// Whether what is under way in a slot must happen before it ends.
    pub fn obliged(&self, slot: usize) -> bool {
        bit(&self.words[self.layout.obliged()..], slot)
    }

    /// Whether what is under way in a slot has happened, unless it is a read.
    pub fn happened(&self, slot: usize) -> bool {
        bit(&self.words[DONE..], slot) || bit(&self.words[self.layout.used_slots()..], slot)
    }

    /// Whether an unanswered operation has happened.
    pub fn used(&self, place: usize) -> bool {
        bit(&self.words[self.layout.used_unanswered()..], place)
    }

    /// Something is called.
    pub fn oblige(&mut self, slot: usize) {
        set(&mut self.words[self.layout.obliged()..], slot);
    }

    /// What is under way in a slot may happen, but need not any more.
    pub fn free(&mut self, slot: usize) {
        clear(&mut self.words[self.layout.obliged()..], slot);
    }

    /// What is under way in a slot happens.
    pub fn happen(&mut self, slot: usize, trace: Trace) {
        self.free(slot);
        match trace {
            Trace::Nothing => {}
            Trace::Used => set(&mut self.words[self.layout.used_slots()..], slot),
            Trace::Done => set(&mut self.words[DONE..], slot),
        }
    }

    /// An unanswered operation happens.
    pub fn use_up(&mut self, place: usize) {
        set(&mut self.words[self.layout.used_unanswered()..], place);
    }

    /// What was under way in a slot is over.
    pub fn leave(&mut self, slot: usize) {
        self.free(slot);
        clear(&mut self.words[DONE..], slot);
        clear(&mut self.words[self.layout.used_slots()..], slot);
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

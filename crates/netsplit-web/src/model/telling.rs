//! What is told aloud while the run goes on, and what the inspector compares with.

use netsplit_sim::describe::NodeView;
use netsplit_sim::id::{NodeId, Step};
use netsplit_view::describe_state::narration;
use netsplit_view::format;
use netsplit_words::say;

use super::{Model, NoticeTone};
use crate::msg::Selection;

/// What was told, and what was seen of the selected node.
#[derive(Default)]
pub(super) struct Telling {
    told: Step,
    silent_ms: f64,
    seen: Option<Seen>,
    told_of_memory: bool,
}

/// A node as it is, and as it was before it last changed.
struct Seen {
    node: NodeId,
    now: NodeView,
    before: Option<NodeView>,
}

/// While the run plays, what happened is told about this often.
const BREATH_MS: f64 = 2_000.0;

/// No shorter run fills its memory.
const LONG: Step = Step(100_000);

impl Model {
    /// The selected node as it was before it last changed.
    pub fn seen_before(&self) -> Option<&NodeView> {
        self.telling.seen.as_ref().and_then(|seen| seen.before.as_ref())
    }

    /// Takes note of the selected node as it is now.
    pub(super) fn look(&mut self) {
        let selected = match self.ui.selection {
            Some(Selection::Node(node)) if self.session.run().topology().contains(node) => node,
            _ => {
                self.telling.seen = None;
                return;
            }
        };
        let now = self.session.run().node(selected);
        self.telling.seen = Some(match self.telling.seen.take() {
            Some(seen) if seen.node == selected && seen.now == now => seen,
            Some(seen) if seen.node == selected => Seen { node: selected, now, before: Some(seen.now) },
            _ => Seen { node: selected, now, before: None },
        });
    }

    /// Tells what happened, if enough time has passed since something was told.
    pub(super) fn narrate_now_and_then(&mut self, elapsed: f64) {
        self.telling.silent_ms += elapsed;
        if self.telling.silent_ms >= BREATH_MS {
            self.telling.silent_ms = 0.0;
            self.narrate();
        }
    }

    /// Tells, once, that a part of the past is no longer near at hand.
    fn tell_of_memory(&mut self) {
        if self.telling.told_of_memory || self.session.run().known().step < LONG {
            return;
        }
        if let Some(step) = self.session.run().memory().slow_before {
            self.telling.told_of_memory = true;
            let count = format::grouped(step.0);
            let text =
                say!("Going back before event {count} now takes longer: the memory for it is full.", count);
            self.ui.notify(NoticeTone::Told, text, &[]);
        }
    }

    /// Tells this; what happened up to here need not be told after it.
    pub(super) fn tell_of_here(&mut self, sentence: String) {
        self.telling.told = self.session.run().step();
        self.telling.silent_ms = 0.0;
        self.ui.tell(sentence);
    }

    /// Tells what happened since something was told; a broken property at once.
    pub(super) fn narrate(&mut self) {
        self.tell_of_memory();
        let run = self.session.run();
        let since = self.telling.told;
        self.telling.told = run.step();
        // Back in time nothing new has happened; the state in words says where the cursor is.
        if let Some(told) = narration(run, since.min(run.step())) {
            if told.urgent && self.keeps_verdict() {
                return;
            }
            if told.urgent {
                self.ui.urgent = (self.ui.urgent.0.wrapping_add(1), told.text);
            } else {
                self.ui.tell(told.text);
            }
        }
    }
}

//! "Why?" and "why not?": answering, and following the words of an answer.

use netsplit_sim::describe::Target;
use netsplit_view::why::{Offer, told};
use netsplit_words::say;

use super::{Effects, Model};
use crate::msg::{Panel, Selection};
use crate::session::Place;

impl Model {
    /// Answers a question about this very instant, which the cursor rests at.
    pub(super) fn ask(&mut self, offer: &Offer) -> Effects {
        let effects = if self.playback.playing() { self.rest() } else { Effects::default() };
        match told(self.session.run(), offer) {
            Some(told) => {
                self.ui.tell(told.in_short());
                self.ui.why = Some(told);
                self.ui.open(Panel::Why);
                self.revision += 1;
            }
            None => self.ui.tell(say!("What happened there is no longer kept.").to_owned()),
        }
        effects
    }

    /// Goes where words of the answer point, or selects what they name, and lets the answer stand. What
    /// may be gone elsewhere is selected where the question was asked.
    pub(super) fn follow(&mut self, target: Target) -> Effects {
        let selection = match target {
            Target::Moment(moment) => return self.go(Place::After(moment.step)),
            Target::Node(id) => Selection::Node(id),
            Target::Link(link) => Selection::Link(link),
            Target::Wall(id) => Selection::Wall(id),
            Target::Message(id) => Selection::Message(id),
        };
        self.ui.selection = Some(selection);
        let asked =
            self.ui.why.as_ref().map(|told| told.at.step).filter(|step| *step != self.session.run().step());
        match (target, asked) {
            (Target::Wall(_) | Target::Message(_), Some(step)) => self.go(Place::After(step)),
            _ => Effects::default(),
        }
    }
}

//! What is dim on the stage while the space-time diagram looks at something: what is not part of it.

use std::collections::BTreeSet;
use std::rc::Rc;

use netsplit_sim::id::{MessageId, NodeId};
use netsplit_sim::run::Run;
use netsplit_words::say;

use crate::model::Model;
use crate::spacetime::Sight;
use crate::stage_contract::Side;

/// What is dim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dim {
    /// Participants that are, at the cursor, not as anything lit has seen them.
    pub nodes: BTreeSet<NodeId>,
    /// The messages under way that are lit; all, if nothing is dim.
    pub lit: Option<BTreeSet<MessageId>>,
    /// Whether it is what one participant can know: nobody sees walls, nor what they do to links.
    pub blind: bool,
}

impl Dim {
    /// What is dim at the cursor. The diagram looks at the first of two runs.
    pub fn of(model: &Model, side: Side) -> Rc<Self> {
        let run = model.session().run();
        let sight = Sight::of(run, &model.ui().diagram, model.ui().selection);
        let outside = sight.filter(|_| side == Side::First).map(|sight| Self::outside(run, &sight));
        Rc::new(outside.unwrap_or_default())
    }

    fn outside(run: &dyn Run, sight: &Sight) -> Self {
        let mut flights = Vec::new();
        run.flights(&mut flights);
        let lit = flights.iter().filter(|flight| sight.flight(flight)).map(|flight| flight.id);
        Self {
            nodes: run.topology().everyone().filter(|id| !sight.node(run, *id)).collect(),
            lit: Some(lit.collect()),
            blind: sight.knower().is_some(),
        }
    }

    /// Whether a message is lit.
    pub fn is_lit(&self, id: MessageId) -> bool {
        self.lit.as_ref().is_none_or(|lit| lit.contains(&id))
    }
}

/// The name of something, and that it is dim.
pub fn named(name: &str, dim: bool) -> String {
    if dim { say!("{name}, dim", name) } else { name.to_owned() }
}

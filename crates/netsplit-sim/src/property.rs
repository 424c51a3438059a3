//! Properties: what must hold after every event, checked from outside.

use crate::describe::Violation;
use crate::footprint::Footprint;
use crate::id::{NodeId, Topology};
use crate::protocol::Protocol;
use crate::world::World;

/// Watches a world and reports what it finds broken. It cannot act: it sees `&World`, draws no
/// randomness and records no effect, so that the digest of a run is the same with and without it.
/// It keeps what it needs from earlier steps in small summaries, never a clone of a node, which
/// would defeat copy-on-write.
pub trait Properties<P: Protocol>: Clone + Footprint + 'static {
    /// Ready to watch a new run.
    fn new(config: &P::Config, topology: Topology) -> Self;
    /// Looks at the world after a step that ran at `touched` (`None` if at no one participant).
    fn after_step(&mut self, world: &World<P>, touched: Option<NodeId>, found: &mut Vec<Violation>);
}

/// Watches nothing.
impl<P: Protocol> Properties<P> for () {
    fn new(_config: &P::Config, _topology: Topology) -> Self {}
    fn after_step(&mut self, _: &World<P>, _: Option<NodeId>, _: &mut Vec<Violation>) {}
}

//! The world.
use crate::id::{NodeId, Topology};
use crate::protocol::Protocol;
use crate::run::Status;
use crate::time::SimTime;

/// Stub.
pub struct World<P: Protocol>(std::marker::PhantomData<P>);

impl<P: Protocol> World<P> {
    /// Who takes part.
    pub fn topology(&self) -> Topology {
        todo!()
    }
    /// The protocol's parameters.
    pub fn config(&self) -> &P::Config {
        todo!()
    }
    /// Virtual time of the last step.
    pub fn now(&self) -> SimTime {
        todo!()
    }
    /// A server's memory; `None` while it is crashed.
    pub fn server(&self, _id: NodeId) -> Option<&P::Server> {
        todo!()
    }
    /// A server's disk with every write issued.
    pub fn disk(&self, _id: NodeId) -> &P::Disk {
        todo!()
    }
    /// A server's disk as a crash that loses unsynced writes would leave it.
    pub fn durable(&self, _id: NodeId) -> &P::Disk {
        todo!()
    }
    /// A client's memory.
    pub fn client(&self, _id: NodeId) -> &P::Client {
        todo!()
    }
    /// Whether it runs.
    pub fn status(&self, _id: NodeId) -> Status {
        todo!()
    }
    /// How often its disk was lost or it restarted.
    pub fn incarnation(&self, _id: NodeId) -> u32 {
        todo!()
    }
}

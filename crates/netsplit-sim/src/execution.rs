//! Execution stub.
use crate::describe::Describe;
use crate::intervention::{BadIntervention, Scheduled};
use crate::property::Properties;
use crate::run::Run;
use crate::setup::Setup;

/// A run of one protocol under its properties.
pub struct Execution<P: Describe, O: Properties<P>>(std::marker::PhantomData<(P, O)>);

impl<P: Describe, O: Properties<P>> Execution<P, O> {
    /// Boots every server and client at time zero.
    pub fn new(_setup: Setup, _config: P::Config, _script: Vec<Scheduled>) -> Result<Self, BadIntervention> {
        todo!()
    }
    /// As a run of any protocol.
    pub fn boxed(self) -> Box<dyn Run> {
        todo!()
    }
}

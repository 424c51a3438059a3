//! What the page shows and how a message changes it.

use crate::session::Session;

/// Everything the page shows.
pub struct Model {
    session: Session,
}

impl Model {
    /// The run.
    pub fn session(&self) -> &Session {
        &self.session
    }
}

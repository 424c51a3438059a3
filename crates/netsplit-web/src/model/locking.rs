//! What a person may not do on this page, because whoever made its link locked it.

use netsplit_sim::describe::ParamValue;
use netsplit_sim::intervention::Intervention;

use super::{Model, With};
use crate::msg::{Dialog, Msg, Origin, Tool};
use crate::options::Lock;

impl Model {
    /// Why this cannot be done here, in a sentence, if it is locked.
    pub fn locked(&self, msg: &Msg) -> Option<String> {
        match msg {
            Msg::Param(name, value) => self.param_locked(name, value),
            Msg::Compare(With::Param(name, value)) => self.param_locked(name, value),
            _ => lock_of(msg).and_then(|lock| self.closed(lock)).map(str::to_owned),
        }
    }

    /// Why this cannot be changed here, in a sentence, if it is locked.
    pub fn closed(&self, lock: Lock) -> Option<&'static str> {
        self.options.locks.closes(lock).then(|| lock.reason())
    }

    fn param_locked(&self, name: &str, value: &ParamValue) -> Option<String> {
        let param = self.session.run().about().params.iter().find(|param| param.name == name)?;
        self.options.locks.refuses(param, value)
    }
}

/// What has to be open for this. Looking is always possible.
fn lock_of(msg: &Msg) -> Option<Lock> {
    match msg {
        Msg::Seed(_) | Msg::Compare(With::Seed(_)) => Some(Lock::Seed),
        Msg::Flaw(..) | Msg::Compare(With::Flaw(..)) => Some(Lock::Flaws),
        Msg::Intervene { what: Intervention::Request { .. }, .. } | Msg::Tool(Tool::Request) => {
            Some(Lock::Requests)
        }
        Msg::Tool(Tool::Hand) => None,
        Msg::Intervene { .. } | Msg::Tool(_) | Msg::OpenDialog(Dialog::Partition(_)) => Some(Lock::Faults),
        Msg::Edit(_) | Msg::OpenDialog(Dialog::WallOfLine(_)) => Some(Lock::Script),
        Msg::Open(_, Origin::Inside)
        | Msg::Compare(With::Scenario(_))
        | Msg::OpenDialog(Dialog::Gallery | Dialog::Paste) => Some(Lock::Scenario),
        // One that the address named comes with its fragment; what is pasted or dropped has none.
        Msg::OpenDocument { fragment, .. } if fragment.is_empty() => Some(Lock::Scenario),
        Msg::Speed(_) => Some(Lock::Speed),
        _ => None,
    }
}

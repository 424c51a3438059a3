//! The client history of a file or of a run, with what it takes to judge, to tell and to export it.

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use netsplit_checkers::history::Row;
use netsplit_checkers::lost::Count;
use netsplit_checkers::model::Model;
use netsplit_checkers::session::Sessions;
use netsplit_formats::history::{self, Band, Clock, Imported, Lines, Names, Told};
use netsplit_scenarios::document::Scenario;
use netsplit_scenarios::judge;
use netsplit_sim::run::Run;
use netsplit_view::history::Account;
use netsplit_view::history::account::{Fault, FaultKind};
use netsplit_view::history::losses::Losses;
use netsplit_view::history::naming;

/// A client history.
pub(crate) struct Case {
    /// What it is called.
    pub(crate) title: String,
    /// As the page tells it.
    pub(crate) account: Account,
    /// What keys and processes are called in files.
    names: Names,
    /// Which client each process belongs to.
    pub(crate) sessions: Sessions,
    /// What was done to the system.
    bands: Vec<Band>,
    /// Where its operations stand; empty for a run.
    lines: Vec<Lines>,
    /// What became of acknowledged writes, where replicas agree; in sentences.
    pub(crate) losses: Vec<String>,
    /// What is stored under a key.
    pub(crate) model: Model,
}

impl Case {
    /// What a text holds; by default judged by the model that its operations suggest.
    pub(crate) fn of_text(title: &str, text: &str, model: Option<Model>) -> Result<Self> {
        let imported = history::read(text).with_context(|| title.to_owned())?;
        let Some(model) = model.or(imported.model) else {
            bail!(
                "{title}: no model has all operations of this history; name the one that is meant by --model"
            );
        };
        imported.fits(model).with_context(|| title.to_owned())?;
        let account = account(&imported);
        let Imported { names, bands, lines, .. } = imported;
        Ok(Self {
            title: title.to_owned(),
            account,
            names,
            sessions: Sessions::default(),
            bands,
            lines,
            losses: Vec::new(),
            model,
        })
    }

    /// What the clients of a run have seen up to its cursor.
    pub(crate) fn of_run(
        title: &str,
        scenario: &Scenario,
        run: &dyn Run,
        model: Option<Model>,
    ) -> Result<Self> {
        let Some(history) = judge::history(run, run.step()) else {
            bail!(
                "this run is so long that its first operations were forgotten; judge a part of it by --until"
            );
        };
        let model = model.or_else(|| judge::model(scenario)).unwrap_or(Model::Register);
        if let Some(row) = history.operations().iter().position(|operation| !model.has(&operation.request)) {
            bail!("operation {row} of this run is none that an object of the model {} has", model.name());
        }
        let names = Names::of_run(&history);
        let account = Account::of_run(run, Arc::new(history));
        let band = |fault: &Fault| Band { label: fault.label.clone(), from: fault.from, to: fault.to };
        let bands = account.faults.iter().map(band).collect();
        let sessions = judge::sessions(run);
        let losses = Losses::of(run, &account).map_or_else(Vec::new, |losses| {
            let count = [losses.count.sentence()].into_iter().filter(|_| losses.count != Count::default());
            count.chain(losses.told(&account)).collect()
        });
        Ok(Self {
            title: title.to_owned(),
            account,
            names,
            sessions,
            bands,
            lines: Vec::new(),
            losses,
            model,
        })
    }

    /// As exporters want it.
    pub(crate) fn told(&self) -> Told<'_> {
        Told { history: &self.account.history, names: &self.names, bands: &self.bands, model: self.model }
    }

    /// The lines of the file in which an operation stands, if it came from one.
    pub(crate) fn lines(&self, row: Row) -> Option<Lines> {
        self.lines.get(row).copied()
    }
}

/// A file as the page tells it.
fn account(imported: &Imported) -> Account {
    let clock = match imported.clock {
        Clock::Nanoseconds => naming::Clock::Nanoseconds,
        Clock::Lines => naming::Clock::Lines,
        Clock::Rows => naming::Clock::Rows,
    };
    let Names { keys, processes } = &imported.names;
    let fault = |Band { label, from, to }: &Band| Fault {
        kind: FaultKind::Other,
        label: label.clone(),
        from: *from,
        to: *to,
    };
    let faults = imported.bands.iter().map(fault).collect();
    Account::of_file(Arc::new(imported.history.clone()), keys, processes, clock, faults)
}

//! What other tools read: the run up to its cursor in five formats.

use std::sync::Arc;

use netsplit_checkers::search::{self, Budget};
use netsplit_checkers::verdict::Consistency;
use netsplit_formats::history::{Band, Names, Told};
use netsplit_formats::{ExportError, jepsen, mermaid, porcupine, shiviz, trace};
use netsplit_scenarios::judge;
use netsplit_sim::event::Event;
use netsplit_sim::run::Run;
use netsplit_view::history::Account;
use netsplit_view::sentence;
use netsplit_words::say;

use crate::model::Model;

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Every event as a line of JSON.
    Trace,
    /// A log with vector clocks.
    Shiviz,
    /// A sequence diagram.
    Mermaid,
    /// The client history.
    Edn,
    /// The client history with the order that explains it.
    Porcupine,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Trace, Self::Shiviz, Self::Mermaid, Self::Edn, Self::Porcupine];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Trace => say!("JSON lines"),
            Self::Shiviz => say!("ShiViz log"),
            Self::Mermaid => say!("Mermaid diagram"),
            Self::Edn => say!("Jepsen history"),
            Self::Porcupine => say!("Porcupine history"),
        }
    }

    /// What it is for.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Trace => {
                say!(
                    "Every event on a line of its own: for scripts and notebooks, and for netsplit replay, which runs it again and compares."
                )
            }
            Self::Shiviz => {
                say!(
                    "Events with vector clocks: ShiViz draws who could know what, and searches for patterns of messages."
                )
            }
            Self::Mermaid => {
                say!("A sequence diagram as text: Markdown pages and wikis draw it.")
            }
            Self::Edn => {
                say!(
                    "What the clients saw, as Jepsen writes it: its checkers judge it, and so does netsplit check."
                )
            }
            Self::Porcupine => {
                say!("What the clients saw and an order that explains it: Porcupine's page shows both.")
            }
        }
    }

    /// How a file of it ends, and its type.
    pub const fn file(self) -> (&'static str, &'static str) {
        match self {
            Self::Trace => ("jsonl", "application/jsonl"),
            Self::Shiviz => ("log", "text/plain"),
            Self::Mermaid => ("mmd", "text/plain"),
            Self::Edn => ("edn", "application/edn"),
            Self::Porcupine => ("json", "application/json"),
        }
    }

    /// The run up to the cursor in this format; a sentence says why there is none.
    pub fn write(self, model: &Model) -> Result<String, String> {
        let (run, record) = (model.session().run(), model.session().record());
        let mut out = Vec::new();
        match self {
            Self::Trace => trace::write(record, run, tell, &mut out).map_err(told)?,
            Self::Shiviz => shiviz::write(run, tell, &mut out).map_err(told)?,
            Self::Mermaid => mermaid::write(run, tell, &mut out).map_err(told)?,
            Self::Edn | Self::Porcupine => self.history(model, &mut out)?,
        }
        String::from_utf8(out).map_err(|error| error.to_string())
    }

    fn history(self, model: &Model, out: &mut Vec<u8>) -> Result<(), String> {
        let run = model.session().run();
        let found = judge::history(run, run.step()).zip(judge::model(model.session().scenario()));
        let Some((history, model)) = found else {
            return Err(say!("This run has no client history that could be told.").to_owned());
        };
        let names = Names::of_run(&history);
        let account = Account::of_run(run, Arc::new(history));
        let band = |fault: &netsplit_view::history::account::Fault| Band {
            label: fault.label.clone(),
            from: fault.from,
            to: fault.to,
        };
        let bands: Vec<Band> = account.faults.iter().map(band).collect();
        let told = Told { history: &account.history, names: &names, bands: &bands, model };
        let written = match self {
            Self::Edn => jepsen::write(&told, out),
            _ => {
                let verdict =
                    search::judge(Consistency::Linearizable(model), &account.history, Budget::USUAL);
                porcupine::write(&told, verdict.order(), out)
            }
        };
        written.map_err(|error| error.to_string())
    }
}

fn tell(run: &dyn Run, event: &Event) -> String {
    sentence::line(run, event).text
}

fn told(error: ExportError) -> String {
    error.to_string()
}

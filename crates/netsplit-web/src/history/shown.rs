//! What the panel shows, read from the model at once.

use netsplit_checkers::history::{Row, Time};
use netsplit_checkers::model::Model as Objects;
use netsplit_checkers::verdict::Consistency;
use netsplit_checkers::words;
use netsplit_sim::history::Moment;
use netsplit_sim::id::Step;
use netsplit_view::format;
use netsplit_view::history::claims::{self, Standing};
use netsplit_view::history::states::{Around, around};
use netsplit_view::history::{Account, HistoryPicture, Look, picture};
use netsplit_view::inspector::Selection;
use netsplit_view::verdict::Chip;
use netsplit_words::say;

use super::import::Import;
use crate::model::Model;
use crate::spacetime::source;
use crate::stage_contract::Side;

/// What the panel shows.
pub struct Shown {
    /// What is told.
    pub account: Account,
    /// The picture.
    pub picture: HistoryPicture,
    /// Claims with how they stand, the strongest first.
    pub claims: Vec<Claim>,
    /// The verdict on the chosen claim, in the words of the terminal.
    pub says: String,
    /// The same as the stage claims it.
    pub verdict: Option<Chip>,
    /// The proof of a violation, a sentence a reason.
    pub proof: Vec<String>,
    /// The operation that cannot be explained.
    pub stuck: Option<Row>,
    /// The operation that is selected.
    pub selected: Option<Row>,
    /// Of what file it is; of the run if of none.
    pub file: Option<String>,
    /// The model of the objects.
    pub objects: Objects,
    order: Vec<Row>,
}

/// A claim and how it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What.
    pub what: Consistency,
    /// How it stands.
    pub sign: Sign,
    /// Whether its order and proof are drawn.
    pub chosen: bool,
}

/// How a claim stands, in one sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Nothing wrong so far.
    Holds,
    /// Violated.
    Broken,
    /// Nobody knows.
    Unknown,
    /// The search has not ended, or there is nothing to judge.
    Open,
}

impl Sign {
    fn of(standing: Standing<'_>) -> Self {
        match standing {
            Standing::Nothing | Standing::Checking => Self::Open,
            Standing::Known(verdict) if verdict.witness().is_some() => Self::Broken,
            Standing::Known(verdict) if verdict.name() == "ok" => Self::Holds,
            Standing::Known(_) => Self::Unknown,
        }
    }

    /// A sign and what it means.
    pub fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::Holds => ("✓", say!("no violation so far")),
            Self::Broken => ("✗", say!("violated")),
            Self::Unknown => ("?", say!("unknown")),
            Self::Open => ("…", say!("not judged yet")),
        }
    }
}

/// Where a history comes from, and what is known of it.
struct Source<'a> {
    account: Account,
    standings: Vec<(Consistency, Standing<'a>)>,
    window: (Time, Time),
    cursor: Option<Time>,
    selected: Option<Row>,
    file: Option<String>,
    objects: Objects,
}

impl Shown {
    /// Reads the model, for a drawing that is so wide; nothing if there is no history.
    pub fn read(model: &Model, width: f64) -> Option<Self> {
        let source = model.import().map(of_file).or_else(|| of_run(model))?;
        Some(Self::of(source, model.ui().looking.claim, width))
    }

    fn of(source: Source<'_>, wanted: Option<Consistency>, width: f64) -> Self {
        let Source { account, standings, window, cursor, selected, file, objects } = source;
        let chosen = standings.iter().find(|(what, _)| Some(*what) == wanted).or(standings.first()).copied();
        let mut look = Look { window, width, cursor, ..Look::default() };
        let mut proof = Vec::new();
        if let Some((what, Standing::Known(verdict))) = chosen {
            look = look.judged(what, verdict);
            let told = |witness| words::proof(&account, &account.history, witness);
            proof = verdict.witness().map(told).unwrap_or_default();
        }
        let verdict = chosen.map(|(what, standing)| claims::verdict(&account, what, standing));
        let says = match chosen {
            Some((what, Standing::Known(known))) => {
                format::capital(&words::verdict(&account, what, &account.history, known))
            }
            _ => verdict.as_ref().map_or_else(String::new, |chip| chip.text.clone()),
        };
        let claim = |(what, standing): &(Consistency, Standing<'_>)| Claim {
            what: *what,
            sign: Sign::of(*standing),
            chosen: chosen.is_some_and(|(chosen, _)| chosen == *what),
        };
        Self {
            picture: picture(&account, &look),
            claims: standings.iter().map(claim).collect(),
            says,
            verdict,
            proof,
            stuck: look.stuck,
            order: look.order,
            account,
            selected,
            file,
            objects,
        }
    }

    /// What a key held before and after an operation, in the order that is drawn.
    pub fn around(&self, row: Row) -> Option<Around> {
        around(&self.account, &self.order, self.objects, row)
    }

    /// The event by which an operation was called, if it is one of the run.
    pub fn invoked(&self, row: Row) -> Option<Step> {
        self.account.moments.get(row).map(|(invoked, _)| invoked.step)
    }
}

fn of_file(import: &Import) -> Source<'_> {
    Source {
        account: import.account.clone(),
        standings: import.asked().iter().map(|what| (*what, import.standing(*what))).collect(),
        window: import.window,
        cursor: None,
        selected: None,
        file: Some(import.name.clone()),
        objects: import.model,
    }
}

fn of_run(model: &Model) -> Option<Source<'_>> {
    let (live, run) = (model.live(Side::First), model.session().run());
    let account = live.account(run)?;
    let window = model.ui().diagram.window(source::bounds(model));
    let selected = |(invoked, _): &(Moment, Option<Moment>)| {
        model.ui().selection == Some(Selection::Operation(invoked.step))
    };
    Some(Source {
        standings: live.asked().iter().map(|what| (*what, live.standing(run, *what))).collect(),
        window: (Time(window.from.0), Time(window.to.0)),
        cursor: Some(Time(run.now().0)),
        selected: account.moments.iter().position(selected),
        file: None,
        objects: live.asked().first().and_then(|what| what.model()).unwrap_or(Objects::Register),
        account,
    })
}

//! What is swept: a scenario, and what is asked of each of its runs.

use netsplit_checkers::search::Budget;
use netsplit_checkers::verdict::Consistency;
use netsplit_scenarios::error::OpenError;
use netsplit_scenarios::expectation::Claim;
use netsplit_scenarios::fragment::Source;
use netsplit_scenarios::judge;
use netsplit_scenarios::link::{self, Position};
use netsplit_scenarios::open;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::encode::Digest;

/// A scenario with what is asked of each of its runs.
#[derive(Clone, Debug)]
pub struct Plan {
    record: RunRecord,
    name: String,
    judged: Vec<Consistency>,
    budget: Budget,
}

impl Plan {
    /// Checks the scenario. Each run's history is judged by these claims, with at most so many steps each.
    pub fn new(record: &RunRecord, claims: &[Claim], budget: Budget) -> Result<Self, OpenError> {
        open::check(record)?;
        let mut record = record.clone();
        // What is expected holds for the scenario's own seed.
        record.expect.clear();
        let model = judge::model(&record.scenario);
        let judged = claims.iter().filter_map(|claim| Some(claim.of(model?))).collect();
        Ok(Self { name: name(&record), record, judged, budget })
    }

    /// What the table calls the scenario: its name in the gallery, or one made of its content. Shards of
    /// different scenarios do not merge.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What each history is judged by.
    pub fn judged(&self) -> &[Consistency] {
        &self.judged
    }

    /// How many steps each judgement may take.
    pub fn budget(&self) -> Budget {
        self.budget
    }

    /// The run of one seed.
    pub fn record(&self, seed: u64) -> RunRecord {
        let mut record = self.record.clone();
        record.set_seed(seed);
        record
    }

    /// The fragment of the link that opens the run of one seed.
    pub fn link(&self, seed: u64) -> String {
        link::share(&self.record(seed), &Position::default(), &[]).to_string()
    }
}

fn name(record: &RunRecord) -> String {
    match link::share(record, &Position::default(), &[]).source {
        Source::Gallery { path, revision: Some(revision) } => format!("{path}@{revision}"),
        Source::Gallery { path, revision: None } => path,
        _ => {
            let mut record = record.clone();
            record.set_seed(0);
            format!("document-{}", Digest::of_bytes(record.to_json().as_bytes()))
        }
    }
}

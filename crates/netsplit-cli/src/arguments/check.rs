//! What `netsplit check` can be asked.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use netsplit_checkers::model::Model;
use netsplit_checkers::search::Budget;
use netsplit_checkers::verdict::Consistency;
use netsplit_sim::time::SimTime;

use crate::duration;

/// Which history to judge, and what is claimed of it.
#[derive(Args, Debug)]
pub struct CheckArguments {
    /// A file with a history (- for standard input), or what `netsplit run` takes
    pub what: String,
    /// What is stored under a key; guessed by the operations of a file, known of a scenario
    #[arg(long, value_name = "MODEL", value_parser = model())]
    pub model: Option<Model>,
    /// What is claimed, several with commas, or all
    #[arg(long, value_name = "CLAIMS", value_delimiter = ',', default_value = "linearizable", value_parser = claims())]
    pub consistency: Vec<String>,
    /// After how many steps a search gives up
    #[arg(long, value_name = "STEPS", default_value_t = Budget::USUAL.0)]
    pub budget: u64,
    /// Another seed than the scenario's
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u64>,
    /// Judge what clients saw up to this virtual time, such as 1.5s
    #[arg(long, value_name = "TIME", value_parser = duration::parse)]
    pub until: Option<SimTime>,
    /// Print one JSON object for each claim
    #[arg(long)]
    pub json: bool,
}

impl CheckArguments {
    /// What is claimed, of objects of this model.
    pub(crate) fn claims(&self, model: Model) -> Vec<Consistency> {
        let is_asked =
            |claim: &Consistency| self.consistency.iter().any(|name| name == claim.name() || name == ALL);
        Consistency::all(model).into_iter().filter(is_asked).collect()
    }
}

const ALL: &str = "all";

pub(super) fn model() -> impl TypedValueParser<Value = Model> {
    PossibleValuesParser::new(Model::ALL.map(Model::name))
        .map(|name| Model::named(&name).expect("the parser lets only names of models through"))
}

fn claims() -> PossibleValuesParser {
    let names = Consistency::all(Model::Register).map(Consistency::name);
    PossibleValuesParser::new(names.into_iter().chain([ALL]))
}

pub(super) const HELP: &str = "\
Histories are read as Jepsen writes them: EDN maps, in a vector or one a line, or the older lines such as
  INFO  jepsen.util - 0  :invoke  :write  3
with keys as [key value] or in a field :key, or as messages of Maelstrom's clients. What is no history is
refused with line and reason.

With --json each claim is an object: history, claim, model, verdict (ok, violation or unknown), sentence,
answered, unanswered, order and, of a violation, proof, witness and stuck. Operations count from 0.

Examples:
  netsplit check history.edn
  netsplit check history.edn --model cas-register --budget 50000000
  netsplit check raft/minority-leader --consistency all
  netsplit check '#scenario=raft/minority-leader&step=120' --json
  netsplit export raft/minority-leader --format edn | netsplit check -

Exit codes: 0 no violation, 1 violation, 2 no history or bad usage, 3 unknown, since the search took
more steps than allowed, or the run did not come to its end.";

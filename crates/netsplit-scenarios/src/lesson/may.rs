//! What a solution may change about the run of its lesson.

use std::collections::BTreeSet;

use netsplit_sim::intervention::Intervention;

/// What may be changed. Everything else has to be as the lesson has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct May(BTreeSet<Change>);

/// One kind of change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    /// Interventions of this kind.
    Do(Kind),
    /// The lesson's own interventions, moved or taken away.
    Script,
    /// The seed.
    Seed,
    /// This parameter; any if `None`.
    Param(Option<String>),
    /// This flaw; any if `None`.
    Flaw(Option<String>),
}

/// Kinds of interventions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Walls,
    Crashes,
    Pauses,
    Links,
    Clocks,
    Messages,
    Timers,
    Requests,
    Orders,
}

/// Names as lessons have them; `faults` are all but the last two.
const KINDS: [(&str, Kind); 9] = [
    ("walls", Kind::Walls),
    ("crashes", Kind::Crashes),
    ("pauses", Kind::Pauses),
    ("links", Kind::Links),
    ("clocks", Kind::Clocks),
    ("messages", Kind::Messages),
    ("timers", Kind::Timers),
    ("requests", Kind::Requests),
    ("orders", Kind::Orders),
];
const FAULTS: usize = 7;

/// What a lesson may allow, in words.
pub(super) const KNOWN: &str = "faults, walls, crashes, pauses, links, clocks, messages, timers, requests, orders, \
                                script, seed, params, flaws, “param NAME” and “flaw NAME”";

impl May {
    /// Takes in what a word of a lesson allows; says whether it is one.
    pub(super) fn allow(&mut self, word: &str) -> bool {
        let one = match word {
            "faults" => {
                self.0.extend(KINDS[..FAULTS].iter().map(|(_, kind)| Change::Do(*kind)));
                return true;
            }
            "script" => Some(Change::Script),
            "seed" => Some(Change::Seed),
            "params" => Some(Change::Param(None)),
            "flaws" => Some(Change::Flaw(None)),
            _ => named(word),
        };
        one.map(|change| self.0.insert(change)).is_some()
    }

    /// Whether a solution may do this.
    pub fn does(&self, what: &Intervention) -> bool {
        self.0.contains(&Change::Do(kind(what)))
    }

    /// Whether it may move and take away what the lesson does by itself.
    pub fn script(&self) -> bool {
        self.0.contains(&Change::Script)
    }

    /// Whether it may have another seed.
    pub fn seed(&self) -> bool {
        self.0.contains(&Change::Seed)
    }

    /// Whether it may set this parameter.
    pub fn param(&self, name: &str) -> bool {
        self.0.contains(&Change::Param(None)) || self.0.contains(&Change::Param(Some(name.to_owned())))
    }

    /// Whether it may switch this flaw.
    pub fn flaw(&self, name: &str) -> bool {
        self.0.contains(&Change::Flaw(None)) || self.0.contains(&Change::Flaw(Some(name.to_owned())))
    }
}

fn named(word: &str) -> Option<Change> {
    let kind = KINDS.iter().find(|(name, _)| *name == word).map(|(_, kind)| Change::Do(*kind));
    let of = |prefix| word.strip_prefix(prefix).filter(|name: &&str| !name.is_empty()).map(str::to_owned);
    kind.or_else(|| of("param ").map(|name| Change::Param(Some(name))))
        .or_else(|| of("flaw ").map(|name| Change::Flaw(Some(name))))
}

fn kind(what: &Intervention) -> Kind {
    match what {
        Intervention::SetWall(..) | Intervention::RemoveWall(_) => Kind::Walls,
        Intervention::Crash(..) | Intervention::Restart(_) => Kind::Crashes,
        Intervention::Pause(_) | Intervention::Resume(_) => Kind::Pauses,
        Intervention::SetLink(..) | Intervention::ResetLink(_) => Kind::Links,
        Intervention::ClockOffset(..) | Intervention::ClockDrift(..) => Kind::Clocks,
        Intervention::FireTimer(..) => Kind::Timers,
        Intervention::Request { .. } => Kind::Requests,
        Intervention::Order(..) => Kind::Orders,
        Intervention::Drop(_)
        | Intervention::Duplicate(_)
        | Intervention::DeliverNow(_)
        | Intervention::Retime(..)
        | Intervention::Tamper(..) => Kind::Messages,
    }
}

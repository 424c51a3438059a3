//! What a person may not change on this page, because whoever made the link locked it.

use netsplit_sim::describe::{Param, ParamKind, ParamValue};
use netsplit_words::{say, word};

use crate::decimal;

/// What can be locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// The seed.
    Seed,
    /// Every parameter.
    Params,
    /// The rules that can be broken on purpose.
    Flaws,
    /// Everything done to the system but operations of clients.
    Faults,
    /// Operations of clients.
    Requests,
    /// Changes of the fault script.
    Script,
    /// Which scenario is shown.
    Scenario,
    /// How fast it plays.
    Speed,
}

/// Every lock with its name in the address.
pub const LOCKS: [(&str, Lock); 8] = [
    ("seed", Lock::Seed),
    ("params", Lock::Params),
    ("flaws", Lock::Flaws),
    ("faults", Lock::Faults),
    ("requests", Lock::Requests),
    ("script", Lock::Script),
    ("scenario", Lock::Scenario),
    ("speed", Lock::Speed),
];

/// What the address may say.
pub(super) const ALLOWED: &str =
    word!("all, or names of what is locked with commas between them, such as seed,faults,R:1..3");

/// What is locked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locks {
    closed: Vec<Lock>,
    params: Vec<(String, Allowed)>,
}

/// What may be chosen of a parameter that is locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Nothing.
    Fixed,
    /// From the first to the last, durations in milliseconds.
    Range(String, String),
    /// One of these.
    OneOf(Vec<String>),
}

impl Locks {
    /// Reads `seed,faults,R:1..3`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut locks = Self::default();
        for item in text.split(',') {
            match LOCKS.iter().find(|(name, _)| *name == item) {
                Some((_, lock)) => locks.closed.push(*lock),
                None if item == "all" => locks.closed.extend(LOCKS.map(|(_, lock)| lock)),
                None => locks.params.push(parameter(item)?),
            }
        }
        Some(locks)
    }

    /// Whether this is locked.
    pub fn closes(&self, lock: Lock) -> bool {
        self.closed.contains(&lock)
    }

    /// What may be chosen of a parameter, if not everything.
    pub fn of_param(&self, name: &str) -> Option<&Allowed> {
        let named = self.params.iter().find(|(param, _)| param == name).map(|(_, allowed)| allowed);
        named.or_else(|| self.closes(Lock::Params).then_some(&Allowed::Fixed))
    }

    /// Why a parameter may not get this value, in a sentence.
    pub fn refuses(&self, param: &Param, value: &ParamValue) -> Option<String> {
        let allowed = self.of_param(param.name)?;
        (!allowed.admits(&param.kind, value)).then(|| allowed.reason(param.name))
    }

    /// Names that are locked, but are no parameter of what is shown.
    pub fn idle(&self, params: &[Param]) -> Vec<String> {
        let known = |name: &str| params.iter().any(|param| param.name == name);
        self.params.iter().filter(|(name, _)| !known(name)).map(|(name, _)| name.clone()).collect()
    }
}

impl Allowed {
    fn admits(&self, kind: &ParamKind, value: &ParamValue) -> bool {
        match (self, value) {
            (Self::Fixed, _) => false,
            (Self::Range(least, most), ParamValue::Number(number)) => {
                let bound = |text: &str| decimal::parse(text, digits(kind));
                bound(least).is_none_or(|least| least <= *number)
                    && bound(most).is_none_or(|most| *number <= most)
            }
            (Self::Range(..), _) => false,
            (Self::OneOf(some), ParamValue::Number(number)) => {
                some.iter().any(|text| decimal::parse(text, digits(kind)) == Some(*number))
            }
            (Self::OneOf(some), ParamValue::Name(name)) => some.contains(name),
            (Self::OneOf(some), ParamValue::Switch(on)) => some.iter().any(|text| text == on_off(*on)),
        }
    }

    /// What may be chosen of this parameter, in a sentence.
    pub fn reason(&self, name: &str) -> String {
        match self {
            Self::Fixed => say!("{name} is locked: whoever made this page keeps it as it is.", name),
            Self::Range(least, most) => say!(
                "{name} can only be from {least} to {most} here: whoever made this page says so.",
                name,
                least,
                most
            ),
            Self::OneOf(some) => say!(
                "{name} can only be one of {values} here: whoever made this page says so.",
                name,
                values = some.join(", ")
            ),
        }
    }
}

impl Lock {
    /// Why it cannot be changed, in a sentence.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Seed => {
                say!("The seed is locked: whoever made this page wants everybody to see the same run.")
            }
            Self::Params => say!("Parameters are locked: whoever made this page keeps them as they are."),
            Self::Flaws => say!("The rules are locked: whoever made this page keeps them as they are."),
            Self::Faults => {
                say!("Faults are locked: whoever made this page lets this run be watched, not disturbed.")
            }
            Self::Requests => {
                say!(
                    "Operations of clients are locked: whoever made this page lets clients ask by themselves."
                )
            }
            Self::Script => say!("The fault script is locked: whoever made this page keeps it as it is."),
            Self::Scenario => say!("The scenario is locked: whoever made this page shows this one only."),
            Self::Speed => say!("The speed is locked: whoever made this page chose it."),
        }
    }
}

/// `R`, `R:1..3` or `mode:a|b`.
fn parameter(item: &str) -> Option<(String, Allowed)> {
    let (name, rest) = item.split_once(':').map_or((item, None), |(name, rest)| (name, Some(rest)));
    if !is_word(name) {
        return None;
    }
    let allowed = match rest {
        None => Allowed::Fixed,
        Some(rest) => match rest.split_once("..") {
            Some((least, most)) => Allowed::Range(number(least)?, number(most)?),
            None => Allowed::OneOf(rest.split('|').map(word).collect::<Option<_>>()?),
        },
    };
    Some((name.to_owned(), allowed))
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.'))
}

fn word(text: &str) -> Option<String> {
    is_word(text).then(|| text.to_owned())
}

fn number(text: &str) -> Option<String> {
    decimal::parse(text, MILLIS).map(|_| text.to_owned())
}

/// Nanoseconds are written as milliseconds: six digits after the point.
const MILLIS: u32 = 6;

const fn digits(kind: &ParamKind) -> u32 {
    match kind {
        ParamKind::Duration { .. } => MILLIS,
        _ => 0,
    }
}

const fn on_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COPIES: Param =
        Param { name: "R", meaning: "", kind: ParamKind::Count { min: 1, max: 9, default: 1 } };
    const WAIT: Param = Param {
        name: "wait",
        meaning: "",
        kind: ParamKind::Duration { min: 0, max: 1_000_000_000, default: 5_000_000 },
    };

    fn locks(text: &str) -> Locks {
        Locks::parse(text).expect("this can be read")
    }

    #[test]
    fn a_range_lets_through_what_is_in_it_and_says_what_is_allowed() {
        let locks = locks("R:1..3,wait:2.5..10");
        assert_eq!(locks.refuses(&COPIES, &ParamValue::Number(3)), None);
        let refused = locks.refuses(&COPIES, &ParamValue::Number(4)).expect("four is too many");
        assert!(refused.contains("R can only be from 1 to 3"), "{refused}");
        assert_eq!(locks.refuses(&WAIT, &ParamValue::Number(2_500_000)), None);
        assert!(locks.refuses(&WAIT, &ParamValue::Number(2_499_999)).is_some());
    }

    #[test]
    fn a_parameter_that_is_named_alone_is_fixed_and_others_are_free() {
        let locks = locks("R");
        assert!(locks.refuses(&COPIES, &ParamValue::Number(1)).is_some());
        assert_eq!(locks.refuses(&WAIT, &ParamValue::Number(1)), None);
    }

    #[test]
    fn a_range_wins_over_the_lock_of_all_parameters() {
        let locks = locks("params,R:1|3");
        assert_eq!(locks.refuses(&COPIES, &ParamValue::Number(3)), None);
        assert!(locks.refuses(&COPIES, &ParamValue::Number(2)).is_some());
        assert!(locks.refuses(&WAIT, &ParamValue::Number(1)).is_some());
    }

    #[test]
    fn what_is_locked_by_name_is_closed_and_nothing_else() {
        let locks = locks("seed,faults");
        assert!(locks.closes(Lock::Seed) && locks.closes(Lock::Faults) && !locks.closes(Lock::Speed));
        assert!(LOCKS.iter().all(|(_, lock)| self::locks("all").closes(*lock)));
    }

    #[test]
    fn names_that_are_no_parameter_are_found() {
        assert_eq!(locks("R,W:1..2").idle(&[COPIES, WAIT]), ["W"]);
    }

    #[test]
    fn what_is_no_lock_is_refused_whole() {
        for text in ["", "seed,", "R:", "R:1..", "R:a..b", "<b>", "R:1|"] {
            assert_eq!(Locks::parse(text), None, "{text}");
        }
    }
}

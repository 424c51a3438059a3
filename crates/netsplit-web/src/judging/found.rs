//! What was found of histories: an answer stays for the history it was found of, and a violation of
//! linearizability for everything that goes on from there.

use netsplit_checkers::verdict::{Consistency, Verdict};
use netsplit_sim::id::Step;

use super::print::Print;

/// An answer.
struct Found {
    what: Consistency,
    print: Print,
    step: Step,
    verdict: Verdict,
}

/// Answers, the oldest first.
#[derive(Default)]
pub struct Findings {
    found: Vec<Found>,
}

/// So many answers are kept; one is a list of rows.
const MOST: usize = 256;

impl Findings {
    /// What is known of a history; `is_past` says whether a history as it was after some step is a past of it.
    pub fn of(
        &self,
        what: Consistency,
        print: Print,
        is_past: &dyn Fn(Step, Print) -> bool,
    ) -> Option<&Verdict> {
        let own = || self.found.iter().filter(|found| found.what == what);
        let same = own().rev().find(|found| found.print == print);
        let found = same.or_else(|| {
            // Of all claims only linearizability is closed under prefixes: what comes later never mends it.
            let lasts = |found: &&Found| {
                matches!(what, Consistency::Linearizable(_)) && found.verdict.witness().is_some()
            };
            own().filter(lasts).find(|found| is_past(found.step, found.print))
        });
        found.map(|found| &found.verdict)
    }

    /// Takes an answer about the history after a step.
    pub fn keep(&mut self, what: Consistency, print: Print, step: Step, verdict: Verdict) {
        if self.found.len() >= MOST {
            self.found.remove(0);
        }
        self.found.push(Found { what, print, step, verdict });
    }
}

#[cfg(test)]
mod tests {
    use netsplit_checkers::model::Model;
    use netsplit_checkers::verdict::{Order, Witness};

    use super::*;

    const LINEARIZABLE: Consistency = Consistency::Linearizable(Model::Register);

    fn violation() -> Verdict {
        Verdict::Violation(Witness { rows: vec![0], stuck: 0, reasons: Vec::new(), best: Order::default() })
    }

    fn kept(what: Consistency, verdict: Verdict) -> Findings {
        let mut findings = Findings::default();
        findings.keep(what, Print::from(7), Step(70), verdict);
        findings
    }

    /// Histories with larger prints follow those with smaller ones.
    fn of(findings: &Findings, what: Consistency, print: u64) -> Option<&str> {
        let is_past = |_: Step, found: Print| found <= Print::from(print);
        findings.of(what, Print::from(print), &is_past).map(Verdict::name)
    }

    #[test]
    fn a_violation_of_linearizability_stays_for_what_comes_after_and_not_for_what_came_before() {
        let findings = kept(LINEARIZABLE, violation());
        assert_eq!(
            [6, 7, 8].map(|print| of(&findings, LINEARIZABLE, print)),
            [None, Some("violation"), Some("violation")]
        );
    }

    #[test]
    fn an_ok_holds_for_its_own_history_only() {
        let findings = kept(LINEARIZABLE, Verdict::Ok(Order::default()));
        assert_eq!([6, 7, 8].map(|print| of(&findings, LINEARIZABLE, print)), [None, Some("ok"), None]);
    }

    #[test]
    fn what_is_not_closed_under_prefixes_is_judged_again() {
        let findings = kept(Consistency::Causal, violation());
        assert_eq!(of(&findings, Consistency::Causal, 8), None);
        assert_eq!(of(&findings, LINEARIZABLE, 7), None, "another claim is another matter");
    }
}

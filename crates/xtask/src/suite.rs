//! `cargo xtask test`: set-up, then step by step until the first failure, then a summary.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::counts::Counts;
use crate::setup::{self, Need, Report};
use crate::steps::Step;
use crate::workspace::Workspace;

/// How one step went.
struct Outcome {
    step: Step,
    counts: Option<Counts>,
    time: Duration,
}

pub(crate) fn run(workspace: &Workspace, steps: &[Step]) -> Result<()> {
    let start = Instant::now();
    headline("Set-up");
    setup::ensure(workspace, &needs(steps), Report::MissingOnly)?;
    let mut outcomes = Vec::new();
    for step in steps {
        outcomes.push(run_step(workspace, *step)?);
    }
    headline("Summary");
    print!("{}", summary(&outcomes, start.elapsed()));
    Ok(())
}

fn run_step(workspace: &Workspace, step: Step) -> Result<Outcome> {
    headline(step.headline());
    let start = Instant::now();
    let counts = step.run(workspace).with_context(|| {
        let name = step.name();
        format!("the step `{name}` failed; `cargo xtask test --only {name}` repeats it alone")
    })?;
    let time = start.elapsed();
    println!("passed in {}", readable(time));
    Ok(Outcome { step, counts, time })
}

fn needs(steps: &[Step]) -> Vec<Need> {
    let wanted = |need: &Need| steps.iter().any(|step| step.needs().contains(need));
    setup::EVERYTHING.into_iter().filter(wanted).collect()
}

fn headline(text: &str) {
    println!("\n==== {text}");
}

fn summary(outcomes: &[Outcome], time: Duration) -> String {
    let mut text = format!("{:<32} {:>7} {:>8} {:>9}\n", "step", "passed", "ignored", "time");
    let mut total = Counts::default();
    for outcome in outcomes {
        total += outcome.counts.unwrap_or_default();
        text += &row(outcome.step.headline(), outcome.counts, outcome.time);
    }
    text += &row("together", Some(total), time);
    text
}

fn row(name: &str, counts: Option<Counts>, time: Duration) -> String {
    let shown = |number: fn(Counts) -> usize| {
        counts.map_or_else(|| "ok".to_owned(), |counts| number(counts).to_string())
    };
    let passed = shown(|counts| counts.passed);
    let ignored = counts.map_or_else(String::new, |counts| counts.ignored.to_string());
    let time = readable(time);
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{name:<32} {passed:>7} {ignored:>8} {time:>9}");
    text
}

fn readable(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds / 60 {
        0 => format!("{:.1} s", time.as_secs_f64()),
        minutes => format!("{minutes} min {:02} s", seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Outcome, needs, readable, summary};
    use crate::counts::Counts;
    use crate::setup::Need;
    use crate::steps::Step;

    #[test]
    fn summary_adds_the_tests_of_all_steps() {
        let time = Duration::from_secs(2);
        let counts = |passed, ignored| Some(Counts { passed, ignored });
        let outcomes = [
            Outcome { step: Step::Format, counts: None, time },
            Outcome { step: Step::Native, counts: counts(40, 1), time },
            Outcome { step: Step::Wasm, counts: counts(5, 0), time },
        ];
        let text = summary(&outcomes, Duration::from_secs(61));
        let last: Vec<_> = text.lines().last().unwrap().split_whitespace().collect();
        assert_eq!(last, ["together", "45", "1", "1", "min", "01", "s"]);
        assert!(text.lines().any(|line| line.starts_with("Formatting") && line.contains("ok")));
    }

    #[test]
    fn a_step_without_a_browser_asks_for_none() {
        assert_eq!(needs(&[Step::Format]), [Need::Rustfmt]);
        assert!(needs(&[Step::Format, Step::Wasm]).contains(&Need::Browser));
    }

    #[test]
    fn time_reads_in_seconds_below_a_minute() {
        assert_eq!(readable(Duration::from_millis(1_250)), "1.2 s");
        assert_eq!(readable(Duration::from_secs(125)), "2 min 05 s");
    }
}

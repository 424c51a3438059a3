//! Bounded staleness in words and tables.

use std::io::{self, Write};

use netsplit_explore::pbs::paper::{Compared, Probability, Row, Table, Tolerance};
use netsplit_explore::pbs::seen::Seen;
use netsplit_explore::pbs::setting::Setting;
use netsplit_explore::typed;
use netsplit_sim::time::SimDuration;
use netsplit_view::format;

/// One table of the paper, with what was seen. Says whether all of it fits.
pub(crate) fn table(table: &Table, seen: &[Seen], out: &mut dyn Write) -> io::Result<bool> {
    let trials = seen.first().map_or(0, Seen::trials);
    writeln!(out, "{}, N = 3, {} trials a row; milliseconds", table.fit, format::grouped(trials))?;
    writeln!(
        out,
        "  R,W  {:^27}  {:^27}  {:^44}",
        "read p99.9", "write p99.9", "t at 99.9 % (95 % interval)"
    )?;
    let columns = "   seen   paper    ±";
    writeln!(out, "       {columns:27}  {columns:27}    seen                  printed  converged    ±")?;
    let mut fits = true;
    for (row, seen) in table.rows.iter().zip(seen) {
        let [read, write, t] = row.compare(seen);
        let of_t = visible(row, &t, seen);
        writeln!(
            out,
            "  {},{}  {}  {}  {of_t}",
            row.quorums.0,
            row.quorums.1,
            latency(&read),
            latency(&write)
        )?;
        fits &= [read, write, t].iter().all(Compared::fits);
    }
    if let Some(first) = seen.first() {
        fits &= probabilities(table.probabilities, first, out)?;
    }
    writeln!(out)?;
    Ok(fits)
}

fn latency(compared: &Compared) -> String {
    let text = format!("{:7.3} {:7.2}  {}", compared.seen, compared.paper, judged(compared));
    format!("{text:27}")
}

fn visible(row: &Row, t: &Compared, seen: &Seen) -> String {
    let estimate = seen.t_visible(999_000);
    let interval = format!("{:.2} – {:.2}", millis(estimate.low), millis(estimate.high));
    let converged = row.converged_t.map_or_else(String::new, |micros| (micros as f64 / 1e3).to_string());
    let printed = row.printed_t as f64 / 1e3;
    format!("{:7.3} {interval:15} {printed:>10}  {converged:>9}  {}", t.seen, judged(t)).trim_end().to_owned()
}

/// `±3 % ok`: how near it must be, and whether it is.
fn judged(compared: &Compared) -> String {
    let mark = if compared.fits() { "ok" } else { "OFF" };
    match compared.tolerance {
        Some(Tolerance::Within(most)) => format!("±{:.0} % {mark}", 100.0 * most / compared.paper),
        Some(Tolerance::Below(_)) => mark.to_owned(),
        None => String::new(),
    }
}

/// P(consistent) of R = W = 1.
fn probabilities(expected: &[Probability], seen: &Seen, out: &mut dyn Write) -> io::Result<bool> {
    let mut fits = true;
    for probability in expected {
        let compared = probability.compare(seen);
        let above = if probability.at_least { "above " } else { "" };
        let tolerance = match compared.tolerance {
            Some(Tolerance::Within(most)) => format!("±{most} points "),
            _ => String::new(),
        };
        let mark = if compared.fits() { "ok" } else { "OFF" };
        writeln!(
            out,
            "  P(consistent {} ms after a write), R=W=1: {:.4} %, paper: {above}{} %, {tolerance}{mark}",
            probability.millis, compared.seen, compared.paper
        )?;
        fits &= compared.fits();
    }
    Ok(fits)
}

/// What explains the differences.
pub(crate) fn notes(out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "The t that the paper prints are 3 to 13 % lower than what trials converge to: they come from 50,000
trials at each t, of which the 50 unluckiest decide. From a million trials on, t is compared with the
converged value. R=2, W=1 on solid-state disks is stale for about .06 % of reads at t = 0, which is below
the .1 % of the column."
    )
}

/// Any store.
pub(crate) fn store(
    setting: &Setting,
    t: &[SimDuration],
    seen: &Seen,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Setting { replicas, read, write, .. } = setting;
    writeln!(out, "N = {replicas}, R = {read}, W = {write}; {} trials", format::grouped(seen.trials()))?;
    for (name, leg) in setting.legs.named() {
        writeln!(out, "  {name} = {}", typed::show(leg))?;
    }
    for (replica, offset) in (1..).zip(&setting.offsets) {
        writeln!(out, "  replica {replica} is {} away", format::duration(*offset))?;
    }
    writeln!(out, "\n{:20} {:>10} {:>10}", "milliseconds", "read", "write")?;
    for (name, ppm) in [("p50", 500_000), ("p95", 950_000), ("p99", 990_000), ("p99.9", 999_000)] {
        let [read, write] = [&seen.reads, &seen.writes].map(|tally| millis(tally.quantile(ppm)));
        writeln!(out, "{name:20} {read:10.3} {write:10.3}")?;
    }
    let estimate = seen.t_visible(999_000);
    writeln!(out)?;
    for t in if t.is_empty() { &[SimDuration::ZERO] } else { t } {
        let percent = 100.0 * seen.consistent(*t);
        writeln!(out, "a read {} ms after a write sees it in {percent:.4} % of trials", millis(*t))?;
    }
    let [low, value, high] = [estimate.low, estimate.value, estimate.high].map(millis);
    writeln!(out, "99.9 % of reads see it from {value:.3} ms on ({low:.3} to {high:.3} with 95 % confidence)")
}

fn millis(duration: SimDuration) -> f64 {
    duration.0 as f64 / 1e6
}

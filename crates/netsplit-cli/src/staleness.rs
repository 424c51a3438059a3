//! Bounded staleness in words and tables.

use std::io::{self, Write};

use netsplit_explore::pbs::paper::{Compared, Probability, Row, Table, Tolerance};
use netsplit_explore::pbs::seen::Seen;
use netsplit_explore::pbs::setting::Setting;
use netsplit_explore::pbs::trials::Witnessed;
use netsplit_explore::tally::Tally;
use netsplit_explore::typed;
use netsplit_sim::time::SimDuration;
use netsplit_view::format;

/// One table of the paper, with what was sampled. Says whether all of it fits.
pub(crate) fn table(table: &Table, seen: &[Seen], out: &mut dyn Write) -> io::Result<bool> {
    head(table, seen.first().map_or(0, Seen::trials), true, out)?;
    let mut fits = true;
    for (row, seen) in table.rows.iter().zip(seen) {
        let [read, write, t] = row.compare(seen);
        writeln!(out, "{}  {}", latencies_of(row, &[read, write]), visible(row, &t, seen))?;
        fits &= [read, write, t].iter().all(Compared::fits);
    }
    let Some(seen) = seen.first() else { return Ok(fits) };
    for probability in table.probabilities {
        let share = seen.consistent(probability.t());
        fits &= probable(probability, &probability.compare(share, seen.trials()), out)?;
    }
    writeln!(out)?;
    Ok(fits)
}

/// The same as the protocol has it: the trials of each row at t = 0, and those of each probability.
pub(crate) fn protocol_table(
    table: &Table,
    rows: &[Witnessed],
    probabilities: &[Witnessed],
    out: &mut dyn Write,
) -> io::Result<bool> {
    head(table, rows.first().map_or(0, |row| row.trials), false, out)?;
    let mut fits = true;
    for (row, seen) in table.rows.iter().zip(rows) {
        let latencies = row.compare_latencies(&seen.reads, &seen.writes);
        writeln!(out, "{}", latencies_of(row, &latencies).trim_end())?;
        fits &= latencies.iter().all(Compared::fits);
    }
    for (probability, seen) in table.probabilities.iter().zip(probabilities) {
        fits &= probable(probability, &probability.compare(seen.consistent_share(), seen.trials), out)?;
    }
    writeln!(out)?;
    Ok(fits)
}

fn head(table: &Table, trials: u64, with_t: bool, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}, N = 3, {} trials a row; milliseconds", table.fit, format::grouped(trials))?;
    let (columns, of_t) = ("   seen   paper    ±", "   seen                  printed  converged    ±");
    let [t_title, t_columns] = if with_t { ["t at 99.9 % (95 % interval)", of_t] } else { [""; 2] };
    let titles = format!("  R,W  {:^27}  {:^27}  {t_title:^44}", "read p99.9", "write p99.9");
    writeln!(out, "{}", titles.trim_end())?;
    writeln!(out, "{}", format!("       {columns:27}  {columns:27} {t_columns}").trim_end())
}

fn latencies_of(row: &Row, [read, write]: &[Compared; 2]) -> String {
    format!("  {},{}  {}  {}", row.quorums.0, row.quorums.1, latency(read), latency(write))
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
fn probable(probability: &Probability, compared: &Compared, out: &mut dyn Write) -> io::Result<bool> {
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
    Ok(compared.fits())
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

/// Any store, sampled.
pub(crate) fn store(
    setting: &Setting,
    t: &[SimDuration],
    seen: &Seen,
    out: &mut dyn Write,
) -> io::Result<()> {
    asked(setting, seen.trials(), out)?;
    latencies(&seen.reads, &seen.writes, out)?;
    t.iter().try_for_each(|t| share(*t, seen.consistent(*t), out))?;
    let estimate = seen.t_visible(999_000);
    let [low, value, high] = [estimate.low, estimate.value, estimate.high].map(millis);
    writeln!(out, "99.9 % of reads see it from {value:.3} ms on ({low:.3} to {high:.3} with 95 % confidence)")
}

/// Any store, through the protocol, at each t.
pub(crate) fn protocol_store(
    setting: &Setting,
    witnessed: &[(SimDuration, Witnessed)],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut all = Witnessed::default();
    witnessed.iter().for_each(|(_, seen)| all.merge(seen));
    asked(setting, all.trials, out)?;
    latencies(&all.reads, &all.writes, out)?;
    witnessed.iter().try_for_each(|(t, seen)| share(*t, seen.consistent_share(), out))
}

fn asked(setting: &Setting, trials: u64, out: &mut dyn Write) -> io::Result<()> {
    let Setting { replicas, read, write, .. } = setting;
    writeln!(out, "N = {replicas}, R = {read}, W = {write}; {} trials", format::grouped(trials))?;
    for (name, leg) in setting.legs.named() {
        writeln!(out, "  {name} = {}", typed::show(leg))?;
    }
    for (replica, offset) in (1..).zip(&setting.offsets) {
        writeln!(out, "  replica {replica} is {} away", format::duration(*offset))?;
    }
    Ok(())
}

fn latencies(reads: &Tally, writes: &Tally, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{:20} {:>10} {:>10}", "milliseconds", "read", "write")?;
    for (name, ppm) in [("p50", 500_000), ("p95", 950_000), ("p99", 990_000), ("p99.9", 999_000)] {
        let [read, write] = [reads, writes].map(|tally| millis(tally.quantile(ppm)));
        writeln!(out, "{name:20} {read:10.3} {write:10.3}")?;
    }
    writeln!(out)
}

fn share(t: SimDuration, share: f64, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "a read {} ms after a write sees it in {:.4} % of trials", millis(t), 100.0 * share)
}

fn millis(duration: SimDuration) -> f64 {
    duration.0 as f64 / 1e6
}

//! What stands out of a sweep, with the command and the link that show it.

use std::io::{self, Write};

use netsplit_explore::sweep::{Outlier, Outliers, Plan};
use netsplit_view::format;

/// Links of documents that are not in the gallery hold all of them; longer ones are left to `netsplit run`.
const LONGEST_LINK: usize = 2_000;

/// Tells what stands out of so many seeds.
pub(crate) fn tell(plan: &Plan, seeds: u64, outliers: &Outliers, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}: {}", plan.name(), format::count(seeds, "seed", "seeds"))?;
    for outlier in outliers.list() {
        one(plan, seeds, &outlier, out)?;
    }
    Ok(())
}

fn one(plan: &Plan, of: u64, outlier: &Outlier, out: &mut dyn Write) -> io::Result<()> {
    let Outlier { reason, count, seeds } = outlier;
    let share = format!("{} of {}", format::grouped(*count), format::grouped(of));
    writeln!(out, "\n{reason} ({share})")?;
    for seed in seeds {
        let link = plan.link(*seed);
        match link.len() <= LONGEST_LINK {
            true => writeln!(out, "  seed {seed}: netsplit run '{link}'")?,
            false => writeln!(out, "  seed {seed}: netsplit run … --seed {seed}")?,
        }
    }
    Ok(())
}

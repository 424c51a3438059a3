//! What the first load weighs, file by file, against its budget and the ceiling that it must keep meanwhile.

use std::fmt::Write as _;
use std::io::Write as _;

use anyhow::{Context, Result, bail, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::first_load::{self, Page};
use crate::workspace::Workspace;

/// What the first load should weigh, in bytes as a good static host sends it: brotli at its best quality.
const BUDGET: usize = 140_000;
/// What it may weigh until it keeps the budget. A ratchet: whoever makes the page lighter lowers it.
const CEILING: usize = 376_000;
const BROTLI_QUALITY: i32 = 11;
const BROTLI_WINDOW: i32 = 22;

/// One file of the first load; sizes in bytes.
#[derive(Clone, Debug, Default, PartialEq)]
struct Weight {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints the table and fails if the ceiling is exceeded.
pub(crate) fn print_and_check(workspace: &Workspace) -> Result<()> {
    let dist = workspace.dist();
    ensure!(
        dist.join("index.html").is_file(),
        "there is no page to weigh: `cargo xtask build --release` makes it"
    );
    let weights = weigh(&first_load::read_page(&dist)?)?;
    print!("{}", table(&weights));
    check(&weights)
}

fn weigh(page: &Page) -> Result<Vec<Weight>> {
    let mut weights = first_load::names(page)
        .into_iter()
        .map(|name| weight(name, &page[name]))
        .collect::<Result<Vec<_>>>()?;
    weights.sort_by_key(|weight| std::cmp::Reverse(weight.brotli));
    Ok(weights)
}

fn weight(name: &str, bytes: &[u8]) -> Result<Weight> {
    Ok(Weight {
        name: name.to_owned(),
        raw: bytes.len(),
        gzip: gzip(bytes).with_context(|| format!("could not gzip {name}"))?,
        brotli: brotli(bytes).with_context(|| format!("could not brotli {name}"))?,
    })
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn brotli(mut bytes: &[u8]) -> Result<usize> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    Ok(brotli::BrotliCompress(&mut bytes, &mut compressed, &parameters)?)
}

fn total(weights: &[Weight]) -> Weight {
    let sum = |of: fn(&Weight) -> usize| weights.iter().map(of).sum();
    Weight {
        name: "first load".to_owned(),
        raw: sum(|weight| weight.raw),
        gzip: sum(|weight| weight.gzip),
        brotli: sum(|weight| weight.brotli),
    }
}

fn table(weights: &[Weight]) -> String {
    let total = total(weights);
    let rows = || weights.iter().chain([&total]);
    let width = rows().map(|row| row.name.len()).max().unwrap_or_default();
    let mut text = format!("{:width$}  {:>9} {:>9} {:>9}\n", "bytes", "raw", "gzip", "brotli");
    for row in rows() {
        let Weight { name, raw, gzip, brotli } = row;
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{name:width$}  {raw:>9} {gzip:>9} {brotli:>9}");
    }
    let _ = writeln!(text, "{:width$}  {:>9} {:>9} {BUDGET:>9}", "budget", "", "");
    let _ = writeln!(text, "{:width$}  {:>9} {:>9} {CEILING:>9}", "ceiling", "", "");
    if let Some(over @ 1..) = total.brotli.checked_sub(BUDGET) {
        let _ = writeln!(text, "The budget is not kept yet: the first load is {over} bytes over it.");
    }
    text
}

fn check(weights: &[Weight]) -> Result<()> {
    let total = total(weights).brotli;
    let Some(biggest) = weights.iter().max_by_key(|weight| weight.brotli) else {
        bail!("the page has no files");
    };
    ensure!(
        total <= CEILING,
        "the first load is {total} bytes with brotli, {} over the ceiling of {CEILING}; the biggest file is {} with {}",
        total - CEILING,
        biggest.name,
        biggest.brotli
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{BUDGET, CEILING, Weight, brotli, check, gzip, table};

    fn weight(name: &str, raw: usize, gzip: usize, brotli: usize) -> Weight {
        let name = name.to_owned();
        Weight { name, raw, gzip, brotli }
    }

    #[test]
    fn table_ends_with_the_total_the_budget_and_the_ceiling() {
        let text = table(&[weight("app.wasm", 400, 200, 150), weight("index.html", 50, 30, 25)]);
        let lines: Vec<_> = text.lines().map(str::split_whitespace).collect();
        let words: Vec<Vec<_>> = lines.into_iter().map(Iterator::collect).collect();
        assert_eq!(words[1], ["app.wasm", "400", "200", "150"]);
        assert_eq!(words[3], ["first", "load", "450", "230", "175"]);
        assert_eq!(words[4], ["budget", "140000"]);
        assert_eq!(words[5][0], "ceiling");
        assert_eq!(words.len(), 6);
    }

    #[test]
    fn table_says_by_how_much_the_budget_is_missed() {
        let text = table(&[weight("app.wasm", 0, 0, BUDGET + 7)]);
        assert!(text.ends_with("the first load is 7 bytes over it.\n"), "{text}");
    }

    #[test]
    fn ceiling_allows_its_last_byte_and_no_more() {
        assert!(check(&[weight("app.wasm", 0, 0, CEILING)]).is_ok());
        let over = [weight("a.js", 0, 0, 1), weight("app.wasm", 0, 0, CEILING)];
        let sentence = check(&over).unwrap_err().to_string();
        assert!(sentence.contains("1 over the ceiling") && sentence.contains("app.wasm"));
    }

    #[test]
    fn a_page_without_files_is_no_small_page() {
        assert!(check(&[]).is_err());
    }

    #[test]
    fn compression_shrinks_repetition() {
        let bytes = b"netsplit ".repeat(500);
        assert!(gzip(&bytes).unwrap() < 200);
        assert!(brotli(&bytes).unwrap() < 100);
    }
}

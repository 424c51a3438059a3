//! What the page weighs, file by file: the first load against its budget, and what comes later.

use std::collections::BTreeSet;
use std::io::Write as _;

use anyhow::{Context, Result, bail, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::first_load::{self, Page};
use crate::one_file;
use crate::workspace::Workspace;

/// What the first load may weigh, in bytes as a good static host sends it: brotli at its best quality.
const BUDGET: usize = 200_000;
/// What other pages load to embed this one, and what it may weigh in bytes with gzip, which every host has.
const EMBED: &str = "embed.js";
const EMBED_BUDGET: usize = 4_096;
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

/// Prints the table and fails if the budget is exceeded.
pub(crate) fn print_and_check(workspace: &Workspace) -> Result<()> {
    let dist = workspace.dist();
    ensure!(
        dist.join("index.html").is_file(),
        "there is no page to weigh: `cargo xtask build --release` makes it"
    );
    let mut page = first_load::read_page(&dist)?;
    // Who opens the page is not sent it once more as one file.
    page.remove(one_file::NAME);
    let first = weigh(&page, first_load::names(&page))?;
    let later = weigh(&page, first_load::later_names(&page))?;
    print!("{}", table(&first, &later));
    check(&first)?;
    check_embed(&later)
}

fn weigh(page: &Page, names: BTreeSet<&str>) -> Result<Vec<Weight>> {
    let mut weights = names.into_iter().map(|name| weight(name, &page[name])).collect::<Result<Vec<_>>>()?;
    weights.sort_by_key(|weight| std::cmp::Reverse(weight.brotli));
    Ok(weights)
}

fn weight(name: &str, bytes: &[u8]) -> Result<Weight> {
    Ok(Weight {
        name: name.to_owned(),
        raw: bytes.len(),
        gzip: gzip(bytes).with_context(|| format!("could not gzip {name}"))?,
        brotli: brotli(bytes).with_context(|| format!("could not brotli {name}"))?.len(),
    })
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

/// The bytes as a good static host sends them.
pub(crate) fn brotli(mut bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut compressed, &parameters)?;
    Ok(compressed)
}

fn total(name: &str, weights: &[Weight]) -> Weight {
    let sum = |of: fn(&Weight) -> usize| weights.iter().map(of).sum();
    Weight {
        name: name.to_owned(),
        raw: sum(|weight| weight.raw),
        gzip: sum(|weight| weight.gzip),
        brotli: sum(|weight| weight.brotli),
    }
}

fn table(first: &[Weight], later: &[Weight]) -> String {
    let totals = [total("first load", first), total("later", later)];
    let width = first.iter().chain(later).chain(&totals).map(|row| row.name.len()).max().unwrap_or_default();
    let mut text = format!("{:width$}  {:>9} {:>9} {:>9}\n", "bytes", "raw", "gzip", "brotli");
    let row = |Weight { name, raw, gzip, brotli }: &Weight| {
        format!("{name:width$}  {raw:>9} {gzip:>9} {brotli:>9}\n")
    };
    text.extend(first.iter().chain([&totals[0]]).map(row));
    text += &format!("{:width$}  {:>9} {:>9} {BUDGET:>9}\n", "budget", "", "");
    text.extend(later.iter().chain([&totals[1]]).map(row));
    text
}

fn check(first: &[Weight]) -> Result<()> {
    let total = total("first load", first).brotli;
    let Some(biggest) = first.iter().max_by_key(|weight| weight.brotli) else {
        bail!("the page has no files");
    };
    ensure!(
        total <= BUDGET,
        "the first load is {total} bytes with brotli, {} over the budget; the biggest file is {} with {}. If code \
         that runs at the start has changed, `cargo xtask profile` sees anew what of it can come later",
        total - BUDGET,
        biggest.name,
        biggest.brotli
    );
    Ok(())
}

fn check_embed(later: &[Weight]) -> Result<()> {
    let script = later.iter().find(|weight| weight.name == EMBED);
    let Some(Weight { gzip, .. }) = script else {
        bail!("the page has no {EMBED}");
    };
    ensure!(*gzip <= EMBED_BUDGET, "{EMBED} is {gzip} bytes with gzip, and may be {EMBED_BUDGET}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{BUDGET, EMBED, EMBED_BUDGET, Weight, brotli, check, check_embed, gzip, table};

    fn weight(name: &str, raw: usize, gzip: usize, brotli: usize) -> Weight {
        let name = name.to_owned();
        Weight { name, raw, gzip, brotli }
    }

    #[test]
    fn table_shows_the_first_load_with_its_budget_and_what_comes_later() {
        let first = [weight("app.wasm", 400, 200, 150), weight("index.html", 50, 30, 25)];
        let text = table(&first, &[weight("late.wasm", 9, 8, 7)]);
        let lines: Vec<_> = text.lines().map(str::split_whitespace).collect();
        let words: Vec<Vec<_>> = lines.into_iter().map(Iterator::collect).collect();
        assert_eq!(words[1], ["app.wasm", "400", "200", "150"]);
        assert_eq!(words[3], ["first", "load", "450", "230", "175"]);
        assert_eq!(words[4], ["budget", &BUDGET.to_string()]);
        assert_eq!(words[6], ["later", "9", "8", "7"]);
        assert_eq!(words.len(), 7);
    }

    #[test]
    fn what_other_pages_load_has_a_budget_and_must_be_there() {
        assert!(check_embed(&[weight(EMBED, 0, EMBED_BUDGET, 0)]).is_ok());
        let sentence = check_embed(&[weight(EMBED, 0, EMBED_BUDGET + 1, 0)]).unwrap_err().to_string();
        assert!(sentence.contains("embed.js is 4097 bytes"), "{sentence}");
        assert!(check_embed(&[]).is_err());
    }

    #[test]
    fn budget_allows_its_last_byte_and_no_more() {
        assert!(check(&[weight("app.wasm", 0, 0, BUDGET)]).is_ok());
        let over = [weight("a.js", 0, 0, 1), weight("app.wasm", 0, 0, BUDGET)];
        let sentence = check(&over).unwrap_err().to_string();
        assert!(sentence.contains("1 over the budget") && sentence.contains("app.wasm"));
    }

    #[test]
    fn a_page_without_files_is_no_small_page() {
        assert!(check(&[]).is_err());
    }

    #[test]
    fn compression_shrinks_repetition() {
        let bytes = b"netsplit ".repeat(500);
        assert!(gzip(&bytes).unwrap() < 200);
        assert!(brotli(&bytes).unwrap().len() < 100);
    }
}

//! `cargo xtask package`: what is handed on. The page as a folder in a zip, the page as one file, whose work is in
//! them, what they were built from, and the checksum of each. The same input gives the same bytes.

mod archive;
mod licences;
mod product;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::setup::{self, Need, Report};
use crate::workspace::Workspace;
use crate::{bundle, first_load, one_file, shell};

/// Where it all goes, relative to the root.
const FOLDER: &str = "target/package";
const CHECKSUMS: &str = "SHA256SUMS";
const LICENCES: &str = "licences.txt";
const BUILD: &str = "build.json";
/// Where the numbers of the semantics stand.
const VERSIONS: &str = "crates/netsplit-scenarios/src/versions.rs";

/// By name.
type Files = BTreeMap<String, Vec<u8>>;

/// Packs a release. `built` takes the page that is in dist/ already.
pub(crate) fn make(workspace: &Workspace, built: bool) -> Result<()> {
    if !built {
        // With what npm has, since this is the page that is published.
        setup::ensure(workspace, &[Need::NpmPackages], Report::MissingOnly)?;
        bundle::build(workspace, true)?;
    }
    let files = packed(workspace, &workspace.dist())?;
    let folder = workspace.path(FOLDER);
    // What a package before has left under another version is no part of this one.
    let _emptied = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).with_context(|| format!("could not make {FOLDER}"))?;
    for (name, bytes) in &files {
        fs::write(folder.join(name), bytes).with_context(|| format!("could not write {name}"))?;
        println!("{:>9}  {FOLDER}/{name}", bytes.len());
    }
    Ok(())
}

fn packed(workspace: &Workspace, dist: &Path) -> Result<Files> {
    ensure!(dist.join(one_file::NAME).is_file(), "there is no page to pack: `cargo xtask package` builds it");
    let (metadata, build) = (product::metadata(workspace)?, build(workspace)?);
    let version = build["version"].as_str().unwrap_or_default().to_owned();
    let mut page = first_load::read_page(dist)?;
    page.insert(LICENCES.to_owned(), licences::text(workspace, &metadata)?.into_bytes());
    page.insert(BUILD.to_owned(), format!("{build:#}\n").into_bytes());
    let mut files = Files::new();
    for name in [LICENCES, BUILD] {
        files.insert(name.to_owned(), page[name].clone());
    }
    files.insert(format!("netsplit-{version}.html"), page[one_file::NAME].clone());
    files.insert(format!("netsplit-{version}.zip"), archive::zip(&page, &format!("netsplit-{version}"))?);
    files.insert(CHECKSUMS.to_owned(), checksums(&files).into_bytes());
    Ok(files)
}

/// What it was built from. Not when: the same sources on another day are the same package.
fn build(workspace: &Workspace) -> Result<Value> {
    let versions =
        fs::read_to_string(workspace.path(VERSIONS)).with_context(|| format!("could not read {VERSIONS}"))?;
    let question = ["describe", "--always", "--dirty", "--exclude=*"];
    let commit = shell::probe(shell::command(workspace, "git")?.args(question));
    Ok(json!({
        "name": "netsplit",
        "version": env!("CARGO_PKG_VERSION"),
        "engine": number(&versions, "ENGINE")?,
        "schema": number(&versions, "SCHEMA")?,
        "commit": commit,
    }))
}

/// The value of a constant in a source text.
fn number(source: &str, name: &str) -> Result<u64> {
    let value =
        source.split_once(&format!("pub const {name}: u32 = ")).and_then(|(_, rest)| rest.split_once(';'));
    let (value, _) = value.with_context(|| format!("{VERSIONS} has no constant {name}"))?;
    value.parse().with_context(|| format!("{name} in {VERSIONS} is no number"))
}

/// As `sha256sum --check` reads it.
fn checksums(files: &Files) -> String {
    let line =
        |(name, bytes): (&String, &Vec<u8>)| format!("{}  {name}\n", HEXLOWER.encode(&Sha256::digest(bytes)));
    files.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{Files, checksums, number};

    #[test]
    fn a_line_of_checksums_is_what_sha256sum_writes() {
        let files = Files::from([("a.txt".to_owned(), b"abc".to_vec())]);
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.txt\n";
        assert_eq!(checksums(&files), expected);
    }

    #[test]
    fn a_constant_that_is_gone_is_named() {
        assert_eq!(number("pub const ENGINE: u32 = 12;", "ENGINE").unwrap(), 12);
        assert!(number("pub const ENGINE: u64 = 12;", "ENGINE").unwrap_err().to_string().contains("ENGINE"));
    }
}

//! The page as one file, for places without a server: teachers mail it, and open it from a disk.
//!
//! Scripts, style sheet and icon stand inline; the module is one piece, packed with gzip and written as text.
//! The halves of a release would only be larger together, since nothing here comes later. The policy allows these
//! very scripts and this style sheet, and no address at all but a `#src=` file that a person has confirmed.

mod page;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use data_encoding::BASE64;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::csp::{self, Place};
use crate::release;
use crate::workspace::Workspace;
use crate::{glue, halves, npm_tools, tables};
use page::Page;

/// What the file is called, beside index.html.
pub(crate) const NAME: &str = "netsplit.html";

/// The module in one piece, with the script that wasm-bindgen made for it.
pub(crate) struct Whole {
    module: Vec<u8>,
    script: String,
}

impl Whole {
    /// Read before a release is split.
    pub(crate) fn read(staging: &Path) -> Result<Self> {
        let module = release::find_module(staging)?;
        let script = release::script_of(&module);
        Ok(Self { module: read(&module)?, script: text(&script)? })
    }
}

/// Writes the page in `staging`, which is finished but for its policy, once more as one file.
pub(crate) fn write(workspace: &Workspace, staging: &Path, whole: &Whole) -> Result<()> {
    let mut page = Page::new(text(&staging.join("index.html"))?);
    page.put_scripts_inline(|name| text(&staging.join(name)))?;
    page.put_styles_inline(|name| styles(&staging.join(name)))?;
    page.put_icon_inline(|name| read(&staging.join(name)))?;
    page.drop_what_is_fetched();
    let module = halves::without_custom_sections(&whole.module, &[])?;
    page.append_module(&BASE64.encode(&gzip(&module)?));
    for (code, table) in tables::texts(workspace)? {
        page.append_words(code, &table)?;
    }
    page.append_script(&start_script(workspace, &whole.script)?)?;
    let html = csp::with_policy(&page.finish()?, Place::OneFile)?;
    let path = staging.join(NAME);
    fs::write(&path, html).with_context(|| format!("could not write {}", path.display()))
}

/// The style sheet in one piece, whether a release has cut it or not.
fn styles(path: &Path) -> Result<String> {
    let late = release::late_style(path);
    let rest = if late.exists() { text(&late)? } else { String::new() };
    Ok([text(path)?, rest].concat())
}

/// The script of wasm-bindgen and what starts it, shortened if the tool for it is there.
fn start_script(workspace: &Workspace, script: &str) -> Result<String> {
    let script = glue::for_one_file(workspace, script)?;
    if !npm_tools::are_installed(workspace) {
        return Ok(script);
    }
    let folder = workspace.path("target/one-file");
    fs::create_dir_all(&folder).context("could not make target/one-file")?;
    let path: PathBuf = folder.join("start.js");
    fs::write(&path, script).with_context(|| format!("could not write {}", path.display()))?;
    npm_tools::minify_module(workspace, &path)?;
    text(&path)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish().context("could not pack the module")
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("could not read {}", path.display()))
}

fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))
}

//! What happens to the page between Trunk's last word and dist/: less weight, sentences of other
//! languages, a security policy, the same page once more as one file, and what keeps it offline.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::csp::{self, Place};
use crate::one_file::{self, Whole};
use crate::workspace::Workspace;
use crate::{offline, release, tables};

/// Works in the staging folder that Trunk names, for `cargo xtask build` and a bare `trunk build` alike.
pub(crate) fn post_build(workspace: &Workspace) -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .context("Trunk calls this hook and says where the page is; run `cargo xtask build`")?;
    let whole = if env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        release::lighten(workspace, &staging)?
    } else {
        Whole::read(&staging)?
    };
    let page = staging.join("index.html");
    let html = fs::read_to_string(&page).with_context(|| format!("could not read {}", page.display()))?;
    let html = tables::write(workspace, &staging, &html)?;
    let html = csp::with_policy(&csp::without_comments(&html), Place::Folder)?;
    fs::write(&page, &html).with_context(|| format!("could not write {}", page.display()))?;
    one_file::write(workspace, &staging, &whole)?;
    offline::write(workspace, &staging, csp::is_in_development(&html))
}

//! What happens to the page between Trunk's last word and dist/: less weight, then a security policy.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::workspace::Workspace;
use crate::{csp, release};

/// Works in the staging folder that Trunk names, for `cargo xtask build` and a bare `trunk build` alike.
pub(crate) fn post_build(workspace: &Workspace) -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .context("Trunk calls this hook and says where the page is; run `cargo xtask build`")?;
    if env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        release::lighten(workspace, &staging)?;
    }
    let page = staging.join("index.html");
    let html = fs::read_to_string(&page).with_context(|| format!("could not read {}", page.display()))?;
    let html = csp::without_comments(&html);
    fs::write(&page, csp::with_policy(&html)?).with_context(|| format!("could not write {}", page.display()))
}

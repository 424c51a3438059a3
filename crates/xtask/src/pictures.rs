//! `cargo xtask pictures`: the README's screenshots and tour, taken from the page by a script.
//!
//! What is done and shown stands in tests/e2e/tour/. Nothing is drawn by hand, so after a change of the page the same
//! command brings its pictures up to date.

use anyhow::Result;

use crate::setup::{self, Need, Report};
use crate::workspace::Workspace;
use crate::{bundle, debian, shell};

/// Where they go, relative to the root.
const FOLDER: &str = "www/screenshots";

/// Takes them from a release. `built` takes the page that is in dist/ already.
pub(crate) fn take(workspace: &Workspace, built: bool) -> Result<()> {
    setup::ensure(workspace, &[Need::Browser], Report::MissingOnly)?;
    if !built {
        bundle::build(workspace, true)?;
    }
    let mut test = shell::command(workspace, "cargo")?;
    test.args("test --package netsplit-tests --features bench,e2e --test e2e".split(' '));
    test.args("-- tour:: --test-threads=1".split(' '));
    test.env("NETSPLIT_DIST", workspace.dist());
    test.env("NETSPLIT_PICTURES", workspace.path(FOLDER));
    test.env("CHROMEDRIVER", debian::chromedriver(workspace)?);
    shell::run(&mut test)
}

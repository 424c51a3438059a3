//! Where things are: the repository's root and the folders that the commands share.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The clone that this command works on.
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The clone whose `cargo xtask` was called: cargo says so at run time, and a moved clone stays right.
    pub(crate) fn find() -> Result<Self> {
        let manifest_dir = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest_dir
            .ancestors()
            .nth(2)
            .context("crates/xtask is not two folders below a repository's root")?;
        Ok(Self { root: root.to_owned() })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path given relative to the root, with forward slashes.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Where Trunk puts the finished page.
    pub(crate) fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// The `--root` of `cargo install`: tools belong to the clone and never touch the person's own.
    pub(crate) fn tools(&self) -> PathBuf {
        self.path("target/tools")
    }
}

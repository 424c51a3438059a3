//! The few tools that only npm carries, at the versions of package-lock.json.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::workspace::Workspace;
use crate::{debian, shell};

const LOCK: &str = "package-lock.json";

/// Whether node_modules holds every package of the lock file, at its version.
pub(crate) fn has_packages(workspace: &Workspace) -> Result<bool> {
    let wanted = locked_packages(&lock(workspace)?);
    Ok(wanted.iter().all(|(folder, version)| {
        let manifest = workspace.path(folder).join("package.json");
        read_json(&manifest).is_ok_and(|found| found["version"] == **version)
    }))
}

/// What npm has fixed the versions of.
pub(crate) fn lock(workspace: &Workspace) -> Result<Value> {
    read_json(&workspace.path(LOCK))
}

pub(crate) fn install(workspace: &Workspace) -> Result<()> {
    if shell::find(workspace, "npm").is_none() {
        println!("missing  npm, which installs them");
        debian::install(workspace, &["npm"])?;
    }
    // Neither package needs an install script, so none may run.
    let words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    shell::run(shell::command(workspace, "npm")?.args(words))
}

/// Folder and version of each package. The entry with the empty name is this repository itself.
fn locked_packages(lock: &Value) -> Vec<(String, String)> {
    let Some(packages) = lock["packages"].as_object() else {
        return Vec::new();
    };
    packages
        .iter()
        // Optional are those for other systems.
        .filter(|(_, entry)| entry["optional"] != true)
        .filter_map(|(folder, entry)| Some((folder.clone(), entry["version"].as_str()?.to_owned())))
        .filter(|(folder, _)| !folder.is_empty())
        .collect()
}

fn read_json(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))
}

#[cfg(test)]
mod tests {
    use super::locked_packages;
    use serde_json::json;

    #[test]
    fn locked_packages_are_the_folders_below_node_modules() {
        let lock = json!({ "packages": {
            "": { "name": "netsplit-tools", "version": "1.0.0" },
            "node_modules/binaryen": { "version": "132.0.0", "dev": true },
            "node_modules/@esbuild/aix-ppc64": { "version": "0.25.0", "dev": true, "optional": true },
        }});
        let binaryen = ("node_modules/binaryen".to_owned(), "132.0.0".to_owned());
        assert_eq!(locked_packages(&lock), [binaryen]);
    }
}

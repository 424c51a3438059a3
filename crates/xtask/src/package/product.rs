//! Whose code is in the product: the crates that the page is compiled from, as cargo resolves them, and what of npm
//! is not a tool.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::rust::WASM_TARGET;
use crate::shell;
use crate::workspace::Workspace;

/// What the page is compiled from.
const ROOT: &str = "netsplit-web";

/// Somebody's code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) version: String,
    /// As its author has put it: an SPDX expression.
    pub(super) licence: String,
    /// Who says to have written it; empty if nobody does.
    pub(super) authors: String,
    /// Where its files are.
    pub(super) folder: PathBuf,
}

/// What cargo says of the workspace and its dependencies for the page's target.
pub(super) fn metadata(workspace: &Workspace) -> Result<Value> {
    let mut cargo = shell::command(workspace, "cargo")?;
    cargo.args(["metadata", "--format-version", "1", "--locked", "--filter-platform", WASM_TARGET]);
    let said = shell::probe(&mut cargo).context("`cargo metadata` failed; Cargo.lock may be stale")?;
    serde_json::from_str(&said).context("`cargo metadata` did not answer in JSON")
}

/// Other people's crates in the module. Macros and build scripts run while it is built and leave nothing of
/// themselves; tests do not reach it.
pub(super) fn crates(metadata: &Value) -> Result<BTreeSet<Part>> {
    let packages = by_id(&metadata["packages"]);
    let nodes = by_id(&metadata["resolve"]["nodes"]);
    let root = packages.iter().find(|(_, package)| package["name"] == ROOT);
    let (root, _) = root.with_context(|| format!("cargo knows no {ROOT}"))?;
    let (mut seen, mut to_see) = (BTreeSet::new(), vec![*root]);
    while let Some(id) = to_see.pop() {
        let package = packages.get(id).with_context(|| format!("cargo describes no {id}"))?;
        if !is_macro(package) && seen.insert(id) {
            to_see.extend(nodes.get(id).into_iter().flat_map(|node| compiled_in(node)));
        }
    }
    // Ours have no source.
    let others = seen.into_iter().map(|id| packages[id]).filter(|package| !package["source"].is_null());
    others.map(part).collect()
}

fn by_id(list: &Value) -> BTreeMap<&str, &Value> {
    list.as_array().into_iter().flatten().filter_map(|entry| Some((entry["id"].as_str()?, entry))).collect()
}

fn is_macro(package: &Value) -> bool {
    let targets = package["targets"].as_array().into_iter().flatten();
    targets
        .flat_map(|target| target["kind"].as_array().into_iter().flatten())
        .any(|kind| kind == "proc-macro")
}

/// Dependencies of the ordinary kind, which cargo writes as none.
fn compiled_in(node: &Value) -> impl Iterator<Item = &str> {
    let ordinary =
        |dep: &&Value| dep["dep_kinds"].as_array().into_iter().flatten().any(|kind| kind["kind"].is_null());
    node["deps"].as_array().into_iter().flatten().filter(ordinary).filter_map(|dep| dep["pkg"].as_str())
}

fn part(package: &Value) -> Result<Part> {
    let text = |name: &str| {
        let value = package[name].as_str().map(str::to_owned);
        value.with_context(|| format!("{} states no {name}", package["name"]))
    };
    let manifest = PathBuf::from(text("manifest_path")?);
    let folder = manifest.parent().unwrap_or(Path::new("")).to_owned();
    // An older way to write it.
    let licence = text("license")?.replace(" / ", " OR ").replace('/', " OR ");
    let authors: Vec<_> =
        package["authors"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let authors = authors.join(", ");
    Ok(Part { name: text("name")?, version: text("version")?, licence, authors, folder })
}

/// Packages of npm that are not for development only; `lock` is package-lock.json.
pub(super) fn npm_parts(workspace: &Workspace, lock: &Value) -> BTreeSet<Part> {
    let packages = lock["packages"].as_object().into_iter().flatten();
    let in_product = packages.filter(|(folder, entry)| !folder.is_empty() && entry["dev"] != true);
    let parts = in_product.map(|(folder, entry)| Part {
        name: folder.trim_start_matches("node_modules/").to_owned(),
        version: entry["version"].as_str().unwrap_or_default().to_owned(),
        licence: entry["license"].as_str().unwrap_or_default().to_owned(),
        authors: String::new(),
        folder: workspace.path(folder),
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::crates;

    fn package(name: &str, kind: &str, source: Option<&str>) -> Value {
        json!({ "id": name, "name": name, "version": "1.0.0", "license": "MIT/Apache-2.0", "source": source,
                "manifest_path": format!("/crates/{name}/Cargo.toml"), "targets": [{ "kind": [kind] }] })
    }

    fn dependency(name: &str, kind: Option<&str>) -> Value {
        json!({ "pkg": name, "dep_kinds": [{ "kind": kind }] })
    }

    #[test]
    fn what_is_compiled_into_the_page_is_in_the_product_and_nothing_else() {
        let metadata = json!({
            "packages": [
                package("netsplit-web", "lib", None), package("used", "lib", Some("registry")),
                package("below", "lib", Some("registry")), package("derive", "proc-macro", Some("registry")),
                package("syn", "lib", Some("registry")), package("for-tests", "lib", Some("registry")),
            ],
            "resolve": { "nodes": [
                { "id": "netsplit-web", "deps": [dependency("used", None), dependency("for-tests", Some("dev"))] },
                { "id": "used", "deps": [dependency("below", None), dependency("derive", None)] },
                { "id": "derive", "deps": [dependency("syn", None)] },
            ] },
        });
        let found = crates(&metadata).unwrap();
        let names: Vec<_> = found.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["below", "used"]);
        assert!(found.iter().all(|part| part.licence == "MIT OR Apache-2.0"));
    }
}

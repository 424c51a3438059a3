//! The script that wasm-bindgen makes, changed to go with a module in two halves, or to start by itself.

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::halves::Renamed;
use crate::workspace::Workspace;

/// What joins the late half; its text goes behind the script, and so sees what the script has.
const JOINER: &str = "www/boot/late.js";
/// Stands in that text for the name of the file.
const LATE_FILE: &str = "LATE_FILE";
/// Starts the page that is one file; its text stands where the exports of the script stood.
const STARTER: &str = "www/boot/one.js";
/// Begins the program, once everything is there for it.
const START: &str = "wasm.__wbindgen_start();";
/// The page begins in one way only, so the other need not be sent.
const EXPORTS: [&str; 2] =
    ["export { initSync, __wbg_init as default };", "export { __wbg_init as default };"];

/// The script with the short names of the module's imports and exports, joined to the late half in this file.
pub(crate) fn for_halves(
    workspace: &Workspace,
    script: &str,
    Renamed { imports, exports }: &Renamed,
    late_file: &str,
) -> Result<String> {
    let joiner = read(workspace, JOINER)?;
    let mut script = replace_one(script, START, &format!("prepareLateHalf();\n{START}"))?;
    for (name, short) in exports {
        script = replace_one(&script, &format!("wasm.{name}("), &format!("wasm.{short}("))?;
    }
    for (name, short) in imports {
        // As keys of the object of imports, in whose other places no name of an import occurs.
        script = replace_one(&script, &format!("{name}: function"), &format!("{short}: function"))?;
    }
    let script = replace_one(&script, EXPORTS[0], EXPORTS[1])?;
    Ok(format!("{script}\n{}", replace_one(&joiner, LATE_FILE, late_file)?))
}

/// The script with what starts it behind it.
pub(crate) fn for_one_file(workspace: &Workspace, script: &str) -> Result<String> {
    let script = replace_one(script, EXPORTS[0], "")?;
    Ok(format!("{script}\n{}", read(workspace, STARTER)?))
}

fn read(workspace: &Workspace, path: &str) -> Result<String> {
    fs::read_to_string(workspace.path(path)).with_context(|| format!("could not read {path}"))
}

/// Replaces what must occur exactly once.
fn replace_one(text: &str, old: &str, new: &str) -> Result<String> {
    let count = text.matches(old).count();
    ensure!(
        count == 1,
        "the script of the page has `{old}` {count} times, not once; wasm-bindgen may have changed"
    );
    Ok(text.replace(old, new))
}

#[cfg(test)]
mod tests {
    use super::replace_one;

    #[test]
    fn only_what_occurs_once_is_replaced() {
        assert_eq!(replace_one("a b c", "b", "x").unwrap(), "a x c");
        assert!(replace_one("a b c", "d", "x").is_err());
        let sentence = replace_one("a b b", "b", "x").unwrap_err().to_string();
        assert!(sentence.contains("`b` 2 times"), "{sentence}");
    }
}

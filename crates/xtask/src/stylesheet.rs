//! One style sheet from many small files, because Trunk follows no `@import` and one file loads sooner.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::workspace::Workspace;

/// In the order of the cascade; www/components/ follows, sorted by name, what comes [late](LATE) at the end.
const FIRST: [&str; 3] = ["www/tokens.css", "www/base.css", "www/boot/boot.css"];
const COMPONENTS: &str = "www/components";
/// What nobody sees before the first movement: dialogs, menus, and panels whose content comes late.
const LATE: [&str; 12] = [
    "dialog",
    "forced",
    "gallery",
    "help",
    "history",
    "lesson",
    "menu",
    "metrics",
    "partition",
    "picture",
    "spacetime",
    "why",
];
/// Stands where a release cuts the style sheet in two.
pub(crate) const CUT: &str = "/* late */";
const OUTPUT: &str = "target/www/netsplit.css";

/// Writes the style sheet that index.html links, unless it is already right: a new time stamp would wake
/// whoever watches it.
pub(crate) fn write(workspace: &Workspace) -> Result<()> {
    let mut css = String::new();
    let (late, first): (Vec<_>, Vec<_>) = sources(workspace)?.into_iter().partition(|path| is_late(path));
    append(&mut css, &first)?;
    css.push_str(CUT);
    append(&mut css, &late)?;
    let output = workspace.path(OUTPUT);
    if fs::read_to_string(&output).is_ok_and(|present| present == css) {
        return Ok(());
    }
    fs::create_dir_all(output.parent().unwrap_or(workspace.root()))?;
    fs::write(&output, css).with_context(|| format!("could not write {}", output.display()))
}

fn append(css: &mut String, paths: &[PathBuf]) -> Result<()> {
    for path in paths {
        let text = fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
        css.push_str(&without_comments(&text));
    }
    Ok(())
}

fn is_late(path: &Path) -> bool {
    path.file_stem().and_then(|name| name.to_str()).is_some_and(|name| LATE.contains(&name))
}

fn sources(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let mut paths: Vec<_> = FIRST.iter().map(|name| workspace.path(name)).collect();
    paths.extend(style_sheets_in(&workspace.path(COMPONENTS))?);
    Ok(paths)
}

/// Sorted, since the order of rules decides between equals and a folder has no order of its own.
fn style_sheets_in(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "css") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Comments are for the reader of the source; a visitor need not load them. Strings stay as they are.
fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (before, special) = rest.split_at(at);
        kept.push_str(before);
        let (token, after) = special.split_at(token_length(special));
        if !token.starts_with("/*") {
            kept.push_str(token);
        }
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// How much of `text` the comment, string or single slash at its start takes.
fn token_length(text: &str) -> usize {
    if let Some(comment) = text.strip_prefix("/*") {
        return comment.find("*/").map_or(text.len(), |end| end + 4);
    }
    let quote = text.as_bytes()[0];
    if quote == b'/' {
        return 1;
    }
    let mut escaped = false;
    for (index, byte) in text.bytes().enumerate().skip(1) {
        if byte == quote && !escaped {
            return index + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{LATE, is_late, without_comments};

    #[test]
    fn what_comes_late_is_there() {
        let components = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/components");
        for name in LATE {
            assert!(components.join(name).with_extension("css").exists(), "{name}");
        }
        assert!(is_late(Path::new("www/components/gallery.css")));
        assert!(!is_late(Path::new("www/components/stage.css")));
    }

    #[test]
    fn comments_go_and_rules_stay() {
        assert_eq!(without_comments("a{}/* one */b{}/**/c{}"), "a{}b{}c{}");
        assert_eq!(without_comments("font: 1rem / 1.4 x; /* open"), "font: 1rem / 1.4 x; ");
    }

    #[test]
    fn what_looks_like_a_comment_in_a_string_stays() {
        let string = r#"content: "/* \" */"; mask: url('a/*b*/')"#;
        assert_eq!(without_comments(string), string);
    }
}

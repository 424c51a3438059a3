//! Which files of the page a browser fetches before anyone has touched anything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::release::LATE_MARK;

/// Every file of the page: its path below dist/, with forward slashes, and its bytes.
pub(crate) type Page = BTreeMap<String, Vec<u8>>;

pub(crate) fn read_page(dist: &Path) -> Result<Page> {
    let mut page = Page::new();
    read_folder(dist, dist, &mut page)
        .with_context(|| format!("could not read the page in {}", dist.display()))?;
    Ok(page)
}

fn read_folder(dist: &Path, folder: &Path, page: &mut Page) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_folder(dist, &path, page)?;
        } else {
            let name = path.strip_prefix(dist)?.to_string_lossy().replace('\\', "/");
            page.insert(name, fs::read(&path)?);
        }
    }
    Ok(())
}

/// index.html and whatever it, its scripts or its style sheets name, unless the name says that it comes later.
/// File names carry hashes, so that a name found in a text is a reference and no accident.
pub(crate) fn names(page: &Page) -> BTreeSet<&str> {
    let mut loaded = BTreeSet::new();
    let mut to_read = vec!["index.html"];
    while let Some(name) = to_read.pop() {
        let Some((name, bytes)) = page.get_key_value(name) else {
            continue;
        };
        if loaded.insert(name.as_str()) && is_text(name) {
            let text = String::from_utf8_lossy(bytes);
            let named = page.keys().map(String::as_str).filter(|other| text.contains(*other));
            to_read.extend(named.filter(|other| !other.contains(LATE_MARK)));
        }
    }
    loaded
}

/// The other files: they come after the first movement, or when they are asked for.
pub(crate) fn later_names(page: &Page) -> BTreeSet<&str> {
    let first = names(page);
    page.keys().map(String::as_str).filter(|name| !first.contains(name)).collect()
}

fn is_text(name: &str) -> bool {
    [".html", ".js", ".css"].iter().any(|extension| name.ends_with(extension))
}

#[cfg(test)]
mod tests {
    use super::{Page, later_names, names};

    fn page(files: &[(&str, &str)]) -> Page {
        files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn first_load_follows_references_and_leaves_the_rest() {
        let page = page(&[
            ("index.html", "<script>import './app-1.js'</script>"),
            ("app-1.js", "import './snippets/x-2.js'; fetch('app-1_bg.wasm'); later('app-1_late.wasm')"),
            ("snippets/x-2.js", ""),
            ("app-1_bg.wasm", "names later-3.json"),
            ("app-1_late.wasm", ""),
            ("later-3.json", "{}"),
        ]);
        let expected = ["app-1.js", "app-1_bg.wasm", "index.html", "snippets/x-2.js"];
        assert!(names(&page).into_iter().eq(expected));
        assert!(later_names(&page).into_iter().eq(["app-1_late.wasm", "later-3.json"]));
    }

    #[test]
    fn a_page_without_index_loads_nothing() {
        assert!(names(&page(&[("app.js", "")])).is_empty());
    }
}

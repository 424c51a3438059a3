//! The text of index.html on its way to stand alone: each element that names a file is replaced by that file.

use anyhow::{Context, Result, ensure};
use data_encoding::BASE64;

/// A page under way.
pub(super) struct Page {
    html: String,
}

impl Page {
    pub(super) fn new(html: String) -> Self {
        Self { html }
    }

    /// Scripts that are files become inline ones, in their places.
    pub(super) fn put_scripts_inline(&mut self, read: impl Fn(&str) -> Result<String>) -> Result<()> {
        self.replace_each("<script src=", "</script>", |element| {
            let script = read(&file_in(element, "src")?)?;
            refuse_end(&script, "</script")?;
            Ok(format!("<script>{script}</script>"))
        })
    }

    pub(super) fn put_styles_inline(&mut self, read: impl Fn(&str) -> Result<String>) -> Result<()> {
        self.replace_each("<link rel=\"stylesheet\"", ">", |element| {
            let style = read(&file_in(element, "href")?)?;
            refuse_end(&style, "</style")?;
            Ok(format!("<style>{style}</style>"))
        })
    }

    /// The icon in the bar of the browser's tabs; those of an installed page are of no use here.
    pub(super) fn put_icon_inline(&mut self, read: impl Fn(&str) -> Result<Vec<u8>>) -> Result<()> {
        self.replace_each("<link rel=\"icon\"", ">", |element| {
            let icon = BASE64.encode(&read(&file_in(element, "href")?)?);
            Ok(format!("<link rel=\"icon\" href=\"data:image/svg+xml;base64,{icon}\">"))
        })
    }

    /// The start script and whatever hastens or describes the files that it loads.
    pub(super) fn drop_what_is_fetched(&mut self) {
        self.remove_each("<script type=\"module\">", "</script>");
        for what in ["modulepreload", "preload", "manifest", "apple-touch-icon"] {
            self.remove_each(&format!("<link rel=\"{what}\""), ">");
        }
    }

    /// Not a script to the browser: its type is none that runs.
    pub(super) fn append_module(&mut self, packed: &str) {
        self.append(&format!(
            "<script type=\"application/octet-stream\" id=\"netsplit-module\">{packed}</script>"
        ));
    }

    /// The sentences of a language, where www/boot/boot.js looks for them before it asks the site.
    pub(super) fn append_words(&mut self, code: &str, table: &str) -> Result<()> {
        refuse_end(table, "</script")?;
        self.append(&format!(
            "<script type=\"application/json\" id=\"netsplit-words-{code}\">{table}</script>"
        ));
        Ok(())
    }

    pub(super) fn append_script(&mut self, script: &str) -> Result<()> {
        refuse_end(script, "</script")?;
        self.append(&format!("<script type=\"module\">{script}</script>"));
        Ok(())
    }

    /// The text, if it names no file any more.
    pub(super) fn finish(self) -> Result<String> {
        for reference in ["src=\"./", "href=\"./"] {
            ensure!(
                !self.html.contains(reference),
                "index.html has an element with `{reference}…` that the page in one file knows nothing of"
            );
        }
        Ok(self.html)
    }

    /// At the end of the body, so that the shell is painted before.
    fn append(&mut self, element: &str) {
        let end = self.html.rfind("</body>").unwrap_or(self.html.len());
        self.html.insert_str(end, element);
    }

    fn remove_each(&mut self, opening: &str, closing: &str) {
        let removed = self.replace_each(opening, closing, |_| Ok(String::new()));
        debug_assert!(removed.is_ok(), "what puts nothing there cannot fail");
    }

    /// Replaces every element that begins and ends so.
    fn replace_each(
        &mut self,
        opening: &str,
        closing: &str,
        by: impl Fn(&str) -> Result<String>,
    ) -> Result<()> {
        let mut done = String::with_capacity(self.html.len());
        let mut rest = self.html.as_str();
        while let Some((before, element, after)) = element_in(rest, opening, closing) {
            done.push_str(before);
            done.push_str(&by(element)?);
            rest = after;
        }
        done.push_str(rest);
        self.html = done;
        Ok(())
    }
}

/// The first such element, what stands before it and what behind.
fn element_in<'a>(html: &'a str, opening: &str, closing: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let start = html.find(opening)?;
    let end = start + html[start..].find(closing)? + closing.len();
    Some((&html[..start], &html[start..end], &html[end..]))
}

/// The file that an attribute names, relative to the page.
fn file_in(element: &str, attribute: &str) -> Result<String> {
    let value = element.split_once(&format!("{attribute}=\"")).and_then(|(_, rest)| rest.split_once('"'));
    let (value, _) = value.with_context(|| format!("`{element}` has no {attribute}"))?;
    Ok(value.trim_start_matches("./").to_owned())
}

/// What is put inline must not end the element that it stands in.
fn refuse_end(text: &str, end: &str) -> Result<()> {
    ensure!(!text.to_ascii_lowercase().contains(end), "a file to be put inline contains `{end}`");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Page;

    const INDEX: &str = "<head><script src=\"./boot-1.js\"></script>\
        <link rel=\"stylesheet\" href=\"./a-2.css\"/><link rel=\"icon\" href=\"./i.svg\"/>\
        <script type=\"module\">import './app.js'</script><link rel=\"preload\" href=\"./app.wasm\"></head>\
        <body><div id=\"app\"></div></body>";

    fn one(read: impl Fn(&str) -> String) -> anyhow::Result<String> {
        let mut page = Page::new(INDEX.to_owned());
        page.put_scripts_inline(|name| Ok(read(name)))?;
        page.put_styles_inline(|name| Ok(read(name)))?;
        page.put_icon_inline(|name| Ok(read(name).into_bytes()))?;
        page.drop_what_is_fetched();
        page.append_module("AGFzbQ==");
        page.append_words("de", "Play\tAbspielen")?;
        page.append_script("start()")?;
        page.finish()
    }

    #[test]
    fn what_was_a_file_stands_inline_and_what_loads_the_rest_is_gone() {
        let html = one(|name| format!("[{name}]")).unwrap();
        assert!(
            html.starts_with("<head><script>[boot-1.js]</script><style>[a-2.css]</style><link rel=\"icon\"")
        );
        assert!(!html.contains("app.js") && !html.contains("app.wasm"), "{html}");
        let in_order = ["AGFzbQ==", "netsplit-words-de", "start()", "</body>"];
        assert!(in_order.map(|text| html.find(text).unwrap()).is_sorted(), "{html}");
    }

    #[test]
    fn a_script_that_would_end_its_own_element_is_refused() {
        let sentence = one(|_| "'</SCRIPT>'".to_owned()).unwrap_err().to_string();
        assert!(sentence.contains("</script"), "{sentence}");
    }

    #[test]
    fn an_element_that_still_names_a_file_is_refused() {
        let page = Page::new("<img src=\"./late.png\">".to_owned());
        assert!(page.finish().unwrap_err().to_string().contains("src"));
    }
}

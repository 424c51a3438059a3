//! The content security policy: a meta element that allows exactly the inline scripts and styles the page has.
//!
//! Trunk emits the start script inline, and a static host can set no header, so its hash stands in the page.

use anyhow::{Context, Result};
use data_encoding::BASE64;
use sha2::{Digest, Sha256};

const META: &str = r#"<meta http-equiv="Content-Security-Policy""#;

/// Begins each value that Trunk's development server fills in.
const PLACEHOLDER: &str = "{{__TRUNK_";

/// The data blocks of a page are no scripts, and no policy judges them.
const DATA: &str = "application/";

/// What a page may load, beside what stands in it.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Place {
    /// The files of its own site.
    Folder,
    /// No file at all: there may be none that it could reach.
    OneFile,
}

impl Place {
    /// Every directive but those for scripts and styles. `https:` is for the `#src=` file that a person has
    /// confirmed, `data:` and `blob:` for exported pictures. A meta element cannot say `frame-ancestors`, and
    /// embedding is wanted anyway.
    fn others(self) -> &'static str {
        match self {
            Self::Folder => {
                "img-src 'self' data: blob:; connect-src 'self' https:; font-src 'self'; manifest-src 'self'; \
                 base-uri 'none'; form-action 'none'"
            }
            Self::OneFile => "img-src data: blob:; connect-src https:; base-uri 'none'; form-action 'none'",
        }
    }

    fn own_files(self) -> &'static str {
        match self {
            Self::Folder => " 'self'",
            Self::OneFile => "",
        }
    }
}

/// The page with its policy, placed before everything that the policy judges.
pub(crate) fn with_policy(html: &str, place: Place) -> Result<String> {
    let html = without_policy(html);
    let charset = html
        .find("<meta charset")
        .context("index.html has no <meta charset>, behind which the policy is written")?;
    let end = charset + html[charset..].find('>').context("<meta charset> has no end")? + 1;
    let (before, after) = html.split_at(end);
    let policy = policy(&html, place);
    Ok(format!("{before}\n{META} content=\"{policy}\">{after}"))
}

fn policy(html: &str, place: Place) -> String {
    let scripts = allowance(&inline(html, "script"));
    let styles = allowance(&inline(html, "style"));
    let (own, others) = (place.own_files(), place.others());
    format!(
        "default-src 'none'; script-src{own} 'wasm-unsafe-eval'{scripts}; style-src{own}{styles}; {others}"
    )
}

/// Whether Trunk's development server will fill something into the page at each request.
pub(crate) fn is_in_development(html: &str) -> bool {
    html.contains(PLACEHOLDER)
}

/// What lets exactly these scripts run, or these styles count. `trunk serve` fills placeholders into its reload script at each request,
/// so no hash can be right there; that page is never published, and the other directives still apply to it.
fn allowance(scripts: &[&str]) -> String {
    if scripts.iter().any(|script| is_in_development(script)) {
        return " 'unsafe-inline'".to_owned();
    }
    scripts.iter().map(|script| format!(" '{}'", hash(script))).collect()
}

/// The hash source of one inline script. Browsers hash the text after reading line ends as `\n`.
fn hash(script: &str) -> String {
    let script = script.replace("\r\n", "\n");
    format!("sha256-{}", BASE64.encode(&Sha256::digest(script)))
}

/// The text of each element of this name that has no `src` and is no data. Trunk and index.html write tags in lower
/// case.
fn inline<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let (opening, closing) = (format!("<{name}"), format!("</{name}>"));
    let mut texts = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find(&opening) {
        let element = &rest[start..];
        let Some((tag, content)) = element.split_once('>') else {
            break;
        };
        let Some((text, after)) = content.split_once(&closing) else {
            break;
        };
        if !has_attribute(tag, "src") && !tag.contains(DATA) {
            texts.push(text);
        }
        rest = after;
    }
    texts
}

fn has_attribute(tag: &str, name: &str) -> bool {
    tag.split_whitespace().any(|word| word.split('=').next() == Some(name))
}

/// The page as a visitor needs it. None of its scripts contains what looks like a comment.
pub(crate) fn without_comments(html: &str) -> String {
    let mut pieces = html.split("<!--");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |kept, piece| match piece.split_once("-->") {
        Some((_, after)) => format!("{}{after}", kept.trim_end()),
        None => kept,
    })
}

/// A page that was already treated is treated anew.
fn without_policy(html: &str) -> String {
    let Some((before, rest)) = html.split_once(META) else {
        return html.to_owned();
    };
    let after = rest.split_once('>').map_or("", |(_, after)| after);
    format!("{}{after}", before.trim_end_matches('\n'))
}

#[cfg(test)]
mod tests {
    use super::{Place, hash, inline, without_comments};

    const PAGE: &str = "<head><meta charset=\"utf-8\">\n<script src=\"boot.js\"></script></head>\
                        <script type=\"module\">\nlet a = 1 > 0;\n</script>";

    fn with_policy(html: &str) -> anyhow::Result<String> {
        super::with_policy(html, Place::Folder)
    }

    #[test]
    fn hash_is_that_of_the_specification_example() {
        // CSP level 3, §8.3: the hash of `alert('Hello, world.');`.
        let expected = "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=";
        assert_eq!(hash("alert('Hello, world.');"), expected);
    }

    #[test]
    fn hash_does_not_depend_on_how_lines_end() {
        assert_eq!(hash("a\r\nb\r\n"), hash("a\nb\n"));
        assert_ne!(hash("a\nb\n"), hash("ab"));
    }

    #[test]
    fn only_scripts_without_src_are_inline() {
        assert_eq!(inline(PAGE, "script"), ["\nlet a = 1 > 0;\n"]);
        assert_eq!(inline("<script data-src=x>y</script>", "script"), ["y"]);
        assert_eq!(inline("<script type=\"application/json\">{}</script>", "script"), [""; 0]);
        assert_eq!(inline("<p>no script</p>", "script"), [""; 0]);
    }

    #[test]
    fn policy_stands_before_the_first_script_and_allows_the_inline_one() {
        let page = with_policy(PAGE).unwrap();
        let policy = page.find("Content-Security-Policy").unwrap();
        assert!(policy < page.find("<script").unwrap());
        assert!(page.contains(&hash("\nlet a = 1 > 0;\n")));
        assert!(page.contains("default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-"));
    }

    #[test]
    fn only_a_page_in_development_allows_any_inline_script() {
        let development = format!("{PAGE}<script>let at = '{{{{__TRUNK_ADDRESS__}}}}';</script>");
        assert!(with_policy(&development).unwrap().contains("'wasm-unsafe-eval' 'unsafe-inline';"));
        assert!(!with_policy(PAGE).unwrap().contains("unsafe-inline"));
    }

    #[test]
    fn a_page_in_one_file_may_load_no_file_and_allows_its_own_styles() {
        let page = super::with_policy(&format!("{PAGE}<style>a{{}}</style>"), Place::OneFile).unwrap();
        let policy = page.split_once("content=\"").unwrap().1.split_once('"').unwrap().0;
        assert!(!policy.contains("'self'"), "{policy}");
        assert!(policy.contains(&format!("style-src '{}';", hash("a{}"))), "{policy}");
        assert!(super::with_policy(PAGE, Place::Folder).unwrap().contains("style-src 'self';"));
    }

    #[test]
    fn comments_are_not_for_visitors() {
        assert_eq!(without_comments("<a>\n<!-- b -->\n<c><!-- d --><e>"), "<a>\n<c><e>");
        assert_eq!(without_comments(PAGE), PAGE);
    }

    #[test]
    fn treating_a_page_twice_changes_nothing() {
        let once = with_policy(PAGE).unwrap();
        assert_eq!(with_policy(&once).unwrap(), once);
    }

    #[test]
    fn a_page_without_charset_is_refused() {
        assert!(with_policy("<head></head>").is_err());
    }
}

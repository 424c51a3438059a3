//! What a text is that somebody drops, chooses or pastes: told by its content, not by its name.

use netsplit_formats::trace;
use netsplit_view::picture::caption;
use netsplit_words::say;

use crate::history::bring;
use crate::msg::{Msg, Origin};

/// What a text asks for. What is not understood is said in a sentence, and the page stays as it is.
pub fn asked(name: Option<&str>, text: &str) -> Msg {
    let text = text.trim_start_matches('\u{feff}').trim();
    let refused = |sentence: String| {
        let named = name.map(|name| say!("{name} was not opened.", name));
        let parts: Vec<&str> =
            named.as_deref().into_iter().chain([&*sentence, say!("The page is as it was.")]).collect();
        Msg::Warn(parts.join(" "))
    };
    if let Some(msg) = picture(text) {
        return msg.unwrap_or_else(|| {
            refused(say!("This picture does not name the run that it shows: only pictures saved by this page or by the command line, with their caption, do.").to_owned())
        });
    }
    if is_trace(text) {
        return recorded(text).unwrap_or_else(refused);
    }
    if let Some(sentence) = only_written(text) {
        return refused(sentence.to_owned());
    }
    if let Some(history) = bring::asked(name, text) {
        return history;
    }
    if text.starts_with('{') {
        return Msg::OpenDocument { text: text.to_owned(), fragment: "#".to_owned() };
    }
    match link(text) {
        Some(fragment) => Msg::Open(fragment, Origin::Inside),
        None => refused(say!("Line 1 is neither a link of this page nor the beginning of a document, a trace, a history or a picture of it: a link has a # in it, a document begins with an opening brace, a trace with the run, a history with [ or with a brace and a colon, a picture with <svg.").to_owned()),
    }
}

/// A picture, and the run that it names.
fn picture(text: &str) -> Option<Option<Msg>> {
    if !text.starts_with('<') || !text.contains("<svg") {
        return None;
    }
    let fragment = caption::link_in(text).as_deref().and_then(link);
    Some(fragment.map(|fragment| Msg::Open(fragment, Origin::Inside)))
}

/// The fragment of a link, whole or without its beginning.
fn link(text: &str) -> Option<String> {
    let one_line = text.lines().count() <= 1;
    let bare = ["scenario=", "s=", "src=", "lesson="].iter().any(|item| text.starts_with(item));
    match text.split_once('#') {
        Some((_, fragment)) if one_line => Some(["#", fragment].concat()),
        None if bare && one_line => Some(["#", text].concat()),
        _ => None,
    }
}

/// The first line of a trace is an object that says so.
fn is_trace(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let first = first.strip_prefix('{').map(str::trim_start);
    first.is_some_and(|first| first.starts_with("\"trace\""))
}

/// The run of a trace, at the step where it ends.
fn recorded(text: &str) -> Result<Msg, String> {
    let recorded = trace::read(text.as_bytes()).map_err(|error| {
        let reason = error.to_string();
        say!("It is a trace that cannot be read: {reason}.", reason)
    })?;
    let fragment = ["#step=", &recorded.steps.0.to_string()].concat();
    Ok(Msg::OpenDocument { text: recorded.record.to_json(), fragment })
}

/// What this page writes for others and nobody can run again.
fn only_written(text: &str) -> Option<&'static str> {
    let is_log = text.starts_with("(?<") || text.lines().nth(1).is_some_and(is_clocked);
    if is_log {
        return Some(say!(
            "It is a log with vector clocks, which tells what happened and not how to run it again: drop the trace (JSON lines) or the link of the same run instead."
        ));
    }
    if text.starts_with("sequenceDiagram") {
        return Some(say!(
            "It is a sequence diagram, which tells what happened and not how to run it again: drop the trace (JSON lines) or the link of the same run instead."
        ));
    }
    text.starts_with("{\"Partitions\"").then(|| {
        say!("It is a history for Porcupine's page, which this one only writes: drop the same history as EDN instead.")
    })
}

/// A host and its vector clock: `n1 {"n1":4}`.
fn is_clocked(line: &str) -> bool {
    let clock = line.split_once(' ').map(|(_, clock)| clock);
    clock.is_some_and(|clock| clock.starts_with("{\"") && clock.ends_with('}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(fragment: &str) -> Msg {
        Msg::Open(fragment.to_owned(), Origin::Inside)
    }

    fn refusal(text: &str) -> String {
        match asked(Some("x.txt"), text) {
            Msg::Warn(sentence) => sentence,
            other => panic!("{text} was taken for {other:?}"),
        }
    }

    #[test]
    fn links_fragments_and_documents_are_told_apart() {
        assert_eq!(asked(None, "https://x.y/z?theme=dark#s=j1.a.b"), open("#s=j1.a.b"));
        assert_eq!(asked(None, " scenario=a/b\n"), open("#scenario=a/b"));
        assert!(
            matches!(asked(None, "{\"schema\":1}"), Msg::OpenDocument { text, .. } if text == "{\"schema\":1}")
        );
    }

    #[test]
    fn a_picture_opens_the_run_that_it_names() {
        let svg = |inside: &str| format!("<svg xmlns=\"x\"><metadata>{inside}</metadata></svg>");
        let named =
            svg("<run xmlns=\"urn:netsplit:run\" link=\"https://a.b/#scenario=c/d&amp;step=3\" seed=\"1\"/>");
        assert_eq!(asked(None, &named), open("#scenario=c/d&step=3"));
        assert!(refusal(&svg("")).contains("does not name the run"));
    }

    #[test]
    fn what_cannot_be_run_again_is_refused_with_a_way_out() {
        for text in ["(?<event>.*)\n\nx\nn1 {\"n1\":1}", "boot\nn1 {\"n1\":1}", "sequenceDiagram\n"] {
            assert!(refusal(text).contains("drop the trace"), "{text}");
        }
        assert!(refusal("{\"Partitions\":[]}").contains("EDN"));
    }

    #[test]
    fn what_is_nothing_of_ours_is_refused_by_name_and_the_page_stays() {
        let sentence = refusal("hello");
        assert!(sentence.starts_with("x.txt was not opened. Line 1"), "{sentence}");
        assert!(sentence.ends_with("The page is as it was."), "{sentence}");
        assert!(refusal("{\"trace\":99}\n").contains("line 1"));
    }
}

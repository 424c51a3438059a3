//! Sentences of notes, and values, keys and nodes as people read them.

use netsplit_words::say;

use crate::history::Value;
use crate::id::NodeId;
use crate::note::Note;
use crate::time::SimDuration;

use super::About;

impl About {
    /// The sentence of a note.
    pub fn sentence(&self, note: &Note) -> String {
        render(self.rules[usize::from(note.rule)].sentence, &note.args)
    }
}

/// A value of a history as a note's argument, for `{value}`.
pub fn value_arg(value: Value) -> u64 {
    match value {
        Value::Absent => 0,
        Value::Number(number) => (number as u64).wrapping_add(1),
    }
}

/// A value as people read it: the first 26 numbers are letters, so that `x = D` fits a log cell.
pub fn shown_value(value: Value) -> String {
    match value {
        Value::Absent => say!("nothing").to_owned(),
        Value::Number(n @ 1..=26) => char::from(b'A' + (n - 1) as u8).to_string(),
        Value::Number(n) => n.to_string(),
    }
}

/// A value as a number, where it is one to reckon with and no letter would do.
pub fn shown_number(value: Value) -> String {
    match value {
        Value::Absent => say!("nothing").to_owned(),
        Value::Number(n) => n.to_string(),
    }
}

/// A key as people read it: x, y, z, then k3, k4, …
pub fn shown_key(key: u32) -> String {
    match key {
        0 => "x".to_owned(),
        1 => "y".to_owned(),
        2 => "z".to_owned(),
        _ => format!("k{key}"),
    }
}

/// Fills a sentence's placeholders with a note's values, in order, or by their places: `{2 node}`.
fn render(sentence: &str, args: &[u64; 4]) -> String {
    let mut text = String::with_capacity(sentence.len() + 8);
    let mut rest = sentence;
    let mut next = 0;
    while let Some((before, after)) = rest.split_once('{') {
        let (form, after) = after.split_once('}').expect("a rule's placeholder is closed");
        let (place, form) = placed(form).unwrap_or((next, form));
        text.push_str(before);
        // A rule has at most four placeholders; a pseudo-language that says it twice begins anew.
        text.push_str(&shown_arg(form, args[place % args.len()]));
        rest = after;
        next += 1;
    }
    text + rest
}

/// The place, from zero, that a translation's placeholder names before its form.
fn placed(form: &str) -> Option<(usize, &str)> {
    let (place, form) = form.split_once(' ')?;
    Some((place.parse::<usize>().ok()?.checked_sub(1)?, form))
}

fn shown_arg(form: &str, arg: u64) -> String {
    match form {
        "n" => arg.to_string(),
        "int" => (arg as i64).to_string(),
        "node" => NodeId::from_raw(arg as u16).to_string(),
        "key" => shown_key(arg as u32),
        "value" => match arg.checked_sub(1) {
            None => shown_value(Value::Absent),
            Some(number) => shown_value(Value::Number(number as i64)),
        },
        "ns" => SimDuration(arg).to_string(),
        _ => unreachable!("no placeholder is called {form}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::{int, node};

    #[test]
    fn placeholders_are_filled_in_order() {
        let args = Note::new(0, [node(NodeId::server(3)), 3, 0, 407_000_000]).args;
        let text = render("{node} wants term {n}, key {key}, after {ns}.", &args);
        assert_eq!(text, "n4 wants term 3, key x, after 407 ms.");
        assert_eq!(render("Den Term {2 n} will {1 node}.", &args), "Den Term 3 will n4.");
    }

    #[test]
    fn small_numbers_are_letters() {
        assert_eq!(shown_arg("value", value_arg(Value::Number(4))), "D");
        assert_eq!(shown_arg("value", value_arg(Value::Number(-3))), "-3");
        assert_eq!(shown_arg("value", value_arg(Value::Absent)), "nothing");
    }

    #[test]
    fn a_count_is_a_number_however_small_and_below_zero_too() {
        assert_eq!([1, -1].map(|count| shown_arg("int", int(count))), ["1", "-1"]);
    }
}

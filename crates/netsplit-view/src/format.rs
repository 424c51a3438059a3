//! Numbers, times and lists as people read them.

use netsplit_sim::describe::{shown_key, shown_number, shown_value};
use netsplit_sim::history::{Function, OpRow, Operation, Outcome, Value};
use netsplit_sim::id::NodeId;
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_words::{language, say, told, word};

/// A point in time: `1.284 s`.
pub fn time(at: SimTime) -> String {
    at.to_string()
}

/// A length of time in the unit a person would choose: `407 ms`.
pub fn duration(length: SimDuration) -> String {
    length.to_string()
}

/// How long an operation took: `0.73 s`, or milliseconds below a tenth of a second.
pub fn elapsed(length: SimDuration) -> String {
    if length < SimDuration::from_millis(100) {
        return duration(length);
    }
    let (hundredths, mark) = (length.0 / 10_000_000, language().decimal);
    format!("{}{mark}{:02} s", hundredths / 100, hundredths % 100)
}

/// Parts per million as a percentage: `12.5 %`.
pub fn percent(ppm: u32) -> String {
    let mark = language().decimal;
    let digits = format!("{}{mark}{:04}", ppm / 10_000, ppm % 10_000);
    format!("{} %", digits.trim_end_matches('0').trim_end_matches(mark))
}

/// A number with a part, with the mark of the reader's language: `0.5`.
pub fn decimal(number: impl std::fmt::Display) -> String {
    number.to_string().replace('.', language().decimal.encode_utf8(&mut [0; 4]))
}

/// A number with its noun: `1 event`, `412 events`, `12,000 events`.
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// A number with commas between thousands, or what the reader's language has there.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(language().group);
        }
        text.push(digit);
    }
    text
}

/// Small numbers as words, as sentences want them: `two`, then `13`.
pub fn in_words(number: usize) -> String {
    const WORDS: [&str; 13] = [
        word!("none"),
        word!("one"),
        word!("two"),
        word!("three"),
        word!("four"),
        word!("five"),
        word!("six"),
        word!("seven"),
        word!("eight"),
        word!("nine"),
        word!("ten"),
        word!("eleven"),
        word!("twelve"),
    ];
    WORDS.get(number).map_or_else(|| grouped(number as u64), |word| told(word).to_owned())
}

/// Names in a row: `n1, n5, c1`.
pub fn names(nodes: impl IntoIterator<Item = NodeId>) -> String {
    nodes.into_iter().map(|id| id.to_string()).collect::<Vec<_>>().join(", ")
}

/// Names as a sentence joins them: `n1, n5 and c1`.
pub fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => say!("{first} and {last}", first = first.join(", "), last),
    }
}

/// An operation: `x=D`, `read x`, `x: C→D`.
pub fn operation(operation: &Operation) -> String {
    let (key, value) = (shown_key(operation.key), shown_value(operation.value));
    let number = || shown_number(operation.value);
    let asked = match operation.function {
        Function::Read => say!("read {key}", key),
        Function::Write => format!("{key}={value}"),
        Function::Cas => format!("{key}: {}→{value}", shown_value(operation.expected)),
        Function::Add if matches!(operation.value, Value::Number(..0)) => {
            format!("{key} {}", number().replacen('-', "−", 1))
        }
        Function::Add => format!("{key} +{}", number()),
        Function::Remove => say!("{key} without {number}", key, number = number()),
    };
    operation.replicas.map_or(asked.clone(), |replicas| say!("{asked} by {replicas}", asked, replicas))
}

/// What kind of operation it is, as a noun: `write`.
pub fn function(function: Function) -> &'static str {
    match function {
        Function::Read => say!("read"),
        Function::Write => say!("write"),
        Function::Cas => say!("compare-and-set"),
        Function::Add => say!("addition"),
        Function::Remove => say!("removal"),
    }
}

/// Whether the clients of a run count: what they add up and read then is a number, and no letter stands for
/// it. The first update tells; so many operations are looked at.
pub fn counts(rows: &[OpRow]) -> bool {
    const LOOKED_AT: usize = 64;
    let mut updates = rows.iter().take(LOOKED_AT).filter(|row| row.operation.function != Function::Read);
    updates.next().is_some_and(|row| row.operation.function == Function::Add)
}

/// An operation with its answer: `x=D ✓`, `read x ✓ D`, `x=D ✗`, `x=D ?`; where clients
/// [count](counts), `read x ✓ 4`.
pub fn answered(asked: &Operation, outcome: Outcome, counts: bool) -> String {
    let asked_text = operation(asked);
    match outcome {
        Outcome::Ok(value) if asked.function == Function::Read => {
            let shown = if counts { shown_number(value) } else { shown_value(value) };
            format!("{asked_text} ✓ {shown}")
        }
        Outcome::Many(numbers) if counts => {
            let shown: Vec<_> = numbers.iter().map(i64::to_string).collect();
            format!("{asked_text} ✓ {{{}}}", shown.join(", "))
        }
        Outcome::Many(numbers) => format!("{asked_text} ✓ {}", shown_numbers(&numbers)),
        Outcome::Ok(_) => format!("{asked_text} ✓"),
        Outcome::Fail => format!("{asked_text} ✗"),
        Outcome::Info => format!("{asked_text} ?"),
    }
}

/// Several values side by side: `A | C`; of an empty set `none`.
pub fn shown_numbers(numbers: &[i64]) -> String {
    let shown: Vec<_> = numbers.iter().map(|number| shown_value(Value::Number(*number))).collect();
    if shown.is_empty() { say!("none").to_owned() } else { shown.join(" | ") }
}

/// Small digits below the line: `₁₂`.
pub fn subscript(number: u64) -> String {
    let lowered = |digit: char| char::from_u32('₀' as u32 + digit.to_digit(10).unwrap_or(0)).unwrap_or(digit);
    number.to_string().chars().map(lowered).collect()
}

/// A sentence begins with a capital, unless it begins with a name such as `n1`.
pub fn capital(text: &str) -> String {
    let mut sentence = text.to_owned();
    let is_name = text.chars().nth(1).is_some_and(|second| second.is_ascii_digit());
    if !is_name && let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence
}

#[cfg(test)]
mod tests {
    use netsplit_sim::history::Value;

    use super::*;

    #[test]
    fn counts_have_plurals_and_commas() {
        let shown = [0, 1, 412, 12_000, 1_234_567].map(|n| count(n, "event", "events"));
        assert_eq!(shown, ["0 events", "1 event", "412 events", "12,000 events", "1,234,567 events"]);
    }

    #[test]
    fn percentages_drop_what_is_zero() {
        let shown = [0, 100_000, 125_000, 1, 1_000_000].map(percent);
        assert_eq!(shown, ["0 %", "10 %", "12.5 %", "0.0001 %", "100 %"]);
    }

    #[test]
    fn answers_take_little_room() {
        let shown = [
            answered(&Operation::write(0, 4), Outcome::Ok(Value::Absent), false),
            answered(&Operation::read(0), Outcome::Ok(Value::Number(4)), false),
            answered(&Operation::read(1), Outcome::Ok(Value::Absent), false),
            answered(&Operation::cas(0, Value::Number(3), 4), Outcome::Fail, false),
            answered(&Operation::write(0, 30), Outcome::Info, false),
        ];
        assert_eq!(shown, ["x=D ✓", "read x ✓ D", "read y ✓ nothing", "x: C→D ✗", "x=30 ?"]);
    }

    #[test]
    fn where_clients_count_no_letter_stands_for_a_number() {
        let sold = answered(&Operation::add(0, -1), Outcome::Ok(Value::Absent), true);
        let left = answered(&Operation::read(0), Outcome::Ok(Value::Number(1)), true);
        let set = answered(&Operation::read(0), Outcome::Many([1, 3].into()), true);
        assert_eq!([sold, left, set], ["x −1 ✓", "read x ✓ 1", "read x ✓ {1, 3}"]);
    }

    #[test]
    fn elapsed_times_have_two_digits_and_short_ones_their_unit() {
        let shown = [3_250_000, 99_000_000, 730_000_000, 12_345_000_000].map(|ns| elapsed(SimDuration(ns)));
        assert_eq!(shown, ["3.2 ms", "99 ms", "0.73 s", "12.34 s"]);
    }

    #[test]
    fn names_stay_small_at_the_start_of_a_sentence() {
        assert_eq!(capital("a wall goes up"), "A wall goes up");
        assert_eq!(capital("n1 crashes"), "n1 crashes");
        assert_eq!(subscript(12), "₁₂");
    }
}

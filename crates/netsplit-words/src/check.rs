//! Whether a sentence in the code has the arguments it names, found out by the compiler.

/// Panics at compile time if a message without arguments has a brace: it would be shown as it stands, but a
/// translator would take it for an argument.
pub const fn takes_nothing(text: &str) {
    let text = text.as_bytes();
    let mut at = 0;
    while at < text.len() {
        assert!(text[at] != b'{' && text[at] != b'}', "this message has braces, but no arguments");
        at += 1;
    }
}

/// Panics at compile time if the arguments of a message are not exactly those that its text names.
pub const fn names_what_it_gets(text: &str, names: &[&str]) {
    let text = text.as_bytes();
    assert!(names.len() <= 64, "a message has at most 64 arguments");
    let (mut at, mut depth, mut used) = (0, 0_u32, 0_u64);
    while at < text.len() {
        if is_quoted_brace(text, at) {
            at += 2;
        } else if text[at] == b'{' {
            // Text, argument, form of a choice, argument, …: what begins at an even depth is an argument.
            if depth.is_multiple_of(2) {
                used |= 1 << position(text, at + 1, names);
            }
            depth += 1;
        } else if text[at] == b'}' {
            assert!(depth > 0, "this message closes a brace that is not open");
            depth -= 1;
        }
        at += 1;
    }
    assert!(depth == 0, "this message leaves a brace open");
    assert!(used.count_ones() as usize == names.len(), "this message does not name each of its arguments");
}

const fn is_quoted_brace(text: &[u8], at: usize) -> bool {
    at + 2 < text.len()
        && text[at] == b'\''
        && (text[at + 1] == b'{' || text[at + 1] == b'}')
        && text[at + 2] == b'\''
}

/// Which of the names begins here and ends with a comma or a brace.
const fn position(text: &[u8], at: usize, names: &[&str]) -> usize {
    let mut position = 0;
    while position < names.len() {
        if begins_with(text, at, names[position].as_bytes()) {
            return position;
        }
        position += 1;
    }
    panic!("this message names an argument that it does not get")
}

const fn begins_with(text: &[u8], at: usize, name: &[u8]) -> bool {
    let mut length = 0;
    while length < name.len() {
        if at + length >= text.len() || text[at + length] != name[length] {
            return false;
        }
        length += 1;
    }
    at + length < text.len() && (text[at + length] == b'}' || text[at + length] == b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_and_quoted_braces_are_no_arguments_of_their_own() {
        names_what_it_gets("{n, plural, one {# of {all}} other {#}} '{'x'}'", &["all", "n"]);
    }

    #[test]
    #[should_panic(expected = "does not get")]
    fn a_name_without_an_argument_is_refused() {
        names_what_it_gets("{n} of {al}", &["n", "all"]);
    }

    #[test]
    #[should_panic(expected = "each of its arguments")]
    fn an_argument_without_a_name_is_refused() {
        names_what_it_gets("{n} of five", &["n", "all"]);
    }

    #[test]
    #[should_panic(expected = "no arguments")]
    fn braces_without_arguments_are_refused() {
        takes_nothing("{n} of five");
    }
}

//! Data without parts: numbers, names, characters and strings.

use super::cursor::{Cursor, is_blank};
use super::{BadEdn, Form, Place, Reason};

/// A string, its opening quote still to be read.
pub(super) fn string(cursor: &mut Cursor<'_>) -> Result<Form, BadEdn> {
    let at = cursor.at();
    let unfinished = || BadEdn { at, reason: Reason::Unfinished("string") };
    cursor.next();
    let mut text = String::new();
    loop {
        let here = cursor.at();
        match cursor.next().ok_or_else(unfinished)? {
            '"' => return Ok(Form::Text(text)),
            '\\' => {
                let escaped = cursor.next().ok_or_else(unfinished)?;
                text.push(unescaped(escaped, cursor, here)?);
            }
            plain => text.push(plain),
        }
    }
}

fn unescaped(escaped: char, cursor: &mut Cursor<'_>, at: Place) -> Result<char, BadEdn> {
    Ok(match escaped {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        '"' | '\\' => escaped,
        'u' => unit(cursor, at)?,
        _ => return Err(BadEdn { at, reason: Reason::BadEscape(escaped) }),
    })
}

/// Four hexadecimal digits. Half of a surrogate pair stands for no character.
fn unit(cursor: &mut Cursor<'_>, at: Place) -> Result<char, BadEdn> {
    let mut code = 0;
    for _ in 0..4 {
        let digit = cursor.peek().and_then(|next| next.to_digit(16));
        code = code * 16 + digit.ok_or(BadEdn { at, reason: Reason::BadEscape('u') })?;
        cursor.next();
    }
    Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
}

/// A character such as `\a` or `\newline`.
pub(super) fn character(cursor: &mut Cursor<'_>) -> Result<Form, BadEdn> {
    let at = cursor.at();
    let mut text = String::from("\\");
    cursor.next();
    text.push(cursor.next().ok_or(BadEdn { at, reason: Reason::Unfinished("character") })?);
    text += name(cursor);
    Ok(Form::Other(text))
}

/// A keyword, its colon still to be read.
pub(super) fn keyword(cursor: &mut Cursor<'_>) -> Result<Form, BadEdn> {
    let at = cursor.at();
    cursor.next();
    match name(cursor) {
        "" => Err(BadEdn { at, reason: Reason::NamelessKeyword }),
        name => Ok(Form::Keyword(name.to_owned())),
    }
}

/// A number or a symbol.
pub(super) fn word(cursor: &mut Cursor<'_>) -> Result<Form, BadEdn> {
    let at = cursor.at();
    let text = name(cursor);
    Ok(match text {
        "" => {
            let next = cursor.peek().unwrap_or_default();
            return Err(BadEdn { at, reason: Reason::Unreadable(next) });
        }
        "nil" => Form::Nil,
        "true" => Form::Boolean(true),
        "false" => Form::Boolean(false),
        // Clojure marks integers of arbitrary size by N.
        _ => match text.strip_suffix('N').unwrap_or(text).parse() {
            Ok(number) => Form::Integer(number),
            Err(_) => Form::Other(text.to_owned()),
        },
    })
}

/// All characters up to the next blank, bracket, quote or comment.
pub(super) fn name<'a>(cursor: &mut Cursor<'a>) -> &'a str {
    cursor.take_while(|next| !is_blank(next) && !next.is_control() && !"[](){}\";\\".contains(next))
}

//! Decimal numbers without floats: formatting and parsing those would weigh more than a panel.

/// `12.5`, or `12,5`, in units of the `digits`-th place after the point; nothing if it is no such number.
pub fn parse(text: &str, digits: u32) -> Option<u64> {
    let (whole, part) = text.trim().split_once(['.', ',']).unwrap_or((text.trim(), ""));
    let is_number = !(whole.is_empty() && part.is_empty())
        && whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit());
    if !is_number || part.len() > 30 {
        return None;
    }
    let mut value: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let mut places = part.bytes();
    for _ in 0..digits {
        let digit = places.next().map_or(0, |byte| u64::from(byte - b'0'));
        value = value.checked_mul(10)?.checked_add(digit)?;
    }
    Some(value)
}

/// A number as people read it: `12.5`, or `12,5` where that is usual.
pub fn told(value: u64, digits: u32) -> String {
    local(&show(value, digits))
}

/// A number with the decimal mark of the reader's language.
pub fn local(text: &str) -> String {
    match netsplit_words::language().decimal {
        '.' => text.to_owned(),
        mark => text.replace('.', &mark.to_string()),
    }
}

/// A number in units of the `digits`-th place after the point, without idle zeros: `12.5`. For addresses and
/// drawings; people are [`told`] numbers.
pub fn show(value: u64, digits: u32) -> String {
    let unit = 10_u64.pow(digits);
    let mut text = (value / unit).to_string();
    let mut rest = value % unit;
    if rest > 0 {
        text.push('.');
        let mut place = unit / 10;
        while rest > 0 {
            text.push(char::from(b'0' + (rest / place) as u8));
            rest %= place;
            place /= 10;
        }
    }
    text
}

/// Per-mille as a percentage with two digits, as SVG wants it.
pub fn percent(per_mille: f64) -> String {
    let hundredths = (per_mille * 10.0).round();
    let sign = if hundredths < 0.0 { "-" } else { "" };
    [sign, &show(hundredths.abs() as u64, 2), "%"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_reads_back() {
        for value in [0, 1, 10, 150_000_000, 12_500_000, 1_234_567, 30_000] {
            assert_eq!(parse(&show(value, 6), 6), Some(value));
        }
        assert_eq!(show(12_500_000, 6), "12.5");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", ".", "fast", "NaN", "-3", "1e9", "inf", "1.2.3", "99999999999999999999"] {
            assert_eq!(parse(text, 6), None, "{text}");
        }
        assert_eq!(parse(" 2.5 ", 6), Some(2_500_000));
    }

    #[test]
    fn places_have_two_digits_and_may_lie_to_the_left() {
        assert_eq!([123.456, 0.0, -5.0, 1_000.0].map(percent), ["12.35%", "0%", "-0.5%", "100%"]);
    }
}

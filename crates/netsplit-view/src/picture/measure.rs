//! How wide words are, about: no browser is there to ask, and a picture must be the same everywhere.

/// The page's typeface.
pub const SANS: &str =
    "ui-sans-serif, system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";
/// The page's typeface for numbers and codes.
pub const MONO: &str =
    "ui-monospace, 'SF Mono', 'JetBrains Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/// Which letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Ordinary ones.
    Plain,
    /// Stronger ones.
    Strong,
    /// All equally wide.
    Mono,
}

/// Widths of the letters from space to tilde, in hundredths of the size: between those of the narrow and the
/// wide typefaces that systems have.
const WIDTHS: [u8; 95] = [
    31, 31, 39, 61, 61, 97, 74, 21, 37, 37, 43, 64, 31, 37, 31, 31, // space to /
    61, 61, 61, 61, 61, 61, 61, 61, 61, 61, 31, 31, 64, 64, 64, 61, // 0 to ?
    110, 74, 74, 79, 79, 74, 68, 85, 79, 31, 55, 74, 61, 91, 79, 85, // @ to O
    74, 85, 79, 74, 68, 79, 74, 102, 74, 74, 68, 31, 31, 31, 52, 61, // P to _
    37, 61, 61, 55, 61, 61, 31, 61, 61, 24, 24, 55, 24, 91, 61, 61, // ` to o
    61, 61, 37, 55, 31, 61, 55, 79, 55, 55, 55, 37, 28, 37, 64, // p to ~
];

/// How wide a text is, about, in pixels.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let hundredths: f64 = text.chars().map(|letter| f64::from(letter_width(letter, weight))).sum();
    hundredths * size / 100.0
}

fn letter_width(letter: char, weight: Weight) -> u8 {
    if weight == Weight::Mono {
        return 61;
    }
    let place = u32::from(letter).checked_sub(32).map(|place| place as usize);
    let plain = place.and_then(|place| WIDTHS.get(place)).copied().unwrap_or(65);
    if weight == Weight::Strong { plain + plain / 14 } else { plain }
}

/// The text as far as there is room, with an ellipsis where it was cut off.
pub fn clipped(text: &str, size: f64, weight: Weight, room: f64) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let mut left = room - width("…", size, weight);
    let fits = |letter: &char| {
        left -= f64::from(letter_width(*letter, weight)) * size / 100.0;
        left >= 0.0
    };
    let kept: String = text.chars().take_while(fits).collect();
    kept.trim_end().to_owned() + "…"
}

/// The text in at most so many lines of this width; the last one is cut off if it does not fit.
pub fn wrapped(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let last = lines.len() >= most;
        match lines.last_mut().filter(|line| last || fits(line, word, size, room)) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| clipped(line, size, Weight::Plain, room)).collect()
}

fn fits(line: &str, word: &str, size: f64, room: f64) -> bool {
    width(line, size, Weight::Plain) + width(" ", size, Weight::Plain) + width(word, size, Weight::Plain)
        <= room
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_break_between_words_and_end_in_an_ellipsis() {
        let text = "n4 asks all four others for their votes in term 3.";
        assert_eq!(wrapped(text, 18.0, 1_000.0, 2), [text]);
        let two = wrapped(text, 18.0, 250.0, 2);
        assert_eq!(two, ["n4 asks all four others for", "their votes in term 3."]);
        let cut = wrapped(text, 18.0, 150.0, 2);
        assert_eq!(cut.len(), 2);
        assert!(cut[1].ends_with('…') && width(&cut[1], 18.0, Weight::Plain) <= 150.0, "{cut:?}");
    }

    #[test]
    fn what_fits_is_not_cut() {
        assert_eq!(clipped("abc", 10.0, Weight::Mono, 18.4), "abc");
        assert_eq!(clipped("abcd", 10.0, Weight::Mono, 18.4), "ab…");
        assert_eq!(clipped("abc", 10.0, Weight::Plain, 0.0), "…");
    }
}

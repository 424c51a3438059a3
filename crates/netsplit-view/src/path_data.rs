//! Path data from points.

use crate::geometry::Point;

/// A number short enough for markup: tenths of a pixel, without floating-point formatting, whose
/// tables would weigh more than the whole stage.
pub fn num(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    let (whole, rest) = (tenths / 10, tenths.unsigned_abs() % 10);
    let mut text = String::new();
    if tenths < 0 && whole == 0 {
        text.push('-');
    }
    text.push_str(&whole.to_string());
    if rest > 0 {
        text.push('.');
        text.push(char::from(b'0' + rest as u8));
    }
    text
}

/// A polyline; `closed` joins its ends.
pub fn path(points: &[Point], closed: bool) -> String {
    let mut data = String::with_capacity(points.len() * 12);
    for (index, p) in points.iter().enumerate() {
        let letter = if index == 0 { 'M' } else { 'L' };
        data.push(letter);
        data.push_str(&num(p.x));
        data.push(' ');
        data.push_str(&num(p.y));
    }
    if closed && !data.is_empty() {
        data.push('Z');
    }
    data
}

/// A translation.
pub fn translate(p: Point) -> String {
    ["translate(", &num(p.x), " ", &num(p.y), ")"].concat()
}

/// A turn about the origin, in degrees.
pub fn rotate(degrees: f64) -> String {
    ["rotate(", &num(degrees), ")"].concat()
}

/// Where a centred text of this width begins, so that it does not leave an element that is `room`
/// wide: how far it moves from `x`.
pub fn nudge(x: f64, width: f64, room: f64) -> f64 {
    const MARGIN: f64 = 6.0;
    let (left, right) = (x - width / 2.0 - MARGIN, x + width / 2.0 + MARGIN - room);
    if left < 0.0 {
        -left
    } else if right > 0.0 {
        -right
    } else {
        0.0
    }
}

/// About how wide a text is, in pixels.
pub fn text_width(text: &str, size: f64) -> f64 {
    text.chars().count() as f64 * size * 0.58
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_short_and_exact_to_a_tenth() {
        let points = [Point::new(0.0, -3.04), Point::new(10.26, 20.0)];
        assert_eq!(path(&points, false), "M0 -3L10.3 20");
        assert_eq!(num(-0.4), "-0.4");
        assert_eq!(path(&points, true), "M0 -3L10.3 20Z");
        assert_eq!(path(&[], true), "");
    }

    #[test]
    fn a_text_at_the_edge_moves_inwards() {
        assert_eq!(nudge(20.0, 100.0, 390.0), 36.0);
        assert_eq!(nudge(380.0, 100.0, 390.0), -46.0);
        assert_eq!(nudge(200.0, 100.0, 390.0), 0.0);
    }
}

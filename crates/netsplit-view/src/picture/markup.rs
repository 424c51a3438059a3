//! Writing SVG: elements, attributes and text, with everything escaped.

use crate::geometry::Point;
use crate::path_data::{num, rotate, translate};

use super::measure::{self, Weight};

/// The beginning of an element: its name and attributes.
#[derive(Clone, Debug)]
pub struct Tag {
    name: &'static str,
    text: String,
}

impl Tag {
    /// An element without attributes.
    pub fn new(name: &'static str) -> Self {
        Self { name, text: ["<", name].concat() }
    }

    /// An attribute.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.text.push(' ');
        self.text.push_str(name);
        self.text.push_str("=\"");
        escape(value, &mut self.text);
        self.text.push('"');
        self
    }

    /// A number, to a tenth.
    pub fn num(self, name: &str, value: f64) -> Self {
        self.set(name, &num(value))
    }

    /// A share between nothing and everything, to a hundredth; everything is left out.
    pub fn opacity(self, share: f64) -> Self {
        let hundredths = (share.clamp(0.0, 1.0) * 100.0).round() as u32;
        if hundredths == 100 { self } else { self.set("opacity", &["0.", &two(hundredths)].concat()) }
    }

    /// The inside.
    pub fn fill(self, colour: &str) -> Self {
        self.set("fill", colour)
    }

    /// The outline and its width.
    pub fn stroke(self, colour: &str, width: f64) -> Self {
        self.set("stroke", colour).num("stroke-width", width)
    }

    /// Only an outline.
    pub fn line(self, colour: &str, width: f64) -> Self {
        self.fill("none").stroke(colour, width)
    }

    /// Round ends and corners.
    pub fn round(self) -> Self {
        self.set("stroke-linecap", "round").set("stroke-linejoin", "round")
    }

    /// Moved to a point.
    pub fn at(self, place: Point) -> Self {
        self.set("transform", &translate(place))
    }

    /// Moved to a point and turned, in degrees.
    pub fn at_turned(self, place: Point, degrees: f64) -> Self {
        self.set("transform", &(translate(place) + &rotate(degrees)))
    }

    /// How large and how strong letters are.
    pub fn font(self, size: f64, weight: Weight) -> Self {
        let tag = self.num("font-size", size);
        match weight {
            Weight::Plain => tag,
            Weight::Strong => tag.set("font-weight", "650"),
            Weight::Mono => tag.set("font-family", measure::MONO),
        }
    }

    /// Letters with a rim of this colour, so that lines under them do not touch them.
    pub fn rim(self, colour: &str, width: f64) -> Self {
        self.stroke(colour, width).set("paint-order", "stroke").set("stroke-linejoin", "round")
    }
}

/// A circle round the origin.
pub fn circle(radius: f64) -> Tag {
    Tag::new("circle").num("r", radius)
}

/// A circle.
pub fn disc(centre: Point, radius: f64) -> Tag {
    Tag::new("circle").num("cx", centre.x).num("cy", centre.y).num("r", radius)
}

/// A rectangle by its upper left corner.
pub fn rect(corner: Point, width: f64, height: f64) -> Tag {
    Tag::new("rect").num("x", corner.x).num("y", corner.y).num("width", width).num("height", height)
}

/// A path.
pub fn path(data: &str) -> Tag {
    Tag::new("path").set("d", data)
}

/// A text that begins at a point, or has its middle or end there.
pub fn text(at: Point, anchor: Anchor) -> Tag {
    let tag = Tag::new("text").num("x", at.x).num("y", at.y);
    match anchor {
        Anchor::Start => tag,
        Anchor::Middle => tag.set("text-anchor", "middle"),
        Anchor::End => tag.set("text-anchor", "end"),
    }
}

/// Which part of a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// A drawing, as it is written.
#[derive(Clone, Debug, Default)]
pub struct Markup(String);

impl Markup {
    /// An element with nothing in it.
    pub fn leaf(&mut self, tag: Tag) {
        self.0.push_str(&tag.text);
        self.0.push_str("/>");
    }

    /// An element with a text in it.
    pub fn words(&mut self, tag: Tag, words: &str) {
        self.0.push_str(&tag.text);
        self.0.push('>');
        escape(words, &mut self.0);
        self.end(tag.name);
    }

    /// A text whose place was measured: letters are set closer or wider so that it takes just this much.
    pub fn words_within(&mut self, tag: Tag, words: &str, width: f64) {
        let tag = tag.num("textLength", width).set("lengthAdjust", "spacingAndGlyphs");
        self.words(tag, words);
    }

    /// An element with others in it.
    pub fn group(&mut self, tag: Tag, inside: impl FnOnce(&mut Self)) {
        self.0.push_str(&tag.text);
        self.0.push('>');
        inside(self);
        self.end(tag.name);
        self.0.push('\n');
    }

    /// Another drawing, whole.
    pub fn append(&mut self, other: Self) {
        self.0.push_str(&other.0);
    }

    /// The drawing.
    pub fn finish(self) -> String {
        self.0
    }

    fn end(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }
}

/// Appends a text with what means something in XML escaped; what XML cannot hold at all is replaced.
fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                out.push('\u{fffd}');
            }
            other => out.push(other),
        }
    }
}

fn two(number: u32) -> String {
    [if number < 10 { "0" } else { "" }, &number.to_string()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_xml_is_only_text() {
        let mut markup = Markup::default();
        markup.words(text(Point::default(), Anchor::Start).set("id", "a\"b"), "</text><script>&\u{1}");
        let expected =
            "<text x=\"0\" y=\"0\" id=\"a&quot;b\">&lt;/text&gt;&lt;script&gt;&amp;\u{fffd}</text>";
        assert_eq!(markup.finish(), expected);
    }

    #[test]
    fn shares_are_short() {
        let written = |share| {
            let mut markup = Markup::default();
            markup.leaf(Tag::new("g").opacity(share));
            markup.finish()
        };
        assert_eq!(
            [1.0, 0.5, 0.049, -1.0].map(written),
            ["<g/>", "<g opacity=\"0.50\"/>", "<g opacity=\"0.05\"/>", "<g opacity=\"0.00\"/>"]
        );
    }
}

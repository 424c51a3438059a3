//! The pen: colours and shapes of the canvas.

use std::f64::consts::TAU;

use js_sys::Array;
use netsplit_sim::describe::Tone;
use netsplit_view::geometry::Point;
use wasm_bindgen::JsValue;
use web_sys::CanvasRenderingContext2d;

use crate::stage::colours::Colours;

/// What is drawn with. Drawing on a canvas with finite numbers cannot fail, so refusals are ignored.
pub struct Ink<'a> {
    /// The canvas.
    pub context: &'a CanvasRenderingContext2d,
    /// The colours.
    pub colours: &'a Colours,
    /// The height of letters in pixels.
    pub em: f64,
}

/// How a line is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dash {
    /// It is not.
    Solid,
    /// Under way, or to come.
    Dashed,
    /// A copy, or a place without meaning.
    Dotted,
    /// A role that is neither the usual one nor the leading one.
    Long,
}

impl Dash {
    const fn pattern(self) -> &'static [f64] {
        match self {
            Self::Solid => &[],
            Self::Dashed => &[5.0, 3.0],
            Self::Dotted => &[1.5, 3.0],
            Self::Long => &[7.0, 2.5],
        }
    }
}

impl Ink<'_> {
    /// Sets how lines look.
    pub fn line(&self, colour: &str, width: f64, dash: Dash) {
        self.context.set_stroke_style_str(colour);
        self.context.set_line_width(width);
        let pattern: Array = dash.pattern().iter().map(|length| JsValue::from_f64(*length)).collect();
        let _ = self.context.set_line_dash(&pattern);
    }

    /// How much of what comes covers what is there.
    pub fn alpha(&self, alpha: f64) {
        self.context.set_global_alpha(alpha);
    }

    /// A straight line.
    pub fn stroke(&self, from: Point, to: Point) {
        self.context.begin_path();
        self.segment(from, to);
        self.context.stroke();
    }

    /// A straight line, to be drawn with others.
    pub fn segment(&self, from: Point, to: Point) {
        self.context.move_to(from.x, from.y);
        self.context.line_to(to.x, to.y);
    }

    /// A filled box.
    pub fn block(&self, colour: &str, from: Point, to: Point) {
        self.context.set_fill_style_str(colour);
        self.context.fill_rect(from.x, from.y, to.x - from.x, to.y - from.y);
    }

    /// A circle, to be drawn with others.
    pub fn circle(&self, at: Point, radius: f64) {
        self.context.move_to(at.x + radius, at.y);
        let _ = self.context.arc(at.x, at.y, radius, 0.0, TAU);
    }

    /// A closed shape round a point, to be drawn with others.
    pub fn shape(&self, at: Point, corners: &[(f64, f64)]) {
        for (place, (x, y)) in corners.iter().enumerate() {
            match place {
                0 => self.context.move_to(at.x + x, at.y + y),
                _ => self.context.line_to(at.x + x, at.y + y),
            }
        }
        self.context.close_path();
    }

    /// A cross, to be drawn with others.
    pub fn cross(&self, at: Point, reach: f64) {
        let corner = |x: f64, y: f64| Point::new(at.x + x * reach, at.y + y * reach);
        self.segment(corner(-1.0, -1.0), corner(1.0, 1.0));
        self.segment(corner(-1.0, 1.0), corner(1.0, -1.0));
    }

    /// Fills what was begun.
    pub fn fill(&self, colour: &str) {
        self.context.set_fill_style_str(colour);
        self.context.fill();
    }

    /// Sets how letters look.
    pub fn font(&self, weight: &str, share: f64) {
        let size = (self.em * share * 10.0).round() as u32;
        let font = [
            weight,
            " ",
            &(size / 10).to_string(),
            ".",
            &(size % 10).to_string(),
            "px system-ui, sans-serif",
        ];
        self.context.set_font(&font.concat());
    }

    /// Writes from here to the right.
    pub fn text(&self, colour: &str, text: &str, at: Point) {
        self.context.set_text_align("left");
        self.context.set_text_baseline("middle");
        self.context.set_fill_style_str(colour);
        let _ = self.context.fill_text(text, at.x, at.y);
    }

    /// Writes about here.
    pub fn centred(&self, colour: &str, text: &str, at: Point) {
        self.context.set_text_align("center");
        self.context.set_text_baseline("middle");
        self.context.set_fill_style_str(colour);
        let _ = self.context.fill_text(text, at.x, at.y);
    }

    /// How wide a text is.
    pub fn width(&self, text: &str) -> f64 {
        self.context.measure_text(text).map_or(0.0, |measured| measured.width())
    }

    /// A letter on a disc.
    pub fn letter(&self, letter: char, colour: &str, at: Point, radius: f64) {
        self.context.begin_path();
        self.circle(at, radius);
        self.fill(colour);
        self.centred(&self.colours.on_message, letter.encode_utf8(&mut [0; 4]), Point::new(at.x, at.y + 0.5));
    }

    /// Draws only inside of a box.
    pub fn inside(&self, from: Point, to: Point, draw: impl FnOnce()) {
        self.context.save();
        self.context.begin_path();
        self.context.rect(from.x, from.y, to.x - from.x, to.y - from.y);
        self.context.clip();
        draw();
        self.context.restore();
    }

    /// The colour of a role.
    pub fn tone(&self, tone: Tone) -> &str {
        self.colours.tone(tone)
    }
}

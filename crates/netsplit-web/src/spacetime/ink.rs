//! The pen: colours and shapes of the canvas.

use std::f64::consts::TAU;

use js_sys::Array;
use netsplit_sim::describe::Tone;
use netsplit_view::geometry::Point;
use netsplit_view::picture::Role;
use netsplit_view::spacetime::draw::pen::{Dash, Pen};
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

impl Pen for Ink<'_> {
    fn colour(&self, role: Role) -> &str {
        self.colours.role(role)
    }

    fn line(&self, colour: &str, width: f64, dash: Dash) {
        self.context.set_stroke_style_str(colour);
        self.context.set_line_width(width);
        let pattern: Array = dash.pattern().iter().map(|length| JsValue::from_f64(*length)).collect();
        let _ = self.context.set_line_dash(&pattern);
    }

    fn alpha(&self, alpha: f64) {
        self.context.set_global_alpha(alpha);
    }

    fn begin(&self) {
        self.context.begin_path();
    }

    fn trace(&self) {
        self.context.stroke();
    }

    fn segment(&self, from: Point, to: Point) {
        self.context.move_to(from.x, from.y);
        self.context.line_to(to.x, to.y);
    }

    fn block(&self, colour: &str, from: Point, to: Point) {
        self.context.set_fill_style_str(colour);
        self.context.fill_rect(from.x, from.y, to.x - from.x, to.y - from.y);
    }

    fn circle(&self, at: Point, radius: f64) {
        self.context.move_to(at.x + radius, at.y);
        let _ = self.context.arc(at.x, at.y, radius, 0.0, TAU);
    }

    fn shape(&self, at: Point, corners: &[(f64, f64)]) {
        for (place, (x, y)) in corners.iter().enumerate() {
            match place {
                0 => self.context.move_to(at.x + x, at.y + y),
                _ => self.context.line_to(at.x + x, at.y + y),
            }
        }
        self.context.close_path();
    }

    fn fill(&self, colour: &str) {
        self.context.set_fill_style_str(colour);
        self.context.fill();
    }

    fn font(&self, strong: bool, share: f64) {
        let size = (self.em * share * 10.0).round() as u32;
        let font = [
            if strong { "700" } else { "400" },
            " ",
            &(size / 10).to_string(),
            ".",
            &(size % 10).to_string(),
            "px system-ui, sans-serif",
        ];
        self.context.set_font(&font.concat());
    }

    fn text(&self, colour: &str, text: &str, at: Point) {
        self.context.set_text_align("left");
        self.context.set_text_baseline("middle");
        self.context.set_fill_style_str(colour);
        let _ = self.context.fill_text(text, at.x, at.y);
    }

    fn centred(&self, colour: &str, text: &str, at: Point) {
        self.context.set_text_align("center");
        self.context.set_text_baseline("middle");
        self.context.set_fill_style_str(colour);
        let _ = self.context.fill_text(text, at.x, at.y);
    }

    fn width(&self, text: &str) -> f64 {
        self.context.measure_text(text).map_or(0.0, |measured| measured.width())
    }

    fn inside(&self, from: Point, to: Point, draw: &mut dyn FnMut()) {
        self.context.save();
        self.context.begin_path();
        self.context.rect(from.x, from.y, to.x - from.x, to.y - from.y);
        self.context.clip();
        draw();
        self.context.restore();
    }

    fn tone(&self, tone: Tone) -> &str {
        self.colours.tone(tone)
    }
}

//! A canvas with one pixel for each pixel of the screen.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, window};

/// A canvas and its pen.
pub struct Canvas {
    element: HtmlCanvasElement,
    /// The pen.
    pub context: CanvasRenderingContext2d,
}

impl Canvas {
    /// Takes a canvas to draw on; nothing if the browser does not let it be drawn on.
    pub fn new(element: HtmlCanvasElement) -> Option<Self> {
        let context = element.get_context("2d").ok().flatten()?.dyn_into().ok()?;
        Some(Self { element, context })
    }

    /// Makes it this large, and clean.
    pub fn clear(&self, width: f64, height: f64) {
        let ratio = ratio();
        let pixels = |length: f64| (length * ratio).round().clamp(1.0, 8_192.0) as u32;
        let (wide, high) = (pixels(width), pixels(height));
        if self.element.width() != wide || self.element.height() != high {
            self.element.set_width(wide);
            self.element.set_height(high);
        }
        // Finite numbers are never refused.
        let _ = self.context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
        self.context.clear_rect(0.0, 0.0, width, height);
    }
}

/// Pixels of the screen for each pixel of the page.
pub fn ratio() -> f64 {
    window().map_or(1.0, |window| window.device_pixel_ratio()).clamp(1.0, 3.0)
}

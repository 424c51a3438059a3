//! From SVG to pixels, by the browser's own hand.

use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

use crate::browser;

/// A canvas that pictures are drawn on, one after the other.
pub struct Easel {
    /// Where they appear.
    pub canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    image: HtmlImageElement,
}

impl Easel {
    /// A canvas nobody sees.
    pub fn new() -> Result<Self, JsValue> {
        let document = browser::document().ok_or(JsValue::NULL)?;
        let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
        let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
        Ok(Self { canvas, context, image: HtmlImageElement::new()? })
    }

    /// Draws a picture, so many times as large as it says; the canvas takes its size.
    pub async fn draw(&self, svg: &str, scale: f64) -> Result<(), JsValue> {
        self.image.set_src(&address(svg));
        JsFuture::from(self.image.decode()).await?;
        let pixels = |length: u32| (f64::from(length) * scale).round().clamp(1.0, 16_384.0);
        let (width, height) = (pixels(self.image.natural_width()), pixels(self.image.natural_height()));
        let (columns, rows) = (width as u32, height as u32);
        // A canvas that is given a size forgets what is on it, and a recorder what it records.
        if (self.canvas.width(), self.canvas.height()) != (columns, rows) {
            self.canvas.set_width(columns);
            self.canvas.set_height(rows);
        }
        self.context.draw_image_with_html_image_element_and_dw_and_dh(&self.image, 0.0, 0.0, width, height)
    }

    /// What is on the canvas, as a PNG.
    pub async fn png(&self) -> Result<Blob, JsValue> {
        let canvas = self.canvas.clone();
        let promise = Promise::new(&mut |resolve, reject| {
            let done = Closure::once_into_js(move |blob: JsValue| {
                // A canvas that is too large gives none.
                let _answer = resolve.call1(&JsValue::NULL, &blob);
            });
            if let Err(refused) = canvas.to_blob(done.unchecked_ref()) {
                let _answer = reject.call1(&JsValue::NULL, &refused);
            }
        });
        JsFuture::from(promise).await?.dyn_into()
    }
}

/// A picture as a PNG, so many times as large as it says.
pub async fn png(svg: &str, scale: f64) -> Result<Blob, JsValue> {
    let easel = Easel::new()?;
    easel.draw(svg, scale).await?;
    easel.png().await
}

/// A picture as an address that holds all of it.
pub fn address(svg: &str) -> String {
    ["data:image/svg+xml;charset=utf-8,", &String::from(js_sys::encode_uri_component(svg))].concat()
}

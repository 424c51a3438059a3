//! A film of the page: pictures taken one after another, each with its time, encoded by a browser.

use std::time::{Duration, Instant};

use data_encoding::BASE64;
use serde_json::{Value, json};

use super::webm::{self, Chunk};
use crate::harness::Page;

/// Draws the pointer, which a browser leaves out of its pictures.
pub const POINTER: &str = "
  addEventListener('pointermove', ({ clientX, clientY }) => {
    const svg = 'http://www.w3.org/2000/svg';
    let pointer = document.getElementById('film-pointer');
    if (!pointer) {
      pointer = document.createElementNS(svg, 'svg');
      const arrow = document.createElementNS(svg, 'path');
      for (const [name, value] of Object.entries({ id: 'film-pointer', width: 18, height: 26 }))
        pointer.setAttribute(name, value);
      for (const [name, value] of Object.entries({ d: 'M1 1v19l5-4 3 8 4-2-3-7h6z', fill: '#fff', stroke: '#000' }))
        arrow.setAttribute(name, value);
      Object.assign(pointer.style, { position: 'fixed', margin: 0, padding: 0, border: 0, inset: 'auto',
        overflow: 'visible', background: 'none', pointerEvents: 'none', zIndex: 2147483647 });
      pointer.append(arrow);
    }
    (document.querySelector('dialog[open]') || document.body).append(pointer);
    Object.assign(pointer.style, { left: `${clientX}px`, top: `${clientY}px` });
  }, true);";

/// Encodes on a page: `begin(config)`, `add({ at, key, jpeg })` for each picture, `end()`; the latter two tell what
/// was finished since.
const LABORATORY: &str = "
  const done = [];
  const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const textOf = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      done.push({ at: chunk.timestamp, key: chunk.type === 'key', bytes: textOf(bytes) });
    },
    error: (error) => { throw error; },
  });
  window.laboratory = {
    begin: (config) => encoder.configure(config),
    add: async ({ at, key, jpeg }) => {
      const picture = await createImageBitmap(new Blob([bytesOf(jpeg)], { type: 'image/jpeg' }));
      const frame = new VideoFrame(picture, { timestamp: at });
      encoder.encode(frame, { keyFrame: key });
      frame.close();
      return done.splice(0);
    },
    end: async () => {
      await encoder.flush();
      return done.splice(0);
    },
  };";
/// A picture that stands by itself at least this often, so that a player can begin there.
const KEY_EVERY: usize = 40;

/// A film under way.
pub struct Film<'a> {
    page: &'a Page,
    size: (u32, u32),
    /// What was filmed so far is this long; what happens between two takes is left out.
    length: Duration,
    pictures: Vec<(Duration, String)>,
}

impl<'a> Film<'a> {
    /// Of a page of this size.
    pub fn of(page: &'a Page, size: (u32, u32)) -> Self {
        Self { page, size, length: Duration::ZERO, pictures: Vec::new() }
    }

    /// Films what the page does for so long.
    pub async fn roll(&mut self, long: Duration) {
        let began = Instant::now();
        while began.elapsed() < long {
            let at = self.length + began.elapsed();
            let shown = json!({ "format": "jpeg", "quality": 92, "optimizeForSpeed": true });
            let picture = self.page.dev_tools("Page.captureScreenshot", shown).await;
            self.pictures.push((at, picture["data"].as_str().unwrap_or_default().to_owned()));
        }
        self.length += began.elapsed();
    }

    /// How long it is by now.
    pub fn length(&self) -> Duration {
        self.length
    }

    /// As a WebM file; `browser` encodes it, on any page that stands at a trustworthy address.
    pub async fn developed(self, browser: &Page) -> Vec<u8> {
        let (width, height) = self.size;
        let config =
            json!({ "codec": "vp09.00.31.08", "width": width, "height": height, "bitrate": 400_000 });
        browser.script(&format!("{LABORATORY} window.laboratory.begin({config});")).await;
        let mut chunks = Vec::new();
        for (number, (at, jpeg)) in self.pictures.iter().enumerate() {
            let micros = u64::try_from(at.as_micros()).expect("no film is that long");
            let picture = json!({ "at": micros, "key": number % KEY_EVERY == 0, "jpeg": jpeg });
            chunks.extend(finished(browser, &format!("add({picture})")).await);
        }
        chunks.extend(finished(browser, "end()").await);
        webm::written(self.size, self.length, &chunks)
    }
}

/// What the laboratory has finished, after it has done this.
async fn finished(browser: &Page, what: &str) -> Vec<Chunk> {
    read(&browser.script_later(&format!("window.laboratory.{what}.then(arguments[0]);")).await)
}

fn read(told: &Value) -> Vec<Chunk> {
    let chunk = |value: &Value| Chunk {
        at: Duration::from_micros(value["at"].as_u64().expect("a chunk has a time")),
        is_key: value["key"] == true,
        bytes: BASE64.decode(value["bytes"].as_str().unwrap_or_default().as_bytes()).expect("it is base64"),
    };
    told.as_array().into_iter().flatten().map(chunk).collect()
}

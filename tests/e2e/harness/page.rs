//! A page in a browser, as a person sees it: what it shows, and waiting until it shows something.

use std::cell::Cell;
use std::fs;
use std::rc::Rc;
use std::time::{Duration, Instant};

use fantoccini::Client;
use fantoccini::elements::Element;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::browser::dev_tools;
use super::hand::Spot;
use super::server::address;
use super::story::picture_path;

/// Begins every script.
const LOOK: &str = include_str!("look.js");
/// How long a story waits for what it is sure will come.
const PATIENCE: Duration = Duration::from_secs(20);
/// How WebDriver writes that a value is an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// Between two looks.
const POLL: Duration = Duration::from_millis(25);

/// A page in a browser of its own. Cloning it clones the handle.
#[derive(Clone)]
pub struct Page {
    client: Client,
    frame: Rc<Cell<Frame>>,
}

/// Where what is looked at lies in the window: a driver of Chromium takes all spots for spots of the window.
#[derive(Clone, Copy)]
struct Frame {
    corner: Spot,
    scale: f64,
}

/// Nothing but the page itself.
const WHOLE: Frame = Frame { corner: Spot { x: 0.0, y: 0.0 }, scale: 1.0 };

/// Where the cursor of the run stands, and what the run is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Of the state and everything before.
    pub digest: String,
    /// Virtual time.
    pub time_ns: u64,
    /// Events and interventions so far.
    pub step: u64,
}

impl Page {
    /// The page in this browser.
    pub fn new(client: Client) -> Self {
        Self { client, frame: Rc::new(Cell::new(WHOLE)) }
    }

    /// The browser.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Opens an address of the page, and waits until its run is there.
    pub async fn go(&self, suffix: &str) {
        self.visit(&format!("{}{suffix}", address())).await;
        self.until("the page shows a run", "document.querySelector('main[data-digest]')").await;
    }

    /// Opens any address, and waits for nothing.
    pub async fn visit(&self, url: &str) {
        self.client.goto(url).await.unwrap_or_else(|error| panic!("{url} opens: {error}"));
    }

    /// Gives the page itself, not the window, this size.
    pub async fn resize(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.dev_tools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Sends a command of the Chrome DevTools protocol.
    pub async fn dev_tools(&self, command: &'static str, given: Value) -> Value {
        dev_tools(&self.client, command, given).await
    }

    /// Goes into a frame of the page, which an expression finds; what is looked at and touched is then in there.
    /// The frame must rest until it is left.
    pub async fn enter(&self, frame: &str) {
        let found = self.look(frame).await;
        let id = found[ELEMENT].as_str().unwrap_or_else(|| panic!("{frame} is {found}, and no element"));
        let lies = self.at_rest(&format!("box_of({frame})")).await;
        let element = Element::from_element_id(self.client.clone(), id.to_owned().into());
        element.enter_frame().await.unwrap_or_else(|error| panic!("{frame} is a frame: {error}"));
        let scale = lies["scale"].as_f64().expect("a frame has a width");
        self.frame.set(Frame { corner: Spot::of(&lies), scale });
    }

    /// The value of an expression once it no longer changes.
    pub async fn at_rest(&self, expression: &str) -> Value {
        let mut before = self.until(&format!("there is {expression}"), expression).await;
        loop {
            sleep(POLL).await;
            let now = self.until(&format!("there is {expression}"), expression).await;
            if now == before {
                return now;
            }
            before = now;
        }
    }

    /// Comes back from a frame.
    pub async fn leave(&self) {
        self.client.enter_parent_frame().await.expect("there is a page around a frame");
        self.frame.set(WHOLE);
    }

    /// Where a spot of what is looked at is in the window.
    pub fn in_window(&self, spot: Spot) -> Spot {
        let Frame { corner, scale } = self.frame.get();
        Spot { x: (corner.x + spot.x * scale).round(), y: (corner.y + spot.y * scale).round() }
    }

    /// The value of an expression; `look.js` says what it may use.
    pub async fn look(&self, expression: &str) -> Value {
        self.script(&format!("return ({expression});")).await
    }

    /// What a script returns.
    pub async fn script(&self, body: &str) -> Value {
        let ran = self.client.execute(&format!("{LOOK}\n{body}"), Vec::new()).await;
        ran.unwrap_or_else(|error| panic!("{body}: {error}"))
    }

    /// What a script tells its last argument, a callback.
    pub async fn script_later(&self, body: &str) -> Value {
        let ran = self.client.execute_async(&format!("{LOOK}\n{body}"), Vec::new()).await;
        ran.unwrap_or_else(|error| panic!("{body}: {error}"))
    }

    /// Waits until an expression is true, and returns its value.
    pub async fn until(&self, what: &str, expression: &str) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let found = self.look(expression).await;
            if is_true(&found) {
                return found;
            }
            if Instant::now() >= deadline {
                let words = self.look("tidy(document.body.innerText)").await;
                panic!(
                    "waited {PATIENCE:?} in vain until {what}: {expression} is {found}; the page says {words}"
                );
            }
            sleep(POLL).await;
        }
    }

    /// Where the cursor stands.
    pub async fn moment(&self) -> Moment {
        let shown = self.look("moment()").await;
        Moment {
            digest: shown["digest"].as_str().expect("main carries the digest").to_owned(),
            time_ns: shown["time_ns"].as_u64().expect("main carries the time"),
            step: shown["step"].as_u64().expect("main carries the step"),
        }
    }

    /// Waits until the cursor stands at this step.
    pub async fn until_step(&self, step: u64) -> Moment {
        self.until(&format!("the cursor stands at step {step}"), &format!("moment().step === {step}")).await;
        self.moment().await
    }

    /// Keeps a picture in `target/e2e/`.
    pub async fn picture(&self, name: &str) {
        match self.client.screenshot().await {
            Ok(png) => fs::write(picture_path(name), png).expect("target/ can be written to"),
            Err(error) => eprintln!("no picture of {name}: {error}"),
        }
    }
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

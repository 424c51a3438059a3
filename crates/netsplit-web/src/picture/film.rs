//! A stretch of the run as a film. Virtual time drives it: each picture is of its own moment, whatever the time
//! that drawing it takes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Promise};
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::run::{Progress, Run};
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_view::layout::Layout;
use netsplit_view::picture::{Caption, Options, Subject, Theme, What, svg};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobEvent, BlobPropertyBag, Event, MediaRecorder, MediaRecorderOptions};

use super::raster::Easel;
use crate::address;
use crate::frame;
use crate::model::Model;

/// Pictures a second.
const RATE: u32 = 20;
/// How long a picture is shown, in milliseconds.
const PICTURE_MS: i32 = 1_000 / RATE as i32;
/// Kinds of film, the best first.
const KINDS: [&str; 3] = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm"];

/// What is to be filmed: a run of its own, so that the page may go on meanwhile.
pub struct Shot {
    run: Box<dyn Run>,
    record: RunRecord,
    layout: Layout,
    theme: Theme,
    link: String,
    from: SimTime,
    to: SimTime,
}

/// Why there is no film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFilm {
    /// This browser cannot record one.
    Unable,
    /// Somebody had enough.
    Cancelled,
    /// Something failed on the way.
    Failed,
}

impl Shot {
    /// The last seconds of play up to this moment, at the speed of the page.
    pub fn last(model: &Model, seconds: u64, theme: Theme) -> Self {
        let session = model.session();
        let run = session.run().fork();
        // At a millionth of real time a second of play is a thousand nanoseconds.
        let span = SimDuration(u64::from(model.playback().speed.0).saturating_mul(seconds * 1_000));
        let to = run.now();
        Self {
            from: SimTime(to.0.saturating_sub(span.0)),
            to,
            record: session.record().clone(),
            layout: session.layout().clone(),
            theme,
            link: [&address::page(), &*session.fragment(&session.position())].concat(),
            run,
        }
    }

    /// Records it. `told` hears how much is done, in percent; once `enough` is set, it ends.
    pub async fn record(mut self, told: impl Fn(u32), enough: Rc<Cell<bool>>) -> Result<Blob, NoFilm> {
        let easel = Easel::new().map_err(|_| NoFilm::Unable)?;
        self.seek(0, 1).map_err(|_| NoFilm::Failed)?;
        easel.draw(&self.picture(), SCALE).await.map_err(|_| NoFilm::Unable)?;
        let tape = Tape::new(&easel).ok_or(NoFilm::Unable)?;
        let length = self.to.since(self.from).0;
        let pictures = pictures(length, self.record.scenario.speed.0);
        let begun = frame::clock();
        for number in 0..=pictures {
            if enough.get() {
                tape.stop().await;
                return Err(NoFilm::Cancelled);
            }
            self.seek(number, pictures).map_err(|_| NoFilm::Failed)?;
            easel.draw(&self.picture(), SCALE).await.map_err(|_| NoFilm::Failed)?;
            told((number * 100 / pictures.max(1)) as u32);
            let due = begun + f64::from(PICTURE_MS) * (number + 1) as f64;
            sleep((due - frame::clock()).max(1.0) as i32).await;
        }
        tape.stop().await.ok_or(NoFilm::Failed)
    }

    /// Puts the run at the moment of a picture.
    fn seek(&mut self, number: u64, of: u64) -> Result<(), netsplit_sim::run::Stopped> {
        let along = self.to.since(self.from).0 as u128 * u128::from(number) / u128::from(of.max(1));
        let at = SimTime(self.from.0 + along as u64);
        if at < self.run.now() {
            return self.run.seek(at);
        }
        while self.run.run_until(at, u32::MAX)? == Progress::Underway {}
        Ok(())
    }

    fn picture(&self) -> String {
        let subject = Subject { record: &self.record, run: &*self.run, layout: self.layout.clone() };
        let caption = Some(Caption::new(self.link.clone()));
        svg(&subject, What::Stage, &Options { theme: self.theme, caption, ..Options::default() })
    }
}

/// A film is somewhat larger than the stage of a page.
const SCALE: f64 = 1.25;

/// How many pictures a stretch has at the scenario's own speed.
fn pictures(nanos: u64, speed: u32) -> u64 {
    let per_second = u64::from(speed).max(1) * 1_000;
    (nanos * u64::from(RATE) / per_second).clamp(1, u64::from(RATE) * 120)
}

/// A recorder, and what it has recorded.
struct Tape {
    recorder: MediaRecorder,
    parts: Rc<RefCell<Array>>,
    _heard: Closure<dyn FnMut(BlobEvent)>,
}

impl Tape {
    /// Records what is drawn on a canvas from now on; nothing where the browser cannot.
    fn new(easel: &Easel) -> Option<Self> {
        // A browser without recorders has no such name at all.
        let there =
            js_sys::Reflect::has(&JsValue::from(web_sys::window()?), &JsValue::from_str("MediaRecorder"));
        if there != Ok(true) {
            return None;
        }
        let kind = KINDS.into_iter().find(|kind| MediaRecorder::is_type_supported(kind))?;
        let options = MediaRecorderOptions::new();
        options.set_mime_type(kind);
        options.set_video_bits_per_second(6_000_000);
        let stream = easel.canvas.capture_stream_with_frame_request_rate(f64::from(RATE)).ok()?;
        let recorder =
            MediaRecorder::new_with_media_stream_and_media_recorder_options(&stream, &options).ok()?;
        let parts = Rc::new(RefCell::new(Array::new()));
        let heard = {
            let parts = parts.clone();
            Closure::<dyn FnMut(BlobEvent)>::new(move |event: BlobEvent| {
                if let Some(part) = event.data() {
                    parts.borrow().push(&part);
                }
            })
        };
        recorder.set_ondataavailable(Some(heard.as_ref().unchecked_ref()));
        recorder.start().ok()?;
        Some(Self { recorder, parts, _heard: heard })
    }

    /// Ends, and gives what was recorded.
    async fn stop(self) -> Option<Blob> {
        let recorder = self.recorder.clone();
        let ended = Promise::new(&mut |resolve, _| {
            let over = Closure::once_into_js(move |_: Event| {
                let _answer = resolve.call0(&JsValue::NULL);
            });
            recorder.set_onstop(Some(over.unchecked_ref()));
            // One that has stopped already says so by itself.
            let _stopped = recorder.stop();
        });
        JsFuture::from(ended).await.ok()?;
        let kind = BlobPropertyBag::new();
        kind.set_type("video/webm");
        Blob::new_with_blob_sequence_and_options(&self.parts.borrow(), &kind).ok()
    }
}

async fn sleep(millis: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _timer = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
        }
    });
    let _over = JsFuture::from(promise).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_has_as_many_pictures_as_its_play_lasts() {
        // A hundredth of real time: a second of play is ten milliseconds.
        assert_eq!(pictures(10_000_000, 10_000), u64::from(RATE));
        assert_eq!(pictures(0, 10_000), 1);
        assert_eq!(pictures(u64::MAX / 64, 10_000), u64::from(RATE) * 120);
    }
}

//! The timeline: one slider over virtual time, and the branches on the same scale.

use std::cell::RefCell;
use std::rc::Rc;

use netsplit_sim::time::SimTime;
use netsplit_view::timeline::{self, Window};
use netsplit_words::say;
use yew::prelude::{Html, html};

use super::TransportProps;
use super::branches::branches;
use super::flags::{Dragged, flags};
use super::scrub::Scrub;
use super::track::track;
use crate::button::icon_button;
use crate::decimal::percent;
use crate::icon::Icon;
use crate::model::{Model, Versus};
use crate::msg::Msg;
use crate::session::Session;

/// Marks closer than this, in per-mille, are drawn as one.
const SPACING: f64 = 14.0;

/// The timeline.
pub(super) fn timeline(props: &TransportProps, dragged: Rc<RefCell<Option<Dragged>>>) -> Html {
    props.app.read(|model| draw(props, model, dragged))
}

fn draw(props: &TransportProps, model: &Model, dragged: Rc<RefCell<Option<Dragged>>>) -> Html {
    let session = model.session();
    let (now, until) = (session.run().now(), session.run().until());
    let window = window(session, props.zoom);
    let picture = Rc::new(timeline::timeline(session.run(), window, SPACING));
    let known = percent(picture.known_x.clamp(0.0, 1_000.0));
    let scrub = Scrub { app: props.app.clone(), picture: picture.clone(), dragged };
    let zoomed = |factor| Some(window.zoomed(window.x(now).clamp(0.0, 1_000.0), factor, until));
    let wider = props.zoom.and_then(|_| zoomed(2.0));
    html! {
        <>
        <div class="timeline">
            <svg
                class="track"
                height="44"
                role="slider"
                tabindex="0"
                aria-label={say!("Time")}
                aria-valuemin="0"
                aria-valuemax={millis(window.to)}
                aria-valuenow={millis(now)}
                aria-valuetext={now.to_string()}
                onpointerdown={scrub.press()}
                onpointermove={scrub.drag()}
                onpointerup={scrub.release()}
                onpointercancel={scrub.cancel()}
                onkeydown={scrub.key()}
            >
                <line class="track-line" x1="0" x2="100%" y1="22" y2="22" />
                <line class="track-known" x1="0" x2={known} y1="22" y2="22" />
                <line class="track-played" x1="0" y1="22" y2="22" />
                { track(&picture) }
                { flags(session, window, props.line) }
                { parting(model.versus(), window) }
                <svg class="cursor" overflow="visible"><path d="M0 4V40M-6 1H6L0 9Z" /></svg>
            </svg>
            <div class="zoom">
                { icon_button(Icon::ZoomIn, say!("Zoom in on the cursor"), props.app.sends(Msg::Zoom(zoomed(0.5)))) }
                { icon_button(Icon::ZoomOut, say!("Show more time"), props.app.sends(Msg::Zoom(wider))) }
            </div>
        </div>
        { branches(&props.app, session, window) }
        </>
    }
}

/// Where two runs that are compared part.
fn parting(versus: Option<&Versus>, window: Window) -> Html {
    let found = versus.and_then(Versus::found).and_then(|found| found.event.as_ref());
    let Some(event) = found.filter(|event| window.from <= event.at && event.at <= window.to) else {
        return Html::default();
    };
    html! {
        <svg class="track-parting" x={percent(window.x(event.at))} overflow="visible">
            <line y1="8" y2="36" />
            <text x="4" y="12">{ "≠" }</text>
            <title>{ say!("The runs part: {event}", event = event.sentence) }</title>
        </svg>
    }
}

fn millis(time: SimTime) -> String {
    (time.0 / 1_000_000).to_string()
}

/// What is shown: the part of the run that matters so far with room ahead, or what was zoomed to.
pub(super) fn window(session: &Session, zoom: Option<Window>) -> Window {
    let run = session.run();
    match zoom {
        Some(window) => window.following(run.now(), run.until()),
        None => Window { from: SimTime::ZERO, to: horizon(session.furthest(), run.until()) },
    }
}

/// A round time well after the furthest moment: 1, 1.5, 2, 3, 5, 7, 10, … seconds.
fn horizon(furthest: SimTime, until: SimTime) -> SimTime {
    const STEPS: [u64; 6] = [10, 15, 20, 30, 50, 70];
    let wanted = furthest.0 / 10 * 12;
    let mut unit = 100_000_000_u64;
    loop {
        let found = STEPS.iter().map(|step| step * unit).find(|end| *end >= wanted);
        if let Some(end) = found {
            return SimTime(end.min(until.0).max(1));
        }
        unit = unit.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_timeline_keeps_room_ahead_and_ends_with_the_run() {
        let ends = |millis: u64| horizon(SimTime::from_millis(millis), SimTime::from_millis(60_000));
        assert_eq!(ends(0), SimTime::from_millis(1_000));
        assert_eq!(ends(1_000), SimTime::from_millis(1_500));
        assert_eq!(ends(8_000), SimTime::from_millis(10_000));
        assert_eq!(ends(59_000), SimTime::from_millis(60_000));
    }
}

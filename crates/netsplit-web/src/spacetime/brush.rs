//! When what is drawn: the picture on one canvas, whenever it is another; the cursor and what is pointed
//! at on a second one above it, on every frame.

use std::rc::Rc;

use netsplit_sim::id::Step;
use netsplit_view::geometry::Point;
use netsplit_view::spacetime::SpaceTime;
use netsplit_view::spacetime::arrows::Arrow;
use netsplit_view::spacetime::course::End;
use netsplit_view::spacetime::draw::pen::Pen;
use netsplit_view::spacetime::draw::{arrows, axis, bands, events, lanes};
use netsplit_view::spacetime::hit::Target;
use web_sys::{HtmlCanvasElement, window};

use super::canvas::{Canvas, ratio};
use super::ink::Ink;
use super::pointed::{Mark, Pointed};
use super::reach::Reach;
use super::rove::Stop;
use super::sight::Sight;
use super::source::{Light, Source};
use super::{header, pointed};
use crate::decimal;
use crate::frame;
use crate::model::Model;
use crate::msg::Selection;
use crate::stage::colours::Colours;
use netsplit_view::spacetime::draw::labels::Letters;
use netsplit_view::spacetime::draw::place::{Place, TOP};

/// Both canvases, and what was drawn on them last.
#[derive(Default)]
pub struct Brush {
    canvases: Option<(Canvas, Canvas)>,
    colours: Colours,
    em: f64,
    size: Option<(f64, f64)>,
    shown: Option<Shown>,
    /// A picture that was made and is perhaps not drawn yet.
    ready: Option<(Source, Rc<SpaceTime>)>,
    /// While the run plays, nothing is drawn anew before this time.
    rest_until: f64,
    /// What the pointer is on.
    pub hovered: Option<Pointed>,
    /// What has the focus, and its name.
    pub focused: Option<(Stop, Pointed)>,
}

/// What was drawn last, and from what.
struct Shown {
    source: Source,
    light: Light,
    ratio: f64,
    picture: Rc<SpaceTime>,
    place: Place,
}

/// Drawing anew takes at most one part in so many of the time while the run plays.
const SHARE: f64 = 5.0;

impl Brush {
    /// Takes the canvases: one for the picture, one above it.
    pub fn take(&mut self, picture: HtmlCanvasElement, above: HtmlCanvasElement) {
        self.em = em(&picture);
        self.canvases = Canvas::new(picture).zip(Canvas::new(above));
        self.shown = None;
    }

    /// From now on the canvases are this large.
    pub fn resize(&mut self, size: (f64, f64)) {
        if self.size != Some(size) {
            self.size = Some(size);
            self.shown = None;
        }
    }

    /// The picture of this, made only if it is not here already; it is drawn next.
    pub fn picture(&mut self, source: &Source, make: impl FnOnce() -> SpaceTime) -> Rc<SpaceTime> {
        let drawn = self.shown.as_ref().filter(|shown| shown.source == *source).map(|shown| &shown.picture);
        let ready = self.ready.as_ref().filter(|(other, _)| other == source).map(|(_, picture)| picture);
        let picture = drawn.or(ready).cloned().unwrap_or_else(|| Rc::new(make()));
        self.ready = Some((source.clone(), picture.clone()));
        picture
    }

    /// The picture as it was drawn last, and where it lies.
    pub fn seen(&self) -> Option<(Rc<SpaceTime>, Place)> {
        self.shown.as_ref().map(|shown| (shown.picture.clone(), shown.place))
    }

    /// Draws what is not drawn yet.
    pub fn paint(&mut self, model: &Model) {
        let root =
            window().and_then(|window| window.document()).and_then(|document| document.document_element());
        let (Some(root), Some(size)) = (root, self.size) else { return };
        if self.colours.refresh(&root) {
            self.shown = None;
        }
        let (source, light) = (Source::of(model), Light::of(model));
        let same = |shown: &Shown| shown.source == source && shown.light == light && shown.ratio == ratio();
        let due = !model.playback().playing() || frame::clock() >= self.rest_until;
        if !self.shown.as_ref().is_some_and(same) && (due || self.shown.is_none()) {
            let begun = frame::clock();
            self.draw(model, source, light, size);
            let now = frame::clock();
            self.rest_until = now + (now - begun) * SHARE;
        }
        self.point(model);
    }

    fn draw(&mut self, model: &Model, source: Source, light: Light, size: (f64, f64)) {
        let picture = self.picture(&source, || source.picture(model));
        let Some((below, _)) = &self.canvases else { return };
        let place = Place::new(size, picture.lanes.len());
        below.clear(size.0, size.1);
        let ink = Ink { context: &below.context, colours: &self.colours, em: self.em };
        draw(&ink, model, &picture, &place);
        self.shown = Some(Shown { source, light, ratio: ratio(), picture, place });
    }

    /// Draws the cursor and what is pointed at.
    fn point(&self, model: &Model) {
        let (Some((_, above)), Some(shown)) = (&self.canvases, &self.shown) else { return };
        let Shown { picture, place, .. } = shown;
        above.clear(place.width, place.height);
        let ink = Ink { context: &above.context, colours: &self.colours, em: self.em };
        let now = model.session().run().now();
        let cursor: Vec<f64> = if picture.scale.is_time() {
            vec![picture.scale.x(now); picture.lanes.len()]
        } else {
            picture.cursor.clone()
        };
        pointed::cursor(&ink, &cursor, place);
        if let Some(target) = model.ui().selection.and_then(target) {
            pointed::mark(&ink, picture, place, target, Mark::Selected);
        }
        let focused = self.focused.as_ref().map(|(_, pointed)| (pointed, Mark::Focused));
        let hovered = self.hovered.as_ref().map(|pointed| (pointed, Mark::Hovered));
        let selected = model.ui().selection.and_then(target).filter(|_| !model.ui().compact);
        for (pointed, mark) in focused.into_iter().chain(hovered) {
            pointed::mark(&ink, picture, place, pointed.target, mark);
            if selected == Some(pointed.target) {
                // The inspector tells it.
                continue;
            }
            let at = pointed::at(picture, place, pointed.target).unwrap_or(pointed.at);
            pointed::tip(&ink, &Pointed { at, ..pointed.clone() }, place);
        }
    }
}

/// What of the picture a selection is.
fn target(selection: Selection) -> Option<Target> {
    match selection {
        Selection::Event(step) | Selection::Operation(step) => Some(Target::Event(step)),
        Selection::Message(id) => Some(Target::Message(id)),
        Selection::Node(_) | Selection::Link(_) | Selection::Wall(_) => None,
    }
}

/// The picture, from the ground up.
fn draw(ink: &Ink<'_>, model: &Model, picture: &SpaceTime, place: &Place) {
    let run = model.session().run();
    let sight = Sight::of(run, &model.ui().diagram, model.ui().selection);
    let reach = sight.as_ref().map(|sight| Reach::of(run, sight, picture, place));
    let lit = reach.as_ref().map_or_else(Vec::new, |reach| reach.lit(place));
    let mut letters = Letters::new(6.0);
    ink.block(&ink.colours.panel, Point::new(0.0, 0.0), Point::new(place.width, place.height));
    if let Some(reach) = &reach {
        reach.draw(ink, place);
    }
    let blind = sight.as_ref().is_some_and(|sight| sight.knower().is_some());
    bands::draw_walls(ink, picture, place, blind);
    header::draw(ink, picture, place, reach.as_ref());
    axis::draw(ink, picture, place);
    lanes::draw(ink, picture, place, &lit, &mut letters);
    bands::draw_own(ink, picture, place);
    let lies =
        |arrow: &Arrow| sight.as_ref().map(|sight| sight.message(arrow.id, arrow.sent.step, handled(arrow)));
    let (corner, opposite) =
        (Point::new(place.plot.left - 8.0, TOP - 14.0), Point::new(place.right() + 8.0, place.height));
    ink.inside(corner, opposite, &mut || {
        arrows::draw(ink, &picture.arrows, place, lies, blind, &mut letters);
        events::draw(ink, picture, place, |step| sight.as_ref().map(|sight| sight.step(run, step)));
    });
}

/// The event that handled a message.
fn handled(arrow: &Arrow) -> Option<Step> {
    arrow.arrived.filter(|_| arrow.end == End::Arrived)
}

/// The height of letters that the style sheet gives the canvas.
fn em(canvas: &HtmlCanvasElement) -> f64 {
    const USUAL: f64 = 11.5;
    let style = window().and_then(|window| window.get_computed_style(canvas).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    let micro = size.and_then(|size| decimal::parse(size.trim_end_matches("px"), 6));
    micro.map_or(USUAL, |micro| micro as f64 / 1e6)
}

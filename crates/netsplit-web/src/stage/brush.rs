//! What is drawn on every frame, past the component tree: messages on the canvas, and timer arcs.

use std::f64::consts::{FRAC_PI_4, TAU};
use std::rc::Rc;

use netsplit_sim::id::NodeId;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;
use netsplit_view::flights::{Dot, DotLook, Flights, Motion};
use netsplit_view::geometry::Point;
use netsplit_view::node_picture::TimerArc;
use netsplit_view::scene::Scene;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement, window};

use super::colours::Colours;
use super::dim::Dim;
use super::shown::Shown;
use netsplit_view::board::Board;
use netsplit_view::path_data as svg;

/// What the stage hands over at each render, and the memory that frames reuse.
pub struct Brush {
    canvas: Option<(HtmlCanvasElement, CanvasRenderingContext2d)>,
    colours: Colours,
    scene: Scene,
    board: Board,
    motion: Motion,
    flights: Option<Flights>,
    dim: Rc<Dim>,
    dots: Vec<Dot>,
    arcs: Vec<Arc>,
    font: String,
}

/// A timer's arc and what was last written into the document for it.
struct Arc {
    node: NodeId,
    timer: TimerArc,
    /// Found when it is first turned.
    circle: Option<Element>,
    shown: String,
}

impl Brush {
    /// Ready to draw this scene.
    pub fn new(scene: Scene, board: Board) -> Self {
        Self {
            canvas: None,
            colours: Colours::default(),
            scene,
            board,
            motion: Motion::Glide,
            flights: None,
            dim: Rc::default(),
            dots: Vec::new(),
            arcs: Vec::new(),
            font: String::new(),
        }
    }

    /// Takes the canvas to draw on.
    pub fn take(&mut self, canvas: HtmlCanvasElement) {
        let context = canvas.get_context("2d").ok().flatten();
        let context = context.and_then(|context| context.dyn_into().ok());
        self.canvas = context.map(|context| (canvas, context));
    }

    /// From now on this is to be drawn.
    pub fn set(&mut self, shown: &Shown, board: Board, motion: Motion) {
        self.flights = None;
        self.dim = shown.dim.clone();
        self.scene = (*shown.scene).clone();
        self.board = board;
        self.motion = motion;
        let arc = |(node, timer)| Arc { node, timer, circle: None, shown: String::new() };
        self.arcs = shown.timers().into_iter().map(arc).collect();
    }

    /// The messages as they were last drawn.
    pub fn dots(&self) -> &[Dot] {
        &self.dots
    }

    /// Draws everything that moves.
    pub fn paint(&mut self, run: &dyn Run) {
        let Some(document) = window().and_then(|window| window.document()) else { return };
        let Some(root) = document.document_element() else { return };
        self.colours.refresh(&root);
        let now = run.now();
        self.turn_arcs(now);
        let flights = self.flights.get_or_insert_with(|| Flights::new(run, &self.scene));
        flights.dots(run, &self.scene, now, self.motion, &mut self.dots);
        self.draw_dots();
    }

    fn turn_arcs(&mut self, now: SimTime) {
        let stage = self.canvas.as_ref().and_then(|(canvas, _)| canvas.parent_element());
        for arc in &mut self.arcs {
            let dash = svg::num(arc.timer.left(now) * 100.0) + " 100";
            if dash == arc.shown {
                continue;
            }
            if arc.circle.is_none() {
                arc.circle = stage.as_ref().and_then(|stage| arc_of(stage, arc.node));
            }
            if let Some(circle) = &arc.circle {
                // An attribute of that name is always allowed.
                let _ = circle.set_attribute("stroke-dasharray", &dash);
                arc.shown = dash;
            }
        }
    }

    fn draw_dots(&mut self) {
        let Some((canvas, context)) = &self.canvas else { return };
        let ratio = window().map_or(1.0, |window| window.device_pixel_ratio()).clamp(1.0, 3.0);
        if fit(canvas, &self.board, ratio) {
            self.font.clear();
        }
        // These transformations cannot fail with finite numbers.
        let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
        context.clear_rect(0.0, 0.0, self.board.element.width, self.board.element.height);
        let radius = self.scene.layout.sizes(self.scene.size).dot;
        set_font(context, &mut self.font, radius);
        for dot in self.dots.iter().filter(|dot| dot.fade > 0.0) {
            self.draw_dot(context, dot, radius);
        }
        context.set_global_alpha(1.0);
    }

    fn draw_dot(&self, context: &CanvasRenderingContext2d, dot: &Dot, radius: f64) {
        const DIM: f64 = 0.22;
        let at = self.board.to_px(dot.at);
        let fade = dot.fade * if self.dim.is_lit(dot.id) { 1.0 } else { DIM };
        let colour = self.colours.tone(dot.tone);
        let dying = dot.look == DotLook::Dying;
        if self.motion == Motion::Glide && dot.count == 1 && dot.look != DotLook::Held {
            tail(context, at, dot.heading, radius, colour, fade);
        }
        context.set_global_alpha(fade * if dying { 0.45 } else { 1.0 });
        self.disc(context, at, dot.look, radius, colour);
        context.set_fill_style_str(if is_hollow(dot.look) {
            &self.colours.ink
        } else {
            &self.colours.on_message
        });
        if radius >= 6.0 {
            // Text of a letter or a number can always be drawn.
            let _ = context.fill_text(dot.letter.encode_utf8(&mut [0; 4]), at.x, at.y + 0.5);
        }
        if dying {
            context.set_global_alpha(fade);
            cross(context, at, radius * 1.15, &self.colours.wall);
        }
        if dot.count > 1 {
            self.number(context, at, dot.count, radius);
        }
    }

    /// Filled for what is on its way, a ring for a second copy, dashed for what waits.
    fn disc(&self, context: &CanvasRenderingContext2d, at: Point, look: DotLook, radius: f64, colour: &str) {
        circle(context, at, radius);
        context.set_fill_style_str(if is_hollow(look) { &self.colours.stage } else { colour });
        context.fill();
        if is_hollow(look) {
            context.set_stroke_style_str(colour);
            context.set_line_width(2.2);
            circle(context, at, radius - 1.0);
            context.stroke();
        }
        if look == DotLook::Held {
            context.set_line_width(1.4);
            circle(context, at, radius + 3.0);
            context.stroke();
        }
    }

    /// The number of messages that one dot stands for, beside it.
    fn number(&self, context: &CanvasRenderingContext2d, at: Point, count: u32, radius: f64) {
        context.set_global_alpha(1.0);
        context.set_fill_style_str(&self.colours.ink);
        let _ = context.fill_text(&format!("×{count}"), at.x + radius * 2.1, at.y - radius * 1.1);
    }
}

/// The element that shows how much time a node's timer has left.
fn arc_of(stage: &Element, node: NodeId) -> Option<Element> {
    stage.query_selector(&format!("[data-arc=\"{node}\"]")).ok().flatten()
}

const fn is_hollow(look: DotLook) -> bool {
    matches!(look, DotLook::Duplicate | DotLook::Held)
}

/// Sets how letters are drawn, unless they are drawn so already: parsing a font costs more than all
/// the rest of a frame.
fn set_font(context: &CanvasRenderingContext2d, known: &mut String, radius: f64) {
    let font = ["700 ", &svg::num(radius * 1.08), "px system-ui, sans-serif"].concat();
    if font != *known {
        context.set_font(&font);
        context.set_text_align("center");
        context.set_text_baseline("middle");
        *known = font;
    }
}

/// Gives the canvas one pixel per pixel of the screen; a canvas of another size has forgotten
/// everything, which is what is returned.
fn fit(canvas: &HtmlCanvasElement, board: &Board, ratio: f64) -> bool {
    let pixels = |length: f64| (length * ratio).round().clamp(1.0, 8_192.0) as u32;
    let (width, height) = (pixels(board.element.width), pixels(board.element.height));
    let other = canvas.width() != width || canvas.height() != height;
    if other {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    other
}

fn circle(context: &CanvasRenderingContext2d, at: Point, radius: f64) {
    context.begin_path();
    // A circle of positive radius is always allowed.
    let _ = context.arc(at.x, at.y, radius.max(0.0), 0.0, TAU);
}

/// A short line behind a message: where it comes from.
fn tail(context: &CanvasRenderingContext2d, at: Point, heading: f64, radius: f64, colour: &str, fade: f64) {
    let (sin, cos) = heading.sin_cos();
    let point = |distance: f64| Point::new(at.x - cos * distance, at.y - sin * distance);
    let (near, far) = (point(radius), point(radius * 3.0));
    context.set_global_alpha(0.5 * fade);
    context.set_stroke_style_str(colour);
    context.set_line_width(2.0);
    context.begin_path();
    context.move_to(near.x, near.y);
    context.line_to(far.x, far.y);
    context.stroke();
}

fn cross(context: &CanvasRenderingContext2d, at: Point, reach: f64, colour: &str) {
    context.set_stroke_style_str(colour);
    context.set_line_width(2.5);
    context.begin_path();
    for angle in [FRAC_PI_4, 3.0 * FRAC_PI_4] {
        let (sin, cos) = angle.sin_cos();
        context.move_to(at.x - cos * reach, at.y - sin * reach);
        context.line_to(at.x + cos * reach, at.y + sin * reach);
    }
    context.stroke();
}

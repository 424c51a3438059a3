//! A pen that writes SVG: what draws the diagram on the page's canvas draws it here.

use std::cell::RefCell;

use netsplit_sim::describe::Tone;

use crate::geometry::Point;
use crate::path_data::num;
use crate::spacetime::draw::pen::{Dash, Pen};

use super::markup::{Anchor, Markup, Tag, path, rect, text};
use super::measure::{self, Weight};
use super::{Role, Theme};

/// The pen, and what it has written.
pub(super) struct SvgPen {
    theme: Theme,
    inner: RefCell<Inner>,
}

struct Inner {
    markup: Markup,
    /// What was gathered.
    data: String,
    stroke: String,
    width: f64,
    dash: Dash,
    alpha: f64,
    weight: Weight,
    size: f64,
}

/// The height of ordinary letters: that of the page's canvas.
const EM: f64 = 11.5;

impl SvgPen {
    pub(super) fn new(theme: Theme) -> Self {
        let inner = Inner {
            markup: Markup::default(),
            data: String::new(),
            stroke: String::new(),
            width: 1.0,
            dash: Dash::Solid,
            alpha: 1.0,
            weight: Weight::Plain,
            size: EM,
        };
        Self { theme, inner: RefCell::new(inner) }
    }

    /// What was written.
    pub(super) fn finish(self) -> Markup {
        self.inner.into_inner().markup
    }

    fn write(&self, colour: &str, words: &str, at: Point, anchor: Anchor) {
        let inner = &mut *self.inner.borrow_mut();
        // A canvas writes about the middle of a line, a picture on its foot.
        let foot = at + Point::new(0.0, inner.size * 0.35);
        let tag = text(foot, anchor).font(inner.size, inner.weight).fill(colour);
        inner.markup.words(tag.opacity(inner.alpha), words);
    }
}

impl Inner {
    fn go(&mut self, letter: char, to: Point) {
        self.data.push(letter);
        self.data.push_str(&num(to.x));
        self.data.push(' ');
        self.data.push_str(&num(to.y));
    }
}

impl Pen for SvgPen {
    fn colour(&self, role: Role) -> &str {
        self.theme.colour(role)
    }

    fn tone(&self, tone: Tone) -> &str {
        self.theme.tone(tone)
    }

    fn line(&self, colour: &str, width: f64, dash: Dash) {
        let inner = &mut *self.inner.borrow_mut();
        colour.clone_into(&mut inner.stroke);
        (inner.width, inner.dash) = (width, dash);
    }

    fn alpha(&self, alpha: f64) {
        self.inner.borrow_mut().alpha = alpha;
    }

    fn begin(&self) {
        self.inner.borrow_mut().data.clear();
    }

    fn segment(&self, from: Point, to: Point) {
        let inner = &mut *self.inner.borrow_mut();
        inner.go('M', from);
        inner.go('L', to);
    }

    fn circle(&self, at: Point, radius: f64) {
        let inner = &mut *self.inner.borrow_mut();
        inner.go('M', at + Point::new(radius, 0.0));
        let (radius, across) = (num(radius), num(radius * 2.0));
        for sign in ["-", ""] {
            let arc = ["a", &radius, " ", &radius, " 0 1 1 ", sign, &across, " 0"];
            inner.data.push_str(&arc.concat());
        }
    }

    fn shape(&self, at: Point, corners: &[(f64, f64)]) {
        let inner = &mut *self.inner.borrow_mut();
        for (place, (x, y)) in corners.iter().enumerate() {
            inner.go(if place == 0 { 'M' } else { 'L' }, at + Point::new(*x, *y));
        }
        inner.data.push('Z');
    }

    fn trace(&self) {
        let inner = &mut *self.inner.borrow_mut();
        if inner.data.is_empty() {
            return;
        }
        let mut tag = path(&inner.data).line(&inner.stroke, inner.width);
        if inner.dash != Dash::Solid {
            let pattern: Vec<String> = inner.dash.pattern().iter().map(|length| num(*length)).collect();
            tag = tag.set("stroke-dasharray", &pattern.join(" "));
        }
        inner.markup.leaf(tag.opacity(inner.alpha));
    }

    fn fill(&self, colour: &str) {
        let inner = &mut *self.inner.borrow_mut();
        if !inner.data.is_empty() {
            inner.markup.leaf(path(&inner.data).fill(colour).opacity(inner.alpha));
        }
    }

    fn block(&self, colour: &str, from: Point, to: Point) {
        let inner = &mut *self.inner.borrow_mut();
        let (width, height) = ((to.x - from.x).max(0.0), (to.y - from.y).max(0.0));
        inner.markup.leaf(rect(from, width, height).fill(colour).opacity(inner.alpha));
    }

    fn font(&self, strong: bool, share: f64) {
        let inner = &mut *self.inner.borrow_mut();
        inner.weight = if strong { Weight::Strong } else { Weight::Plain };
        inner.size = EM * share;
    }

    fn width(&self, text: &str) -> f64 {
        let inner = self.inner.borrow();
        measure::width(text, inner.size, inner.weight)
    }

    fn text(&self, colour: &str, text: &str, at: Point) {
        self.write(colour, text, at, Anchor::Start);
    }

    fn centred(&self, colour: &str, text: &str, at: Point) {
        self.write(colour, text, at, Anchor::Middle);
    }

    fn inside(&self, from: Point, to: Point, draw: &mut dyn FnMut()) {
        let outside = std::mem::take(&mut self.inner.borrow_mut().markup);
        draw();
        let inner = &mut *self.inner.borrow_mut();
        let inside = std::mem::replace(&mut inner.markup, outside);
        let (width, height) = ((to.x - from.x).max(0.0), (to.y - from.y).max(0.0));
        let view = [from.x, from.y, width, height].map(num).join(" ");
        // A drawing inside of a drawing ends at its edge, without a name for where it ends.
        let tag = Tag::new("svg").num("x", from.x).num("y", from.y);
        let tag = tag.num("width", width).num("height", height).set("viewBox", &view);
        inner.markup.group(tag, |markup| markup.append(inside));
    }
}

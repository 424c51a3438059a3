//! Standalone pictures of a run at its cursor: one SVG each, without script and without anything from
//! elsewhere, the same bytes on the page, in the command line and in a test.
//!
//! | concept | room |
//! |---|---|
//! | colours of the page's tokens | [`ink`] |
//! | elements, and escaping | [`markup`] |
//! | how wide words are, about | [`measure`] |
//! | title, seed, time, digest and link | [`caption`] |
//! | the stage | `stage` |
//! | the space-time diagram, by the page's own drawing with another pen | `diagram`, `pen` |
//! | the client history and its verdict | `history`, `judged` |
//! | the metrics | `metrics` |
//! | what signs mean | `legend` |
//!
//! ```
//! use netsplit_scenarios::{gallery, open::open};
//! use netsplit_view::layout::StageSize;
//! use netsplit_view::picture::{Options, Subject, What, svg};
//!
//! let record = gallery::find(gallery::FIRST).expect("it is there").record().expect("it is sound");
//! let run = open(&record).expect("it opens");
//! let picture = svg(&Subject::new(&record, &*run), What::Stage, &Options::default());
//! assert!(picture.starts_with("<svg ") && picture.contains("n1"));
//! ```

pub mod caption;
mod diagram;
mod history;
pub mod ink;
mod judged;
mod legend;
pub mod markup;
pub mod measure;
mod metrics;
mod pen;
mod stage;

use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::run::Run;
use netsplit_sim::time::{SimDuration, SimTime};

use crate::geometry::Point;
use crate::layout::{Layout, StageSize};
use crate::scene::{Scene, sketches_at};
use crate::spacetime::paging;
use crate::timeline::Window;

pub use caption::Caption;
pub use ink::{Role, Theme};
use markup::{Markup, Tag, rect};

/// What a picture is of: a run with its cursor, the record that it is a run of, and where everybody stands.
#[derive(Clone)]
pub struct Subject<'a> {
    /// What makes the run a link.
    pub record: &'a RunRecord,
    /// The run, at the moment to show.
    pub run: &'a dyn Run,
    /// Where everybody stands.
    pub layout: Layout,
}

impl<'a> Subject<'a> {
    /// A run with everybody where the page puts them at first.
    pub fn new(record: &'a RunRecord, run: &'a dyn Run) -> Self {
        let homes: Vec<_> = record.scenario.clients.iter().map(|client| client.home).collect();
        Self { record, run, layout: Layout::new(run.topology(), &homes) }
    }

    /// The stretch of time in sight: the one asked for, or as long as the page shows, up to the cursor.
    fn window(&self, options: &Options) -> Window {
        let span = paging::span(self.record.scenario.speed, self.run.until(), false);
        let now = self.run.now();
        let from = SimTime(now.0.saturating_sub(span.0));
        options.window.unwrap_or(Window { from, to: now.max(from + SimDuration::from_millis(1)) })
    }

    /// The whole run up to the cursor, unless a stretch was asked for.
    fn whole(&self, options: &Options) -> Window {
        let whole = Window { from: SimTime::ZERO, to: self.run.now().max(SimTime(1_000_000)) };
        options.window.unwrap_or(whole)
    }

    /// What the run is called, in the language of the reader if it comes from the gallery.
    fn title(&self) -> &str {
        let title = &self.record.scenario.title;
        netsplit_words::found(title).unwrap_or(title)
    }

    /// The stage's scene in a box of this size.
    fn scene(&self, size: StageSize) -> Scene {
        let sketches = sketches_at(&self.record.script, self.run.applied());
        Scene { layout: self.layout.clone(), sketches, size }
    }
}

/// Which picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum What {
    /// Nodes, links, walls and the messages under way.
    #[default]
    Stage,
    /// Lanes, messages as arrows, faults while they last.
    Diagram,
    /// What clients saw, as intervals, with the verdict.
    History,
    /// Latency, throughput, availability, staleness, cost.
    Metrics,
}

/// How it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// What it is made for.
    pub theme: Theme,
    /// How large it is, in pixels, without its caption.
    pub size: StageSize,
    /// Whether words stand round the edge: what happens, what is claimed, what the signs mean.
    pub words: bool,
    /// The stretch of time in the diagram and the history; without it what led to the cursor.
    pub window: Option<Window>,
    /// What is written under it.
    pub caption: Option<Caption>,
}

impl Default for Options {
    /// A picture for a page in print size, without a caption.
    fn default() -> Self {
        Self { theme: Theme::Light, size: StageSize::default(), words: true, window: None, caption: None }
    }
}

impl Options {
    /// A small picture without words round it: for a gallery.
    pub fn thumbnail(theme: Theme) -> Self {
        let size = StageSize { width: 480.0, height: 270.0 };
        Self { theme, size, words: false, window: None, caption: None }
    }
}

/// The picture. What is not known of the run yet is not drawn; nothing after its cursor is.
pub fn svg(subject: &Subject<'_>, what: What, options: &Options) -> String {
    let history = (what == What::History).then(|| history::Drawn::of(subject, options));
    let size = match (what, &history) {
        (_, Some(history)) => history.size(options),
        (What::Diagram, _) => diagram::size(subject, options),
        (What::Metrics, _) => metrics::size(options),
        (What::Stage | What::History, None) => options.size,
    };
    let mut markup = Markup::default();
    let written = options.caption.as_ref().filter(|caption| caption.written);
    let below = if written.is_some() { caption::HEIGHT } else { 0.0 };
    markup.group(root(size.width, size.height + below), |markup| {
        markup.words(Tag::new("title"), subject.title());
        caption::metadata(markup, subject, options);
        let ground = rect(Point::default(), size.width, size.height);
        markup.leaf(ground.fill(options.theme.colour(Role::Stage)));
        // A drawing of its own, so that nothing is drawn beyond its edge.
        let inner = Tag::new("svg").num("width", size.width).num("height", size.height);
        markup.group(inner, |markup| match (what, &history) {
            (_, Some(history)) => history.draw(markup, options),
            (What::Diagram, _) => diagram::draw(markup, subject, options, size),
            (What::Metrics, _) => metrics::draw(markup, subject, options),
            (What::Stage | What::History, None) => stage::draw(markup, subject, options),
        });
        if let Some(words) = written {
            caption::draw(markup, subject, options.theme, size, words);
        }
    });
    markup.finish()
}

fn root(width: f64, height: f64) -> Tag {
    let view = ["0 0 ", &crate::path_data::num(width), " ", &crate::path_data::num(height)].concat();
    let tag = Tag::new("svg").set("xmlns", "http://www.w3.org/2000/svg");
    let tag = tag.num("width", width).num("height", height).set("viewBox", &view);
    tag.set("role", "img").set("font-family", measure::SANS)
}

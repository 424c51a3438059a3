//! The metrics of the run at the cursor, drawn: latency, throughput, availability, staleness and cost; of two
//! runs that are compared both in the same plots.

mod cost;
mod latency;
mod over_time;
mod plot;
mod seeds;
mod stale;
mod staleness;

pub use stale::StalenessDialog;

use netsplit_view::metrics::{Measured, Metrics, metrics};
use netsplit_words::say;
use yew::prelude::{Component, Context, Html, Properties, html};

use crate::button::{Look, button};
use crate::frame;
use crate::later::Later;
use crate::model::Model;
use crate::msg::{Dialog, Msg};
use crate::stage_contract::AppHandle;

use seeds::ManySeeds;

/// What the metrics are drawn from.
#[derive(Clone, PartialEq, Properties)]
pub struct MetricsProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// Grows, now and then while it plays, when the run shows something else.
    pub revision: u64,
}

/// The metrics. While the run plays they are measured twice a second, and less often if that takes long.
pub struct MetricsPanel {
    shown: Metrics,
    next_look: f64,
    /// Looks again at what was skipped.
    later: Later,
}

/// Enough time has passed since the last look.
pub struct Remeasure;

/// Between two looks at a playing run.
const CALM_MS: f64 = 500.0;
/// Measuring takes at most this part of the time.
const PART: f64 = 100.0;

impl Component for MetricsPanel {
    type Message = Remeasure;
    type Properties = MetricsProps;

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link().clone();
        Self {
            shown: ctx.props().app.read(measure),
            next_look: frame::clock() + CALM_MS,
            later: Later::new(move || link.send_message(Remeasure)),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, _remeasure: Remeasure) -> bool {
        self.look(&ctx.props().app)
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &MetricsProps) -> bool {
        let app = &ctx.props().app;
        let plays = app.read(|model| model.playback().playing());
        let wait = self.next_look - frame::clock();
        if plays && wait > 0.0 {
            self.later.after(wait as i32 + 1);
            return false;
        }
        self.look(app)
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let app = &ctx.props().app;
        html! {
            <>
                { draw(app, &self.shown) }
                <ManySeeds app={app.clone()} />
            </>
        }
    }
}

impl MetricsPanel {
    /// Measures, and says whether anything is another than before.
    fn look(&mut self, app: &AppHandle) -> bool {
        let begun = frame::clock();
        let before = std::mem::replace(&mut self.shown, app.read(measure));
        let took = frame::clock() - begun;
        self.next_look = begun + CALM_MS.max(took * PART);
        before != self.shown
    }
}

fn measure(model: &Model) -> Metrics {
    let first = model.session();
    match model.versus() {
        None => metrics(Measured { name: "", run: first.run() }, None),
        Some(versus) => {
            let second = versus.session();
            metrics(
                Measured { name: &first.branch().name, run: first.run() },
                Some(Measured { name: &second.branch().name, run: second.run() }),
            )
        }
    }
}

fn draw(app: &AppHandle, metrics: &Metrics) -> Html {
    let axis = &metrics.axis;
    html! {
        <div class="metrics">
            { plot::patterns() }
            { latency::draw(metrics.latency.as_ref()) }
            { over_time::throughput(axis, metrics.throughput.as_ref()) }
            { over_time::availability(axis, metrics.availability.as_ref()) }
            { staleness::draw(axis, metrics.staleness.as_ref(), &button(Look::Framed, say!("How stale can reads be?"), app.sends(Msg::OpenDialog(Dialog::Staleness)))) }
            { cost::draw(metrics.cost.as_ref()) }
        </div>
    }
}

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
use yew::prelude::{Component, Context, Html, Properties, html};

use crate::button::{Look, button};
use crate::frame;
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

/// The metrics. While the run plays they are measured twice a second.
pub struct MetricsPanel {
    shown: Metrics,
    measured_at: f64,
}

/// Between two looks at a playing run.
const CALM_MS: f64 = 500.0;

impl Component for MetricsPanel {
    type Message = ();
    type Properties = MetricsProps;

    fn create(ctx: &Context<Self>) -> Self {
        Self { shown: ctx.props().app.read(measure), measured_at: frame::clock() }
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &MetricsProps) -> bool {
        let app = &ctx.props().app;
        let plays = app.read(|model| model.playback().playing());
        if plays && frame::clock() - self.measured_at < CALM_MS {
            return false;
        }
        let before = std::mem::replace(&mut self.shown, app.read(measure));
        self.measured_at = frame::clock();
        before != self.shown
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
            { staleness::draw(axis, metrics.staleness.as_ref(), &button(Look::Framed, "How stale can reads be?", app.sends(Msg::OpenDialog(Dialog::Staleness)))) }
            { cost::draw(metrics.cost.as_ref()) }
        </div>
    }
}

//! Latency: the distribution, where its percentiles stand in it, and what they are.

use netsplit_view::metrics::latency::{LatencyPicture, LatencyRow, PercentileMark};
use netsplit_words::{say, word};
use yew::prelude::{Html, classes, html};

use super::plot::{bar, empty, figure, of_run, plot, run_name};
use crate::decimal::percent;

const CLASS: &str = "metric-latency";
const TITLE: &str = word!("Latency");
/// Of a distribution, in pixels.
const HEIGHT: u32 = 74;
/// Where two stand one above the other.
const LOW: u32 = 46;

/// Latency.
pub(super) fn draw(picture: Option<&LatencyPicture>) -> Html {
    let Some(picture) = picture else {
        return empty(CLASS, TITLE, say!("No client has asked for anything yet."));
    };
    let height = if picture.rows.len() > 1 { LOW } else { HEIGHT };
    let last = picture.rows.len() - 1;
    let rows = picture.rows.iter().enumerate().map(|(index, row)| {
        let ticks = if index == last { &picture.ticks[..] } else { &[] };
        html! {
            <div class={classes!("metric-row", of_run(index))} key={index}>
                { run_name(index, &row.name) }
                { numbers(row) }
                { plot(height, &row.told, ticks, distribution(row)) }
                <p class="soft">{ &row.answered }</p>
                if !row.unanswered.is_empty() {
                    <p class="soft metric-open">{ &row.unanswered }</p>
                }
            </div>
        }
    });
    figure(CLASS, TITLE, html! { { for rows } })
}

fn numbers(row: &LatencyRow) -> Html {
    html! {
        <dl class="percentiles">
            { for row.percentiles.iter().map(|percentile| html! {
                <div title={percentile.at_least.then_some(say!("It may still grow: an operation that nobody answered yet counts with its age."))}>
                    <dt>{ &percentile.name }</dt>
                    <dd>{ &percentile.text }</dd>
                </div>
            }) }
        </dl>
    }
}

fn distribution(row: &LatencyRow) -> Html {
    let bars = row.bars.iter().map(|found| {
        let x = (found.from_x, found.to_x);
        html! {
            <>
                { bar("bar", x, 0.0, found.answered * ROOM) }
                { bar("bar waiting", x, found.answered * ROOM, found.unanswered * ROOM) }
            </>
        }
    });
    html! { <>{ for bars }{ for row.marks.iter().enumerate().map(|(index, found)| mark(index, found)) }</> }
}

/// What the labels of the percentiles leave.
const ROOM: f64 = 0.78;

/// The first stands left of its line, the others right of theirs, as long as they stay inside; so does one for
/// several.
fn mark(index: usize, mark: &PercentileMark) -> Html {
    let x = percent(mark.x);
    let is_short = !mark.label.contains('–');
    let is_left = if index == 0 && is_short { mark.x > 180.0 } else { mark.x > 650.0 };
    let (anchor, dx) = if is_left { ("end", "-3") } else { ("start", "3") };
    html! {
        <>
            <line class="percentile" x1={x.clone()} x2={x.clone()} y1="0" y2="100%" />
            <text {x} {dx} y="9" text-anchor={anchor}>{ &mark.label }</text>
        </>
    }
}

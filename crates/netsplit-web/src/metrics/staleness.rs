//! Staleness: stale reads over time, and how many were how many versions behind.

use netsplit_view::metrics::over_time::TimeAxis;
use netsplit_view::metrics::staleness::{Dot, StalenessPicture, StalenessRow};
use netsplit_words::{say, word};
use yew::prelude::{Html, classes, html};

use super::plot::{figure, nothing, of_run, plot, run_name, walls};
use crate::decimal::percent;

/// Of the plot, in pixels.
const HEIGHT: u32 = 74;

/// Staleness; `more` leads to what can be said without a run.
pub(super) fn draw(axis: &TimeAxis, picture: Option<&StalenessPicture>, more: &Html) -> Html {
    const CLASS: &str = "metric-staleness";
    const TITLE: &str = word!("Staleness of reads");
    let Some(picture) = picture else {
        return figure(
            CLASS,
            TITLE,
            html! { <>{ nothing(say!("No read was answered yet.")) }{ more.clone() }</> },
        );
    };
    let told: Vec<&str> = picture.rows.iter().map(|row| row.told.as_str()).collect();
    let content = html! {
        <>
            { plot(HEIGHT, &told.join(" "), &axis.ticks, html! {
                <>
                    { walls(axis) }
                    { for picture.rows.iter().enumerate().map(|(index, row)| dots(index, row)) }
                    if !picture.top.is_empty() {
                        <text class="plot-top" x="0" y="11">{ say!("{versions} behind", versions = picture.top) }</text>
                    }
                </>
            }) }
            { for picture.rows.iter().enumerate().map(|(index, row)| versions(index, row)) }
            { more.clone() }
        </>
    };
    figure(CLASS, TITLE, content)
}

fn dots(index: usize, row: &StalenessRow) -> Html {
    html! { <g class={classes!("dots", of_run(index))}>{ for row.dots.iter().map(|dot| stale(index, dot)) }</g> }
}

/// The dots of a second run are hollow.
fn stale(index: usize, dot: &Dot) -> Html {
    let r = if index == 0 { "3.5" } else { "3" };
    html! {
        <circle cx={percent(dot.x)} cy={percent(940.0 - dot.height * 0.8)} {r}><title>{ &dot.label }</title></circle>
    }
}

/// One bar in parts, fresh reads first.
fn versions(index: usize, row: &StalenessRow) -> Html {
    let mut from = 0.0;
    let parts = row.versions.iter().enumerate().map(|(behind, part)| {
        let x = from;
        from += part.share;
        let class = classes!("part", ["fresh", "one", "two", "three", "many"].get(behind).copied());
        html! { <rect {class} x={percent(x)} width={percent(part.share)} y="0" height="10" /> }
    });
    let parts: Vec<Html> = parts.collect();
    html! {
        <div class={classes!("metric-row", of_run(index))} key={index}>
            { run_name(index, &row.name) }
            <svg class="versions" width="100%" height="10" aria-hidden="true">{ parts }</svg>
            <ul class="versions-key">
                { for row.versions.iter().map(|part| html! {
                    <li><span class="soft">{ &part.label }</span><b class="mono">{ part.count }</b></li>
                }) }
            </ul>
            <p class="soft">{ &row.told }</p>
        </div>
    }
}

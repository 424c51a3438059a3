//! What all plots are made of: a figure with its title, an axis, walls, and the two hatchings.

use netsplit_view::metrics::over_time::TimeAxis;
use netsplit_view::timeline::Tick;
use netsplit_words::told;
use yew::prelude::{Html, classes, html};

use crate::decimal::percent;

/// A plot with its title and what stands below it; `class` is the plot's own.
pub(super) fn figure(class: &'static str, title: &'static str, content: Html) -> Html {
    html! {
        <section class={classes!("metric", class)} aria-label={told(title)}>
            <h3>{ told(title) }</h3>
            { content }
        </section>
    }
}

/// What stands in place of a plot that has nothing to show yet.
pub(super) fn empty(class: &'static str, title: &'static str, words: &'static str) -> Html {
    figure(class, title, nothing(words))
}

/// That there is nothing to show yet.
pub(super) fn nothing(words: &'static str) -> Html {
    html! { <p class="soft metric-empty">{ words }</p> }
}

/// The hatchings of what was not answered; once a page, since all plots name them.
pub(super) fn patterns() -> Html {
    let hatch = |id: &'static str, class: &'static str, turn: &'static str| {
        html! {
            <pattern {id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform={turn}>
                <rect class={classes!("hatch-ground", class)} width="5" height="5" />
                <path class={classes!("hatch-line", class)} d="M0 0V5" />
            </pattern>
        }
    };
    html! {
        <svg class="metric-patterns" width="0" height="0" aria-hidden="true">
            <defs>
                { hatch("hatch-lost", "lost", "rotate(45)") }
                { hatch("hatch-waiting", "waiting", "rotate(-45)") }
            </defs>
        </svg>
    }
}

/// The class of one of two runs.
pub(super) const fn of_run(index: usize) -> &'static str {
    if index == 0 { "run-first" } else { "run-second" }
}

/// How one of two runs is called, in its colour; nothing where there is one.
pub(super) fn run_name(index: usize, name: &str) -> Html {
    if name.is_empty() {
        return Html::default();
    }
    html! { <b class={classes!("run-name", of_run(index))}>{ name }</b> }
}

/// A plot of `height` pixels, with labelled places below it if there are any.
pub(super) fn plot(height: u32, told: &str, ticks: &[Tick], content: Html) -> Html {
    let axis = if ticks.is_empty() { 1 } else { AXIS };
    let whole = height + axis;
    html! {
        <svg class="plot" width="100%" height={whole.to_string()} role="img" aria-label={told.to_owned()}>
            <svg width="100%" height={height.to_string()} overflow="visible">{ content }</svg>
            <svg y={height.to_string()} width="100%" height={axis.to_string()} overflow="visible">
                <line class="plot-line" x1="0" x2="100%" y1="0.5" y2="0.5" />
                { for thinned(ticks).map(tick) }
            </svg>
        </svg>
    }
}

/// The height of an axis.
const AXIS: u32 = 18;

/// Labels closer than this, in per-mille, would touch.
const LABEL: f64 = 210.0;

fn thinned(ticks: &[Tick]) -> impl Iterator<Item = &Tick> {
    let mut last = f64::NEG_INFINITY;
    ticks.iter().filter(move |tick| {
        let shown = tick.x - last >= LABEL;
        last = if shown { tick.x } else { last };
        shown
    })
}

fn tick(tick: &Tick) -> Html {
    html! {
        <>
            <line class="plot-line" x1={percent(tick.x)} x2={percent(tick.x)} y1="0" y2="4" />
            <text x={percent(tick.x)} y="15" text-anchor={anchor(tick.x)}>{ &tick.label }</text>
        </>
    }
}

/// Words near an end stay inside.
const fn anchor(x: f64) -> &'static str {
    match x {
        ..80.0 => "start",
        920.0.. => "end",
        _ => "middle",
    }
}

/// Walls while they stand.
pub(super) fn walls(axis: &TimeAxis) -> Html {
    let bands = axis.walls.iter().map(|wall| {
        let (from, to) = (wall.from_x.max(0.0), wall.to_x.min(1_000.0));
        html! {
            <>
                <rect class="plot-wall" x={percent(from)} width={percent((to - from).max(0.0))} y="0" height="100%">
                    <title>{ &wall.label }</title>
                </rect>
                <line class="plot-wall" x1={percent(from)} x2={percent(from)} y1="0" y2="100%" />
            </>
        }
    });
    html! { <g class="plot-walls">{ for bands }</g> }
}

/// A bar that stands on others; places and heights are per-mille, `below` is how high it begins.
pub(super) fn bar(class: &'static str, x: (f64, f64), below: f64, height: f64) -> Html {
    if height <= 0.0 {
        return Html::default();
    }
    // A hair of ground between neighbours.
    let width = ((x.1 - x.0) * 0.92).max(1.0);
    html! {
        <rect {class} x={percent(x.0)} width={percent(width)} y={percent(1_000.0 - below - height)} height={percent(height)} />
    }
}

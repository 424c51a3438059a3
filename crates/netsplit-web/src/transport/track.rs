//! The track of the timeline: marks, bands and ticks.

use netsplit_sim::describe::Mark;
use netsplit_view::timeline::{Band, BandKind, MarkPicture, Tick, Timeline};
use yew::prelude::{Html, classes, html};

use crate::decimal::percent;

/// The track. Places are per-mille of its width.
pub(super) fn track(picture: &Timeline) -> Html {
    html! {
        <g aria-hidden="true">
            { for picture.ticks.iter().map(tick) }
            { for picture.bands.iter().map(band) }
            { for picture.marks.iter().map(mark) }
        </g>
    }
}

fn tick(tick: &Tick) -> Html {
    // A label at either end would be cut off.
    let anchor = match tick.x {
        ..20.0 => "start",
        960.0.. => "end",
        _ => "middle",
    };
    let x = percent(tick.x);
    html! {
        <>
            <line class="track-tick" x1={x.clone()} x2={x.clone()} y1="28" y2="32" />
            <text class="track-label" {x} y="42" text-anchor={anchor}>{ &tick.label }</text>
        </>
    }
}

fn band(band: &Band) -> Html {
    let (from, to) = (band.from_x.clamp(0.0, 1_000.0), band.to_x.clamp(0.0, 1_000.0));
    let class = match band.kind {
        BandKind::Wall(_) => "band-wall",
        BandKind::Crash(_) => "band-crash",
        BandKind::Pause(_) => "band-pause",
        BandKind::Clock(_) | BandKind::Link(_) => "band-other",
    };
    let x = percent(from);
    html! {
        <g class={classes!("band", class)}>
            <rect x={x.clone()} width={percent((to - from).max(1.0))} y="15" height="14" />
            <line x1={x.clone()} x2={x} y1="11" y2="33" />
            <title>{ &band.label }</title>
        </g>
    }
}

fn mark(mark: &MarkPicture) -> Html {
    let (class, path) = match mark.mark {
        Mark::Election => ("mark-election", "M0-6 6 0 0 6-6 0Z"),
        Mark::Commit => ("mark-commit", "M-4.5 0a4.5 4.5 0 1 1 9 0 4.5 4.5 0 1 1-9 0Z"),
        Mark::Fault => ("mark-fault", "M-2-9H2V9H-2Z"),
        Mark::Violation => ("mark-violation", "M-6-4-4-6 0-2 4-6 6-4 2 0 6 4 4 6 0 2-4 6-6 4-2 0Z"),
        Mark::Client => ("mark-client", "M-4-4H4V4H-4Z"),
    };
    html! {
        <svg class={classes!("mark", class)} x={percent(mark.x)} y="22" overflow="visible">
            <path d={path} />
            <title>{ &mark.label }</title>
        </svg>
    }
}

//! Throughput and availability over time, with the walls behind.

use netsplit_view::metrics::over_time::{AvailabilityPicture, ThroughputPicture, TimeAxis, TimeBar, TimeRow};
use netsplit_view::timeline::Tick;
use netsplit_words::{say, word};
use yew::prelude::{Html, classes, html};

use super::plot::{bar, empty, figure, of_run, plot, run_name, walls};

/// Of a plot that stands alone, in pixels.
const HEIGHT: u32 = 74;
/// Of one among several.
const LOW: u32 = 28;

/// Answers a second.
pub(super) fn throughput(axis: &TimeAxis, picture: Option<&ThroughputPicture>) -> Html {
    const CLASS: &str = "metric-throughput";
    const TITLE: &str = word!("Throughput");
    let Some(picture) = picture else { return empty(CLASS, TITLE, say!("Nothing was answered yet.")) };
    let height = if picture.rows.len() > 1 { LOW + 12 } else { HEIGHT };
    let last = picture.rows.len() - 1;
    let rows = picture.rows.iter().enumerate().map(|(index, row)| {
        let top = if index == 0 { top(&picture.top) } else { Html::default() };
        html! {
            <div class={classes!("metric-row", of_run(index))} key={index}>
                { run_name(index, &row.name) }
                { plot(height, &say!("Answers over time: {note}", note = row.note), ticks(axis, index == last), html! {
                    <>{ walls(axis) }{ for row.bars.iter().map(stacked) }{ top }</>
                }) }
                <p class="soft">{ &row.note }</p>
            </div>
        }
    });
    figure(CLASS, TITLE, html! { { for rows } })
}

/// What the top of a plot means.
fn top(label: &str) -> Html {
    html! {
        <>
            <line class="plot-top" x1="0" x2="100%" y1="0" y2="0" />
            <text class="plot-top" x="0" y="11">{ label }</text>
        </>
    }
}

/// Answered of asked, a row for each side of the wall.
pub(super) fn availability(axis: &TimeAxis, picture: Option<&AvailabilityPicture>) -> Html {
    const CLASS: &str = "metric-availability";
    const TITLE: &str = word!("Availability");
    let Some(picture) = picture else {
        return empty(CLASS, TITLE, say!("No client has asked for anything yet."));
    };
    let runs = picture.nines.len();
    let last = picture.rows.len().saturating_sub(1);
    let rows = picture.rows.iter().enumerate().map(|(index, row)| {
        let run = index % runs.max(1);
        html! {
            <div class={classes!("metric-row", of_run(run))} key={index}>
                { side(run, runs, row) }
                { plot(LOW, &say!("Answered of asked over time: {note}", note = row.note), ticks(axis, index == last), html! {
                    <>{ walls(axis) }{ for row.bars.iter().map(stacked) }</>
                }) }
            </div>
        }
    });
    figure(
        CLASS,
        TITLE,
        html! {
            <>
                { for picture.nines.iter().map(|nines| html! { <p class="metric-nines">{ nines }</p> }) }
                { for rows }
                { key() }
            </>
        },
    )
}

fn side(run: usize, runs: usize, row: &TimeRow) -> Html {
    html! {
        <p class="metric-side">
            if runs > 1 { { run_name(run, &row.name) } } else { <b>{ &row.name }</b> }
            <span class="soft">{ &row.note }</span>
        </p>
    }
}

/// What the hatchings mean.
fn key() -> Html {
    html! {
        <p class="metric-key soft">
            <span class="key-bar">{ say!("answered") }</span>
            <span class="key-lost">{ say!("refused or given up") }</span>
            <span class="key-waiting">{ say!("waiting") }</span>
        </p>
    }
}

fn ticks(axis: &TimeAxis, shown: bool) -> &[Tick] {
    if shown { &axis.ticks } else { &[] }
}

fn stacked(found: &TimeBar) -> Html {
    let x = (found.from_x, found.to_x);
    html! {
        <>
            { bar("bar", x, 0.0, found.answered) }
            { bar("bar lost", x, found.answered, found.lost) }
            { bar("bar waiting", x, found.answered + found.lost, found.waiting) }
        </>
    }
}

//! The drawing: faults behind, lanes, intervals, points of the order, the cursor.

use netsplit_checkers::history::Row;
use netsplit_view::history::account::FaultKind;
use netsplit_view::history::bands::{BandPicture, LEVEL};
use netsplit_view::history::bars::{BarPicture, Part};
use netsplit_view::history::lanes::{HEIGHT, Lane};
use netsplit_view::history::words::Standing;
use netsplit_view::history::{self, HistoryPicture};
use netsplit_view::timeline::Tick;
use netsplit_words::say;
use yew::prelude::{Html, classes, html};

use super::shown::Shown;
use netsplit_view::path_data::num;

/// Half of how high an interval is.
const HALF: f64 = 9.0;
/// What the names of processes take on the left.
pub const GUTTER: f64 = 56.0;
/// How high the axis is.
const AXIS: f64 = 18.0;

/// The operations as a list, lane by lane, over everything that only shows.
/// `stop` is the operation that Tab leads to.
pub fn drawing(shown: &Shown, width: f64, stop: Option<Row>) -> Html {
    let picture = &shown.picture;
    html! {
        <svg class="history-svg" width={num(width + GUTTER)} height={num(picture.height)}>
            <g aria-hidden="true">{ for picture.lanes.iter().map(lane_name) }</g>
            <svg x={num(GUTTER)} width={num(width)} height={num(picture.height)}>
                { ground(picture, width) }
                <g role="listbox" aria-label={say!("Operations, a group for each process")} aria-orientation="horizontal">
                    { for picture.lanes.iter().enumerate().map(|(number, lane)| group(shown, number, lane, stop)) }
                </g>
                <g aria-hidden="true" class="history-over">
                    { for picture.bars.iter().filter_map(label) }
                    { for picture.points.iter().map(|point| self::point(point, picture)) }
                </g>
            </svg>
        </svg>
    }
}

/// What lies behind the operations: faults, lanes, the cursor.
fn ground(picture: &HistoryPicture, width: f64) -> Html {
    html! {
        <g aria-hidden="true">
            { for picture.bands.iter().map(|band| self::band(band, picture)) }
            { for picture.lanes.iter().map(|lane| lane_line(lane, width)) }
            if let Some(x) = picture.cursor {
                <line class="history-cursor" x1={num(x)} x2={num(x)} y1="0" y2={num(picture.height)} />
            }
        </g>
    }
}

/// The names of processes, left of everything.
fn lane_name(lane: &Lane) -> Html {
    html! {
        <text class="history-name" x="10" y={num(lane.y + 4.0)}>
            <title>{ &lane.title }</title>
            { &lane.name }
        </text>
    }
}

/// Labelled times, below what scrolls.
pub fn axis(ticks: &[Tick], width: f64) -> Html {
    let shown = ticks.iter().filter(|tick| (14.0..=width - 24.0).contains(&tick.x));
    html! {
        <svg class="history-axis" width={num(width + GUTTER)} height={num(AXIS)} aria-hidden="true">
            { for shown.map(|tick| html! { <text x={num(tick.x + GUTTER)} y="13">{ &tick.label }</text> }) }
        </svg>
    }
}

fn band(band: &BandPicture, picture: &HistoryPicture) -> Html {
    let kind = match band.kind {
        FaultKind::Wall => "is-wall",
        FaultKind::Outage => "is-outage",
        FaultKind::Other => "is-other",
    };
    html! {
        <g class={classes!("history-band", kind)}>
            <rect x={num(band.from)} y="0" width={num((band.to - band.from).max(1.0))} height={num(picture.height)}>
                <title>{ &band.label }</title>
            </rect>
            <line x1={num(band.from)} x2={num(band.from)} y1="0" y2={num(picture.height)} />
            if let Some((x, level)) = band.name {
                <text x={num(x)} y={num((level as f64 + 0.75) * LEVEL)}>{ &band.label }</text>
            }
        </g>
    }
}

fn lane_line(lane: &Lane, width: f64) -> Html {
    let top = num(lane.y - HEIGHT / 2.0);
    html! {
        <>
            if lane.first {
                <line class="history-between" x1="0" x2={num(width)} y1={top.clone()} y2={top} />
            }
            <line class="history-lane" x1="0" x2={num(width)} y1={num(lane.y)} y2={num(lane.y)} />
        </>
    }
}

/// The operations of a lane.
fn group(shown: &Shown, number: usize, lane: &Lane, stop: Option<Row>) -> Html {
    let own: Vec<&BarPicture> = shown.picture.bars.iter().filter(|bar| bar.lane == number).collect();
    if own.is_empty() {
        return Html::default();
    }
    html! {
        <g role="group" aria-label={lane.title.clone()} key={lane.process.0}>
            { for own.into_iter().map(|bar| operation(shown, bar, stop)) }
        </g>
    }
}

/// The id of an operation's element, for the focus.
pub fn element_id(row: Row) -> String {
    ["history-op-", &row.to_string()].concat()
}

fn operation(shown: &Shown, bar: &BarPicture, stop: Option<Row>) -> Html {
    let row = bar.row;
    let class = classes!(
        "history-op",
        standing_class(bar.standing),
        part_class(bar.part),
        (shown.selected == Some(row)).then_some("is-selected"),
    );
    html! {
        <g
            key={row}
            id={element_id(row)}
            data-row={row.to_string()}
            {class}
            role="option"
            aria-selected={if shown.selected == Some(row) { "true" } else { "false" }}
            aria-label={bar.spoken.clone()}
            tabindex={if stop == Some(row) { "0" } else { "-1" }}
        >
            <rect class="history-hit" x={num(bar.from - 2.0)} y={num(bar.y - HEIGHT / 2.0)} width={num(bar.to - bar.from + 4.0)} height={num(HEIGHT)} />
            <path class="history-bar" d={bar.outline(HALF, true)} />
            <path class="history-edge" d={bar.outline(HALF, false)} />
            if bar.standing == Standing::Refused {
                <line class="history-strike" x1={num(bar.from + 3.0)} x2={num(bar.to - 3.0)} y1={num(bar.y + HALF - 3.0)} y2={num(bar.y - HALF + 3.0)} />
            }
        </g>
    }
}

/// Beside the operations, not inside: what is heard of them is longer.
fn label(bar: &BarPicture) -> Option<Html> {
    let x = num(bar.label_x?);
    let y = num(bar.y + 4.0);
    Some(html! { <text key={bar.row} class={classes!(part_class(bar.part))} {x} {y}>{ &bar.label }</text> })
}

const fn standing_class(standing: Standing) -> &'static str {
    match standing {
        Standing::Done => "is-done",
        Standing::Refused => "is-refused",
        Standing::Unknown => "is-unknown",
        Standing::Pending => "is-pending",
    }
}

const fn part_class(part: Part) -> Option<&'static str> {
    match part {
        Part::Fine => None,
        Part::Beside => Some("is-beside"),
        Part::Witness => Some("is-witness"),
        Part::Stuck => Some("is-stuck"),
    }
}

/// A point of the order: a tick at the lower edge of its interval, below the label, with a knob.
fn point(point: &history::Point, picture: &HistoryPicture) -> Html {
    let beside = picture.bars.iter().any(|bar| bar.row == point.row && bar.part == Part::Beside);
    let (x, top, bottom) = (num(point.x), num(point.y + HALF - 4.0), num(point.y + HALF + 1.0));
    html! {
        <g class={classes!("history-point", beside.then_some("is-beside"))}>
            <line class="history-casing" x1={x.clone()} x2={x.clone()} y1={top.clone()} y2={bottom.clone()} />
            <line x1={x.clone()} x2={x.clone()} y1={top} y2={bottom.clone()} />
            <circle cx={x} cy={bottom} r="2.5" />
        </g>
    }
}

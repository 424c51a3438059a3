//! What a server stores, in a few cells beneath it.

use netsplit_view::geometry::Point;
use netsplit_view::node_picture::{CellPicture, StorePicture};
use netsplit_words::say;
use yew::prelude::{Html, classes, html};

use netsplit_view::path_data as svg;

/// Cells of a log or rows of a table, beginning at `top` below the middle of their server.
pub fn store(picture: &StorePicture, top: f64, cell: f64) -> Html {
    match picture {
        StorePicture::Nothing => Html::default(),
        StorePicture::Log { earlier, cells } => log(*earlier, cells, top, cell),
        StorePicture::Rows { rows, more } => table(rows, *more, top),
    }
}

fn log(earlier: u64, cells: &[CellPicture], top: f64, step: f64) -> Html {
    let left = -(cells.len() as f64) * step / 2.0;
    html! {
        <g class="store" transform={svg::translate(Point::new(left, top))}>
            if earlier > 0 {
                <text class="log-more" x="-4" y="13.5">{ format!("+{earlier}") }</text>
            }
            { for cells.iter().enumerate().map(|(place, cell)| log_cell(cell, place as f64 * step, step)) }
        </g>
    }
}

fn log_cell(cell: &CellPicture, x: f64, step: f64) -> Html {
    let class =
        classes!("log-cell", (!cell.settled).then_some("is-open"), (!cell.durable).then_some("is-volatile"));
    let height = (step * 0.8).clamp(14.0, 20.0);
    html! {
        <g {class} key={cell.index} transform={svg::translate(Point::new(x, 0.0))}>
            <title>{ &cell.title }</title>
            <rect x="1" width={svg::num(step - 2.0)} height={svg::num(height)} rx="4" />
            <text x={svg::num(step / 2.0)} y={svg::num(height / 2.0 + 4.2)}>
                { &cell.label }<tspan class="epoch">{ &cell.epoch }</tspan>
            </text>
        </g>
    }
}

fn table(rows: &[String], more: u64, top: f64) -> Html {
    let line = |index: usize, text: String| {
        let y = svg::num(top + 12.0 + 14.0 * index as f64);
        html! { <text class="store-row mono" {y}>{ text }</text> }
    };
    html! {
        <g class="store">
            { for rows.iter().cloned().enumerate().map(|(index, row)| line(index, row)) }
            if more > 0 {
                { line(rows.len(), say!("and {more} more", more)) }
            }
        </g>
    }
}

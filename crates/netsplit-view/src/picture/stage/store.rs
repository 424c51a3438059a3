//! What a server stores: cells of a log, or rows of a table, beneath it.

use netsplit_words::say;

use crate::geometry::Point;
use crate::node_picture::{CellPicture, StorePicture};

use super::super::Role;
use super::super::markup::{Anchor, Markup, Tag, rect, text};
use super::super::measure::Weight;
use super::Ground;

pub(super) fn draw(markup: &mut Markup, ground: &Ground, store: &StorePicture, fade: f64) {
    let top = ground.sizes.arc + 7.0;
    match store {
        StorePicture::Nothing => {}
        StorePicture::Log { earlier, cells } => log(markup, ground, *earlier, cells, top, fade),
        StorePicture::Rows { rows, more } => table(markup, ground, rows, *more, top, fade),
    }
}

fn log(markup: &mut Markup, ground: &Ground, earlier: u64, cells: &[CellPicture], top: f64, fade: f64) {
    let step = ground.sizes.cell;
    let left = -(cells.len() as f64) * step / 2.0;
    markup.group(Tag::new("g").at(Point::new(left, top)).opacity(fade), |markup| {
        if earlier > 0 {
            let more = text(Point::new(-4.0, 13.5), Anchor::End).font(11.2, Weight::Plain);
            markup.words(more.fill(ground.theme.colour(Role::Soft)), &format!("+{earlier}"));
        }
        for (place, cell) in cells.iter().enumerate() {
            log_cell(markup, ground, cell, place as f64 * step);
        }
    });
}

fn log_cell(markup: &mut Markup, ground: &Ground, cell: &CellPicture, x: f64) {
    let theme = ground.theme;
    let step = ground.sizes.cell;
    let height = (step * 0.8).clamp(14.0, 20.0);
    let frame = rect(Point::new(x + 1.0, 0.0), step - 2.0, height).set("rx", "4");
    let fill = match (cell.settled, cell.durable) {
        (_, false) => "none",
        (true, true) => theme.colour(Role::Raise),
        (false, true) => theme.colour(Role::Stage),
    };
    markup.leaf(if cell.settled {
        frame.fill(fill).stroke(theme.colour(Role::Faint), 1.0)
    } else {
        frame.fill(fill).stroke(theme.colour(Role::Lead), 1.6).set("stroke-dasharray", "3 2.5")
    });
    let words = text(Point::new(x + step / 2.0, height / 2.0 + 4.2), Anchor::Middle);
    markup.group(words.font(12.8, Weight::Strong).fill(theme.colour(Role::Ink)), |markup| {
        markup.words(Tag::new("tspan"), &cell.label);
        let epoch = Tag::new("tspan").num("font-size", 11.2).set("font-weight", "400");
        markup.words(epoch.fill(theme.colour(Role::Soft)), &cell.epoch);
    });
}

fn table(markup: &mut Markup, ground: &Ground, rows: &[String], more: u64, top: f64, fade: f64) {
    let last = (more > 0).then(|| say!("and {more} more", more));
    for (index, row) in rows.iter().chain(&last).enumerate() {
        let at = Point::new(0.0, top + 12.0 + 14.0 * index as f64);
        let line = text(at, Anchor::Middle).font(11.2, Weight::Mono).opacity(fade);
        markup.words(line.fill(ground.theme.colour(Role::Ink)), row);
    }
}

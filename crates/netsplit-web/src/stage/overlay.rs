//! What floats over the drawing: labels of walls, the menu, and small forms.

use netsplit_sim::id::WallId;
use netsplit_sim::intervention::Intervention;
use netsplit_sim::run::Run;
use netsplit_view::geometry::Point;
use netsplit_view::menu;
use netsplit_view::retiming;
use netsplit_view::wall;
use netsplit_view::wall_picture::WallPicture;
use netsplit_words::say;
use yew::prelude::{Callback, Html, html};

use super::clock_form::ClockEntry;
use super::desk::Desk;
use super::forms::{Entry, Form};
use super::hand::Open;
use super::link_form::LinkEntry;
use super::look::Look;
use super::menu_view::MenuView;
use super::request_form::{Asks, RequestEntry, fresh_value};
use super::retime_form::RetimeEntry;
use super::wall_label::{self, LabelDeed, LabelProps, wall_label};
use crate::msg::Selection;
use netsplit_view::wall_lines::{label_place, taken};

/// The labels of all walls that stand, except one that is being moved.
pub fn labels(desk: &Desk, look: &Look) -> Html {
    let sizes = desk.scene.layout.sizes(desk.scene.size);
    let taken = taken(&desk.picture, &desk.board, sizes);
    let standing = desk.picture.walls.iter().filter(|wall| look.lifted != Some(wall.id));
    standing.map(|wall| label(desk, wall, &taken)).collect()
}

fn label(desk: &Desk, picture: &WallPicture, taken: &[Point]) -> Html {
    let sketch = desk.scene.sketches.get(&picture.id);
    let flips = sketch.is_some_and(|sketch| sketch.one_way);
    let text = if picture.stale { say!("cut: {wall}", wall = picture.name) } else { picture.label.clone() };
    let (width, height) = (wall_label::width(&text, flips), 30.0);
    let at = match sketch {
        Some(sketch) => {
            let line: Vec<Point> =
                wall::drawn_path(sketch).into_iter().map(|p| desk.board.to_px(p)).collect();
            label_place(&line, taken, &desk.board, width, height)
        }
        None => desk.board.to_px(picture.label_at) - Point::new(width / 2.0, height / 2.0),
    };
    let on_deed = {
        let desk = desk.clone();
        Callback::from(move |(wall, deed)| do_label(&desk, wall, deed, at))
    };
    wall_label(&LabelProps { id: picture.id, text, name: picture.name.clone(), flips, at, on_deed })
}

fn do_label(desk: &Desk, id: WallId, deed: LabelDeed, at: Point) {
    match (deed, desk.scene.sketches.get(&id)) {
        (LabelDeed::Remove, _) => desk.intervene(Intervention::RemoveWall(id), None),
        (LabelDeed::More, _) => desk.menu(Selection::Wall(id), at + Point::new(0.0, 34.0)),
        (LabelDeed::Flip, Some(sketch)) => {
            let flipped = wall::flipped(sketch);
            let cuts = wall::cuts(&flipped, &desk.scene.layout, desk.scene.layout.topology());
            desk.intervene(Intervention::SetWall(id, cuts), Some(flipped));
        }
        (LabelDeed::Flip, None) => {}
    }
}

/// The menu or form that is open.
pub fn opened(desk: &Desk) -> Html {
    let Some((open, at)) = desk.hand.open else { return Html::default() };
    let on_close = {
        let desk = desk.clone();
        Callback::from(move |back| desk.close(back))
    };
    let on_do = {
        let desk = desk.clone();
        Callback::from(move |done: Vec<Intervention>| {
            done.into_iter().for_each(|what| desk.intervene(what, None));
            desk.close(true);
        })
    };
    let entry = match open {
        Open::Menu(selection) => return opened_menu(desk, selection, at, on_close),
        form => desk.app.read(|model| entry(form, model.session().run())),
    };
    entry.map_or_else(Html::default, |entry| html! { <Form {entry} {at} {on_do} {on_close} /> })
}

/// What stands in a form at first.
fn entry(open: Open, run: &dyn Run) -> Option<Entry> {
    match open {
        Open::Menu(_) => None,
        Open::LinkForm(link) => Some(Entry::Link(LinkEntry::new(link, run.link_model(link).clone()))),
        Open::ClockForm(node) => Some(Entry::Clock(ClockEntry::new(node, run.clock(node).1))),
        Open::RetimeForm(id) => Some(Entry::Retime(RetimeEntry::new(id, retiming::arrival(run, id)?))),
        Open::RequestForm { client, via } => {
            let fresh = fresh_value(run.history().iter().map(|row| row.operation.value));
            Some(Entry::Request(RequestEntry::new(Asks::of(run), fresh, client, via)))
        }
    }
}

fn opened_menu(desk: &Desk, selection: Selection, at: Point, on_close: Callback<bool>) -> Html {
    let menu = desk.app.read(|model| menu::menu(model.session().run(), &desk.scene, selection));
    let Some(menu) = menu else { return Html::default() };
    let on_choose = {
        let desk = desk.clone();
        Callback::from(move |action| desk.act(action, at))
    };
    html! { <MenuView {menu} {at} {on_choose} {on_close} /> }
}

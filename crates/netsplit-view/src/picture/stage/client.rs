//! A client: outside the cluster, with its last operation and what came of it.

use crate::geometry::Point;
use crate::node_picture::{Answer, ClientPicture};
use crate::path_data::nudge;

use super::super::Role;
use super::super::markup::{Anchor, Markup, Tag, rect, text};
use super::super::measure::{Weight, width};
use super::Ground;

pub(super) fn draw(markup: &mut Markup, ground: &Ground, client: &ClientPicture) {
    let (theme, half) = (ground.theme, ground.sizes.client);
    let at = ground.board.to_px(client.at);
    markup.group(Tag::new("g").at(at), |markup| {
        let body = rect(Point::new(-half, -half), half * 2.0, half * 2.0).num("rx", half * 0.55);
        markup.leaf(body.fill(theme.colour(Role::Node)).stroke(theme.colour(Role::Client), 2.0));
        let size = if half < 14.0 { 11.2 } else { 14.4 };
        let name = text(Point::new(0.0, 4.5), Anchor::Middle).font(size, Weight::Strong);
        markup.words(name.fill(theme.colour(Role::Ink)), &client.name);
        if ground.words {
            operation(markup, ground, client, at.x);
        }
    });
}

fn operation(markup: &mut Markup, ground: &Ground, client: &ClientPicture, x: f64) {
    const SIZE: f64 = 12.8;
    let colour = match client.answer {
        Answer::Idle => return,
        Answer::Pending | Answer::Done => Role::Soft,
        Answer::Refused | Answer::Unknown => Role::BadText,
    };
    let room = ground.board.element.width;
    let aside = nudge(x, width(&client.operation, SIZE, Weight::Plain), room);
    let place = Point::new(aside, ground.sizes.client + 19.0);
    let line = text(place, Anchor::Middle).font(SIZE, Weight::Plain);
    let line = line.fill(ground.theme.colour(colour)).rim(ground.theme.colour(Role::Stage), 4.0);
    markup.words(line, &client.operation);
}

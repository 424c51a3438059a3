//! The stage as a standalone picture: what the page draws, in the same places.

mod client;
mod dot;
mod link;
mod node;
mod store;
mod wall;
mod words;

use crate::board::Board;
use crate::flights::{Flights, Motion};
use crate::geometry::Point;
use crate::layout::{Sizes, StageSize};
use crate::scene::Scene;
use crate::stage::{self, StagePicture};

use super::markup::Markup;
use super::{Options, Subject, Theme};

/// What every part of the stage is drawn with.
struct Ground {
    theme: Theme,
    board: Board,
    sizes: Sizes,
    scene: Scene,
    picture: StagePicture,
    /// Whether there is room for words: what servers store, what clients asked for, what is claimed.
    words: bool,
}

/// Draws the stage.
pub(super) fn draw(markup: &mut Markup, subject: &Subject<'_>, options: &Options) {
    let ground = ground(subject, options);
    ground.picture.links.iter().for_each(|link| link::draw(markup, &ground, link));
    ground.picture.walls.iter().for_each(|wall| wall::draw(markup, &ground, wall));
    ground.picture.nodes.iter().for_each(|node| node::draw(markup, &ground, node, subject.run.now()));
    ground.picture.clients.iter().for_each(|client| client::draw(markup, &ground, client));
    if options.words {
        words::sides(markup, &ground);
    }
    dots(markup, subject, &ground);
    if options.words {
        wall::labels(markup, &ground);
        words::head(markup, &ground, subject);
        words::legend(markup, &ground, subject.run);
    }
}

fn ground(subject: &Subject<'_>, options: &Options) -> Ground {
    let StageSize { width, height } = options.size;
    let board = if options.words { Board::new(width, height) } else { bare(options.size) };
    let scene = subject.scene(board.size);
    let sizes = scene.layout.sizes(board.size);
    let picture = stage::stage(subject.run, &scene);
    Ground { theme: options.theme, board, sizes, scene, picture, words: options.words }
}

/// All of it for the system, where no words stand round the edge.
fn bare(size: StageSize) -> Board {
    let edge = size.height / 30.0;
    let inner = StageSize { height: size.height - 2.0 * edge, ..size };
    Board { element: size, origin: Point::new(0.0, edge), size: inner }
}

fn dots(markup: &mut Markup, subject: &Subject<'_>, ground: &Ground) {
    let (run, scene) = (subject.run, &ground.scene);
    let mut dots = Vec::new();
    Flights::new(run, scene).dots(run, scene, run.now(), Motion::Glide, &mut dots);
    dots.iter().filter(|dot| dot.fade > 0.0).for_each(|dot| dot::draw(markup, ground, dot));
}

//! Words round the edge of the stage: what happens, what is claimed, what the signs mean.

use netsplit_sim::run::Run;
use netsplit_words::say;

use crate::fitting::fitting;
use crate::geometry::Point;
use crate::node_picture::StorePicture;
use crate::sentence;
use crate::verdict::{Chip, Mood, chips_with};

use super::super::judged::Judged;
use super::super::markup::{Anchor, Markup, circle, path, rect, text};
use super::super::measure::{self, Weight};
use super::super::{Role, Subject, legend};
use super::Ground;

/// What each side of the walls can still do.
pub(super) fn sides(markup: &mut Markup, ground: &Ground) {
    const SIZE: f64 = 12.8;
    let theme = ground.theme;
    for side in &ground.picture.sides {
        let at = ground.board.to_px(side.at);
        let width = measure::width(&side.text, SIZE, Weight::Plain);
        let aside = crate::path_data::nudge(at.x, width, ground.board.element.width);
        let line = text(at + Point::new(aside, 0.0), Anchor::Middle).font(SIZE, Weight::Plain);
        let colour = theme.colour(if side.able { Role::Soft } else { Role::Ink });
        markup.words(line.fill(colour).rim(theme.colour(Role::Stage), 5.0), &side.text);
    }
}

/// What the signs mean that this run has shown up to its cursor.
pub(super) fn legend(markup: &mut Markup, ground: &Ground, run: &dyn Run) {
    let at = Point::new(18.0, ground.board.element.height - 18.0);
    let cells = ground.picture.nodes.iter().any(|node| matches!(node.store, StorePicture::Log { .. }));
    let arcs = ground.picture.nodes.iter().any(|node| node.timer.is_some());
    let beside = legend::draw(markup, ground.theme, at, &legend::seen(run));
    legend::minor(markup, ground.theme, beside, cells, arcs);
}

/// The sentence that says what is going on, and the claims.
pub(super) fn head(markup: &mut Markup, ground: &Ground, subject: &Subject<'_>) {
    say(markup, ground, subject.run);
    let flaws = subject.record.scenario.flaws.iter().map(String::as_str);
    let chips = chips_with(subject.run, flaws, Judged::claims(subject));
    let mut top = 12.0;
    for chip in fitting(&chips) {
        claim(markup, ground, chip, top);
        top += CLAIM + 6.0;
    }
}

fn say(markup: &mut Markup, ground: &Ground, run: &dyn Run) {
    let room = (ground.board.element.width * 0.5).min(504.0);
    let theme = ground.theme;
    let headline = sentence::headline(run);
    let (words, aside) = match &headline {
        Some(headline) => {
            let when = headline.at.to_string();
            let parts = [headline.detail.as_str(), headline.section, when.as_str()];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            (headline.text.as_str(), parts.join(" · "))
        }
        None => (say!("Nothing has happened yet."), String::new()),
    };
    let large = if ground.board.element.width > 800.0 { 18.0 } else { 15.2 };
    let lines = measure::wrapped(words, large, room, 2);
    let aside = measure::wrapped(&aside, 13.0, room, 2);
    let mut y = 14.0;
    for (line, size, colour) in lines
        .iter()
        .map(|line| (line, large, Role::Ink))
        .chain(aside.iter().map(|line| (line, 13.0, Role::Soft)))
    {
        y += size * 1.3;
        let tag = text(Point::new(18.0, y - size * 0.3), Anchor::Start).font(size, Weight::Plain);
        markup.words(tag.fill(theme.colour(colour)).rim(theme.colour(Role::Stage), 5.0), line);
    }
}

/// How high a claim is.
const CLAIM: f64 = 24.0;

fn claim(markup: &mut Markup, ground: &Ground, chip: &Chip, top: f64) {
    const SIZE: f64 = 13.0;
    let theme = ground.theme;
    let right = ground.board.element.width - 14.0;
    let room = (ground.board.element.width * 0.45).min(436.0);
    let words = measure::clipped(&chip.text, SIZE, Weight::Plain, room);
    let wide = measure::width(&words, SIZE, Weight::Plain);
    let width = wide + 34.0;
    let left = right - width;
    let edge = theme.colour(if chip.mood == Mood::Bad { Role::Bad } else { Role::Line });
    let frame = rect(Point::new(left, top), width, CLAIM).set("rx", "6");
    markup.leaf(frame.fill(theme.colour(Role::Panel)).stroke(edge, 1.0));
    let at = Point::new(left + 13.0, top + CLAIM / 2.0);
    markup.leaf(
        match chip.mood {
            Mood::Good => circle(4.0).fill(theme.colour(Role::Ok)),
            Mood::Bad => path("M0-5.6 5.6 0 0 5.6-5.6 0Z").fill(theme.colour(Role::Bad)),
            Mood::Waiting => circle(3.0).line(theme.colour(Role::Soft), 2.0),
            Mood::Note => path("M-3-3H3V3H-3Z").line(theme.colour(Role::Contend), 2.0),
        }
        .at(at),
    );
    let line = text(at + Point::new(11.0, 4.6), Anchor::Start).font(SIZE, Weight::Plain);
    markup.words_within(line.fill(theme.colour(Role::Ink)), &words, wide);
}

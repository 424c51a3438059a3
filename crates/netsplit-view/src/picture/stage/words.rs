//! Words round the edge of the stage: what happens, what is claimed, what the signs mean.

use std::collections::BTreeSet;

use netsplit_checkers::search::{self, Budget};
use netsplit_checkers::verdict::Consistency;
use netsplit_scenarios::judge;
use netsplit_sim::run::Run;

use crate::fitting::fitting;
use crate::geometry::Point;
use crate::history::Account;
use crate::history::claims::{self, Standing};
use crate::node_picture::StorePicture;
use crate::sentence;
use crate::stage::{LegendItem, LegendKind, legend as whole_legend};
use crate::verdict::{Chip, Mood, chips_with};

use super::super::markup::{Anchor, Markup, circle, path, rect, text};
use super::super::measure::{self, Weight};
use super::super::{Role, Subject};
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

/// The sentence that says what is going on, and the claims.
pub(super) fn head(markup: &mut Markup, ground: &Ground, subject: &Subject<'_>) {
    say(markup, ground, subject.run);
    let flaws = subject.record.scenario.flaws.iter().map(String::as_str);
    let chips = chips_with(subject.run, flaws, judged(subject));
    let mut top = 12.0;
    for chip in fitting(&chips) {
        claim(markup, ground, chip, top);
        top += CLAIM + 6.0;
    }
}

/// What the headline claim of the client history has come to.
fn judged(subject: &Subject<'_>) -> Vec<Chip> {
    let run = subject.run;
    let model = judge::model(&subject.record.scenario);
    let Some((model, history)) = model.zip(judge::history(run, run.step())) else { return Vec::new() };
    let what = Consistency::Linearizable(model);
    let account = Account::of_run(run, std::sync::Arc::new(history));
    if account.operations().is_empty() {
        return claims::claims(run, &account, what, Standing::Nothing);
    }
    let verdict = search::judge(what, &account.history, Budget::USUAL);
    claims::claims(run, &account, what, Standing::Known(&verdict))
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
        None => ("Nothing has happened yet.", String::new()),
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

/// What the signs mean that this run has shown up to its cursor.
pub(super) fn legend(markup: &mut Markup, ground: &Ground, run: &dyn Run) {
    const SIZE: f64 = 11.5;
    let theme = ground.theme;
    let y = ground.board.element.height - 18.0;
    let mut x = 18.0;
    for item in seen(ground, run) {
        let sign = Point::new(x, y);
        match item.kind {
            LegendKind::Role => {
                let letter = text(sign, Anchor::Start).font(SIZE, Weight::Strong);
                markup.words(letter.fill(theme.colour(Role::Ink)), item.letter.encode_utf8(&mut [0; 4]));
                x += 12.0;
            }
            LegendKind::Message => {
                let middle = sign + Point::new(7.5, -4.0);
                markup.leaf(circle(7.5).fill(theme.tone(item.tone)).at(middle));
                let letter = text(middle + Point::new(0.0, 3.4), Anchor::Middle).font(9.6, Weight::Strong);
                let ink = theme.colour(Role::OnMessage);
                markup.words(letter.fill(ink), item.letter.encode_utf8(&mut [0; 4]));
                x += 19.0;
            }
        }
        x += label(markup, ground, Point::new(x, y), item.text);
    }
    if ground.picture.nodes.iter().any(|node| matches!(node.store, StorePicture::Log { .. })) {
        x += cell(markup, ground, Point::new(x, y), true);
        x += label(markup, ground, Point::new(x, y), "final");
        x += cell(markup, ground, Point::new(x, y), false);
        x += label(markup, ground, Point::new(x, y), "not yet");
    }
    if ground.picture.nodes.iter().any(|node| node.timer.is_some()) {
        label(markup, ground, Point::new(x, y), "arc: time left");
    }
}

/// Words of the legend; returns how much room they and the gap after them take.
fn label(markup: &mut Markup, ground: &Ground, at: Point, words: &str) -> f64 {
    const SIZE: f64 = 11.5;
    let line = text(at, Anchor::Start).font(SIZE, Weight::Plain);
    let width = measure::width(words, SIZE, Weight::Plain);
    markup.words_within(line.fill(ground.theme.colour(Role::Soft)), words, width);
    width + 14.0
}

/// A cell of the legend; returns how much room it takes.
fn cell(markup: &mut Markup, ground: &Ground, at: Point, settled: bool) -> f64 {
    let theme = ground.theme;
    let frame = rect(at + Point::new(0.0, -9.5), 11.0, 11.0).set("rx", "3");
    markup.leaf(if settled {
        frame.fill(theme.colour(Role::Raise)).stroke(theme.colour(Role::Faint), 1.0)
    } else {
        frame.line(theme.colour(Role::Lead), 1.5).set("stroke-dasharray", "3 2")
    });
    16.0
}

/// The legend's entries for what has been seen up to the cursor.
fn seen(ground: &Ground, run: &dyn Run) -> Vec<LegendItem> {
    let taken = run.topology().servers().flat_map(|id| {
        let until = run.step();
        run.roles(id).iter().filter(move |(moment, _)| moment.step <= until).map(|(_, role)| *role)
    });
    let about = run.about();
    let roles: BTreeSet<&str> = taken
        .filter_map(|role| about.roles.get(usize::from(role)))
        .map(|role| role.name)
        .chain(ground.picture.nodes.iter().map(|node| node.role.name))
        .collect();
    let sent = |text: &str| {
        let mut kinds = about.messages.iter().zip(run.traffic());
        kinds.any(|(kind, traffic)| kind.short == text && traffic.messages > 0)
    };
    let known = |item: &LegendItem| match item.kind {
        LegendKind::Role => roles.contains(item.text),
        LegendKind::Message => sent(item.text),
    };
    whole_legend(about).into_iter().filter(known).collect()
}

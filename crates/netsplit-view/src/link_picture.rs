//! Links as the stage draws them: one line per pair, with what each direction does to messages.

use netsplit_sim::id::{Link, NodeId};
use netsplit_sim::network::LinkModel;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimDuration;
use netsplit_words::say;

use crate::format;
use crate::geometry::Point;
use crate::scene::Scene;

/// The two directed links of a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkPicture {
    /// One end; servers order before clients.
    pub a: NodeId,
    /// The other end.
    pub b: NodeId,
    /// Where `a` stands.
    pub from: Point,
    /// Where `b` stands.
    pub to: Point,
    /// From `a` to `b`.
    pub forward: LinkState,
    /// From `b` to `a`.
    pub backward: LinkState,
    /// What is unusual about it, in a few words: `slow 40 ms`, `loses 10 %`; empty for most.
    pub label: String,
    /// In words, for those who listen.
    pub accessible: String,
}

/// What one direction does to messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkState {
    /// No message passes.
    pub cut: bool,
    /// It behaves otherwise than the scenario set it up.
    pub changed: bool,
    /// Much slower than the others.
    pub slow: bool,
    /// Loses messages.
    pub lossy: bool,
    /// How many messages are under way on it.
    pub under_way: u32,
}

/// Above this many servers only links with something to tell are drawn.
const MESH: u16 = 12;

/// The links worth drawing: between servers all, or in a large cluster those on which something is
/// changed or under way; of a client those to its home and those it uses.
pub fn links(run: &dyn Run, scene: &Scene) -> Vec<LinkPicture> {
    let traffic = traffic(run);
    let typical = typical_delay(run);
    let everyone: Vec<NodeId> = run.topology().everyone().collect();
    let mut pictures = Vec::new();
    for (i, &a) in everyone.iter().enumerate().filter(|(_, a)| !a.is_client()) {
        for &b in &everyone[i + 1..] {
            let [forward, backward] =
                [Link::new(a, b), Link::new(b, a)].map(|l| state(run, l, typical, &traffic));
            if is_drawn(scene, a, b, forward, backward) {
                pictures.push(picture(run, scene, Link::new(a, b), forward, backward));
            }
        }
    }
    pictures
}

fn is_drawn(scene: &Scene, a: NodeId, b: NodeId, forward: LinkState, backward: LinkState) -> bool {
    let told = |state: LinkState| state.changed || state.under_way > 0;
    let usual =
        if b.is_client() { scene.layout.home(b) == a } else { scene.layout.topology().servers <= MESH };
    usual || told(forward) || told(backward)
}

/// The link of each message under way, in order.
fn traffic(run: &dyn Run) -> Vec<Link> {
    let mut flights = Vec::new();
    run.flights(&mut flights);
    flights.iter().map(|flight| flight.id.link).collect()
}

fn count(traffic: &[Link], link: Link) -> u32 {
    let first = traffic.partition_point(|other| *other < link);
    traffic[first..].iter().take_while(|other| **other == link).count() as u32
}

/// What the first link that nobody changed takes: the yardstick for “slow”.
fn typical_delay(run: &dyn Run) -> SimDuration {
    let original = crate::wall::links(run.topology()).find(|&link| run.link_is_original(link));
    original.map_or(SimDuration::ZERO, |link| run.link_model(link).delay.median())
}

/// What one direction does to messages.
fn state(run: &dyn Run, link: Link, typical: SimDuration, traffic: &[Link]) -> LinkState {
    let model = run.link_model(link);
    LinkState {
        cut: run.is_cut(link),
        changed: !run.link_is_original(link),
        slow: is_slow(model, typical),
        lossy: model.loss_ppm > 0,
        under_way: count(traffic, link),
    }
}

fn is_slow(model: &LinkModel, typical: SimDuration) -> bool {
    typical > SimDuration::ZERO && model.delay.median().0 >= typical.0.saturating_mul(2)
}

fn picture(run: &dyn Run, scene: &Scene, link: Link, forward: LinkState, backward: LinkState) -> LinkPicture {
    let label = label(run, link, forward, backward);
    LinkPicture {
        a: link.from,
        b: link.to,
        from: scene.layout.at(link.from),
        to: scene.layout.at(link.to),
        forward,
        backward,
        accessible: accessible(link, forward, backward, &label),
        label,
    }
}

fn label(run: &dyn Run, link: Link, forward: LinkState, backward: LinkState) -> String {
    let there = behaviour(run.link_model(link), forward);
    let back = behaviour(run.link_model(link.reversed()), backward);
    match (there.as_str(), back.as_str()) {
        (one, other) if one == other => there,
        (one, "") => format!("→{} {one}", link.to),
        ("", other) => format!("→{} {other}", link.from),
        (one, other) => format!("→{} {one} · →{} {other}", link.to, link.from),
    }
}

/// What is unusual about a direction; empty if nothing is.
pub fn behaviour(model: &LinkModel, state: LinkState) -> String {
    let mut words = Vec::new();
    if state.slow || (state.changed && model.loss_ppm == 0 && model.duplicate_ppm == 0) {
        words.push(format::duration(model.delay.median()));
    }
    if model.loss_ppm > 0 {
        words.push(say!("loses {share}", share = format::percent(model.loss_ppm)));
    }
    if model.duplicate_ppm > 0 {
        words.push(say!("doubles {share}", share = format::percent(model.duplicate_ppm)));
    }
    if model.reorder_ppm > 0 {
        words.push(say!("reorders {share}", share = format::percent(model.reorder_ppm)));
    }
    words.extend(model.bandwidth.map(|bytes| say!("{bytes} B/s", bytes = format::grouped(bytes))));
    words.join(", ")
}

fn accessible(link: Link, forward: LinkState, backward: LinkState, label: &str) -> String {
    let mut words = vec![say!("link {from}–{to}", from = link.from, to = link.to)];
    match (forward.cut, backward.cut) {
        (true, true) => words.push(say!("cut both ways").to_owned()),
        (true, false) => words.push(say!("cut from {from} to {to}", from = link.from, to = link.to)),
        (false, true) => words.push(say!("cut from {from} to {to}", from = link.to, to = link.from)),
        (false, false) => {}
    }
    words.extend((!label.is_empty()).then(|| label.to_owned()));
    let under_way = u64::from(forward.under_way) + u64::from(backward.under_way);
    if under_way > 0 {
        words.push(say!(
            "{count, plural, one {# message} other {# messages}} under way",
            count = format::grouped(under_way)
        ));
    }
    words.join(", ")
}

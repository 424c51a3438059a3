//! What is written under a picture, and what programs read in it: evidence of a run, not only an image.

use netsplit_words::say;

use crate::geometry::Point;
use crate::layout::StageSize;
use crate::path_data::num;

use super::markup::{Anchor, Markup, Tag, path, rect, text};
use super::measure::{self, Weight};
use super::{Options, Role, Subject, Theme};

/// What a caption says besides title, seed, time and digest, which the run knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caption {
    /// The address that opens the run at this moment.
    pub link: String,
    /// Whether it is written under the picture, or stands only where programs read it.
    pub written: bool,
}

impl Caption {
    /// One that is written.
    pub fn new(link: String) -> Self {
        Self { link, written: true }
    }

    /// One that only programs read.
    pub fn unseen(link: String) -> Self {
        Self { link, written: false }
    }
}

/// How high a caption is.
pub(super) const HEIGHT: f64 = 80.0;

/// The namespace of what programs read.
pub const NAMESPACE: &str = "urn:netsplit:run";

/// What programs read: dropped on the page, the picture opens its run again.
pub(super) fn metadata(markup: &mut Markup, subject: &Subject<'_>, options: &Options) {
    let Some(caption) = &options.caption else { return };
    let run = Tag::new("run").set("xmlns", NAMESPACE).set("link", &caption.link);
    let run = run.set("seed", &subject.record.scenario.seed.to_string());
    let run = run.set("nanoseconds", &subject.run.now().0.to_string());
    let run = run.set("step", &subject.run.step().0.to_string());
    let run = run.set("digest", &subject.run.digest().to_string());
    markup.group(Tag::new("metadata"), |markup| markup.leaf(run));
}

/// The link in the metadata of a picture, if this text is one that has it.
pub fn link_in(svg: &str) -> Option<String> {
    let (_, run) = svg.split_once(&["<run xmlns=\"", NAMESPACE, "\" link=\""].concat())?;
    let (link, _) = run.split_once('"')?;
    Some(link.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"))
}

/// Three lines: what it is, when it is, and where to open it.
pub(super) fn draw(
    markup: &mut Markup,
    subject: &Subject<'_>,
    theme: Theme,
    size: StageSize,
    caption: &Caption,
) {
    const MARGIN: f64 = 18.0;
    let StageSize { width, height } = size;
    let (ink, soft) = (theme.colour(Role::Ink), theme.colour(Role::Soft));
    let room = width - 2.0 * MARGIN;
    let at = |y: f64| Point::new(MARGIN, height + y);
    let ground = rect(Point::new(0.0, height), width, HEIGHT);
    markup.leaf(ground.fill(theme.colour(Role::Panel)));
    let edge = ["M0 ", &num(height + 0.5), "h", &num(width)].concat();
    markup.leaf(path(&edge).line(theme.colour(Role::Line), 1.0));
    let mut line = |y: f64, colour: &str, size: f64, weight: Weight, words: &str| {
        let words = measure::clipped(words, size, weight, room);
        markup.words(text(at(y), Anchor::Start).font(size, weight).fill(colour), &words);
    };
    line(26.0, ink, 15.0, Weight::Strong, subject.title());
    line(46.0, soft, 13.0, Weight::Plain, &when(subject));
    line(66.0, soft, 11.5, Weight::Mono, &caption.link);
}

fn when(subject: &Subject<'_>) -> String {
    let run = subject.run;
    say!(
        "{protocol} · seed {seed} · {time}, after step {step} · digest {digest}",
        protocol = run.about().title,
        seed = subject.record.scenario.seed,
        time = run.now(),
        step = run.step().0,
        digest = run.digest()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_comes_back_out_of_its_metadata() {
        let link = "https://example.org/a?b=1&c=\"<x>\"#s=z1.ab.cd&amp;=1";
        let mut markup = Markup::default();
        markup.leaf(Tag::new("run").set("xmlns", NAMESPACE).set("link", link));
        assert_eq!(link_in(&markup.finish()).as_deref(), Some(link));
        assert_eq!(link_in("<svg><metadata/></svg>"), None);
    }
}

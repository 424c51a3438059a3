//! What a teacher chooses, and the address and markup that follow from it.

use netsplit_scenarios::percent;

use crate::options::choice::Named;
use crate::options::locks::LOCKS;
use crate::options::panels::PANELS;
use crate::options::{Controls, Theme, Verdict, parse_speed};

/// What is chosen. Defaults of the page are left out of the address.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::dialog::share) struct Form {
    /// A frame, or the element of embed.js.
    pub shape: Shape,
    /// How wide it is at first.
    pub size: Size,
    /// Which colours.
    pub theme: Theme,
    /// Which controls.
    pub controls: Controls,
    /// When claims appear.
    pub verdict: Verdict,
    /// Whether it begins to run by itself.
    pub play: bool,
    /// How fast; empty: as the scenario says.
    pub speed: String,
    /// Whether it begins at this moment rather than where the scenario opens.
    pub here: bool,
    /// Whether the way out to the whole page is hidden.
    pub alone: bool,
    /// Names of panels.
    pub panels: Vec<&'static str>,
    /// Names of locks.
    pub locks: Vec<&'static str>,
    /// Ranges of parameters, by name.
    pub ranges: Vec<Range>,
}

/// What may be chosen of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::dialog::share) struct Range {
    /// The parameter.
    pub name: &'static str,
    /// Whether it is locked at all.
    pub locked: bool,
    /// The least, as typed; empty: it is fixed.
    pub least: String,
    /// The most, as typed.
    pub most: String,
}

/// How it is embedded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::dialog::share) enum Shape {
    /// A frame, which every page can hold.
    #[default]
    Frame,
    /// `<netsplit-lab>`, which loads late, follows the host's theme and prints a poster.
    Element,
}

/// How wide a frame is at first; it never is wider than its page, and always as high as 16 to 10 asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::dialog::share) enum Size {
    /// For a column.
    Small,
    /// For a page of text.
    #[default]
    Medium,
    /// For a wide page with panels.
    Large,
}

impl Named for Shape {
    const NAMES: &'static [(&'static str, Self)] =
        &[("iframe", Self::Frame), ("netsplit-lab", Self::Element)];
    const ALLOWED: &'static str = "";
}

impl Named for Size {
    const NAMES: &'static [(&'static str, Self)] =
        &[("480", Self::Small), ("720", Self::Medium), ("1080", Self::Large)];
    const ALLOWED: &'static str = "";
}

impl Size {
    /// Width and height in pixels.
    const fn pixels(self) -> (&'static str, &'static str) {
        match self {
            Self::Small => ("480", "300"),
            Self::Medium => ("720", "450"),
            Self::Large => ("1080", "675"),
        }
    }
}

/// Where it is embedded from.
pub(in crate::dialog::share) struct Place<'a> {
    /// The page without query and fragment.
    pub page: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// The fragment of this moment.
    pub moment: &'a str,
    /// The fragment of the run without a moment.
    pub start: &'a str,
}

impl Form {
    /// With a line for each of these parameters, none of them locked.
    pub fn with_params(names: impl Iterator<Item = &'static str>) -> Self {
        let free = |name| Range { name, locked: false, least: String::new(), most: String::new() };
        Self { here: true, ranges: names.map(free).collect(), ..Self::default() }
    }

    /// The options that are not the page's defaults, in the order of the documentation.
    pub fn options(&self) -> Vec<(&'static str, String)> {
        let mut options = Vec::new();
        let mut put = |name, chosen: bool, value: String| {
            if chosen {
                options.push((name, value));
            }
        };
        put("theme", self.theme != Theme::Auto, self.theme.name().to_owned());
        put("play", self.play, "1".to_owned());
        put("speed", parse_speed(&self.speed).is_some(), self.speed.trim().to_owned());
        put("controls", self.controls != Controls::Full, self.controls.name().to_owned());
        let panels = PANELS.iter().map(|(name, _)| *name).filter(|name| self.panels.contains(name));
        put("panels", !self.panels.is_empty(), panels.collect::<Vec<_>>().join(","));
        let locks = self.locks();
        put("lock", !locks.is_empty(), locks);
        put("verdict", self.verdict != Verdict::Show, self.verdict.name().to_owned());
        put("allowLinks", self.alone, "0".to_owned());
        options
    }

    fn locks(&self) -> String {
        let closed = LOCKS.iter().map(|(name, _)| *name).filter(|name| self.locks.contains(name));
        let ranges = self.ranges.iter().filter(|range| range.locked).map(Range::lock);
        closed.map(str::to_owned).chain(ranges).collect::<Vec<_>>().join(",")
    }

    fn fragment<'a>(&self, place: &Place<'a>) -> &'a str {
        if self.here { place.moment } else { place.start }
    }

    /// The address of the embedded page.
    pub fn address(&self, place: &Place<'_>) -> String {
        let options = self.options();
        let query = options.iter().map(|(name, value)| ["&", name, "=", &percent::encode(value)].concat());
        [place.page, "?embed=1", &query.collect::<String>(), self.fragment(place)].concat()
    }

    /// What goes into the course's page.
    pub fn markup(&self, place: &Place<'_>) -> String {
        match self.shape {
            Shape::Frame => self.frame(place),
            Shape::Element => self.element(place),
        }
    }

    fn frame(&self, place: &Place<'_>) -> String {
        let (width, height) = self.size.pixels();
        let (src, title) = (escaped(&self.address(place)), escaped(place.title));
        [
            "<iframe src=\"",
            &src,
            "\" title=\"",
            &title,
            "\" width=\"",
            width,
            "\" height=\"",
            height,
            "\" loading=\"lazy\" allow=\"clipboard-write\" style=\"max-width:100%;border:0\"></iframe>",
        ]
        .concat()
    }

    fn element(&self, place: &Place<'_>) -> String {
        let run = self.fragment(place).trim_start_matches('#').split('&').filter(|item| !item.is_empty());
        let run = run.map(|item| attribute(item.split_once('=').unwrap_or((item, ""))));
        let options = self.options();
        let look = options.iter().map(|(name, value)| attribute((name, value)));
        let width = self.size.pixels().0;
        [
            "<script async src=\"",
            &escaped(place.page.rsplit_once('/').map_or("", |(folder, _)| folder)),
            "/embed.js\"></script>\n<netsplit-lab",
            &run.chain(look).collect::<String>(),
            " title=\"",
            &escaped(place.title),
            "\" style=\"max-width:",
            width,
            "px\"></netsplit-lab>",
        ]
        .concat()
    }
}

impl Range {
    /// As the address has it: `R` or `R:1..3`.
    fn lock(&self) -> String {
        let (least, most) = (self.least.trim(), self.most.trim());
        if least.is_empty() || most.is_empty() {
            return self.name.to_owned();
        }
        [self.name, ":", least, "..", most].concat()
    }
}

fn attribute((name, value): (&str, &str)) -> String {
    [" ", name, "=\"", &escaped(&percent::decode(value)), "\""].concat()
}

/// A text inside of an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;

    const PLACE: Place<'_> = Place {
        page: "https://example.org/netsplit/",
        title: "R + W > N & \"more\"",
        moment: "#scenario=a/b@1&step=12",
        start: "#scenario=a/b@1",
    };

    fn form() -> Form {
        Form::with_params(["R", "W"].into_iter())
    }

    #[test]
    fn what_is_not_chosen_is_not_in_the_address() {
        assert_eq!(form().address(&PLACE), "https://example.org/netsplit/?embed=1#scenario=a/b@1&step=12");
    }

    #[test]
    fn the_page_reads_every_choice_as_it_was_meant() {
        let mut form = form();
        (form.theme, form.controls, form.verdict) =
            (Theme::Contrast, Controls::Basic, Verdict::AfterPrediction);
        (form.play, form.alone, form.here) = (true, true, false);
        form.speed = "0.05".to_owned();
        form.panels = vec!["events", "log"];
        form.locks = vec!["faults", "seed"];
        form.ranges[0] = Range { name: "R", locked: true, least: "1".to_owned(), most: " 3".to_owned() };
        form.ranges[1].locked = true;
        let address = form.address(&PLACE);
        assert!(address.ends_with("#scenario=a/b@1"), "{address}");
        let query = address.split(['?', '#']).nth(1).expect("it has a query");
        let wanted = "embed=1&theme=contrast&play=1&speed=0.05&controls=basic&panels=log,events\
                      &lock=seed,faults,R:1..3,W&verdict=after-prediction&allowLinks=0";
        assert_eq!(query, wanted);
        let read = Options::parse(query);
        assert!(read.warnings.is_empty(), "{:?}", read.warnings);
        assert!(read.locks.of_param("W").is_some() && !read.allow_links);
    }

    #[test]
    fn a_speed_that_the_page_would_refuse_is_left_out() {
        let form = Form { speed: "fast".to_owned(), ..form() };
        assert!(!form.address(&PLACE).contains("speed"));
    }

    #[test]
    fn markup_says_what_it_is_and_is_not_broken_by_a_title() {
        let frame = form().markup(&PLACE);
        assert!(frame.contains("title=\"R + W > N &amp; &quot;more&quot;\""), "{frame}");
        assert!(frame.contains("step=12\""), "{frame}");
        let element = Form { shape: Shape::Element, ..form() }.markup(&PLACE);
        assert!(element.contains("src=\"https://example.org/netsplit/embed.js\""), "{element}");
        assert!(element.contains("<netsplit-lab scenario=\"a/b@1\" step=\"12\" title="), "{element}");
    }
}

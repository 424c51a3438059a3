//! What `netsplit picture` can be asked.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use netsplit_sim::time::SimTime;
use netsplit_view::layout::StageSize;
use netsplit_view::picture::{Theme, What};

use crate::duration;

/// What to draw, when, and how.
#[derive(Args, Debug)]
pub struct PictureArguments {
    /// What `netsplit run` takes
    pub what: String,
    /// Which picture
    #[arg(long = "what", value_enum, default_value_t = Kind::Stage)]
    pub kind: Kind,
    /// The moment, in virtual time, such as 1.5s; without it the link's, or when the scenario's point has shown
    #[arg(long, value_name = "TIME", value_parser = duration::parse, conflicts_with = "step")]
    pub at: Option<SimTime>,
    /// The moment, exactly: after so many events and interventions
    #[arg(long, value_name = "NUMBER")]
    pub step: Option<u64>,
    /// Another seed than the scenario's
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u64>,
    /// What it is made for
    #[arg(long, value_enum, default_value_t = Made::Light)]
    pub theme: Made,
    /// Width and height in pixels, without the caption
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size)]
    pub size: Option<StageSize>,
    /// Leave out the caption, and the link that lets the page open the picture again
    #[arg(long)]
    pub no_caption: bool,
    /// Small, without caption and words round the edge
    #[arg(long, conflicts_with = "size")]
    pub thumbnail: bool,
    /// The address of the page, for the link in the caption; without it what stands before the # of a link
    #[arg(long, value_name = "ADDRESS")]
    pub page: Option<String>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// What can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Nodes, links, walls and the messages under way
    Stage,
    /// Lanes, messages as arrows, faults while they last
    Diagram,
    /// What clients saw, as intervals, with the verdict
    History,
    /// Latency, throughput, availability, staleness, cost
    Metrics,
}

impl Kind {
    /// As the picture is called elsewhere.
    pub fn what(self) -> What {
        match self {
            Self::Stage => What::Stage,
            Self::Diagram => What::Diagram,
            Self::History => What::History,
            Self::Metrics => What::Metrics,
        }
    }
}

/// What a picture can be made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Made {
    /// Light screens
    Light,
    /// Dark screens
    Dark,
    /// Paper
    Print,
}

impl Made {
    /// As the theme is called elsewhere.
    pub fn theme(self) -> Theme {
        match self {
            Self::Light => Theme::Light,
            Self::Dark => Theme::Dark,
            Self::Print => Theme::Print,
        }
    }
}

/// Reads a size such as `960x540`.
fn size(text: &str) -> Result<StageSize, String> {
    const ALLOWED: std::ops::RangeInclusive<u16> = 120..=8_000;
    let number = |text: &str| text.parse().ok().filter(|number| ALLOWED.contains(number));
    let parts = text.split_once('x').and_then(|(width, height)| Some((number(width)?, number(height)?)));
    let (width, height) = parts.ok_or_else(|| {
        let (least, most) = (ALLOWED.start(), ALLOWED.end());
        format!("a size is two numbers from {least} to {most} with an x between them, such as 960x540")
    })?;
    Ok(StageSize { width: f64::from(width), height: f64::from(height) })
}

pub(super) const HELP: &str = "\
The picture stands for itself: one SVG file without script or anything from elsewhere. Under it stand
title, seed, time, digest and link; dropped on the page it opens its run again.

Examples:
  netsplit picture raft/minority-leader --out stage.svg
  netsplit picture raft/minority-leader --at 1.2s --theme dark > stage.svg
  netsplit picture 'https://example.org/netsplit/#scenario=raft/minority-leader&step=120' --theme print

Exit codes: 0 drawn, 2 bad usage, 3 the run did not come to that moment.";

//! Names in documents: `n1`, `c2`, the link `n1>n2`, the message `n1>n2#5`, durations and moments.

use netsplit_sim::id::{Link, MessageId, NodeId};
use netsplit_sim::time::{SimDuration, SimTime};
use serde_json::Value;

use super::{At, Form, Read};
use crate::limits;

impl Form for NodeId {
    fn read_at(at: &At<'_>) -> Read<Self> {
        at.parsed("a server such as n1 or a client such as c1", |text| text.parse().ok())
    }

    fn written(&self) -> Value {
        self.to_string().into()
    }
}

impl Form for Link {
    fn read_at(at: &At<'_>) -> Read<Self> {
        at.parsed("a link such as n1>n2", parse_link)
    }

    fn written(&self) -> Value {
        shown_link(*self).into()
    }
}

impl Form for MessageId {
    /// `n1>n2#5`, or `n1>n2#5+1` for the first copy of it.
    fn read_at(at: &At<'_>) -> Read<Self> {
        at.parsed("a message such as n1>n2#5 or n1>n2#5+1", |text| {
            let (link, number) = text.split_once('#')?;
            let (index, copy) = number.split_once('+').unwrap_or((number, "0"));
            Some(Self { link: parse_link(link)?, index: index.parse().ok()?, copy: copy.parse().ok()? })
        })
    }

    fn written(&self) -> Value {
        let link = shown_link(self.link);
        match self.copy {
            0 => format!("{link}#{}", self.index).into(),
            copy => format!("{link}#{}+{copy}", self.index).into(),
        }
    }
}

fn parse_link(text: &str) -> Option<Link> {
    let (from, to) = text.split_once('>')?;
    Some(Link::new(from.parse().ok()?, to.parse().ok()?))
}

fn shown_link(link: Link) -> String {
    format!("{}>{}", link.from, link.to)
}

impl Form for SimDuration {
    fn read_at(at: &At<'_>) -> Read<Self> {
        at.number_of("of nanoseconds ", 0, limits::DURATION).map(Self)
    }

    fn written(&self) -> Value {
        self.0.into()
    }
}

impl Form for SimTime {
    fn read_at(at: &At<'_>) -> Read<Self> {
        at.number_of("of nanoseconds ", 0, limits::UNTIL).map(Self)
    }

    fn written(&self) -> Value {
        self.0.into()
    }
}

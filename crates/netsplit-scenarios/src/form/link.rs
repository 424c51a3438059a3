//! Links and the network.

use netsplit_sim::id::Link;
use netsplit_sim::network::{LinkModel, UnderWay};
use serde_json::{Value, json};

use super::{At, Form};
use crate::document::Network;
use crate::error::OpenError;
use crate::limits;

const LINK: [&str; 7] = ["delay", "loss", "duplicate", "reorder", "reorder_by", "fifo", "bandwidth"];

impl Form for LinkModel {
    fn read_at(at: &At<'_>) -> Result<Self, OpenError> {
        let fields = at.fields(&LINK)?;
        let ppm = |name| {
            let value = fields.get(name)?.number_of("of parts per million ", 0, limits::PPM)?;
            Ok::<_, OpenError>(value as u32)
        };
        let bandwidth = fields.get("bandwidth")?.unless_null();
        Ok(Self {
            delay: fields.read("delay")?,
            loss_ppm: ppm("loss")?,
            duplicate_ppm: ppm("duplicate")?,
            reorder_ppm: ppm("reorder")?,
            reorder_by: fields.read("reorder_by")?,
            fifo: fields.get("fifo")?.switch()?,
            bandwidth: bandwidth
                .map(|at| at.number_of("of bytes per second, or null, ", 1, limits::BANDWIDTH))
                .transpose()?,
        })
    }

    fn written(&self) -> Value {
        json!({
            "delay": self.delay.written(),
            "loss": self.loss_ppm,
            "duplicate": self.duplicate_ppm,
            "reorder": self.reorder_ppm,
            "reorder_by": self.reorder_by.0,
            "fifo": self.fifo,
            "bandwidth": self.bandwidth,
        })
    }
}

const UNDER_WAY: [(&str, UnderWay); 3] =
    [("drop", UnderWay::Drop), ("deliver", UnderWay::Deliver), ("hold", UnderWay::Hold)];

impl Form for UnderWay {
    fn read_at(at: &At<'_>) -> Result<Self, OpenError> {
        at.one_of(&UNDER_WAY)
    }

    fn written(&self) -> Value {
        match self {
            Self::Drop => "drop",
            Self::Deliver => "deliver",
            Self::Hold => "hold",
        }
        .into()
    }
}

/// A link with a behaviour of its own.
impl Form for (Link, LinkModel) {
    fn read_at(at: &At<'_>) -> Result<Self, OpenError> {
        let fields = at.fields(&["on", "link"])?;
        Ok((fields.read("on")?, fields.read("link")?))
    }

    fn written(&self) -> Value {
        json!({ "on": self.0.written(), "link": self.1.written() })
    }
}

impl Form for Network {
    fn read_at(at: &At<'_>) -> Result<Self, OpenError> {
        let fields = at.fields(&["link", "links", "under_way"])?;
        Ok(Self {
            link: fields.read("link")?,
            links: super::read_list(&fields.get("links")?, limits::LINKS)?,
            under_way: fields.read("under_way")?,
        })
    }

    fn written(&self) -> Value {
        json!({
            "link": self.link.written(),
            "links": super::write_list(&self.links),
            "under_way": self.under_way.written(),
        })
    }
}

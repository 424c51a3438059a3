//! Links and the network.

use netsplit_sim::id::Link;
use netsplit_sim::latency::Delay;
use netsplit_sim::network::{LinkModel, UnderWay};
use serde_json::Value;

use super::{At, Form, Read, object};
use crate::document::Network;
use crate::limits;

const LINK: [&str; 7] = ["delay", "loss", "duplicate", "reorder", "reorder_by", "fifo", "bandwidth"];

impl Form for LinkModel {
    fn read_at(at: &At<'_>) -> Read<Self> {
        let fields = at.fields(&LINK)?;
        let bandwidth = fields.get("bandwidth")?.unless_null();
        Ok(Self {
            delay: fields.read("delay")?,
            loss_ppm: fields.ppm("loss")?,
            duplicate_ppm: fields.ppm("duplicate")?,
            reorder_ppm: fields.ppm("reorder")?,
            reorder_by: fields.read("reorder_by")?,
            fifo: fields.switch("fifo")?,
            bandwidth: bandwidth
                .map(|at| at.number_of("of bytes per second, or null, ", 1, limits::BANDWIDTH))
                .transpose()?,
        })
    }

    fn written(&self) -> Value {
        object([
            ("delay", self.delay.written()),
            ("loss", self.loss_ppm.into()),
            ("duplicate", self.duplicate_ppm.into()),
            ("reorder", self.reorder_ppm.into()),
            ("reorder_by", self.reorder_by.written()),
            ("fifo", self.fifo.into()),
            ("bandwidth", self.bandwidth.into()),
        ])
    }
}

const UNDER_WAY: [(&str, UnderWay); 3] =
    [("drop", UnderWay::Drop), ("deliver", UnderWay::Deliver), ("hold", UnderWay::Hold)];

impl Form for UnderWay {
    fn read_at(at: &At<'_>) -> Read<Self> {
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
    fn read_at(at: &At<'_>) -> Read<Self> {
        let fields = at.fields(&["on", "link"])?;
        Ok((fields.read("on")?, fields.read("link")?))
    }

    fn written(&self) -> Value {
        object([("on", self.0.written()), ("link", self.1.written())])
    }
}

/// A kind of message that takes longer than its link says.
impl Form for (String, Delay) {
    fn read_at(at: &At<'_>) -> Read<Self> {
        let fields = at.fields(&["kind", "delay"])?;
        Ok((fields.text("kind", limits::TEXT)?, fields.read("delay")?))
    }

    fn written(&self) -> Value {
        object([("kind", self.0.as_str().into()), ("delay", self.1.written())])
    }
}

impl Form for Network {
    fn read_at(at: &At<'_>) -> Read<Self> {
        let fields = at.fields(&["link", "links", "kinds", "under_way"])?;
        Ok(Self {
            link: fields.read("link")?,
            links: fields.list("links", limits::LINKS)?,
            kinds: fields.list("kinds", limits::KINDS)?,
            under_way: fields.read("under_way")?,
        })
    }

    fn written(&self) -> Value {
        object([
            ("link", self.link.written()),
            ("links", super::write_list(&self.links)),
            ("kinds", super::write_list(&self.kinds)),
            ("under_way", self.under_way.written()),
        ])
    }
}

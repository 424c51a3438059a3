//! How a wall was drawn.

use netsplit_sim::id::NodeId;
use serde_json::{Value, json};

use super::{At, Form};
use crate::error::OpenError;
use crate::limits;
use crate::sketch::{Sketch, WallShape};

const SHAPES: [(&str, WallShape); 3] =
    [("line", WallShape::Line), ("stroke", WallShape::Stroke), ("lasso", WallShape::Lasso)];

impl Form for Sketch {
    fn read_at(at: &At<'_>) -> Result<Self, OpenError> {
        let fields = at.fields(&["path", "shape", "one_way", "flipped", "doors"])?;
        let doors = fields.get("doors")?;
        let most = limits::NODES as usize + limits::CLIENTS;
        Ok(Self {
            path: fields
                .get("path")?
                .items(limits::SKETCH_POINTS)?
                .map(|at| read_point(&at))
                .collect::<Result<_, _>>()?,
            shape: fields.get("shape")?.one_of(&SHAPES)?,
            one_way: fields.get("one_way")?.switch()?,
            flipped: fields.get("flipped")?.switch()?,
            doors: super::read_list::<NodeId>(&doors, most)?,
        })
    }

    fn written(&self) -> Value {
        let shape = match self.shape {
            WallShape::Line => "line",
            WallShape::Stroke => "stroke",
            WallShape::Lasso => "lasso",
        };
        json!({
            "path": self.path.iter().map(|(x, y)| json!([x, y])).collect::<Value>(),
            "shape": shape,
            "one_way": self.one_way,
            "flipped": self.flipped,
            "doors": super::write_list(&self.doors),
        })
    }
}

fn read_point(at: &At<'_>) -> Result<(i32, i32), OpenError> {
    let mut pair = at.items(2)?;
    match (pair.next(), pair.next()) {
        (Some(x), Some(y)) => Ok((coordinate(&x)?, coordinate(&y)?)),
        _ => Err(at.bad("a point [x, y]")),
    }
}

fn coordinate(at: &At<'_>) -> Result<i32, OpenError> {
    at.signed(limits::SKETCH_REACH).map(|value| value as i32)
}

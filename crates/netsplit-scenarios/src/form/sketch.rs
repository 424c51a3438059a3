//! How a wall was drawn.

use netsplit_sim::id::NodeId;
use serde_json::Value;

use super::{At, Form, Read, object};
use crate::limits;
use crate::sketch::{Sketch, WallShape};

const SHAPES: [(&str, WallShape); 3] =
    [("line", WallShape::Line), ("stroke", WallShape::Stroke), ("lasso", WallShape::Lasso)];

impl Form for Sketch {
    fn read_at(at: &At<'_>) -> Read<Self> {
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
            one_way: fields.switch("one_way")?,
            flipped: fields.switch("flipped")?,
            doors: super::read_list::<NodeId>(&doors, most)?,
        })
    }

    fn written(&self) -> Value {
        let shape = match self.shape {
            WallShape::Line => "line",
            WallShape::Stroke => "stroke",
            WallShape::Lasso => "lasso",
        };
        let path: Vec<Value> =
            self.path.iter().map(|&(x, y)| vec![Value::from(x), Value::from(y)].into()).collect();
        object([
            ("path", path.into()),
            ("shape", shape.into()),
            ("one_way", self.one_way.into()),
            ("flipped", self.flipped.into()),
            ("doors", super::write_list(&self.doors)),
        ])
    }
}

fn read_point(at: &At<'_>) -> Read<(i32, i32)> {
    let mut pair = at.items(2)?;
    match (pair.next(), pair.next()) {
        (Some(x), Some(y)) => Ok((coordinate(&x)?, coordinate(&y)?)),
        _ => Err(at.bad("a point [x, y]")),
    }
}

fn coordinate(at: &At<'_>) -> Read<i32> {
    at.signed(limits::SKETCH_REACH).map(|value| value as i32)
}

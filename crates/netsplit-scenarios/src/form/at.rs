//! Reading JSON with a finger on the place, so that every error can name its field.

use std::fmt;

use serde_json::{Map, Value};

use super::{Form, Read};
use crate::error::{OpenError, clip};
use crate::limits;

/// A value of the document and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    value: &'a Value,
    parent: Option<&'a At<'a>>,
    step: Step<'a>,
}

/// From the parent to the value.
#[derive(Clone, Copy)]
enum Step<'a> {
    Top,
    Field(&'a str),
    Item(usize),
}

impl fmt::Display for At<'_> {
    /// As people write it: `clients[0].workload.gap`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.step {
            Step::Top => Ok(()),
            Step::Field(name) if self.parent.is_some_and(|parent| !matches!(parent.step, Step::Top)) => {
                write!(f, ".{name}")
            }
            Step::Field(name) => f.write_str(name),
            Step::Item(index) => write!(f, "[{index}]"),
        }
    }
}

impl<'a> At<'a> {
    /// The whole document.
    pub(crate) fn top(value: &'a Value) -> Self {
        Self { value, parent: None, step: Step::Top }
    }

    /// The complaint that this value is not what is allowed here.
    #[cold]
    pub(crate) fn bad(&self, allowed: &str) -> Box<OpenError> {
        Box::new(OpenError::Bad {
            place: self.place(),
            allowed: allowed.to_owned(),
            given: shown(self.value),
        })
    }

    /// The complaint that the parts of this value make no sense together.
    #[cold]
    pub(crate) fn impossible(&self, problem: String) -> Box<OpenError> {
        Box::new(OpenError::Impossible { place: self.place(), problem })
    }

    fn place(&self) -> String {
        if matches!(self.step, Step::Top) { "a scenario".to_owned() } else { self.to_string() }
    }

    /// The fields of an object, which must all be known.
    pub(crate) fn fields(&'a self, known: &[&str]) -> Read<Fields<'a>> {
        let Some(fields) = self.value.as_object() else {
            return Err(self.bad(&format!("an object with {}", known.join(", "))));
        };
        match fields.keys().find(|name| !known.contains(&name.as_str())) {
            None => Ok(Fields { at: self, fields }),
            Some(name) => Err(Box::new(OpenError::UnknownField {
                place: self.to_string(),
                name: clip(name),
                known: known.join(", "),
            })),
        }
    }

    /// All entries of an object whose names the document chooses.
    pub(crate) fn entries(&'a self) -> Read<impl Iterator<Item = (&'a str, At<'a>)>> {
        let fields = self.value.as_object().ok_or_else(|| self.bad("an object"))?;
        Ok(fields.iter().map(move |(name, value)| (name.as_str(), self.child(value, Step::Field(name)))))
    }

    /// A choice: an object with one field, whose name says which.
    pub(crate) fn choice(&'a self, known: &[&str]) -> Read<(&'a str, At<'a>)> {
        let one =
            self.value.as_object().filter(|fields| fields.len() == 1).and_then(|fields| fields.iter().next());
        match one {
            Some((name, value)) if known.contains(&name.as_str()) => {
                Ok((name.as_str(), self.child(value, Step::Field(name))))
            }
            _ => Err(self.bad(&format!("an object with one field, one of {}", known.join(", ")))),
        }
    }

    /// The items of a list.
    pub(crate) fn items(&'a self, most: usize) -> Read<impl Iterator<Item = At<'a>>> {
        let items = self.value.as_array().filter(|items| items.len() <= most);
        let items = items.ok_or_else(|| self.bad(&format!("a list of at most {most}")))?;
        Ok(items.iter().enumerate().map(move |(index, value)| self.child(value, Step::Item(index))))
    }

    fn child(&'a self, value: &'a Value, step: Step<'a>) -> At<'a> {
        At { value, parent: Some(self), step }
    }

    /// A whole number in a range.
    pub(crate) fn number(&self, min: u64, max: u64) -> Read<u64> {
        self.number_of("", min, max)
    }

    /// A whole number of something in a range.
    pub(crate) fn number_of(&self, unit: &str, min: u64, max: u64) -> Read<u64> {
        let number = self.value.as_u64().filter(|number| (min..=max).contains(number));
        number.ok_or_else(|| self.bad(&format!("a whole number {unit}from {min} to {max}")))
    }

    /// A whole number between `-most` and `most`.
    pub(crate) fn signed(&self, most: i64) -> Read<i64> {
        let number = self.value.as_i64().filter(|number| (-most..=most).contains(number));
        number.ok_or_else(|| self.bad(&format!("a whole number from -{most} to {most}")))
    }

    /// True or false.
    pub(crate) fn switch(&self) -> Read<bool> {
        self.value.as_bool().ok_or_else(|| self.bad("true or false"))
    }

    /// A text of limited length.
    pub(crate) fn text(&self, most: usize) -> Read<&'a str> {
        let text = self.value.as_str().filter(|text| text.chars().count() <= most);
        text.ok_or_else(|| self.bad(&format!("a text of at most {most} characters")))
    }

    /// One of some names.
    pub(crate) fn one_of<T: Clone>(&self, names: &[(&str, T)]) -> Read<T> {
        let found = names.iter().find(|(name, _)| self.value.as_str() == Some(name));
        found.map(|(_, value)| value.clone()).ok_or_else(|| {
            let known: Vec<_> = names.iter().map(|(name, _)| *name).collect();
            self.bad(&format!("one of {}", known.join(", ")))
        })
    }

    /// A text that has a form of its own, such as `n1` or `n1>n2`.
    pub(crate) fn parsed<T>(&self, allowed: &str, parse: impl Fn(&str) -> Option<T>) -> Read<T> {
        self.value.as_str().and_then(parse).ok_or_else(|| self.bad(allowed))
    }

    /// The value, unless it is null.
    pub(crate) fn unless_null(self) -> Option<Self> {
        (!self.value.is_null()).then_some(self)
    }

    /// The bare value, for what can be of several kinds.
    pub(crate) fn value(&self) -> &'a Value {
        self.value
    }
}

/// The fields of an object.
pub(crate) struct Fields<'a> {
    at: &'a At<'a>,
    fields: &'a Map<String, Value>,
}

impl<'a> Fields<'a> {
    /// The field of this name, which must be there.
    pub(crate) fn get(&self, name: &'a str) -> Read<At<'a>> {
        let step = Step::Field(name);
        match self.fields.get(name) {
            Some(value) => Ok(self.at.child(value, step)),
            None => Err(Box::new(OpenError::Missing(self.at.child(&Value::Null, step).to_string()))),
        }
    }

    /// Reads the field of this name, which must be there.
    pub(crate) fn read<T: Form>(&self, name: &'a str) -> Read<T> {
        T::read_at(&self.get(name)?)
    }

    /// Reads a whole number in a range.
    pub(crate) fn number(&self, name: &'a str, min: u64, max: u64) -> Read<u64> {
        self.get(name)?.number(min, max)
    }

    /// Reads a whole number between `-most` and `most`.
    pub(crate) fn signed(&self, name: &'a str, most: i64) -> Read<i64> {
        self.get(name)?.signed(most)
    }

    /// Reads parts per million.
    pub(crate) fn ppm(&self, name: &'a str) -> Read<u32> {
        Ok(self.get(name)?.number_of("of parts per million ", 0, limits::PPM)? as u32)
    }

    /// Reads true or false.
    pub(crate) fn switch(&self, name: &'a str) -> Read<bool> {
        self.get(name)?.switch()
    }

    /// Reads a text of limited length.
    pub(crate) fn text(&self, name: &'a str, most: usize) -> Read<String> {
        Ok(self.get(name)?.text(most)?.to_owned())
    }

    /// Reads a list of at most so many.
    pub(crate) fn list<T: Form>(&self, name: &'a str, most: usize) -> Read<Vec<T>> {
        super::read_list(&self.get(name)?, most)
    }

    /// Reads the field of this name, if it is there and not null.
    pub(crate) fn read_if_any<T: Form>(&self, name: &'a str) -> Read<Option<T>> {
        self.find(name).map(|at| T::read_at(&at)).transpose()
    }

    /// The field of this name, if it is there and not null.
    pub(crate) fn find(&self, name: &'a str) -> Option<At<'a>> {
        let value = self.fields.get(name)?;
        self.at.child(value, Step::Field(name)).unless_null()
    }
}

/// A value as an error quotes it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => clip(&number.to_string()),
        Value::String(text) => format!("“{}”", clip(text)),
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::Object(fields) => match fields.keys().next() {
            Some(name) if fields.len() == 1 => format!("an object with {}", clip(name)),
            _ => format!("an object with {} fields", fields.len()),
        },
    }
}

//! One row: a half of an operation, or a deed of the nemesis.

use super::bad::{BadHistory, Reason, shown};
use super::function::Function;
use crate::edn::{Datum, Form, Place};

/// A row of a history, its value not yet understood.
#[derive(Clone, Debug)]
pub(super) struct Half {
    pub(super) line: u32,
    pub(super) kind: Kind,
    pub(super) who: Who,
    pub(super) key: Option<Datum>,
    pub(super) value: Datum,
    pub(super) time: Option<u64>,
}

/// Which half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Invoke,
    Ok,
    Fail,
    Info,
}

/// Whose row it is, and what it is about.
#[derive(Clone, Debug)]
pub(super) enum Who {
    Client { process: i64, function: Function },
    Nemesis { deed: String },
}

/// The fields that matter, as they are found.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) process: Option<Datum>,
    pub(super) kind: Option<Datum>,
    pub(super) function: Option<Datum>,
    pub(super) key: Option<Datum>,
    pub(super) value: Option<Datum>,
    pub(super) time: Option<Datum>,
}

impl Half {
    /// A row written as a map; its tag, if any, says nothing more.
    pub(super) fn of_map(row: &Datum) -> Result<Self, BadHistory> {
        let line = row.at.line;
        let bad = |reason| BadHistory { line, reason };
        let Form::Map(pairs) = &row.untagged().form else { return Err(bad(Reason::NotAMap(shown(row)))) };
        let mut fields = Fields::default();
        for (name, value) in pairs {
            let Some(field) = fields.named(name) else { continue };
            if field.replace(value.clone()).is_some() {
                return Err(bad(Reason::Twice(shown(name))));
            }
        }
        Self::of(fields, row.at).map_err(bad)
    }

    /// A row of these fields.
    pub(super) fn of(fields: Fields, at: Place) -> Result<Self, Reason> {
        let process = fields.process.ok_or(Reason::Lacks(":process"))?;
        let kind = Kind::of(&fields.kind.ok_or(Reason::Lacks(":type"))?)?;
        let function = fields.function.ok_or(Reason::Lacks(":f"))?;
        Ok(Self {
            line: at.line,
            kind,
            who: Who::of(&process, &function)?,
            key: fields.key.filter(|key| key.form != Form::Nil),
            value: fields.value.unwrap_or(Datum { at, form: Form::Nil }),
            time: fields.time.as_ref().map(time).transpose()?,
        })
    }
}

impl Fields {
    /// The field of this name, if it matters.
    fn named(&mut self, name: &Datum) -> Option<&mut Option<Datum>> {
        let Form::Keyword(name) = &name.form else { return None };
        Some(match name.as_str() {
            "process" => &mut self.process,
            "type" => &mut self.kind,
            "f" => &mut self.function,
            "key" => &mut self.key,
            "value" => &mut self.value,
            "time" => &mut self.time,
            _ => return None,
        })
    }
}

impl Kind {
    fn of(datum: &Datum) -> Result<Self, Reason> {
        let Form::Keyword(name) = &datum.form else { return Err(Reason::BadType(shown(datum))) };
        Ok(match name.as_str() {
            "invoke" => Self::Invoke,
            "ok" => Self::Ok,
            "fail" => Self::Fail,
            "info" => Self::Info,
            _ => return Err(Reason::BadType(shown(datum))),
        })
    }
}

impl Who {
    fn of(process: &Datum, function: &Datum) -> Result<Self, Reason> {
        match &process.form {
            Form::Integer(process) => {
                Ok(Self::Client { process: *process, function: Function::of(function)? })
            }
            Form::Keyword(name) if name.starts_with("nemesis") => {
                Ok(Self::Nemesis { deed: function.to_string().trim_start_matches(':').to_owned() })
            }
            _ => Err(Reason::BadProcess(shown(process))),
        }
    }
}

fn time(datum: &Datum) -> Result<u64, Reason> {
    match datum.form {
        Form::Integer(time) => u64::try_from(time).map_err(|_| Reason::BadTime(shown(datum))),
        _ => Err(Reason::BadTime(shown(datum))),
    }
}

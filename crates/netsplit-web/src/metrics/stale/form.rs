//! What is typed and set in the dialog of staleness, and what of it can be sampled.

use netsplit_explore::pbs::legs::{FITS, Legs};
use netsplit_explore::pbs::setting::{REPLICAS, Setting};
use netsplit_explore::typed;
use netsplit_sim::latency::Delay;
use netsplit_sim::time::SimDuration;
use netsplit_view::format;
use netsplit_words::say;

/// What is typed and set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// W, A, R and S, as typed.
    pub legs: [String; 4],
    /// N.
    pub replicas: u8,
    /// R.
    pub read: u8,
    /// W.
    pub write: u8,
    /// How far each replica is, as typed: lengths of time between commas; none are zero.
    pub offsets: String,
    /// Up to which t the curve goes, as typed; empty for as far as it rises.
    pub until: String,
}

/// A part of the form that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// One of the legs.
    Leg(usize),
    /// The offsets.
    Offsets,
    /// The longest t.
    Until,
}

/// A change of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Types into a field.
    Type(Field, String),
    /// Sets N; R and W follow if they would exceed it.
    Replicas(u8),
    /// Sets R.
    Read(u8),
    /// Sets W.
    Write(u8),
    /// Takes the legs of a fit that was published.
    Fit(usize),
}

/// What the form asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The model.
    pub setting: Setting,
    /// Up to which t; `None` for as far as the curve rises.
    pub until: Option<SimDuration>,
}

/// Why a field cannot be read.
pub type Wrong = (Field, String);

impl Default for Form {
    /// The disks of the paper, with which staleness is plain to see.
    fn default() -> Self {
        let mut form = Self {
            legs: Default::default(),
            replicas: 3,
            read: 1,
            write: 1,
            offsets: String::new(),
            until: String::new(),
        };
        form.edit(Edit::Fit(1));
        form
    }
}

impl Form {
    /// Makes a change.
    pub fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Type(Field::Leg(leg), text) => self.legs[leg] = text,
            Edit::Type(Field::Offsets, text) => self.offsets = text,
            Edit::Type(Field::Until, text) => self.until = text,
            Edit::Replicas(replicas) => {
                self.replicas = replicas.clamp(1, REPLICAS);
                self.read = self.read.min(self.replicas);
                self.write = self.write.min(self.replicas);
            }
            Edit::Read(read) => self.read = read.clamp(1, self.replicas),
            Edit::Write(write) => self.write = write.clamp(1, self.replicas),
            Edit::Fit(fit) => {
                if let Some(fit) = FITS.get(fit) {
                    self.legs = typed_legs(&(fit.legs)());
                }
            }
        }
    }

    /// Whether these are the legs of a fit, whatever else is set.
    pub fn is_fit(&self, fit: usize) -> bool {
        let legs = self.legs().ok();
        FITS.get(fit).is_some_and(|fit| legs == Some((fit.legs)()))
    }

    /// What it asks for, or every field that cannot be read.
    pub fn asked(&self) -> Result<Asked, Vec<Wrong>> {
        match (self.legs(), self.offsets(), self.until()) {
            (Ok(legs), Ok(offsets), Ok(until)) => {
                let Self { replicas, read, write, .. } = *self;
                Ok(Asked { setting: Setting { replicas, read, write, legs, offsets }, until })
            }
            (legs, offsets, until) => {
                let others = [offsets.err(), until.err()].into_iter().flatten();
                Err(legs.err().into_iter().flatten().chain(others).collect())
            }
        }
    }

    fn legs(&self) -> Result<Legs, Vec<Wrong>> {
        let read = |leg: usize| leg_of(&self.legs[leg]).map_err(|wrong| (Field::Leg(leg), wrong));
        match [0, 1, 2, 3].map(read) {
            [Ok(w), Ok(a), Ok(r), Ok(s)] => Ok(Legs { w, a, r, s }),
            legs => Err(legs.into_iter().filter_map(Result::err).collect()),
        }
    }

    fn offsets(&self) -> Result<Vec<SimDuration>, Wrong> {
        let texts = self.offsets.split(',').map(str::trim);
        let read = |text| time(text).map_err(|wrong| (Field::Offsets, wrong));
        let offsets: Vec<SimDuration> =
            texts.filter(|text| !text.is_empty()).map(read).collect::<Result<_, _>>()?;
        if offsets.len() > usize::from(self.replicas) {
            let sentence = say!(
                "At most one for each of the N = {replicas} replicas, not {count, plural, one {# length} other {# lengths}}.",
                replicas = self.replicas,
                count = offsets.len(),
            );
            return Err((Field::Offsets, sentence));
        }
        Ok(offsets)
    }

    fn until(&self) -> Result<Option<SimDuration>, Wrong> {
        let text = self.until.trim();
        if text.is_empty() {
            return Ok(None);
        }
        match time(text) {
            Ok(SimDuration::ZERO) => Err((Field::Until, say!("The curve needs some time.").to_owned())),
            read => read.map(Some).map_err(|wrong| (Field::Until, wrong)),
        }
    }
}

/// Legs as they would be typed.
fn typed_legs(legs: &Legs) -> [String; 4] {
    legs.named().map(|(_, leg)| typed::show(leg))
}

fn leg_of(text: &str) -> Result<Delay, String> {
    typed::delay(text).map_err(|bad| sentence(&bad.to_string()))
}

/// A length of time: what a leg without chance would be.
fn time(text: &str) -> Result<SimDuration, String> {
    match typed::delay(text) {
        Ok(Delay::Constant(length)) => Ok(length),
        Ok(_) => Err(say!("A length of time, such as 30ms.").to_owned()),
        Err(bad) => Err(sentence(&bad.to_string())),
    }
}

fn sentence(text: &str) -> String {
    say!("{error}.", error = format::capital(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(field: Field, text: &str) -> Form {
        let mut form = Form::default();
        form.edit(Edit::Type(field, text.to_owned()));
        form
    }

    fn wrong(form: &Form) -> Vec<Wrong> {
        form.asked().expect_err("a field is wrong")
    }

    #[test]
    fn it_begins_with_the_disks_of_the_paper() {
        let form = Form::default();
        assert!(form.is_fit(1) && !form.is_fit(0));
        let asked = form.asked().expect("it can be read");
        assert_eq!(asked.setting, Setting::of_three(1, 1, Legs::lnkd_disk()));
    }

    #[test]
    fn fewer_replicas_take_read_and_write_along() {
        let mut form = Form::default();
        for edit in [Edit::Replicas(10), Edit::Read(9), Edit::Write(4), Edit::Replicas(5)] {
            form.edit(edit);
        }
        assert_eq!((form.replicas, form.read, form.write), (5, 5, 4));
        form.edit(Edit::Read(0));
        form.edit(Edit::Write(99));
        assert_eq!((form.read, form.write), (1, 5));
    }

    #[test]
    fn a_mixture_can_be_typed_and_what_is_none_is_named_at_its_field() {
        let form = typed(Field::Leg(0), "50% 1ms + 50% exp(20ms)");
        assert!(form.asked().is_ok() && !form.is_fit(1));
        let form = typed(Field::Leg(2), "50% 1ms");
        let found = wrong(&form);
        assert_eq!(found[0].0, Field::Leg(2));
        assert!(found[0].1.starts_with("The parts of a mixture must add up"), "{found:?}");
    }

    #[test]
    fn replicas_may_be_far_but_not_more_than_there_are() {
        let form = typed(Field::Offsets, "0ms, 30ms");
        let offsets = form.asked().expect("it can be read").setting.offsets;
        assert_eq!(offsets, [SimDuration::ZERO, SimDuration::from_millis(30)]);
        let told = &wrong(&typed(Field::Offsets, "1ms,1ms,1ms,1ms"))[0].1;
        assert_eq!(told, "At most one for each of the N = 3 replicas, not 4 lengths.");
        assert_eq!(wrong(&typed(Field::Offsets, "exp(5ms)"))[0].1, "A length of time, such as 30ms.");
    }

    #[test]
    fn every_field_that_is_wrong_is_named() {
        let mut form = typed(Field::Leg(1), "soon");
        form.edit(Edit::Type(Field::Until, "0ms".to_owned()));
        let fields: Vec<Field> = wrong(&form).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, [Field::Leg(1), Field::Until]);
    }
}

//! What a person types about a link, and the behaviour it means: milliseconds and percentages outside,
//! nanoseconds and parts per million inside.

use netsplit_sim::latency::Delay;
use netsplit_sim::network::LinkModel;
use netsplit_sim::time::SimDuration;
use netsplit_words::{say, told, word};
use thiserror::Error;

use super::decimal::Decimal;
use crate::decimal;

/// The texts of the form.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkValues {
    /// The delay model.
    pub kind: DelayKind,
    /// Its first number.
    pub first: String,
    /// Its second number, if it has one.
    pub second: String,
    /// Percentage lost.
    pub loss: String,
    /// Percentage that arrives twice.
    pub duplicate: String,
    /// Percentage that later ones overtake.
    pub reorder: String,
    /// The longest such wait, in milliseconds.
    pub reorder_by: String,
    /// Whether messages arrive in order.
    pub fifo: bool,
    /// Kilobytes a second; empty for no limit.
    pub bandwidth: String,
}

/// A delay model that the form can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DelayKind {
    /// Always the same.
    Constant,
    /// Evenly spread.
    Uniform,
    /// A fixed part and an exponential one.
    Exponential,
    /// Log-normal.
    LogNormal,
    /// With a heavy tail.
    Pareto,
    /// A mixture or measured delays, which the form leaves as they are.
    Kept,
}

/// Why what was typed is no behaviour.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadValue {
    /// Not a number, or out of range.
    #[error("{}", out_of_range(.name, .least, .most))]
    OutOfRange {
        /// The field.
        name: &'static str,
        /// Least.
        least: Decimal,
        /// Most.
        most: Decimal,
    },
    /// The upper end of a range below its lower end.
    #[error("{}", say!("the longest delay must not be shorter than the shortest"))]
    Backwards,
}

fn out_of_range(name: &'static str, least: &Decimal, most: &Decimal) -> String {
    say!("{name} must be a number from {least} to {most}", name = told(name), least, most)
}

/// The names of a delay model's numbers.
pub struct Labels {
    /// Of the first.
    pub first: &'static str,
    /// Of the second, if it has one.
    pub second: Option<&'static str>,
}

impl DelayKind {
    /// The models that can be chosen.
    pub const ALL: [Self; 5] =
        [Self::Constant, Self::Uniform, Self::Exponential, Self::LogNormal, Self::Pareto];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Constant => word!("constant"),
            Self::Uniform => word!("uniform"),
            Self::Exponential => word!("exponential"),
            Self::LogNormal => word!("log-normal"),
            Self::Pareto => word!("heavy tail (Pareto)"),
            Self::Kept => word!("as it is"),
        }
    }

    /// The names of its numbers.
    pub const fn labels(self) -> Labels {
        let (first, second) = match self {
            Self::Constant => (word!("delay, ms"), None),
            Self::Uniform => (word!("shortest, ms"), Some(word!("longest, ms"))),
            Self::Exponential => (word!("shortest, ms"), Some(word!("on top on average, ms"))),
            Self::LogNormal => (word!("median, ms"), Some(word!("spread (sigma)"))),
            Self::Pareto => (word!("shortest, ms"), Some(word!("tail (alpha)"))),
            Self::Kept => ("", None),
        };
        Labels { first, second }
    }
}

/// A usual kind of network.
pub struct Preset {
    /// Its name.
    pub name: &'static str,
    kind: DelayKind,
    first: &'static str,
    second: &'static str,
}

/// Some usual kinds of network.
pub const PRESETS: [Preset; 5] = [
    Preset { name: word!("same room"), kind: DelayKind::Uniform, first: "0.2", second: "0.5" },
    Preset { name: word!("same city"), kind: DelayKind::Uniform, first: "2", second: "4" },
    Preset { name: word!("continent"), kind: DelayKind::LogNormal, first: "40", second: "0.15" },
    Preset { name: word!("ocean"), kind: DelayKind::LogNormal, first: "120", second: "0.15" },
    Preset { name: word!("unsteady"), kind: DelayKind::Pareto, first: "5", second: "1.3" },
];

impl Preset {
    /// The form with this delay.
    pub fn put_into(&self, values: &LinkValues) -> LinkValues {
        let (kind, first, second) = (self.kind, decimal::local(self.first), decimal::local(self.second));
        LinkValues { kind, first, second, ..values.clone() }
    }

    /// Whether the form says just this.
    pub fn is_chosen(&self, values: &LinkValues) -> bool {
        let (first, second) = (decimal::local(self.first), decimal::local(self.second));
        (self.kind, first, second) == (values.kind, values.first.clone(), values.second.clone())
    }
}

impl LinkValues {
    /// The texts for a behaviour.
    pub fn of(model: &LinkModel) -> Self {
        let (kind, first, second) = shown_delay(&model.delay);
        Self {
            kind,
            first,
            second,
            loss: percent(model.loss_ppm),
            duplicate: percent(model.duplicate_ppm),
            reorder: percent(model.reorder_ppm),
            reorder_by: millis(model.reorder_by),
            fifo: model.fifo,
            bandwidth: model.bandwidth.map(kilobytes).unwrap_or_default(),
        }
    }

    /// The behaviour that the texts mean; `before` is the link's own, of which a delay that the form
    /// cannot show is kept.
    pub fn model(&self, before: &LinkModel) -> Result<LinkModel, BadValue> {
        let limit = self.bandwidth.trim();
        let most = Decimal::whole(1_000_000_000);
        let bandwidth = match limit.is_empty() {
            true => None,
            false => Some(in_range(word!("bandwidth"), limit, Decimal(1_000), most)?.0 as u64 / 1_000),
        };
        Ok(LinkModel {
            delay: self.delay(before)?,
            loss_ppm: ppm(word!("lost"), &self.loss)?,
            duplicate_ppm: ppm(word!("twice"), &self.duplicate)?,
            reorder_ppm: ppm(word!("overtaken"), &self.reorder)?,
            reorder_by: duration(word!("by at most"), &self.reorder_by)?,
            fifo: self.fifo,
            bandwidth,
        })
    }

    fn delay(&self, before: &LinkModel) -> Result<Delay, BadValue> {
        let labels = self.kind.labels();
        let first = || duration(labels.first, &self.first);
        let second_name = labels.second.unwrap_or_default();
        let second = || duration(second_name, &self.second);
        let thousandths = |least, most| {
            in_range(second_name, &self.second, least, most).map(|value| (value.0 / 1_000) as u32)
        };
        Ok(match self.kind {
            DelayKind::Constant => Delay::Constant(first()?),
            DelayKind::Uniform => {
                let (min, max) = (first()?, second()?);
                if max < min {
                    return Err(BadValue::Backwards);
                }
                Delay::Uniform { min, max }
            }
            DelayKind::Exponential => Delay::ShiftedExponential { min: first()?, mean: second()? },
            DelayKind::LogNormal => Delay::LogNormal {
                median: first()?,
                sigma_milli: thousandths(Decimal(0), Decimal::whole(5))?,
            },
            DelayKind::Pareto => Delay::Pareto {
                scale: first()?,
                shape_milli: thousandths(Decimal(100_000), Decimal::whole(20))?,
            },
            DelayKind::Kept => before.delay.clone(),
        })
    }
}

fn shown_delay(delay: &Delay) -> (DelayKind, String, String) {
    let thousandths = |value: u32| Decimal(i64::from(value) * 1_000).to_string();
    match delay {
        Delay::Constant(value) => (DelayKind::Constant, millis(*value), String::new()),
        Delay::Uniform { min, max } => (DelayKind::Uniform, millis(*min), millis(*max)),
        Delay::ShiftedExponential { min, mean } => (DelayKind::Exponential, millis(*min), millis(*mean)),
        Delay::LogNormal { median, sigma_milli } => {
            (DelayKind::LogNormal, millis(*median), thousandths(*sigma_milli))
        }
        Delay::Pareto { scale, shape_milli } => {
            (DelayKind::Pareto, millis(*scale), thousandths(*shape_milli))
        }
        Delay::Mixture(_) | Delay::Empirical(_) => (DelayKind::Kept, String::new(), String::new()),
    }
}

/// A number in range.
pub fn in_range(name: &'static str, text: &str, least: Decimal, most: Decimal) -> Result<Decimal, BadValue> {
    let parsed = Decimal::parse(text).filter(|value| (least..=most).contains(value));
    parsed.ok_or(BadValue::OutOfRange { name, least, most })
}

/// A percentage, in parts per million.
fn ppm(name: &'static str, text: &str) -> Result<u32, BadValue> {
    in_range(name, text, Decimal(0), Decimal::whole(100)).map(|share| (share.0 / 100) as u32)
}

/// Milliseconds up to an hour. A millionth of a millisecond is a nanosecond.
fn duration(name: &'static str, text: &str) -> Result<SimDuration, BadValue> {
    in_range(name, text, Decimal(0), Decimal::whole(3_600_000)).map(|ms| SimDuration(ms.0 as u64))
}

fn millis(length: SimDuration) -> String {
    Decimal(length.0 as i64).to_string()
}

fn percent(ppm: u32) -> String {
    Decimal(i64::from(ppm) * 100).to_string()
}

fn kilobytes(bytes: u64) -> String {
    Decimal(bytes as i64 * 1_000).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(millis: u64) -> SimDuration {
        SimDuration::from_millis(millis)
    }

    #[test]
    fn what_is_shown_unchanged_means_the_same() {
        let delays = [
            Delay::Constant(SimDuration(3_250_000)),
            Delay::Uniform { min: ms(2), max: ms(4) },
            Delay::ShiftedExponential { min: ms(1), mean: ms(5) },
            Delay::LogNormal { median: ms(20), sigma_milli: 500 },
            Delay::Pareto { scale: ms(1), shape_milli: 1_510 },
            Delay::Empirical(vec![(0, ms(1)), (1_000_000, ms(50))]),
        ];
        for delay in delays {
            let model = LinkModel {
                delay,
                loss_ppm: 12_345,
                duplicate_ppm: 1,
                reorder_ppm: 500_000,
                reorder_by: ms(7),
                fifo: true,
                bandwidth: Some(125_000),
            };
            assert_eq!(LinkValues::of(&model).model(&model), Ok(model));
        }
    }

    #[test]
    fn every_preset_is_a_delay_and_knows_itself() {
        let model = LinkModel::default();
        for preset in &PRESETS {
            let values = preset.put_into(&LinkValues::of(&model));
            assert!(values.model(&model).is_ok(), "{}", preset.name);
            assert_eq!(PRESETS.iter().filter(|other| other.is_chosen(&values)).count(), 1);
        }
    }

    #[test]
    fn a_refusal_names_the_field_and_the_range() {
        let model = LinkModel::default();
        let with = |change: fn(&mut LinkValues)| {
            let mut values = LinkValues::of(&model);
            change(&mut values);
            values.model(&model).expect_err("it is out of range").to_string()
        };
        assert_eq!(with(|v| v.loss = "101".into()), "lost must be a number from 0 to 100");
        assert_eq!(with(|v| v.first = "fast".into()), "delay, ms must be a number from 0 to 3600000");
        assert_eq!(
            with(|v| v.bandwidth = "NaN".into()),
            "bandwidth must be a number from 0.001 to 1000000000"
        );
        let backwards = with(|v| {
            (v.kind, v.first, v.second) = (DelayKind::Uniform, "9".into(), "2".into());
        });
        assert!(backwards.contains("must not be shorter"), "{backwards}");
    }
}

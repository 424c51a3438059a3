//! Which functions ran until the first movement, and which of their points were reached: www/first.txt.
//!
//! Each line names a function, after how many points it has and which of them were reached:
//! `12 0-3,5 netsplit_web::main`. Names are without hashes, so that they mean the same on every machine.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

use anyhow::{Context, Result};

use super::module::Module;
use super::points;

const HEADER: &str = "# What ran until the first movement of the page: points, those reached, function.\n\
                      # Written by `cargo xtask profile`; what is not named here arrives later.\n";

/// A function, as far as a profile can tell it from others: its name and how many points it has.
type Key = (String, usize);

/// What ran. Functions that share name and number of points are one: usually twins.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Profile {
    reached: BTreeMap<Key, Vec<bool>>,
}

impl Profile {
    /// Adds what an instrumented module noted: a byte for each point, in the order of the functions.
    pub(crate) fn add_hits(&mut self, module: &[u8], hits: &[u8]) -> Result<()> {
        let module = Module::read(module)?;
        let mut rest = hits;
        for (function, body) in (module.imported()..).zip(&module.bodies) {
            let points = points::count(body);
            let (own, others) = rest.split_at_checked(points).context("the notes end too early")?;
            rest = others;
            if own[0] != 0 {
                self.join(module.name(function), own.iter().map(|hit| *hit != 0));
            }
        }
        Ok(())
    }

    /// Adds what was reached in a function.
    fn join(&mut self, name: &str, reached: impl ExactSizeIterator<Item = bool>) {
        let key = (name.to_owned(), reached.len());
        let known = self.reached.entry(key).or_insert_with(|| vec![false; reached.len()]);
        for (known, now) in known.iter_mut().zip(reached) {
            *known |= now;
        }
    }

    /// Which points of a function were reached. One that changed since counts as reached all over, as does one of
    /// the allocator, which goes another way with each size of window and speed of machine; one that nobody has
    /// seen running, as not at all.
    pub(crate) fn reached(&self, name: &str, points: usize) -> Vec<bool> {
        match self.reached.get(&(name.to_owned(), points)).filter(|_| !allocates(name)) {
            Some(reached) => reached.clone(),
            None => vec![self.names(name); points],
        }
    }

    fn names(&self, name: &str) -> bool {
        let mut alike = self.reached.range((name.to_owned(), 0)..);
        alike.next().is_some_and(|((found, _), _)| found == name)
    }

    pub(crate) fn read(text: &str) -> Result<Self> {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let reached = lines.map(|line| read_line(line).with_context(|| format!("cannot read `{line}`")));
        Ok(Self { reached: reached.collect::<Result<_>>()? })
    }

    pub(crate) fn written(&self) -> String {
        let mut text = HEADER.to_owned();
        for ((name, points), reached) in &self.reached {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{points} {} {name}", ranges(reached));
        }
        text
    }
}

fn allocates(name: &str) -> bool {
    name.contains("dlmalloc::") || name.contains("__rust_")
}

fn read_line(line: &str) -> Result<(Key, Vec<bool>)> {
    let mut words = line.splitn(3, ' ');
    let mut word = || words.next().context("a line is points, those reached, name");
    let points = word()?.parse().context("the number of points")?;
    let mut reached = vec![false; points];
    for range in word()?.split(',') {
        let range = read_range(range)?;
        reached.get_mut(range).context("a point beyond the last one")?.fill(true);
    }
    Ok(((word()?.to_owned(), points), reached))
}

fn read_range(text: &str) -> Result<RangeInclusive<usize>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    Ok(first.parse()?..=last.parse()?)
}

/// `0-3,5`: the places that hold.
fn ranges(reached: &[bool]) -> String {
    let mut ranges: Vec<RangeInclusive<usize>> = Vec::new();
    for place in (0..reached.len()).filter(|place| reached[*place]) {
        match ranges.last_mut() {
            Some(range) if range.end() + 1 == place => *range = *range.start()..=place,
            _ => ranges.push(place..=place),
        }
    }
    let words = ranges.iter().map(|range| match (range.start(), range.end()) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first}-{last}"),
    });
    words.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::Profile;

    fn profile(lines: &str) -> Profile {
        Profile::read(lines).unwrap()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut seen = Profile::default();
        seen.join("a::b", [true, true, true, false, true].into_iter());
        seen.join("<c as d>::e f", [true].into_iter());
        assert_eq!(profile(&seen.written()), seen);
        assert!(seen.written().contains("\n5 0-2,4 a::b\n"));
    }

    #[test]
    fn a_function_that_nobody_saw_is_late() {
        assert_eq!(profile("2 0 a::b").reached("a::c", 2), [false, false]);
    }

    #[test]
    fn an_allocator_that_ran_is_first_all_over() {
        assert_eq!(profile("3 0 __rustc::__rust_realloc").reached("__rustc::__rust_realloc", 3), [true; 3]);
        assert_eq!(profile("3 0 a::b").reached("__rustc::__rust_realloc", 3), [false; 3]);
    }

    #[test]
    fn a_function_that_changed_is_first_all_over() {
        assert_eq!(profile("2 0 a::b").reached("a::b", 3), [true; 3]);
    }

    #[test]
    fn twins_are_one() {
        let mut seen = Profile::default();
        seen.join("a", [true, false, true].into_iter());
        seen.join("a", [true, true, false].into_iter());
        assert_eq!(seen.reached("a", 3), [true; 3]);
    }

    #[test]
    fn a_line_that_is_no_profile_is_refused() {
        for line in ["x 0 a", "2 0-2 a", "2 0", ""] {
            assert!(Profile::read(&format!("1 0 b\n{line}\n")).is_err(), "{line}");
        }
    }
}

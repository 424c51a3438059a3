//! The four legs of a trial.

use netsplit_sim::latency::Delay;

use super::BadText;
use super::delay::mixture;
use super::scan::{Read, Scan};
use crate::pbs::legs::{FITS, Legs};

/// W, A, R and S, as far as they were said.
type Said = [Option<Delay>; 4];

const LETTERS: [&str; 4] = ["W", "A", "R", "S"];

/// Reads four legs.
pub fn legs(text: &str) -> Result<Legs, BadText> {
    let mut scan = Scan::new(text);
    let mut said = Said::default();
    loop {
        clause(&mut scan, &mut said)?;
        if !scan.takes(";") || scan.is_at_end() {
            break;
        }
    }
    if !scan.is_at_end() {
        return Err(scan.expected("+ and another part, ; and another leg, or the end"));
    }
    let [w, a, r, s] = said;
    let leg = |leg: Option<Delay>, letter: char| leg.ok_or(BadText::Missing { leg: letter });
    Ok(Legs { w: leg(w, 'W')?, a: leg(a, 'A')?, r: leg(r, 'R')?, s: leg(s, 'S')? })
}

/// A name, `W A = delay`, or a delay for all.
fn clause(scan: &mut Scan<'_>, said: &mut Said) -> Read<()> {
    if let Some(legs) = published(scan) {
        *said = [Some(legs.w), Some(legs.a), Some(legs.r), Some(legs.s)];
        return Ok(());
    }
    let which = letters(scan)?;
    let delay = mixture(scan)?;
    for (leg, _) in said.iter_mut().zip(which).filter(|(_, meant)| *meant) {
        *leg = Some(delay.clone());
    }
    Ok(())
}

fn published(scan: &mut Scan<'_>) -> Option<Legs> {
    let mut ahead = *scan;
    let word = ahead.word();
    let fit = FITS.into_iter().find(|fit| fit.name.eq_ignore_ascii_case(word))?;
    *scan = ahead;
    Some((fit.legs)())
}

/// Which legs a clause is about: those named before its `=`, or all.
fn letters(scan: &mut Scan<'_>) -> Read<[bool; 4]> {
    let mut which = [false; 4];
    while let Some(leg) = letter(scan)? {
        which[leg] = true;
        // A comma between letters is as good as a space.
        scan.takes(",");
    }
    if which == [false; 4] {
        return Ok([true; 4]);
    }
    scan.must("=", "= and the delay of this leg")?;
    Ok(which)
}

/// The position of the leg whose letter stands here; `None` if what stands here is no single letter.
fn letter(scan: &mut Scan<'_>) -> Read<Option<usize>> {
    let mut ahead = *scan;
    let word = ahead.word();
    if word.len() != 1 || scan.begins_with_number() {
        return Ok(None);
    }
    let known = LETTERS.iter().position(|letter| word.eq_ignore_ascii_case(letter));
    let leg = known.ok_or_else(|| scan.expected("a leg: W, A, R or S"))?;
    *scan = ahead;
    Ok(Some(leg))
}

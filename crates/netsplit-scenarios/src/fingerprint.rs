//! What the author of a link saw, small enough to stand in it: `h=<digest><eight checkpoints>`.

use std::fmt;
use std::str::FromStr;

use netsplit_sim::encode::Digest;
use netsplit_sim::id::Step;
use netsplit_sim::run::{Run, Stopped};

use crate::error::{LinkError, clip};

/// How many checkpoints lie on the way.
const CHECKPOINTS: usize = 8;

/// The digest at a step, and 16 bits of the digests at every eighth of the way there, from the boot on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// At the step itself.
    pub digest: Digest,
    /// At 0/8, 1/8, … 7/8 of the steps before it.
    pub checkpoints: [u16; CHECKPOINTS],
}

/// Where a replay left the author's run: it agreed at the first step and no longer at the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Departure {
    /// The last step known to agree; `None` if not even the boot did.
    pub agreed: Option<Step>,
    /// The first step known to differ.
    pub differs: Step,
}

impl Fingerprint {
    /// Replays a run up to `step` and takes its fingerprint. The cursor ends at `step`.
    pub fn take(run: &mut dyn Run, step: Step) -> Result<Self, Stopped> {
        let mut checkpoints = [0; CHECKPOINTS];
        for (part, checkpoint) in checkpoints.iter_mut().enumerate() {
            run.seek_step(checkpoint_step(step, part))?;
            *checkpoint = low_bits(run.digest());
        }
        run.seek_step(step)?;
        Ok(Self { digest: run.digest(), checkpoints })
    }

    /// Where a replay whose fingerprint at the same `step` is `replayed` leaves this one, if it does.
    pub fn departure(&self, replayed: &Self, step: Step) -> Option<Departure> {
        let mut agreed = None;
        for part in 0..CHECKPOINTS {
            let here = checkpoint_step(step, part);
            if self.checkpoints[part] != replayed.checkpoints[part] {
                return Some(Departure { agreed, differs: here });
            }
            agreed = Some(here);
        }
        (self.digest != replayed.digest).then_some(Departure { agreed, differs: step })
    }
}

fn checkpoint_step(step: Step, part: usize) -> Step {
    Step(
        step.0 / CHECKPOINTS as u64 * part as u64
            + step.0 % CHECKPOINTS as u64 * part as u64 / CHECKPOINTS as u64,
    )
}

fn low_bits(digest: Digest) -> u16 {
    (digest.0 & 0xffff) as u16
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.digest)?;
        self.checkpoints.iter().try_for_each(|checkpoint| write!(f, "{checkpoint:04x}"))
    }
}

impl FromStr for Fingerprint {
    type Err = LinkError;

    fn from_str(text: &str) -> Result<Self, LinkError> {
        parse(text).ok_or_else(|| LinkError::BadItem {
            item: "h",
            allowed: "48 hex digits",
            given: clip(text),
        })
    }
}

fn parse(text: &str) -> Option<Fingerprint> {
    if text.len() != 16 + 4 * CHECKPOINTS || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let digest = Digest(u64::from_str_radix(&text[..16], 16).ok()?);
    let mut checkpoints = [0; CHECKPOINTS];
    for (part, checkpoint) in checkpoints.iter_mut().enumerate() {
        let start = 16 + 4 * part;
        *checkpoint = u16::from_str_radix(&text[start..start + 4], 16).ok()?;
    }
    Some(Fingerprint { digest, checkpoints })
}

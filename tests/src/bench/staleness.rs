//! Trials of bounded staleness a second: by the sampler, and through the protocol.

use netsplit_explore::pbs::legs::Legs;
use netsplit_explore::pbs::sampler::Sampler;
use netsplit_explore::pbs::setting::Setting;
use netsplit_explore::pbs::trials::Trials;
use netsplit_sim::time::SimDuration;

use super::{Clock, Row};

const SAMPLED: u64 = 1_000_000;
/// As many as the page makes.
const TRIALS: u64 = 100_000;
/// Events of a slice.
const EVENTS: u32 = 10_000;
const TIMES: usize = 5;
const NAMES: [(&str, Fit); 2] = [("SSD", Legs::lnkd_ssd), ("disks", Legs::lnkd_disk)];

/// The legs that were fitted to somebody's measurements.
type Fit = fn() -> Legs;

/// N = 3, R = W = 1; what is waited for costs nothing.
fn setting(legs: Fit) -> Setting {
    Setting::of_three(1, 1, legs())
}

/// Twelve legs a trial.
pub(super) fn sampler(clock: Clock) -> Vec<Row> {
    NAMES
        .into_iter()
        .map(|(name, legs)| {
            let rate = |_| {
                let mut sampler = Sampler::new(&setting(legs), 1).expect("the setting means something");
                let begun = clock();
                sampler.run(SAMPLED);
                SAMPLED as f64 * 1_000.0 / (clock() - begun)
            };
            Row::new(
                format!("bounded staleness, {name}: sampler"),
                "trials/s",
                (0..TIMES).map(rate).collect(),
            )
        })
        .collect()
}

/// Worlds of 1,000 keys.
pub(super) fn protocol(clock: Clock) -> Vec<Row> {
    let took = |seed| {
        let setting = setting(Legs::lnkd_disk);
        let trials = Trials::new(&setting, SimDuration::ZERO, seed, TRIALS);
        let mut trials = trials.expect("the setting means something");
        let begun = clock();
        while trials.go_on(EVENTS).expect("the store opens") {}
        (clock() - begun) / 1_000.0
    };
    let seconds: Vec<f64> = (0..3).map(took).collect();
    vec![Row::new("bounded staleness, disks: 100,000 trials of the protocol", "s", seconds)]
}

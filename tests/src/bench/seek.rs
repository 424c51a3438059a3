//! Seeking in a run of one million events, to targets spread evenly.

use hdrhistogram::Histogram;
use netsplit_scenarios::open::open;
use netsplit_sim::id::{NodeId, Step};
use netsplit_sim::random::{Draw, Purpose, Stream};
use netsplit_sim::run::{Progress, Run};

use super::{Clock, Row, workloads};

const EVENTS: u64 = 1_000_000;
const SEEKS: u64 = 1_000;
/// Slow seeks are fewer: a browser gives a script twenty seconds.
const LONGEST_MS: f64 = 6_000.0;

/// Percentiles of the exact seek, and of the approach that a frame shows at once.
pub(super) fn measure(clock: Clock) -> Vec<Row> {
    let mut run = open(&workloads::steady()).expect("a workload opens");
    let begun = clock();
    while run.step().0 < EVENTS {
        let progress = run.run_to_step(Step(EVENTS), 100_000);
        assert_ne!(progress, Ok(Progress::Ended), "the workload is long enough");
        if progress.is_err() {
            break;
        }
    }
    let built = clock() - begun;
    let known = run.known().step.0;
    let exact = latencies(&mut *run, clock, |run, step| run.seek_step(step).expect("it is known"));
    let near = latencies(&mut *run, clock, |run, step| run.approach_step(step).expect("it is known"));
    let at = |histogram: &Histogram<u64>, part| histogram.value_at_quantile(part) as f64 / 1_000.0;
    vec![
        Row::new("seek: events of the run", "events", vec![known as f64]),
        Row::new("seek: what is kept of it", "MB", vec![kept(&*run)]),
        Row::new("seek: keyframes", "keyframes", vec![run.memory().keyframes as f64]),
        Row::new("seek: events from one to the next", "events", vec![run.memory().stride as f64]),
        Row::new("seek: running it once, as on the page", "ms", vec![built]),
        Row::new("seek: number of seeks", "seeks", vec![exact.len() as f64]),
        Row::new("seek: p50", "ms", vec![at(&exact, 0.5)]),
        Row::new("seek: p99", "ms", vec![at(&exact, 0.99)]),
        Row::new("seek: longest", "ms", vec![exact.max() as f64 / 1_000.0]),
        Row::new("seek: nearest keyframe, p99", "ms", vec![at(&near, 0.99)]),
    ]
}

/// Megabytes, as the run itself counts them.
fn kept(run: &dyn Run) -> f64 {
    let memory = run.memory();
    let bytes = memory.keyframe_bytes + memory.log_bytes + memory.row_bytes + memory.state_bytes;
    bytes as f64 / 1e6
}

/// In microseconds.
fn latencies(run: &mut dyn Run, clock: Clock, go: impl Fn(&mut dyn Run, Step)) -> Histogram<u64> {
    let mut histogram = Histogram::new(3).expect("three digits are a precision");
    let known = run.known().step.0;
    let stream = Stream::Node(NodeId::server(0));
    let begun = clock();
    for seek in 0..SEEKS {
        let target = Step(Draw::keyed(7, stream, Purpose::Choice, seek).below(known));
        let before = clock();
        go(run, target);
        let micros = ((clock() - before) * 1_000.0).max(0.0);
        histogram.record(micros as u64).expect("a histogram of this kind grows");
        if clock() - begun > LONGEST_MS {
            break;
        }
    }
    histogram
}

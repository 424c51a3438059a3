//! What clients asked for and heard, over time: how much was answered, and on which side of the wall.

use netsplit_checkers::measures::Nines;
use netsplit_sim::id::NodeId;
use netsplit_sim::run::Run;
use netsplit_sim::time::{SimDuration, SimTime};
use netsplit_words::say;

use super::Series;
use super::asked::{Asked, Fate};
use super::sides::SideOf;
use crate::format;
use crate::timeline::{self, Band, BandKind, Tick, Window};

/// The axis of time that pictures share: from the beginning to the cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeAxis {
    /// What is shown.
    pub window: Window,
    /// Labelled times.
    pub ticks: Vec<Tick>,
    /// Walls while they stand.
    pub walls: Vec<Band>,
    /// How long a bar lasts.
    pub every: SimDuration,
    bars: usize,
}

/// Bars of one height over time.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeRow {
    /// What it is of.
    pub name: String,
    /// The bars that are not empty.
    pub bars: Vec<TimeBar>,
    /// What stands beside it: `39 of 40 answered, 97.5 %`.
    pub note: String,
}

/// A bar, from the bottom up; places and heights are per-mille.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeBar {
    /// Where it begins.
    pub from_x: f64,
    /// Where it ends.
    pub to_x: f64,
    /// What was answered.
    pub answered: f64,
    /// What was refused, or given up.
    pub lost: f64,
    /// What still waits.
    pub waiting: f64,
}

/// How many operations were answered a second.
#[derive(Clone, Debug, PartialEq)]
pub struct ThroughputPicture {
    /// The tallest bar: `120 /s`.
    pub top: String,
    /// A row a run.
    pub rows: Vec<TimeRow>,
}

/// How many were answered of what was asked, by side of the wall.
#[derive(Clone, Debug, PartialEq)]
pub struct AvailabilityPicture {
    /// A row a side, of each run.
    pub rows: Vec<TimeRow>,
    /// Nines and the number of requests behind them, a line a run.
    pub nines: Vec<String>,
}

/// Bars at most.
const MOST_BARS: u64 = 48;

impl TimeAxis {
    /// The axis of a run up to its cursor.
    pub fn of(run: &dyn Run) -> Self {
        let window = Window { from: SimTime::ZERO, to: run.now().max(SimTime(1)) };
        let bands = timeline::timeline(run, window, 0.0).bands.into_iter();
        Self::over(window, bands.filter(|band| matches!(band.kind, BandKind::Wall(_))).collect())
    }

    /// The axis of this window, which begins at zero, with these walls.
    pub(super) fn over(window: Window, walls: Vec<Band>) -> Self {
        let every = bar_length(window.to.0);
        let ticks = timeline::tick_times(window);
        Self {
            window,
            ticks: ticks.into_iter().map(|(at, label)| Tick { x: window.x(at), label }).collect(),
            walls,
            every: SimDuration(every),
            bars: window.to.0.div_ceil(every) as usize,
        }
    }

    /// The bar that holds a time.
    fn bar_of(&self, at: SimTime) -> usize {
        ((at.0 / self.every.0) as usize).min(self.bars - 1)
    }

    /// The ends of a bar; the last one may be cut short by the cursor.
    fn ends(&self, bar: usize) -> (f64, f64) {
        let edge = |bar: usize| self.window.x(SimTime(bar as u64 * self.every.0)).min(1_000.0);
        (edge(bar), edge(bar + 1))
    }

    fn bars(&self, counts: &[[u32; 3]], height: impl Fn(u32, [u32; 3]) -> f64) -> Vec<TimeBar> {
        let filled = counts.iter().enumerate().filter(|(_, count)| **count != [0; 3]);
        filled
            .map(|(bar, &count)| {
                let (from_x, to_x) = self.ends(bar);
                let [answered, lost, waiting] = count.map(|part| height(part, count));
                TimeBar { from_x, to_x, answered, lost, waiting }
            })
            .collect()
    }
}

/// The shortest round length of which few enough fill the window.
fn bar_length(nanos: u64) -> u64 {
    let least = nanos.div_ceil(MOST_BARS).max(1_000);
    let power = 10_u64.pow(least.ilog10());
    [1, 2, 5, 10].into_iter().map(|factor| factor * power).find(|length| *length >= least).unwrap_or(least)
}

/// How many operations were answered a second; `None` if nobody asked for anything.
pub fn throughput(axis: &TimeAxis, runs: &[Series<'_>]) -> Option<ThroughputPicture> {
    if runs.iter().all(|run| run.asked.is_empty()) {
        return None;
    }
    let counts: Vec<Vec<[u32; 3]>> = runs.iter().map(|run| answers(axis, run.asked)).collect();
    let most = counts.iter().flatten().map(|count| count[0]).max().unwrap_or(0).max(1);
    let rows = runs.iter().zip(&counts).map(|(run, counts)| TimeRow {
        name: run.name.to_owned(),
        bars: axis.bars(counts, |part, _| 1_000.0 * f64::from(part) / f64::from(most)),
        note: mean_rate(counts.iter().map(|count| count[0]).sum(), axis.window.to),
    });
    Some(ThroughputPicture { top: rate(most, axis.every), rows: rows.collect() })
}

/// Answers by the time at which they came.
fn answers(axis: &TimeAxis, asked: &[Asked]) -> Vec<[u32; 3]> {
    let mut counts = vec![[0; 3]; axis.bars];
    for one in asked.iter().filter(|one| one.fate == Fate::Answered) {
        counts[axis.bar_of(one.at + one.took)][0] += 1;
    }
    counts
}

fn mean_rate(answered: u32, until: SimTime) -> String {
    let mean = rate(answered, SimDuration(until.0.max(1)));
    say!("{count} answered, {mean} on average", count = format::grouped(u64::from(answered)), mean)
}

/// `120 /s`, with two digits where there are fewer.
fn rate(count: u32, length: SimDuration) -> String {
    let a_second = f64::from(count) * 1e9 / length.0.max(1) as f64;
    let digits = match a_second {
        0.0..9.95 => 1,
        _ => 0,
    };
    format!("{} /s", format::decimal(format_args!("{a_second:.digits$}")))
}

/// How many operations were answered of those that each side asked for; `None` if nobody asked for anything.
pub fn availability(axis: &TimeAxis, runs: &[Series<'_>], sides: &[SideOf]) -> Option<AvailabilityPicture> {
    if runs.iter().all(|run| run.asked.is_empty()) {
        return None;
    }
    let is_client = |id: &NodeId| id.is_client();
    let asking = sides.iter().filter(|side| side.members.iter().any(is_client));
    let rows = asking.flat_map(|side| runs.iter().map(|run| side_row(axis, *run, side)));
    let nines = runs
        .iter()
        .map(|run| super::named(run.name, &nines(count(run.asked.iter()), run.asked.len() as u64)));
    Some(AvailabilityPicture { rows: rows.collect(), nines: nines.collect() })
}

fn side_row(axis: &TimeAxis, run: Series<'_>, side: &SideOf) -> TimeRow {
    let theirs: Vec<&Asked> = run.asked.iter().filter(|one| side.members.contains(&one.client)).collect();
    let mut counts = vec![[0; 3]; axis.bars];
    for one in &theirs {
        counts[axis.bar_of(one.at)][part(one.fate)] += 1;
    }
    let whole = |part: u32, count: [u32; 3]| 1_000.0 * f64::from(part) / f64::from(count.iter().sum::<u32>());
    let name = if run.name.is_empty() { side.name.clone() } else { [run.name, " · ", &side.name].concat() };
    TimeRow { name, bars: axis.bars(&counts, whole), note: side_note(axis, &theirs) }
}

const fn part(fate: Fate) -> usize {
    match fate {
        Fate::Answered => 0,
        Fate::Refused | Fate::GivenUp => 1,
        Fate::Waiting => 2,
    }
}

/// `39 of 40 answered`, and while a wall stood: `3 of 8 while it stood`.
fn side_note(axis: &TimeAxis, asked: &[&Asked]) -> String {
    let stood =
        |at: SimTime| axis.walls.iter().any(|wall| wall.from <= at && wall.to.is_none_or(|to| at < to));
    let meanwhile = || asked.iter().copied().filter(|one| stood(one.at));
    let (answered, all) = of(asked.iter().copied());
    if meanwhile().next().is_none() {
        return say!("{answered} of {all} answered", answered, all);
    }
    let (then, all_then) = of(meanwhile());
    say!(
        "{answered} of {all} answered; {then} of {all_then} while the wall stood",
        answered,
        all,
        then,
        all_then
    )
}

/// How many were answered, of how many.
fn of<'a>(asked: impl Iterator<Item = &'a Asked> + Clone) -> (String, String) {
    let all = asked.clone().count() as u64;
    (format::grouped(count(asked)), format::grouped(all))
}

fn count<'a>(asked: impl Iterator<Item = &'a Asked>) -> u64 {
    asked.filter(|one| one.fate == Fate::Answered).count() as u64
}

/// The nines with the number of requests that stand behind them.
fn nines(answered: u64, all: u64) -> String {
    Nines::of(answered, all).map_or_else(|| say!("nothing was asked").to_owned(), |nines| nines.to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn asked(client: u16, millis: u64, fate: Fate) -> Asked {
        let took = SimDuration::from_millis(10);
        Asked { client: NodeId::client(client), at: SimTime::from_millis(millis), fate, took }
    }

    fn axis(until_millis: u64, wall: Option<(u64, u64)>) -> TimeAxis {
        let window = Window { from: SimTime::ZERO, to: SimTime::from_millis(until_millis) };
        let walls = wall.map(|(from, to)| Band {
            from_x: 0.0,
            to_x: 0.0,
            from: SimTime::from_millis(from),
            to: Some(SimTime::from_millis(to)),
            kind: BandKind::Wall(netsplit_sim::id::WallId(1)),
            label: String::new(),
        });
        TimeAxis::over(window, walls.into_iter().collect())
    }

    fn side(client: u16) -> SideOf {
        SideOf { name: format!("c{}", client + 1), members: BTreeSet::from([NodeId::client(client)]) }
    }

    #[test]
    fn bars_are_of_a_round_length_and_few() {
        let lengths = [1, 100_000_000, 1_284_000_000, 7_200_000_000_000].map(bar_length);
        assert_eq!(lengths, [1_000, 5_000_000, 50_000_000, 200_000_000_000]);
    }

    #[test]
    fn each_side_counts_what_its_own_clients_asked_and_what_they_asked_while_the_wall_stood() {
        let all = [
            asked(0, 100, Fate::Answered),
            asked(0, 600, Fate::GivenUp),
            asked(0, 700, Fate::Waiting),
            asked(1, 650, Fate::Answered),
        ];
        let runs = [Series { name: "", asked: &all }];
        let shown = availability(&axis(1_000, Some((500, 900))), &runs, &[side(0), side(1)]).expect("asked");
        let notes: Vec<&str> = shown.rows.iter().map(|row| row.note.as_str()).collect();
        assert_eq!(
            notes,
            ["1 of 3 answered; 0 of 2 while the wall stood", "1 of 1 answered; 1 of 1 while the wall stood"]
        );
        assert_eq!(shown.nines, ["50 % of 4 requests: no nine, 182.5 days a year without an answer"]);
    }

    #[test]
    fn a_bar_of_availability_is_whole_and_one_of_throughput_as_tall_as_its_share_of_the_tallest() {
        let all = [
            asked(0, 100, Fate::Answered),
            asked(0, 101, Fate::Waiting),
            asked(0, 500, Fate::Answered),
            asked(0, 501, Fate::Answered),
        ];
        let runs = [Series { name: "", asked: &all }];
        let axis = axis(1_000, None);
        let available = availability(&axis, &runs, &[side(0)]).expect("asked");
        let first = available.rows[0].bars[0];
        assert_eq!((first.answered, first.lost, first.waiting), (500.0, 0.0, 500.0));
        let through = throughput(&axis, &runs).expect("asked");
        let heights: Vec<f64> = through.rows[0].bars.iter().map(|bar| bar.answered).collect();
        assert_eq!(heights, [500.0, 1_000.0]);
        assert_eq!(through.top, "40 /s", "two within a bar of 50 ms");
        assert_eq!(through.rows[0].note, "3 answered, 3.0 /s on average");
    }
}

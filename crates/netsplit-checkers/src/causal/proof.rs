//! A contradiction as a proof: which operations, and why each comes before the next.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::clocks::{Circle, Forced, How};
use super::events::{EventId, Events, Source};
use super::saturate::Contradiction;
use crate::history::Row;
use crate::verdict::{Reason, Why};

/// Why an event comes right before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Session,
    Read,
    /// The forced edge of this number, which follows from those of smaller numbers.
    Forced(usize),
}

#[derive(Clone, Copy, Debug)]
struct Step {
    first: EventId,
    then: EventId,
    link: Link,
}

/// Operations that contradict one another, and how.
pub(crate) struct Proof<'a> {
    events: &'a Events,
    forced: &'a [Forced],
    forced_before: BTreeMap<EventId, Vec<usize>>,
    told: BTreeSet<(EventId, EventId)>,
    named: BTreeSet<EventId>,
    reasons: Vec<Reason>,
}

impl<'a> Proof<'a> {
    /// The rows, ascending, which contradict one another alone, and the reasons, the best first. The stuck
    /// answer is among them even if it only makes sure that another operation has happened.
    pub fn of(
        events: &'a Events,
        forced: &'a [Forced],
        contradiction: &Contradiction,
        stuck: Option<Row>,
    ) -> (Vec<Row>, Vec<Reason>) {
        let mut forced_before = BTreeMap::<EventId, Vec<usize>>::new();
        for (number, edge) in forced.iter().enumerate() {
            forced_before.entry(edge.then).or_default().push(number);
        }
        let (told, named) = (BTreeSet::new(), BTreeSet::new());
        let mut proof = Self { events, forced, forced_before, told, named, reasons: Vec::new() };
        proof.named.extend(events.all.iter().position(|event| Some(event.row) == stuck));
        proof.contradiction(contradiction);
        proof.finished()
    }

    /// The same of a read that returned something older than `way[0]`, which it should have seen, since each of
    /// the way comes before the next in its session or was read by it, and the last is the read.
    pub fn of_way(events: &'a Events, way: &[EventId]) -> (Vec<Row>, Vec<Reason>) {
        let (told, named) = (BTreeSet::new(), BTreeSet::new());
        let forced_before = BTreeMap::new();
        let mut proof = Self { events, forced: &[], forced_before, told, named, reasons: Vec::new() };
        let linked = |pair: &[EventId]| {
            let read = matches!(&events.all[pair[1]].source, Source::Writes(from) if from.contains(&pair[0]));
            Step { first: pair[0], then: pair[1], link: if read { Link::Read } else { Link::Session } }
        };
        let steps: Vec<Step> = way.windows(2).map(linked).collect();
        if let (Some(missed), Some(read)) = (way.first(), way.last()) {
            proof.missed(*read, *missed, &steps, 0);
        }
        proof.finished()
    }

    fn finished(self) -> (Vec<Row>, Vec<Reason>) {
        let named: Vec<EventId> = self.named.into_iter().collect();
        (self.events.with_context(&named), self.reasons)
    }

    fn contradiction(&mut self, contradiction: &Contradiction) {
        match contradiction {
            Contradiction::Nobody(read) => {
                self.name(*read);
                self.reasons.push(Reason::NobodyWrote { read: self.row(*read) });
            }
            Contradiction::Missed { read, missed } => {
                let all = self.forced.len();
                let newer = self.path(*missed, *read, all);
                self.missed(*read, *missed, &newer, all);
            }
            Contradiction::Circle(circle) => self.circle(circle),
        }
    }

    /// A circle that needs what a read told is better said as what that read missed.
    fn circle(&mut self, Circle(events): &Circle) {
        let nexts = events.iter().cycle().skip(1);
        let steps: Vec<Step> =
            events.iter().zip(nexts).map(|(first, then)| self.step(*first, *then)).collect();
        let latest = |step: &Step| match step.link {
            Link::Forced(number) => Some(self.row(self.forced[number].read)),
            _ => None,
        };
        let at = (0..steps.len()).max_by_key(|at| latest(&steps[*at])).unwrap_or(0);
        let Link::Forced(number) = steps[at].link else {
            let start = steps.iter().position(|step| step.link != Link::Session).unwrap_or(0);
            let around: Vec<Step> = [&steps[start..], &steps[..start]].concat();
            return self.tell(&around);
        };
        let Forced { first, then, read, how } = self.forced[number];
        let around = self.path(then, first, self.forced.len());
        match how {
            How::Hidden => {
                let newer = self.path(first, read, number);
                self.said_missed(read, first, &newer);
                self.tell(&around);
                self.tell_path(&newer);
            }
            How::Replaced => self.missed(read, then, &around, number),
        }
    }

    /// `read` returned something older than `missed`, which came before it over the steps of `newer`.
    fn missed(&mut self, read: EventId, missed: EventId, newer: &[Step], limit: usize) {
        self.said_missed(read, missed, newer);
        if let Source::Writes(sources) = &self.events.all[read].source {
            for source in sources {
                let older = self.path(*source, missed, limit);
                self.tell(&older);
            }
        }
        self.tell_path(newer);
    }

    fn said_missed(&mut self, read: EventId, missed: EventId, newer: &[Step]) {
        let why = match &self.merged(newer)[..] {
            [step] => self.why(step),
            _ => Why::Causally,
        };
        self.name(read);
        self.name(missed);
        self.reasons.push(Reason::Missed { read: self.row(read), missed: self.row(missed), why });
    }

    /// Tells a path unless it is one step that has been said.
    fn tell_path(&mut self, steps: &[Step]) {
        if self.merged(steps).len() > 1 || steps.iter().any(|step| matches!(step.link, Link::Forced(_))) {
            self.tell(steps);
        }
    }

    /// Tells each step, and why what was forced was forced.
    fn tell(&mut self, steps: &[Step]) {
        let steps = self.merged(steps);
        for step in &steps {
            self.name(step.first);
            self.name(step.then);
            if self.told.insert((step.first, step.then)) {
                let (first, then) = (self.row(step.first), self.row(step.then));
                self.reasons.push(Reason::Precedes { first, then, why: self.why(step) });
            }
        }
        for step in &steps {
            if let Link::Forced(number) = step.link {
                self.forced(number);
            }
        }
    }

    fn forced(&mut self, number: usize) {
        let Forced { first, then, read, how } = self.forced[number];
        self.name(read);
        match how {
            How::Hidden => {
                let path = self.path(first, read, number);
                self.tell_path(&path);
            }
            How::Replaced => {
                if let Source::Writes(sources) = &self.events.all[read].source {
                    for source in sources {
                        let path = self.path(*source, then, number);
                        self.tell_path(&path);
                    }
                }
            }
        }
    }

    /// Several steps within one session are one.
    fn merged(&self, steps: &[Step]) -> Vec<Step> {
        let mut merged = Vec::<Step>::new();
        for step in steps {
            match merged.last_mut() {
                Some(last) if last.link == Link::Session && step.link == Link::Session => {
                    last.then = step.then;
                }
                _ => merged.push(*step),
            }
        }
        merged
    }

    fn why(&self, step: &Step) -> Why {
        match step.link {
            Link::Session => Why::SameProcess,
            Link::Read => Why::ReadFrom,
            Link::Forced(number) => match self.forced[number].how {
                How::Hidden => Why::Hidden { read: self.row(self.forced[number].read) },
                How::Replaced => Why::ReplacedBy,
            },
        }
    }

    fn row(&self, event: EventId) -> Row {
        self.events.all[event].row
    }

    /// Takes an event into the proof.
    fn name(&mut self, event: EventId) {
        self.named.insert(event);
    }

    /// How one event comes right before the other.
    fn step(&self, first: EventId, then: EventId) -> Step {
        let link = if self.events.all[then].previous == Some(first) {
            Link::Session
        } else if matches!(&self.events.all[then].source, Source::Writes(sources) if sources.contains(&first))
        {
            Link::Read
        } else {
            let numbers = self.forced_before.get(&then).into_iter().flatten();
            let number = numbers.copied().find(|number| self.forced[*number].first == first);
            Link::Forced(number.expect("neighbours of a path are linked"))
        };
        Step { first, then, link }
    }

    /// A shortest path over session order, reads-from and the forced edges of smaller numbers than `limit`.
    fn path(&self, first: EventId, then: EventId, limit: usize) -> Vec<Step> {
        let mut next = vec![None; self.events.all.len()];
        let mut queue = VecDeque::from([then]);
        while let Some(event) = queue.pop_front() {
            if event == first {
                break;
            }
            let forced = self.forced_before.get(&event).into_iter().flatten();
            let forced = forced.filter(|number| **number < limit).map(|number| self.forced[*number].first);
            for earlier in self.events.before(event).chain(forced) {
                if earlier != then && next[earlier].is_none() {
                    next[earlier] = Some(event);
                    queue.push_back(earlier);
                }
            }
        }
        let mut path = Vec::new();
        let mut event = first;
        while let Some(later) = next[event].filter(|_| event != then) {
            path.push(self.step(event, later));
            event = later;
        }
        path
    }
}

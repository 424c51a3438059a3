//! The pages of the log: within a budget, those farthest from the cursor are forgotten first, and come
//! back when a replay passes through them.

use std::mem;
use std::rc::Rc;

use crate::event::{Event, StepReport};
use crate::id::Step;

use super::page::{Page, number};

/// Events, notes and messages by step.
#[derive(Clone, Debug)]
pub(super) struct Pages {
    boot: Rc<Page>,
    /// By number; `None` where the page was forgotten, or lies in `frontier`.
    kept: Vec<Option<Rc<Page>>>,
    /// The page that grows at the latest step known.
    frontier: Page,
    /// A forgotten page that a replay is filling again.
    refill: Option<Page>,
    /// Bytes of `kept`.
    bytes: usize,
    /// One that was forgotten, for its memory.
    spare: Option<Rc<Page>>,
    budget: usize,
}

impl Pages {
    /// Knows the boot only.
    pub(super) fn new(boot: &StepReport, budget: usize) -> Self {
        let mut page = Page::starting(Step(0), None);
        page.push(boot);
        let frontier = Page::starting(Step(1), None);
        Self { boot: Rc::new(page), kept: Vec::new(), frontier, refill: None, bytes: 0, spare: None, budget }
    }

    /// Takes in the step after the latest known.
    pub(super) fn push(&mut self, report: &StepReport) {
        self.frontier.push(report);
        if self.frontier.is_full() {
            let next = self.starting(self.frontier.next());
            let full = mem::replace(&mut self.frontier, next);
            self.keep(full);
            self.forget_beyond_budget(self.frontier.next());
        }
    }

    /// Takes in a step that was known before, if it was forgotten since.
    pub(super) fn push_again(&mut self, step: Step, report: &StepReport) {
        let goes_on = self.refill.as_ref().is_some_and(|page| page.next() == step);
        if !goes_on {
            if self.page(step).is_some() {
                return;
            }
            self.put_back();
            self.refill = Some(self.begin(step));
        }
        let Some(page) = &mut self.refill else { return };
        page.push(report);
        if page.is_full() {
            self.put_back();
            self.forget_beyond_budget(step);
        } else if page.next() == self.frontier.next() {
            // It holds all that the frontier does, and what was forgotten before it.
            self.frontier = self.refill.take().expect("it was just filled");
        }
    }

    /// The page to be filled from `step` on: what is kept of it, if that ends right there.
    fn begin(&mut self, step: Step) -> Page {
        let kept = self.kept.get_mut(number(step));
        match kept.and_then(|slot| slot.take_if(|page| page.next() == step)) {
            Some(page) => {
                self.bytes -= page.bytes();
                Rc::unwrap_or_clone(page)
            }
            None => self.starting(step),
        }
    }

    fn starting(&mut self, first: Step) -> Page {
        match self.spare.take().map(Rc::try_unwrap) {
            Some(Ok(page)) => page.begun_anew(first),
            _ => Page::starting(first, Some(&self.frontier)),
        }
    }

    /// Keeps what was filled again, unless more of that page is kept already.
    fn put_back(&mut self) {
        let Some(page) = self.refill.take() else { return };
        let more = |kept: &Rc<Page>| kept.events().len() >= page.events().len();
        let is_frontier = page.number() == self.frontier.number();
        if !is_frontier && !self.kept.get(page.number()).and_then(Option::as_ref).is_some_and(more) {
            self.keep(page);
        }
    }

    fn keep(&mut self, page: Page) {
        let number = page.number();
        if self.kept.len() <= number {
            self.kept.resize(number + 1, None);
        }
        self.bytes += page.bytes();
        let before = self.kept[number].replace(Rc::new(page));
        self.bytes -= before.map_or(0, |page| page.bytes());
    }

    fn forget_beyond_budget(&mut self, cursor: Step) {
        let here = number(cursor);
        while self.bytes > self.budget {
            let first = self.kept.iter().position(Option::is_some);
            let last = self.kept.iter().rposition(Option::is_some);
            let (Some(first), Some(last)) = (first, last) else { return };
            let farthest = if here.abs_diff(first) >= here.abs_diff(last) { first } else { last };
            self.spare = self.kept[farthest].take();
            self.bytes -= self.spare.as_ref().map_or(0, |page| page.bytes());
        }
    }

    /// Sets how many bytes may be kept.
    pub(super) fn set_budget(&mut self, budget: usize, cursor: Step) {
        self.budget = budget;
        self.forget_beyond_budget(cursor);
    }

    /// Forgets what comes after `step`.
    pub(super) fn truncate(&mut self, step: Step) {
        self.refill = None;
        if step.0 + 1 >= self.frontier.next().0 {
            return;
        }
        let next = Step(step.0 + 1);
        for page in self.kept.drain((number(next) + 1).min(self.kept.len())..).flatten() {
            self.bytes -= page.bytes();
        }
        let cut = self.kept.get_mut(number(next)).and_then(Option::take);
        self.kept.truncate(number(next));
        if let Some(cut) = cut {
            self.bytes -= cut.bytes();
            self.frontier = Rc::unwrap_or_clone(cut);
        }
        if self.frontier.holds(step) {
            self.frontier.truncate(step);
        } else {
            self.frontier = Page::starting(next, Some(&self.frontier));
        }
    }

    /// The page that holds a step, if it is not forgotten.
    pub(super) fn page(&self, step: Step) -> Option<&Page> {
        if step.0 == 0 {
            return Some(&self.boot);
        }
        let kept = self.kept.get(number(step)).and_then(Option::as_deref);
        let mut candidates = [Some(&self.frontier), kept, self.refill.as_ref()].into_iter().flatten();
        candidates.find(|page| page.holds(step))
    }

    /// The events of each page that is kept, in order.
    pub(super) fn events(&self) -> Vec<&[Event]> {
        let refill = self.refill.as_ref();
        let behind = |page: &&Page| refill.is_none_or(|refill| page.number() != refill.number());
        let mut pages: Vec<&Page> = self.kept.iter().flatten().map(|page| &**page).filter(behind).collect();
        if let Some(refill) = refill {
            let at = pages.partition_point(|page| page.number() < refill.number());
            pages.insert(at, refill);
        }
        let mut events: Vec<&[Event]> =
            pages.into_iter().map(|page| page.events_before(self.frontier.first())).collect();
        events.push(self.frontier.events());
        events
    }

    /// How many events are kept.
    pub(super) fn len(&self) -> u64 {
        self.events().iter().map(|page| page.len() as u64).sum()
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        let slots = self.kept.capacity() * size_of::<Option<Rc<Page>>>();
        let spare = self.spare.as_ref().map_or(0, |page| page.bytes());
        let open = spare + self.frontier.bytes() + self.refill.as_ref().map_or(0, Page::bytes);
        self.bytes + slots + open + self.boot.bytes()
    }
}

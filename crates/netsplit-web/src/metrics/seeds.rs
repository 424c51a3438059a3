//! The scenario over many seeds, in slices: how its numbers are spread, and links to the seeds far out.

use std::cell::RefCell;
use std::rc::Rc;

use netsplit_checkers::measures::Quantile;
use netsplit_checkers::search::Budget;
use netsplit_explore::sweep::{Ended, Plan, Row, Seeds, Sweep};
use netsplit_scenarios::expectation::{Answer, Claim};
use netsplit_scenarios::run_record::RunRecord;
use netsplit_view::format;
use netsplit_view::metrics::spread::{Outlier, Spread, Unit, spread};
use netsplit_words::{say, told, word};
use yew::prelude::{Callback, Component, Context, Event, Html, Properties, TargetCast, html};

use super::plot::{bar, figure, plot};
use crate::button::{Look, button};
use crate::decimal::percent;
use crate::frame::{self, Again};
use crate::msg::Msg;
use crate::slices::{self, SliceLoop};
use crate::stage_contract::AppHandle;

/// How many seeds can be asked for.
const COUNTS: [u64; 4] = [100, 300, 1_000, 3_000];
/// By what each history is judged.
const LINEARIZABLE: Claim = Claim("linearizable");
/// Steps of one judgement of one history.
const BUDGET: Budget = Budget(20_000);
/// Events of a piece: a fraction of a millisecond.
const PIECE: u32 = 256;
/// Between two drawings while seeds come in.
const CALM_MS: f64 = 250.0;

/// What the distributions are made of.
#[derive(Clone, PartialEq, Properties)]
pub struct SeedsProps {
    /// The model and its messages.
    pub app: AppHandle,
}

/// Many seeds of one scenario.
pub struct ManySeeds {
    count: u64,
    work: Rc<RefCell<Work>>,
    drawn_at: f64,
    slices: SliceLoop,
}

/// The sweep, and whether it goes on.
#[derive(Default)]
struct Work {
    sweep: Option<Sweep>,
    runs: bool,
    /// Why there are no rows, or no more.
    wrong: Option<String>,
}

/// What reaches it.
pub enum Heard {
    /// So many seeds are wanted.
    Count(u64),
    /// Begin.
    Begin,
    /// Stop; what is there stays.
    Cancel,
    /// A slice was done, and whether another is wanted.
    Sliced(Again),
}

impl Component for ManySeeds {
    type Message = Heard;
    type Properties = SeedsProps;

    fn create(ctx: &Context<Self>) -> Self {
        let work: Rc<RefCell<Work>> = Rc::default();
        let (done, link) = (work.clone(), ctx.link().clone());
        let slices = SliceLoop::new(move || {
            let again = slices::slice(|| done.borrow_mut().piece(), &frame::clock);
            link.send_message(Heard::Sliced(again));
            again
        });
        Self { count: COUNTS[0], work, drawn_at: 0.0, slices }
    }

    fn update(&mut self, ctx: &Context<Self>, heard: Heard) -> bool {
        match heard {
            Heard::Count(count) => self.count = count,
            Heard::Begin => self.begin(&ctx.props().app),
            Heard::Cancel => self.work.borrow_mut().runs = false,
            Heard::Sliced(Again::Yes) if frame::clock() - self.drawn_at < CALM_MS => return false,
            Heard::Sliced(_) => self.drawn_at = frame::clock(),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let work = self.work.borrow();
        let content = html! {
            <>
                { self.tools(ctx, &work) }
                if let Some(wrong) = &work.wrong {
                    <p role="alert">{ wrong }</p>
                }
                if let Some(sweep) = &work.sweep {
                    { distributions(&ctx.props().app, sweep) }
                }
            </>
        };
        figure("metric-seeds", word!("Over many seeds"), content)
    }
}

impl Work {
    /// A little of the sweep.
    fn piece(&mut self) -> Again {
        let Some(sweep) = self.sweep.as_mut().filter(|_| self.runs) else { return Again::No };
        match sweep.go_on(PIECE) {
            Ok(progress) => self.runs = !progress.is_over(),
            Err(error) => {
                self.runs = false;
                self.wrong = Some(say!("{error}.", error = format::capital(&error.to_string())));
            }
        }
        if self.runs { Again::Yes } else { Again::No }
    }
}

impl ManySeeds {
    fn begin(&mut self, app: &AppHandle) {
        let record = app.read(|model| model.session().record().clone());
        let (sweep, wrong) = match sweep(&record, self.count) {
            Ok(sweep) => (Some(sweep), None),
            Err(wrong) => (None, Some(wrong)),
        };
        *self.work.borrow_mut() = Work { runs: sweep.is_some(), sweep, wrong };
        self.slices.start();
    }

    fn tools(&self, ctx: &Context<Self>, work: &Work) -> Html {
        let link = ctx.link();
        let onchange = link.batch_callback(|event: Event| {
            let select = event.target_dyn_into::<web_sys::HtmlSelectElement>()?;
            select.value().parse().ok().map(Heard::Count)
        });
        let done = work.sweep.as_ref().map_or(0, |sweep| sweep.rows().len() as u64);
        html! {
            <div class="seeds-tools">
                if work.runs {
                    <progress max={self.count.to_string()} value={done.to_string()} aria-label={say!("Seeds done")} />
                    <span class="soft mono">{ say!("{done} of {all}", done = format::grouped(done), all = format::grouped(self.count)) }</span>
                    { button(Look::Framed, say!("Cancel"), link.callback(|_| Heard::Cancel)) }
                } else {
                    <label class="inline-label">{ say!("Run this scenario with") }
                        <select class="field" {onchange}>
                            { for COUNTS.iter().map(|count| html! {
                                <option value={count.to_string()} selected={*count == self.count}>{ say!("{count} seeds", count = format::grouped(*count)) }</option>
                            }) }
                        </select>
                    </label>
                    { button(Look::Framed, say!("Run them"), link.callback(|_| Heard::Begin)) }
                }
            </div>
        }
    }
}

fn sweep(record: &RunRecord, count: u64) -> Result<Sweep, String> {
    let sentence = |text: String| say!("{error}.", error = format::capital(&text));
    let plan = Plan::new(record, &[LINEARIZABLE], BUDGET).map_err(|error| sentence(error.to_string()))?;
    let seeds = Seeds::new(0..count).map_err(|error| sentence(error.to_string()))?;
    Ok(Sweep::new(plan, seeds))
}

/// What is drawn of each run, if it has it.
type Number = fn(&Row) -> Option<u64>;

/// The distributions.
const DRAWN: [(&str, Unit, Number); 6] = [
    (word!("Latency, p50"), Unit::Duration, |row| row.latency_at(Quantile(500_000))),
    (word!("Latency, p99"), Unit::Duration, |row| row.latency_at(Quantile(990_000))),
    (word!("Answered"), Unit::Share, |row| row.answered_ppm.map(u64::from)),
    (word!("Violations"), Unit::Count, violations),
    (word!("Stale reads"), Unit::Count, |row| (row.reads > 0).then_some(row.stale_reads)),
    (word!("Versions behind at worst"), Unit::Count, |row| (row.reads > 0).then_some(row.stalest.versions)),
];

/// Properties of the protocol that were violated, and consistency if it was.
fn violations(row: &Row) -> Option<u64> {
    let inconsistent = row.verdicts.iter().filter(|answer| **answer == Answer::Violation);
    Some((row.violated.len() + inconsistent.count()) as u64)
}

fn distributions(app: &AppHandle, sweep: &Sweep) -> Html {
    let spreads = DRAWN.iter().filter_map(|(title, unit, number)| {
        let values = sweep.rows().iter().filter_map(|row| Some((row.seed, number(row)?)));
        spread(title, *unit, &values.collect::<Vec<_>>())
    });
    html! {
        <>
            <div class="seeds-spreads">{ for spreads.map(|spread| one(app, sweep.plan(), &spread)) }</div>
            { reasons(app, sweep) }
        </>
    }
}

fn one(app: &AppHandle, plan: &Plan, spread: &Spread) -> Html {
    /// Of a distribution, in pixels.
    const HEIGHT: u32 = 44;
    let bars = html! {
        <>
            { for spread.bars.iter().map(|(from, to, height)| bar("bar", (*from, *to), 0.0, *height)) }
            { for spread.outliers.iter().map(|outlier| html! {
                <circle class="outlier" cx={percent(outlier.x)} cy="-4" r="3" />
            }) }
        </>
    };
    let links = spread.outliers.iter().map(|Outlier { seed, value, .. }| {
        html! { <li key={*seed}>{ seed_link(app, plan, *seed) }<span class="soft">{ value }</span></li> }
    });
    let title = told(spread.title);
    html! {
        <div class="metric-row run-first" key={spread.title}>
            <b class="seeds-title">{ title }</b>
            { plot(HEIGHT, &say!("{title}: {found}", title, found = spread.told), &spread.ticks, bars) }
            <p class="soft">{ &spread.told }</p>
            <ul class="seeds-links">{ for links }</ul>
        </div>
    }
}

/// Opens the run of a seed; its address is the link to it.
fn seed_link(app: &AppHandle, plan: &Plan, seed: u64) -> Html {
    let open: Callback<yew::prelude::MouseEvent> = {
        let app = app.clone();
        Callback::from(move |event: yew::prelude::MouseEvent| {
            // In a new tab the address opens it.
            if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                event.prevent_default();
                app.send(Msg::Seed(seed));
            }
        })
    };
    let href = ["#", plan.link(seed).trim_start_matches('#')].concat();
    html! { <a {href} onclick={open}>{ say!("seed {seed}", seed) }</a> }
}

/// The first seeds with something wrong, each with what it is.
fn reasons(app: &AppHandle, sweep: &Sweep) -> Html {
    const MOST: usize = 6;
    let wrong = sweep.rows().iter().filter_map(|row| Some((row.seed, reason(row)?)));
    let links = wrong.take(MOST).map(|(seed, reason)| {
        html! { <li key={seed}>{ seed_link(app, sweep.plan(), seed) }<span class="soft">{ reason }</span></li> }
    });
    html! { <ul class="seeds-links">{ for links }</ul> }
}

fn reason(row: &Row) -> Option<String> {
    let inconsistent = row.verdicts.contains(&Answer::Violation).then_some(say!("not linearizable"));
    let livelock = (row.ended == Ended::Livelock).then_some(say!("a livelock"));
    let words: Vec<String> = row
        .violated
        .iter()
        .map(|name| say!("{name} violated", name))
        .chain([inconsistent, livelock].into_iter().flatten().map(str::to_owned))
        .collect();
    (!words.is_empty()).then(|| words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cold_start;
    use crate::options::Options;

    fn work(count: u64) -> Work {
        let model = cold_start("", Options::default(), false);
        let sweep = sweep(model.session().record(), count).expect("it can be swept");
        Work { sweep: Some(sweep), runs: true, wrong: None }
    }

    fn rows(work: &Work) -> usize {
        work.sweep.as_ref().map_or(0, |sweep| sweep.rows().len())
    }

    #[test]
    fn every_seed_has_a_row_in_the_end_and_many_pieces_came_before() {
        let mut work = work(3);
        let mut pieces = 1;
        while work.piece() == Again::Yes {
            pieces += 1;
        }
        assert_eq!((rows(&work), work.runs), (3, false));
        assert!(pieces > 6, "{pieces} pieces");
    }

    #[test]
    fn what_is_cancelled_keeps_its_rows_and_does_no_more() {
        let mut work = work(100);
        while rows(&work) < 2 {
            assert_eq!(work.piece(), Again::Yes);
        }
        work.runs = false;
        assert_eq!((work.piece(), rows(&work)), (Again::No, 2));
    }
}

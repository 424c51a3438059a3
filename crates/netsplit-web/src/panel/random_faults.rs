//! Random faults: a few choices and a seed, expanded into lines of the fault script, so that they can be
//! changed, muted, deleted and shared like anything else.

use std::collections::BTreeSet;

use netsplit_scenarios::profile::{FaultKind, FaultProfile, Ground, expand};
use netsplit_scenarios::run_record::Entry;
use netsplit_sim::time::SimDuration;
use netsplit_words::{say, told, word};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use yew::prelude::{Callback, Html, SubmitEvent, html};

use crate::browser;
use crate::decimal;
use crate::msg::Msg;
use crate::session::{ScriptEdit, Session};
use crate::stage_contract::AppHandle;

/// How many of each kind begin.
const AMOUNTS: [(&str, u16); 3] =
    [(word!("one of each"), 1), (word!("three of each"), 3), (word!("eight of each"), 8)];
/// Within how many seconds of the cursor.
const SPANS: [u64; 3] = [5, 15, 60];
/// One fault lasts at most this part of the whole stretch.
const PART: u64 = 4;

/// What is ticked and chosen.
struct Wanted {
    seed: u64,
    kinds: BTreeSet<FaultKind>,
    of_each: u16,
    seconds: u64,
}

/// The form, folded away until it is wanted.
pub(super) fn random_faults(app: &AppHandle) -> Html {
    let sent = app.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let form = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(wanted) = form.as_ref().and_then(read) else {
            return sent.send(Msg::Warn(
                say!("A seed is a whole number from 0 to 18446744073709551615.").to_owned(),
            ));
        };
        let entries = sent.read(|model| entries(model.session(), &wanted));
        sent.send(if entries.is_empty() {
            Msg::Announce(say!("No fault was added: tick what may go wrong.").to_owned())
        } else {
            Msg::Edit(ScriptEdit::Add(entries))
        });
    });
    html! {
        <details class="random">
            <summary>{ say!("Random faults…") }</summary>
            <form {onsubmit}>
                <p class="soft">{ say!("From the cursor on; each becomes a line of this script, and all have ended at the end.") }</p>
                <div class="kinds">{ for FaultKind::ALL.iter().enumerate().map(|(index, kind)| tick(index, *kind)) }</div>
                <select class="field" name="amount" aria-label={say!("How many")}>
                    { for AMOUNTS.iter().map(|(name, _)| html! { <option selected={*name == AMOUNTS[0].0}>{ told(name) }</option> }) }
                </select>
                <select class="field" name="span" aria-label={say!("For how long")}>
                    { for SPANS.iter().map(|seconds| html! {
                        <option selected={*seconds == SPANS[0]}>{ say!("within {seconds} s", seconds) }</option>
                    }) }
                </select>
                <input class="field number" name="seed" inputmode="numeric" aria-label={say!("Seed of the faults; empty for any")} placeholder={say!("any seed")} />
                <button type="submit" class="button framed">{ say!("Add them") }</button>
            </form>
        </details>
    }
}

fn tick(index: usize, kind: FaultKind) -> Html {
    let usual = matches!(kind, FaultKind::Crash | FaultKind::Cut);
    html! {
        <label class="check">
            <input type="checkbox" value={index.to_string()} checked={usual} />
            { told(kind.title()) }
        </label>
    }
}

/// What stands in the form; nothing if its seed is no number.
fn read(form: &Element) -> Option<Wanted> {
    let index = |name: &str| {
        let list = form.query_selector(&["select[name=", name, "]"].concat()).ok().flatten()?;
        usize::try_from(list.dyn_into::<HtmlSelectElement>().ok()?.selected_index()).ok()
    };
    let seed = form.query_selector("input[name=seed]").ok().flatten()?.dyn_into::<HtmlInputElement>().ok()?;
    let seed = match seed.value().trim() {
        "" => browser::fresh_seed(),
        typed => decimal::parse(typed, 0)?,
    };
    let mut kinds = BTreeSet::new();
    let ticks = form.query_selector_all("input:checked").ok()?;
    for tick in (0..ticks.length()).filter_map(|at| ticks.item(at)?.dyn_into::<HtmlInputElement>().ok()) {
        kinds.extend(tick.value().parse::<usize>().ok().and_then(|kind| FaultKind::ALL.get(kind)));
    }
    let of_each = AMOUNTS.get(index("amount")?)?.1;
    Some(Wanted { seed, kinds, of_each, seconds: *SPANS.get(index("span")?)? })
}

fn entries(session: &Session, wanted: &Wanted) -> Vec<Entry> {
    let from = session.run().now();
    let span = SimDuration::from_secs(wanted.seconds);
    let profile = FaultProfile {
        seed: wanted.seed,
        kinds: wanted.kinds.clone(),
        of_each: wanted.of_each,
        from,
        to: (from + span).min(session.run().until()),
        longest: SimDuration(span.0 / PART),
        heals: true,
    };
    expand(&profile, &Ground::of(session.record()))
}

//! The branches under the timeline, a row each, on its scale: where each left another, how far it is
//! known, and what it led to. A click shows it.

use netsplit_sim::time::SimTime;
use netsplit_view::timeline::Window;
use netsplit_view::verdict::Mood;
use netsplit_words::say;
use yew::prelude::{Html, html};

use crate::decimal::percent;
use crate::msg::Msg;
use crate::session::{Branch, BranchId, Session};
use crate::stage_contract::AppHandle;

/// One branch as it is drawn; places are per-mille of the width.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    id: BranchId,
    name: String,
    outcome: String,
    broken: bool,
    shown: bool,
    /// Where it left another branch, if it did; else where it begins.
    from: f64,
    /// How far it is known.
    to: f64,
    /// Whether it left another branch.
    forked: bool,
    /// Where branches of rows further down left one further up.
    passing: Vec<f64>,
}

/// The branches; nothing while there is only one.
pub(super) fn branches(app: &AppHandle, session: &Session, window: Window) -> Html {
    if session.branches().len() < 2 {
        return Html::default();
    }
    html! {
        <div class="branches" role="group" aria-label={say!("Branches")}>
            { for rows(session, window).iter().map(|row| branch(app, row)) }
        </div>
    }
}

fn rows(session: &Session, window: Window) -> Vec<Row> {
    let mut rows: Vec<Row> = session.branches().iter().map(|branch| row(session, branch, window)).collect();
    for (index, branch) in session.branches().iter().enumerate() {
        let parent = session.fork_of(branch).map(|fork| fork.from);
        let above = session.branches().iter().position(|other| Some(other.id) == parent).unwrap_or(index);
        let from = rows[index].from;
        rows[index.min(above + 1)..index].iter_mut().for_each(|row| row.passing.push(from));
    }
    rows
}

fn row(session: &Session, branch: &Branch, window: Window) -> Row {
    let fork = session.fork_of(branch);
    let outcome = branch.outcome();
    let x = |at: SimTime| window.x(at).clamp(0.0, 1_000.0);
    let run = branch.run();
    Row {
        id: branch.id,
        name: branch.name.clone(),
        outcome: outcome.text,
        broken: outcome.mood == Mood::Bad,
        shown: branch.id == session.branch().id,
        from: x(fork.map_or(SimTime::ZERO, |fork| fork.at)),
        to: x(run.known().time.max(run.now())),
        forked: fork.is_some(),
        passing: Vec::new(),
    }
}

fn branch(app: &AppHandle, row: &Row) -> Html {
    let (from, to) = (percent(row.from), percent(row.to.max(row.from)));
    html! {
        <button
            type="button"
            class="branch"
            key={row.id.0}
            aria-pressed={if row.shown { "true" } else { "false" }}
            title={say!("{branch}: {outcome}", branch = row.name, outcome = row.outcome)}
            onclick={app.sends(Msg::ShowBranch(row.id))}
        >
            <svg class="branch-line" height="30" aria-hidden="true">
                { for row.passing.iter().map(|x| vertical(*x, "30")) }
                if row.forked { { vertical(row.from, "24") } }
                <line class="branch-span" x1={from} x2={to.clone()} y1="24" y2="24" />
                <circle class="branch-end" cx={to} cy="24" r="3" />
            </svg>
            <span class="branch-words"><span>
                <b>{ &row.name }</b>
                if row.broken { <span class="branch-broken">{ "✗ " }</span> }
                <span class="soft">{ &row.outcome }</span>
            </span></span>
        </button>
    }
}

fn vertical(x: f64, to: &'static str) -> Html {
    let x = percent(x);
    html! { <line class="branch-stem" x1={x.clone()} x2={x} y1="0" y2={to} /> }
}

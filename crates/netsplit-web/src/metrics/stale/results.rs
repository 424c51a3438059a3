//! What was found out: the curve, latencies, the time that makes reads see writes, and the paper beside.

use netsplit_explore::pbs::legs::Legs;
use netsplit_explore::pbs::paper::{self, Compared, Row, TABLES};
use netsplit_explore::pbs::seen::Seen;
use netsplit_sim::time::SimDuration;
use netsplit_view::format;
use netsplit_view::metrics::curve::CurvePicture;
use netsplit_words::say;
use yew::prelude::{Callback, Html, html};

use super::points::{Points, TRIALS};
use super::study::Study;
use crate::button::{Look, button};
use crate::decimal::{self, percent};
use crate::metrics::plot::plot;

/// Of the curve, in pixels.
const HEIGHT: u32 = 190;
/// The percentiles of the table, in parts per million.
const QUANTILES: [(&str, u32); 4] =
    [("p50", 500_000), ("p95", 950_000), ("p99", 990_000), ("p99.9", 999_000)];

/// Everything; `trying` begins and ends trials of the protocol itself.
pub(super) fn draw(study: &Study, trying: &Callback<bool>) -> Html {
    let seen = study.sampled();
    html! {
        <>
            { curve(&study.picture()) }
            { trials(study.points(), trying) }
            { claims(seen) }
            { latencies(seen) }
            { papers(study) }
        </>
    }
}

fn curve(picture: &CurvePicture) -> Html {
    let points: Vec<String> = picture
        .line
        .iter()
        .map(|(x, height)| [percent_of(*x), percent_of(1_000.0 - height)].join(","))
        .collect();
    let level = |place: f64| percent(1_000.0 - place);
    let content = html! {
        <>
            { for picture.levels.iter().map(|mark| html! {
                <>
                    <line class="plot-top" x1="0" x2="100%" y1={level(mark.x)} y2={level(mark.x)} />
                    <text x="100%" text-anchor="end" dy={if mark.x > 500.0 { "12" } else { "-4" }} y={level(mark.x)}>{ &mark.label }</text>
                </>
            }) }
            if let Some(x) = picture.mark {
                <line class="percentile" x1={percent(x)} x2={percent(x)} y1="0" y2="100%" />
                <text x={percent(x)} y="50%" dx={if x > 800.0 { "-5" } else { "5" }} text-anchor={if x > 800.0 { "end" } else { "start" }}>{ say!("{share} %", share = decimal::told(999, 1)) }</text>
            }
            <svg class="curve run-first" width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none">
                <polyline points={points.join(" ")} />
            </svg>
            { for picture.dots.iter().map(|(x, height)| html! { <circle class="tried" cx={percent(*x)} cy={level(*height)} r="4" /> }) }
        </>
    };
    html! {
        <figure class="staleness-curve">
            <figcaption>{ say!("P(the read sees the write), by t") }</figcaption>
            { plot(HEIGHT, &picture.told, &picture.ticks, content) }
        </figure>
    }
}

/// The button, the progress, or what the dots mean.
fn trials(points: Option<&Points>, trying: &Callback<bool>) -> Html {
    let going = points.filter(|points| points.goes_on());
    let set = |on: bool| trying.reform(move |_| on);
    let all = format::grouped(TRIALS);
    let words = match points {
        None => String::new(),
        Some(points) => {
            let done = format::grouped(points.progress().done);
            say!("Dots: {done} of {all} trials of the protocol itself, message by message.", done, all)
        }
    };
    html! {
        <div class="staleness-trials">
            if let Some(points) = going {
                <progress max={TRIALS.to_string()} value={points.progress().done.to_string()} aria-label={say!("Trials done")} />
                { button(Look::Framed, say!("Cancel"), set(false)) }
            } else {
                <button type="button" class="button framed" onclick={set(true)}>
                    { say!("Try the protocol itself {all} times", all) }
                </button>
            }
            if let Some(wrong) = points.and_then(Points::wrong) {
                <p role="alert">{ wrong }</p>
            }
            <p class="soft">{ words }</p>
        </div>
    }
}

/// Per-mille as a plain number of hundred, for points of a line.
fn percent_of(per_mille: f64) -> String {
    percent(per_mille).trim_end_matches('%').to_owned()
}

fn claims(seen: &Seen) -> Html {
    let t = seen.t_visible(999_000);
    let at_once = (seen.consistent(SimDuration::ZERO) * 10_000.0).round() / 100.0;
    html! {
        <dl class="staleness-claims">
            <div><dt>{ say!("at once, t = 0") }</dt><dd>{ say!("{share} %", share = decimal::local(&at_once.to_string())) }</dd></div>
            <div>
                <dt>{ say!("{share} % from t =", share = decimal::told(999, 1)) }</dt>
                <dd>{ millis(t.value) }<small class="soft">{ " " }{ say!("{low} to {high}", low = millis(t.low), high = millis(t.high)) }</small></dd>
            </div>
            <div><dt>{ say!("trials") }</dt><dd>{ format::grouped(seen.trials()) }</dd></div>
        </dl>
    }
}

fn latencies(seen: &Seen) -> Html {
    let row = |name: &str, tally: &netsplit_explore::tally::Tally| {
        html! {
            <tr>
                <th scope="row">{ name }</th>
                { for QUANTILES.iter().map(|(_, ppm)| html! { <td class="mono">{ millis(tally.quantile(*ppm)) }</td> }) }
            </tr>
        }
    };
    html! {
        <table class="staleness-table">
            <thead>
                <tr>
                    <th scope="col">{ say!("latency") }</th>
                    { for QUANTILES.iter().map(|(name, _)| html! { <th scope="col">{ decimal::local(name) }</th> }) }
                </tr>
            </thead>
            <tbody>{ row(say!("read"), &seen.reads) }{ row(say!("write"), &seen.writes) }</tbody>
        </table>
    }
}

/// Two digits after the point, or as many as a large number needs.
fn millis(length: SimDuration) -> String {
    let hundredths = length.0.saturating_add(5_000) / 10_000;
    decimal::local(&format!("{}.{:02} ms", hundredths / 100, hundredths % 100))
}

/// What the paper prints for this very setting, if it does.
fn papers(study: &Study) -> Html {
    let setting = &study.asked().setting;
    let of = |table: &'static paper::Table| {
        let legs: Legs = (table.legs)();
        let row = table.rows.iter().find(|row| row.setting(legs.clone()) == *setting)?;
        Some((table.fit, row))
    };
    let Some((fit, row)) = TABLES.iter().find_map(of) else { return Html::default() };
    html! {
        <section class="staleness-paper" aria-label={say!("The paper's numbers")}>
            <h3>{ say!("As printed for {fit} (Bailis et al. 2012)", fit) }</h3>
            { printed(row, study.sampled()) }
            { note(row) }
        </section>
    }
}

fn printed(row: &Row, seen: &Seen) -> Html {
    let micros = |micros: u64| millis(SimDuration::from_micros(micros));
    let [read, write, t] = row.compare(seen);
    let line = |what: &str, found: &Compared, paper: u64| {
        html! {
            <tr>
                <th scope="row">{ what }</th>
                <td class="mono">{ micros(paper) }</td>
                <td class="mono">{ micros((found.seen * 1e3).round() as u64) }</td>
            </tr>
        }
    };
    html! {
        <table class="staleness-table">
            <thead><tr><th scope="col">{ say!("{share} %", share = decimal::told(999, 1)) }</th><th scope="col">{ say!("printed") }</th><th scope="col">{ say!("here") }</th></tr></thead>
            <tbody>
                { line(say!("read"), &read, row.read) }
                { line(say!("write"), &write, row.write) }
                { line("t", &t, row.printed_t) }
            </tbody>
        </table>
    }
}

fn note(row: &Row) -> Html {
    let words = match row.converged_t {
        Some(converged) => say!(
            "The printed t lies below what many trials converge to, {t}: it comes from 50,000 trials at each t, of which 50 may miss, and the first t at which no more than 50 happened to miss was taken.",
            t = millis(SimDuration::from_micros(converged))
        ),
        None => say!("A printed t of 0 means that no staleness showed in 50,000 trials at t = 0, or less than one in a thousand.").to_owned(),
    };
    html! { <p class="soft">{ words }</p> }
}

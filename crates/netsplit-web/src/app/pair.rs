//! The stage, or two of them side by side: each with its name and digest, and where they part.

use netsplit_sim::run::Run;
use netsplit_view::divergence::Comparison;
use netsplit_view::outcome::outcome;
use netsplit_words::say;
use yew::prelude::{Html, classes, html};

use crate::button::{Look, button, icon_button};
use crate::icon::Icon;
use crate::model::{Model, Versus};
use crate::msg::Msg;
use crate::session::Session;
use crate::stage::Stage;
use crate::stage_contract::{AppHandle, Side, StageProps};

/// The stage, and what tests read: the digest, the time and the step at the cursor; of a second run
/// its digest.
pub(super) fn main(model: &Model, stage: &StageProps) -> Html {
    let run = model.session().run();
    let versus = model.versus();
    html! {
        <main
            class={classes!("area-stage", versus.map(|_| "compared"))}
            data-digest={run.digest().to_string()}
            data-digest-b={versus.map(|versus| versus.session().run().digest().to_string())}
            data-time-ns={run.now().0.to_string()}
            data-step={run.step().0.to_string()}
            data-playing={if model.playback().playing() { "1" } else { "0" }}
        >
            <h2 class="unseen">{ say!("Stage") }</h2>
            { versus.map_or_else(|| html! { <Stage ..stage.clone() /> }, |versus| pair(model, versus, stage)) }
        </main>
    }
}

fn pair(model: &Model, versus: &Versus, stage: &StageProps) -> Html {
    html! {
        <>
            { parting(&stage.app, model.session().run(), versus.found()) }
            { pane(model.session(), stage, Side::First) }
            { pane(versus.session(), stage, Side::Second) }
        </>
    }
}

fn pane(session: &Session, stage: &StageProps, side: Side) -> Html {
    let (name, title) = match side {
        Side::First => ("first", say!("The first run")),
        Side::Second => ("second", say!("The second run, only to be looked at")),
    };
    html! {
        <section class={classes!("pane", name)} aria-label={title} key={name}>
            <header>
                <b>{ &session.branch().name }</b>
                <span class="soft">{ outcome(session.run()).text }</span>
                <span class="soft mono" title={say!("Two runs with the same digest at the same step are the same run.")}>
                    { session.run().digest().to_string() }
                </span>
            </header>
            <Stage ..StageProps { side, ..stage.clone() } />
        </section>
    }
}

/// Where the two part, in words, and the way there.
fn parting(app: &AppHandle, run: &dyn Run, found: Option<&Comparison>) -> Html {
    let moment = found.and_then(|found| found.event.as_ref().or(found.done.as_ref()));
    // The moment before it, where both are still the same, shows best what sets them apart.
    let go = moment.map(|difference| match difference.here {
        Some(here) if here.time <= run.until() => Msg::SeekStep(here.step),
        _ => Msg::Seek(difference.at),
    });
    html! {
        <div class="parting" role="note">
            <p>{ found.map_or(say!("Comparing…"), |found| found.sentence.as_str()) }</p>
            if let Some(go) = go {
                { button(Look::Framed, say!("Go there"), app.sends(go)) }
            }
            { icon_button(Icon::Close, say!("Show the first run alone"), app.sends(Msg::EndComparison)) }
        </div>
    }
}

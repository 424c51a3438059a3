//! What each part of the page is given. A part is drawn anew only when what it is given differs.

use yew::prelude::{Html, classes, html};

use super::App;
use crate::dialog;
use crate::header::Header;
use crate::model::Model;
use crate::msg::Panel;
use crate::notices::Notices;
use crate::panel::{PanelProps, drawer::Drawer, sheet::Sheet, side::Side};
use crate::spoken::Spoken;
use crate::stage::{Palette, Stage};
use crate::stage_contract::StageProps;
use crate::text_view::TextView;
use crate::transport::{Transport, TransportProps};

impl App {
    pub(super) fn draw(&self) -> Html {
        self.handle.read(|model| self.draw_model(model))
    }

    fn draw_model(&self, model: &Model) -> Html {
        let (ui, embedded) = (model.ui(), model.options().embed);
        let stage = self.stage_props(model);
        let class = classes!("app", ui.compact.then_some("compact"), embedded.then_some("embedded"));
        html! {
            <>
                <div {class}>
                    if !embedded { { self.header(model) } }
                    <Notices app={self.handle.clone()} notices={ui.notices.clone()} />
                    if !embedded {
                        <nav class="area-tools" aria-label="Tools"><Palette ..stage.clone() /></nav>
                    }
                    { main(model, &stage) }
                    <Transport ..self.transport_props(model) />
                    if !embedded { { self.panels(model) } }
                </div>
                <TextView app={self.handle.clone()} revision={self.calm.revision} />
                <Spoken told={ui.told.clone()} urgent={ui.urgent.clone()} />
                { dialog::open(ui.dialog.as_ref(), &stage) }
            </>
        }
    }

    fn header(&self, model: &Model) -> Html {
        let (session, ui) = (model.session(), model.ui());
        let settings = if ui.compact { ui.sheet } else { ui.side } == Some(Panel::Settings);
        html! {
            <Header
                app={self.handle.clone()}
                protocol={session.run().about().title}
                title={session.scenario().title.clone()}
                seed={session.scenario().seed}
                theme={ui.theme}
                modified={!session.scenario().flaws.is_empty()}
                {settings}
            />
        }
    }

    fn panels(&self, model: &Model) -> Html {
        let ui = model.ui();
        let given = |shown| PanelProps {
            app: self.handle.clone(),
            revision: self.calm.revision,
            selection: ui.selection,
            shown,
        };
        if ui.compact {
            return html! { <Sheet ..given(ui.sheet) /> };
        }
        html! { <><Drawer ..given(ui.drawer) /><Side ..given(ui.side) /></> }
    }

    fn stage_props(&self, model: &Model) -> StageProps {
        let (ui, playback) = (model.ui(), model.playback());
        StageProps {
            app: self.handle.clone(),
            revision: model.revision(),
            selection: ui.selection,
            tool: ui.tool,
            playing: playback.playing(),
            still: playback.still,
            embedded: model.options().embed,
        }
    }

    fn transport_props(&self, model: &Model) -> TransportProps {
        let playback = model.playback();
        TransportProps {
            app: self.handle.clone(),
            revision: self.calm.revision,
            playing: playback.playing(),
            speed: playback.speed,
            skip_quiet: playback.skip_quiet,
            late: playback.late(),
            compact: model.ui().compact,
        }
    }
}

/// The stage, and what tests read: the digest, the time and the step at the cursor.
fn main(model: &Model, stage: &StageProps) -> Html {
    let run = model.session().run();
    html! {
        <main
            class="area-stage"
            data-digest={run.digest().to_string()}
            data-time-ns={run.now().0.to_string()}
            data-step={run.step().0.to_string()}
            data-playing={if model.playback().playing() { "1" } else { "0" }}
        >
            <h2 class="unseen">{ "Stage" }</h2>
            <Stage ..stage.clone() />
        </main>
    }
}

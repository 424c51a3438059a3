//! What each part of the page is given. Parts are plain functions; those that are components are drawn
//! anew only when what they are given differs.

use netsplit_words::say;
use yew::prelude::{Html, classes, html};

use super::{App, pair};
use crate::dialog;
use crate::embed;
use crate::header::header;
use crate::model::{Model, Ui};
use crate::msg::Popover;
use crate::notices::notices;
use crate::options::{Controls, Lock};
use crate::panel::{Details, DetailsProps};
use crate::stage::Palette;
use crate::stage_contract::{Side, StageProps};
use crate::transport::{Transport, TransportProps};

impl App {
    pub(super) fn draw(&self) -> Html {
        self.handle.read(|model| self.draw_model(model))
    }

    fn draw_model(&self, model: &Model) -> Html {
        let (ui, options, app) = (model.ui(), model.options(), &self.handle);
        let embedded = options.embed;
        let stage = self.stage_props(model);
        let comparing = model.versus().map(|_| "comparing");
        let tools = options.controls == Controls::Full && model.closed(Lock::Faults).is_none();
        let class = classes!(
            "app",
            ui.compact.then_some("compact"),
            embedded.then_some("embedded"),
            (embedded && options.resize).then_some("sized"),
            model.keeps_verdict().then_some("keeps-verdict"),
            comparing
        );
        html! {
            <>
                <div {class}>
                    if !embedded { { header(app, model) } }
                    { notices(app, &ui.notices) }
                    if tools {
                        <nav class="area-tools" aria-label={say!("Tools")}><Palette ..stage.clone() /></nav>
                    }
                    { pair::main(model, &stage) }
                    { embed::corner(app, model) }
                    if options.controls != Controls::None {
                        <Transport ..self.transport_props(model) />
                    }
                    <Details turns={self.calm.turns()} of={self.details_props(model)} />
                </div>
                { self.spoken(ui) }
                { dialog::open(ui, &stage) }
            </>
        }
    }

    /// What is read aloud: one polite region, and one for what is grave.
    fn spoken(&self, ui: &Ui) -> Html {
        let (polite, grave) = (&self.said.sentence, &ui.urgent);
        html! {
            <>
                // The key makes the same sentence said twice two sentences.
                <div class="unseen" role="status" aria-live="polite"><span key={polite.0}>{ &polite.1 }</span></div>
                <div class="unseen" role="alert" aria-live="assertive"><span key={grave.0}>{ &grave.1 }</span></div>
            </>
        }
    }

    fn stage_props(&self, model: &Model) -> StageProps {
        let (ui, playback) = (model.ui(), model.playback());
        StageProps {
            app: self.handle.clone(),
            side: Side::First,
            revision: model.revision(),
            selection: ui.selection,
            tool: ui.tool,
            playing: playback.playing(),
            still: playback.still,
            embedded: model.options().embed,
        }
    }

    fn transport_props(&self, model: &Model) -> TransportProps {
        let (ui, playback) = (model.ui(), model.playback());
        TransportProps {
            app: self.handle.clone(),
            revision: self.calm.turns().transport,
            playing: playback.playing(),
            speed: playback.speed,
            skip_quiet: playback.skip_quiet,
            late: playback.late(),
            pace_open: ui.popover == Some(Popover::Pace),
            zoom: ui.zoom,
            line: ui.line,
            basic: model.options().controls == Controls::Basic,
        }
    }

    fn details_props(&self, model: &Model) -> DetailsProps {
        let ui = model.ui();
        DetailsProps {
            app: self.handle.clone(),
            revision: 0,
            selection: ui.selection,
            diagram: ui.diagram.clone(),
            looking: ui.looking,
            choices: ui.choices,
            whole: ui.whole,
            panels: model.shown_panels(),
            compact: ui.compact,
            drawer: ui.drawer,
            side: ui.side,
            sheet: ui.sheet,
        }
    }
}

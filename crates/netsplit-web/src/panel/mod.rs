//! What stands beside and below the stage: two places on a wide page, one sheet on a phone; and the
//! state in words.

mod about;
mod branch_list;
mod drawer;
mod events;
mod inspector;
mod line_form;
mod log;
mod more_faults;
mod random_faults;
mod script;
mod settings;
mod store;
mod tabs;
mod what_form;
mod what_typed;
mod why;

use netsplit_words::say;
use yew::prelude::{Html, Properties, classes, component, html};

use crate::app::Turns;
use crate::button::icon_button;
use crate::history::{HistoryPanel, Looking};
use crate::icon::Icon;
use crate::lesson::panel::LessonPanel;
use crate::metrics::MetricsPanel;
use crate::msg::{Choices, Msg, Panel, Selection};
use crate::options::Panels;
use crate::spacetime::{self, Diagram, SpaceTimePanel};
use crate::stage_contract::AppHandle;
use crate::text_view::text_view;

use tabs::tabs;

/// What every panel is given.
#[derive(Clone, PartialEq, Properties)]
pub struct DetailsProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// Grows, now and then while it plays, when the run shows something else. Each part has its own.
    pub revision: u64,
    /// What is selected.
    pub selection: Option<Selection>,
    /// What the space-time diagram shows.
    pub diagram: Diagram,
    /// What the history shows.
    pub looking: Looking,
    /// What drawer and sheet show of their content.
    pub choices: Choices,
    /// Whether all of the page has arrived. Until then the panels are there, and empty.
    pub whole: bool,
    /// Which panels there are.
    pub panels: Panels,
    /// Whether drawer and side panel are one sheet.
    pub compact: bool,
    /// What the drawer shows; closed if nothing.
    pub drawer: Option<Panel>,
    /// What the side panel shows; closed if nothing.
    pub side: Option<Panel>,
    /// What the sheet shows; closed if nothing.
    pub sheet: Option<Panel>,
}

impl DetailsProps {
    /// A panel that is asked for, if there is one.
    fn there(&self, shown: Option<Panel>) -> Option<Panel> {
        shown.filter(|panel| self.panels.has(*panel))
    }
}

/// Panels of the drawer.
const BELOW: [Panel; 5] = [Panel::Spacetime, Panel::Log, Panel::History, Panel::Metrics, Panel::Events];
/// Panels of the side.
const BESIDE: [Panel; 5] = [Panel::Lesson, Panel::Inspector, Panel::Why, Panel::Settings, Panel::Script];
/// Panels of the sheet.
const ALL: [Panel; 10] = [
    Panel::Lesson,
    Panel::Spacetime,
    Panel::Log,
    Panel::History,
    Panel::Metrics,
    Panel::Events,
    Panel::Inspector,
    Panel::Why,
    Panel::Settings,
    Panel::Script,
];

/// What all panels are drawn from.
#[derive(Clone, PartialEq, Properties)]
pub struct AllProps {
    /// Which revision of the run each part shows.
    pub turns: Turns,
    /// What every panel is given, but for its revision.
    pub of: DetailsProps,
}

/// All panels. They are components, so that their many words are not drawn anew on every frame, nor all of
/// them in the same one.
#[component]
pub fn Details(props: &AllProps) -> Html {
    let AllProps { turns, of } = props;
    let part = |revision| DetailsProps { revision, ..of.clone() };
    let any = |all: &[Panel]| !of.panels.of(all).is_empty();
    let panels = if of.compact {
        html! { if any(&ALL) { <Sheet ..part(turns.drawer) /> } }
    } else {
        html! {
            <>
                if any(&BELOW) { <Drawer ..part(turns.drawer) /> }
                if any(&BESIDE) { <Side ..part(turns.side) /> }
            </>
        }
    };
    html! {
        <>
            { panels }
            if of.whole {
                <Words app={of.app.clone()} revision={turns.words} />
            }
        </>
    }
}

#[component]
fn Drawer(props: &DetailsProps) -> Html {
    drawer::drawer(props)
}

#[component]
fn Side(props: &DetailsProps) -> Html {
    side(props)
}

#[component]
fn Sheet(props: &DetailsProps) -> Html {
    sheet(props)
}

/// What the state in words is made of.
#[derive(Clone, PartialEq, Properties)]
struct WordsProps {
    app: AppHandle,
    revision: u64,
}

/// The state in words. A component, since looking elsewhere in a panel changes none of them.
#[component]
fn Words(props: &WordsProps) -> Html {
    props.app.read(|model| text_view(model.session()))
}

fn side(props: &DetailsProps) -> Html {
    let Some(shown) = props.there(props.side) else { return Html::default() };
    html! {
        <aside class="area-side panel" aria-label={say!("Side panel")}>
            <div class="panel-head">
                { tabs(&props.app, say!("Side panel"), &props.panels.of(&BESIDE), props.side) }
                { icon_button(Icon::Close, say!("Close the side panel"), props.app.sends(Msg::Panel(shown))) }
            </div>
            { content(props, shown) }
        </aside>
    }
}

fn sheet(props: &DetailsProps) -> Html {
    let shown = props.there(props.sheet);
    html! {
        <section class={classes!("area-sheet", "panel", shown.map(|_| "open"))} aria-label={say!("Details")}>
            <div class="panel-head">{ tabs(&props.app, say!("Details"), &props.panels.of(&ALL), shown) }</div>
            if let Some(shown) = shown {
                { content(props, shown) }
            }
        </section>
    }
}

/// The content of the panel that is shown.
fn content(props: &DetailsProps, shown: Panel) -> Html {
    let inner = match shown {
        _ if !props.whole => Html::default(),
        Panel::Spacetime => space_time(props),
        Panel::Log => log::log(props),
        Panel::History => history(props),
        Panel::Metrics => html! { <MetricsPanel app={props.app.clone()} revision={props.revision} /> },
        Panel::Events => events::events(props),
        Panel::Lesson => html! { <LessonPanel app={props.app.clone()} revision={props.revision} /> },
        Panel::Inspector => inspector::inspector(props),
        Panel::Settings => settings::settings(&props.app),
        Panel::Why => why::why(props),
        Panel::Script => script::script(&props.app),
    };
    html! {
        <div class="panel-content" id={shown.id()} role="tabpanel" aria-labelledby={shown.tab_id()} tabindex="0" key={shown.id()}>
            { inner }
        </div>
    }
}

/// The diagram; in the sheet its tools stand above it, in the drawer beside the tabs.
fn space_time(props: &DetailsProps) -> Html {
    let DetailsProps { app, revision, selection, diagram, .. } = props.clone();
    html! {
        <>
            if props.compact { { spacetime::tools(&app) } }
            <SpaceTimePanel {app} {revision} {selection} {diagram} />
        </>
    }
}

/// What clients saw.
fn history(props: &DetailsProps) -> Html {
    let DetailsProps { app, revision, selection, looking, diagram, .. } = props.clone();
    html! { <HistoryPanel {app} {revision} {selection} {looking} {diagram} /> }
}

impl Panel {
    /// What its tab says.
    pub fn title(self) -> &'static str {
        match self {
            Self::Spacetime => say!("Space-time"),
            Self::Log => say!("Log / store"),
            Self::History => say!("History"),
            Self::Metrics => say!("Metrics"),
            Self::Events => say!("Events"),
            Self::Lesson => say!("Lesson"),
            Self::Inspector => say!("Inspector"),
            Self::Settings => say!("Settings"),
            Self::Script => say!("Script"),
            Self::Why => say!("Why?"),
        }
    }

    /// The id of its content, for its tab.
    const fn id(self) -> &'static str {
        match self {
            Self::Spacetime => "panel-spacetime",
            Self::Log => "panel-log",
            Self::History => "panel-history",
            Self::Metrics => "panel-metrics",
            Self::Events => "panel-events",
            Self::Lesson => "panel-lesson",
            Self::Inspector => "panel-inspector",
            Self::Settings => "panel-settings",
            Self::Script => "panel-script",
            Self::Why => "panel-why",
        }
    }

    /// The id of its tab.
    const fn tab_id(self) -> &'static str {
        match self {
            Self::Spacetime => "tab-spacetime",
            Self::Log => "tab-log",
            Self::History => "tab-history",
            Self::Metrics => "tab-metrics",
            Self::Events => "tab-events",
            Self::Lesson => "tab-lesson",
            Self::Inspector => "tab-inspector",
            Self::Settings => "tab-settings",
            Self::Script => "tab-script",
            Self::Why => "tab-why",
        }
    }
}

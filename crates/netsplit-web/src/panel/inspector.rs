//! The inspector: everything about what is selected, with what the last event changed underlined.

use std::rc::Rc;

use netsplit_view::inspector::{FieldPicture, Inspector, TablePicture, inspect};
use netsplit_view::layout::StageSize;
use yew::prelude::{Html, Properties, classes, component, html};

use super::PanelProps;
use crate::button::Button;
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// The inspector.
#[component]
pub fn InspectorPanel(props: &PanelProps) -> Html {
    let picture = props.app.read(|model| {
        let session = model.session();
        let before = model.seen_before();
        inspect(session.run(), &session.scene(StageSize::default()), props.selection, before)
    });
    let story = match props.selection {
        None => props.app.read(|model| {
            let scenario = model.session().scenario();
            Some((scenario.title.clone(), scenario.summary.clone()))
        }),
        Some(_) => None,
    };
    html! { <Sheet app={props.app.clone()} picture={Rc::new(picture)} {story} /> }
}

#[derive(Clone, PartialEq, Properties)]
struct SheetProps {
    app: AppHandle,
    picture: Rc<Inspector>,
    /// What the scenario is about, while nothing is selected.
    story: Option<(String, String)>,
}

#[component]
fn Sheet(props: &SheetProps) -> Html {
    let picture = &*props.picture;
    html! {
        <div class="inspector">
            if let Some((title, summary)) = &props.story {
                <h3 class="story">{ title }</h3>
                <p>{ summary }</p>
            }
            <div class="inspector-head">
                <h3>{ &picture.title }</h3>
                if props.story.is_none() {
                    <Button onclick={props.app.sends(Msg::Select(None))}>{ "Deselect" }</Button>
                }
            </div>
            if !picture.subtitle.is_empty() {
                <p class="soft">{ &picture.subtitle }</p>
            }
            <dl class="fields">{ for picture.fields.iter().map(field) }</dl>
            { for picture.tables.iter().map(table) }
            if props.story.is_some() {
                <p class="soft hint">{ "Click a node, a link, a wall or a message to see what it holds." }</p>
            }
        </div>
    }
}

fn field(field: &FieldPicture) -> Html {
    let title = (!field.meaning.is_empty()).then_some(field.meaning);
    html! {
        <>
            <dt {title}>{ &field.name }</dt>
            <dd class={classes!(field.changed.then_some("changed"))}>
                { &field.value }
                if field.changed {
                    <span class="unseen">{ " (just changed)" }</span>
                }
            </dd>
        </>
    }
}

fn table(table: &TablePicture) -> Html {
    html! {
        <table class="rows">
            <caption>{ table.title }</caption>
            <thead>
                <tr>{ for table.columns.iter().map(|name| html! { <th scope="col">{ *name }</th> }) }</tr>
            </thead>
            <tbody>
                { for table.rows.iter().map(|row| html! {
                    <tr>{ for row.iter().map(|value| html! { <td>{ value }</td> }) }</tr>
                }) }
            </tbody>
        </table>
    }
}

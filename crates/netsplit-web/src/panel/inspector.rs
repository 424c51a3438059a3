//! The inspector: everything about what is selected, with what the last event changed underlined.

use netsplit_view::inspector::{FieldPicture, TablePicture, inspect};
use netsplit_view::layout::StageSize;
use netsplit_view::why::offered;
use netsplit_words::say;
use yew::prelude::{Html, classes, html};

use super::DetailsProps;
use super::why::questions;
use crate::button::{Look, button};
use crate::language;
use crate::msg::{Msg, Selection};
use crate::session::Session;

/// The inspector; while nothing is selected, what the scenario is about.
pub(super) fn inspector(props: &DetailsProps) -> Html {
    props.app.read(|model| {
        let session = model.session();
        let scene = session.scene(StageSize::default());
        let picture = inspect(session.run(), &scene, props.selection, model.seen_before());
        let selected = props.selection.is_some();
        html! {
            <div class="inspector">
                if !selected { { story(session) } }
                <div class="inspector-head">
                    <h3>{ picture.title }</h3>
                    if selected {
                        { button(Look::Quiet, say!("Deselect"), props.app.sends(Msg::Select(None))) }
                    }
                </div>
                if !picture.subtitle.is_empty() {
                    <p class="soft">{ picture.subtitle }</p>
                }
                <dl class="fields">{ for picture.fields.iter().map(field) }</dl>
                if let Some(Selection::Event(step)) = props.selection {
                    <div>{ button(Look::Framed, say!("Go there"), props.app.sends(Msg::SeekStep(step))) }</div>
                }
                { for picture.tables.iter().map(table) }
                { questions(props, &offered(session.run(), props.selection)) }
                if !selected {
                    <p class="soft hint">{ say!("Click a node, a link, a wall or a message to see what it holds.") }</p>
                }
            </div>
        }
    })
}

fn story(session: &Session) -> Html {
    let scenario = session.scenario();
    html! { <><h3 class="story">{ language::of_document(&scenario.title) }</h3><p>{ language::of_document(&scenario.summary) }</p></> }
}

fn field(field: &FieldPicture) -> Html {
    let title = (!field.meaning.is_empty()).then_some(field.meaning);
    html! {
        <>
            <dt {title}>{ &field.name }</dt>
            <dd class={classes!(field.changed.then_some("changed"))}>
                { &field.value }
                if field.changed {
                    <span class="unseen">{ " " }{ say!("(just changed)") }</span>
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

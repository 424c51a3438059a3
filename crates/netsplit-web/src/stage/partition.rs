//! The dialog that makes a partition by names: ticks instead of a drawn line.

use netsplit_sim::id::{NodeId, WallId};
use netsplit_sim::intervention::Intervention;
use netsplit_view::groups::Partition;
use yew::prelude::{Callback, Html, Properties, SubmitEvent, UseStateHandle, component, html, use_state};

use super::partition_plan::{self, GROUPS, Plan, Ways};
use crate::msg::Msg;
use crate::stage_contract::{AppHandle, StageProps};

/// What the dialog is made of.
#[derive(Clone, PartialEq, Properties)]
pub struct PartitionProps {
    /// The stage.
    pub stage: StageProps,
    /// The wall to be changed, or none for a new one.
    pub wall: Option<WallId>,
}

/// What is ticked so far.
type Ticked = UseStateHandle<Plan>;

/// The content of the dialog.
#[component]
pub fn PartitionDialog(props: &PartitionProps) -> Html {
    let app = &props.stage.app;
    let ticked = use_state(|| opening(app, props.wall));
    let (partition, sides) = app.read(|model| {
        let partition = ticked.partition(model.session().layout());
        let sides = partition_plan::sides(model.session().run(), &partition.cuts, props.wall);
        (partition, sides)
    });
    let empty = partition.cuts.is_empty();
    let (name, verb) =
        (partition.name.clone(), if props.wall.is_some() { "Move the wall" } else { "Raise the wall" });
    let onsubmit = {
        let (app, wall) = (app.clone(), props.wall);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !empty {
                raise(&app, wall, &partition);
            }
        })
    };
    html! {
        <form class="partition" {onsubmit}>
            <p>{ "Links between different groups are cut. Who is in no group keeps all links." }</p>
            { table(&ticked) }
            { ways(&ticked) }
            <ul class="sides" aria-label="What each side can do">
                { for sides.iter().map(|(names, text)| html! { <li><b>{ names }</b>{ text }</li> }) }
            </ul>
            <footer>
                <span role="status">{ if empty { "This cuts nothing yet: tick somebody into another group.".to_owned() } else { name } }</span>
                <button type="button" onclick={app.sends(Msg::CloseDialog)}>{ "Cancel" }</button>
                <button type="submit" class="is-main" aria-disabled={empty.then_some("true")}>{ verb }</button>
            </footer>
        </form>
    }
}

fn opening(app: &AppHandle, wall: Option<WallId>) -> Plan {
    app.read(|model| {
        let session = model.session();
        let sketches = session.sketches();
        let standing = wall.and_then(|wall| sketches.get(&wall)).map(|sketch| (sketch, session.layout()));
        Plan::new(session.run().topology(), standing)
    })
}

fn raise(app: &AppHandle, wall: Option<WallId>, partition: &Partition) {
    let id = wall.unwrap_or_else(|| app.read(|model| model.session().free_wall()));
    let what = Intervention::SetWall(id, partition.cuts.clone());
    app.send(Msg::Intervene { what, sketch: partition.sketch.clone() });
    app.send(Msg::CloseDialog);
}

fn table(ticked: &Ticked) -> Html {
    html! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{ "who" }</th>
                    { for GROUPS.iter().map(|name| html! { <th scope="col">{ name }</th> }) }
                    <th scope="col">{ "none" }</th>
                </tr>
            </thead>
            <tbody>{ for ticked.everyone.iter().map(|&id| row(ticked, id)) }</tbody>
        </table>
    }
}

fn row(ticked: &Ticked, id: NodeId) -> Html {
    let columns = (0..GROUPS.len()).map(Some).chain([None]);
    html! {
        <tr key={id.to_string()}>
            <th scope="row">{ id.to_string() }</th>
            { for columns.map(|group| cell(ticked, id, group)) }
        </tr>
    }
}

fn cell(ticked: &Ticked, id: NodeId, group: Option<usize>) -> Html {
    let onchange = {
        let ticked = ticked.clone();
        Callback::from(move |_| {
            let mut next = (*ticked).clone();
            next.put(id, group);
            ticked.set(next);
        })
    };
    let name = group.map_or("no group", |group| GROUPS[group]);
    html! {
        <td>
            <label>
                <input type="radio" name={format!("group-{id}")} aria-label={format!("{id} in {name}")}
                    checked={ticked.groups.get(&id).copied() == group} {onchange} />
            </label>
        </td>
    }
}

fn ways(ticked: &Ticked) -> Html {
    let usable = ticked.has_direction();
    let option = |ways: Ways, text: &'static str| {
        let ticked_now = ticked.ways == ways;
        let ticked = ticked.clone();
        let onchange = Callback::from(move |_| ticked.set(Plan { ways, ..(*ticked).clone() }));
        html! {
            <label>
                <input type="radio" name="ways" checked={ticked_now} disabled={!usable && ways != Ways::Both} {onchange} />
                { text }
            </label>
        }
    };
    html! {
        <fieldset class="ways">
            <legend>{ "What is cut" }</legend>
            { option(Ways::Both, "both ways") }
            { option(Ways::FromA, "A is not heard by B") }
            { option(Ways::FromB, "B is not heard by A") }
        </fieldset>
    }
}

//! The dialog that makes a partition by names: ticks instead of a drawn line.

use netsplit_sim::id::{NodeId, WallId};
use netsplit_sim::intervention::Intervention;
use netsplit_view::groups::Partition;
use netsplit_words::say;
use yew::prelude::{Callback, Html, Properties, SubmitEvent, UseStateHandle, component, html, use_state};

use super::partition_plan::{self, GROUPS, Plan, Ways};
use crate::msg::Msg;
use crate::session::ScriptEdit;
use crate::stage_contract::AppHandle;

/// What the dialog is made of.
#[derive(Clone, PartialEq, Properties)]
pub struct PartitionProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// The wall that is meant.
    pub wanted: Wanted,
}

/// The wall that a partition is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A new one.
    New,
    /// One that stands.
    Standing(WallId),
    /// The one that a line of the fault script raises.
    Line(usize),
}

impl Wanted {
    const fn standing(self) -> Option<WallId> {
        match self {
            Self::Standing(wall) => Some(wall),
            Self::New | Self::Line(_) => None,
        }
    }
}

/// What is ticked so far.
type Ticked = UseStateHandle<Plan>;

/// The content of the dialog.
#[component]
pub fn PartitionDialog(props: &PartitionProps) -> Html {
    let (app, wanted) = (&props.app, props.wanted);
    let ticked = use_state(|| opening(app, wanted));
    let (partition, sides) = app.read(|model| {
        let partition = ticked.partition(model.session().layout());
        let sides = partition_plan::sides(model.session().run(), &partition.cuts, wanted.standing());
        (partition, sides)
    });
    let empty = partition.cuts.is_empty();
    let verb = if wanted == Wanted::New { say!("Raise the wall") } else { say!("Move the wall") };
    let name = partition.name.clone();
    let onsubmit = {
        let app = app.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !empty {
                raise(&app, wanted, &partition);
            }
        })
    };
    html! {
        <form class="partition" {onsubmit}>
            <p>{ say!("Links between different groups are cut. Who is in no group keeps all links.") }</p>
            { table(&ticked) }
            { ways(&ticked) }
            <ul class="sides" aria-label={say!("What each side can do")}>
                { for sides.iter().map(|(names, text)| html! { <li><b>{ names }</b>{ text }</li> }) }
            </ul>
            <footer>
                <span role="status">{ if empty { say!("This cuts nothing yet: tick somebody into another group.").to_owned() } else { name } }</span>
                <button type="button" onclick={app.sends(Msg::CloseDialog)}>{ say!("Cancel") }</button>
                <button type="submit" class="is-main" aria-disabled={empty.then_some("true")}>{ verb }</button>
            </footer>
        </form>
    }
}

fn opening(app: &AppHandle, wanted: Wanted) -> Plan {
    app.read(|model| {
        let session = model.session();
        let drawn = match wanted {
            Wanted::New => None,
            Wanted::Standing(wall) => session.sketches().get(&wall).cloned(),
            Wanted::Line(line) => session.record().script.get(line).and_then(|entry| entry.sketch.clone()),
        };
        Plan::new(session.run().topology(), drawn.as_ref().map(|sketch| (sketch, session.layout())))
    })
}

fn raise(app: &AppHandle, wanted: Wanted, partition: &Partition) {
    let (cuts, sketch) = (partition.cuts.clone(), partition.sketch.clone());
    let msg = app.read(|model| {
        let script = &model.session().record().script;
        let raised = |line: usize| match script.get(line)?.what {
            Intervention::SetWall(wall, _) => Some(wall),
            _ => None,
        };
        match wanted {
            Wanted::Line(line) => raised(line)
                .map(|wall| Msg::Edit(ScriptEdit::Replace(line, Intervention::SetWall(wall, cuts), sketch))),
            Wanted::New | Wanted::Standing(_) => {
                let wall = wanted.standing().unwrap_or_else(|| model.session().free_wall());
                Some(Msg::Intervene { what: Intervention::SetWall(wall, cuts), sketch })
            }
        }
    });
    if let Some(msg) = msg {
        app.send(msg);
    }
    app.send(Msg::CloseDialog);
}

fn table(ticked: &Ticked) -> Html {
    html! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{ say!("who") }</th>
                    { for GROUPS.iter().map(|name| html! { <th scope="col">{ name }</th> }) }
                    <th scope="col">{ say!("none") }</th>
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
    let name = match group {
        Some(group) => say!("{node} in {group}", node = id, group = GROUPS[group]),
        None => say!("{node} in no group", node = id),
    };
    html! {
        <td>
            <label>
                <input type="radio" name={format!("group-{id}")} aria-label={name}
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
            <legend>{ say!("What is cut") }</legend>
            { option(Ways::Both, say!("both ways")) }
            { option(Ways::FromA, say!("A is not heard by B")) }
            { option(Ways::FromB, say!("B is not heard by A")) }
        </fieldset>
    }
}

//! Adding to the fault script, without the stage.

use netsplit_scenarios::run_record::Entry;
use netsplit_sim::history::Operation;
use netsplit_sim::id::{Link, NodeId, TimerName, Topology};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_view::wall;
use netsplit_words::{say, told, word};
use web_sys::{Event, HtmlSelectElement};
use yew::prelude::{Callback, Html, TargetCast, html};

use crate::model::Model;
use crate::msg::Msg;
use crate::session::{ScriptEdit, Session};
use crate::stage_contract::AppHandle;

/// How a line looks before anybody changes it: done to this node, or this link.
type Make = fn(&Session, NodeId, Link) -> Intervention;

/// What can be added, by name.
const KINDS: [(&str, Make); 14] = [
    (word!("Crash"), |_, node, _| Intervention::Crash(node, CrashKind::KeepWritten)),
    (word!("Crash, losing unsynced writes"), |_, node, _| Intervention::Crash(node, CrashKind::LoseUnsynced)),
    (word!("Crash, losing the disk"), |_, node, _| Intervention::Crash(node, CrashKind::LoseDisk)),
    (word!("Restart"), |_, node, _| Intervention::Restart(node)),
    (word!("Pause"), |_, node, _| Intervention::Pause(node)),
    (word!("Resume"), |_, node, _| Intervention::Resume(node)),
    (word!("Shift a clock"), |_, node, _| Intervention::ClockOffset(node, 100_000_000)),
    (word!("Let a clock drift"), |_, node, _| Intervention::ClockDrift(node, 10_000)),
    (word!("Raise a wall"), |session, node, _| raise(session, node)),
    (word!("Take a wall away"), |session, _, _| last_wall(session)),
    (word!("Change a link"), |session, _, link| {
        Intervention::SetLink(link, session.run().link_model(link).clone())
    }),
    (word!("Link as it was"), |_, _, link| Intervention::ResetLink(link)),
    (word!("Fire a timer"), |_, node, _| Intervention::FireTimer(node, TimerName(0))),
    (word!("Client operation"), |_, _, _| Intervention::Request {
        client: NodeId::client(0),
        operation: Operation::read(0),
        via: None,
    }),
];

/// The list of what can be added at the cursor.
pub(super) fn add(app: &AppHandle) -> Html {
    let sent = app.clone();
    let onchange = Callback::from(move |event: Event| {
        let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
        let chosen = usize::try_from(select.selected_index() - 1).ok();
        let entry = chosen.and_then(|kind| sent.read(|model| entry(model, kind)));
        select.set_selected_index(0);
        if let Some(entry) = entry {
            sent.send(Msg::Edit(ScriptEdit::Add(vec![entry])));
        }
    });
    let clients = app.read(|model| model.session().run().topology().clients);
    // Without a client nobody can ask.
    let kinds = KINDS.iter().filter(|(name, _)| clients > 0 || *name != word!("Client operation"));
    html! {
        <select class="field" aria-label={say!("Add to the script at the cursor")} {onchange}>
            <option selected=true>{ say!("Add at the cursor…") }</option>
            { for kinds.map(|(name, _)| html! { <option>{ told(name) }</option> }) }
        </select>
    }
}

/// A line of this kind at the cursor, after all that has happened there.
fn entry(model: &Model, kind: usize) -> Option<Entry> {
    let session = model.session();
    let (_, make) = KINDS.get(kind)?;
    let topology = session.run().topology();
    let what = make(session, NodeId::server(0), first_link(topology)?);
    Some(Entry { at: session.run().now(), rank: u32::MAX, what, sketch: None, muted: false })
}

fn first_link(topology: Topology) -> Option<Link> {
    let mut others = topology.everyone().filter(|id| *id != NodeId::server(0));
    others.next().map(|other| Link::new(NodeId::server(0), other))
}

/// A wall round one node.
fn raise(session: &Session, node: NodeId) -> Intervention {
    let round = |link: &Link| link.from == node || link.to == node;
    let mut cuts = std::collections::BTreeSet::new();
    cuts.extend(wall::links(session.run().topology()).filter(round));
    Intervention::SetWall(session.free_wall(), cuts)
}

/// The wall that was raised last.
fn last_wall(session: &Session) -> Intervention {
    let raised = session.record().script.iter().rev().find_map(|entry| match entry.what {
        Intervention::SetWall(wall, _) => Some(wall),
        _ => None,
    });
    Intervention::RemoveWall(raised.unwrap_or(session.free_wall()))
}

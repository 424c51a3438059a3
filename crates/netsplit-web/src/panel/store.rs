//! What replicas store, key by key, and the ring that says who keeps what.

use netsplit_view::ring::{Arc, KeyDot, RingPicture, ring};
use netsplit_view::store_table::{StoreRow, StoreServer, StoreTable, store_table};
use netsplit_words::say;
use yew::prelude::{Html, classes, html};

use super::DetailsProps;
use crate::msg::{Msg, Selection};
use crate::tone;

/// How many keys stand side by side.
const KEYS: usize = 16;
/// Owners that are told apart by line and shade; more begin anew, and labels tell them apart.
const OWNERS: u16 = 6;

/// The store, for protocols that keep no log.
pub(super) fn store(props: &DetailsProps) -> Html {
    let selected = match props.selection {
        Some(Selection::Node(id)) => Some(id),
        _ => None,
    };
    let (table, ring) = props.app.read(|model| {
        let run = model.session().run();
        (store_table(run), ring(run, selected))
    });
    if table.servers.is_empty() {
        return html! { <p class={say!("nothing")}>{ say!("No participant of this protocol keeps a log or a table.") }</p> };
    }
    html! {
        <div class="store-room">
            { rows(props, &table) }
            { for ring.iter().map(drawing) }
        </div>
    }
}

fn rows(props: &DetailsProps, table: &StoreTable) -> Html {
    let shown = &table.rows[..table.rows.len().min(KEYS)];
    let rest = table.rows.len() - shown.len();
    html! {
        <div class="store-rows">
            <table class="log store">
                <caption class="unseen">{ say!("What each server stores, by {key}: {columns}.", key = table.key, columns = table.columns.join(", ")) }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ table.title }</th>
                        { for shown.iter().map(key_head) }
                    </tr>
                </thead>
                <tbody>
                    { for table.servers.iter().enumerate().map(|(index, server)| line(props, server, index, shown)) }
                </tbody>
            </table>
            if shown.is_empty() {
                <p class={say!("nothing")}>{ say!("Nobody has stored anything yet.") }</p>
            } else if rest > 0 {
                <p class="soft">{ say!("and {more} more", more = rest) }</p>
            }
        </div>
    }
}

fn key_head(row: &StoreRow) -> Html {
    html! {
        <th scope="col" class={classes!("mono", row.differs.then_some("differs"))}>
            { &row.key }
            if row.differs {
                <span title={say!("replicas differ")}>
                    <span aria-hidden="true">{ " ≠" }</span>
                    <span class="unseen">{ " " }{ say!("(replicas differ)") }</span>
                </span>
            }
        </th>
    }
}

fn line(props: &DetailsProps, server: &StoreServer, index: usize, shown: &[StoreRow]) -> Html {
    let selected = props.selection == Some(Selection::Node(server.node));
    let choose = props.app.sends(Msg::Select(Some(Selection::Node(server.node))));
    html! {
        <tr class={classes!(selected.then_some("selected"), tone::class(server.role.tone))} key={server.node.to_string()}>
            <th scope="row">
                <button type="button" class="log-node" onclick={choose}>
                    <b class="letter" aria-hidden="true">{ server.role.letter }</b>
                    <span class="log-name">{ server.node.to_string() }</span>
                    <span class="soft">{ &server.badge }</span>
                    <span class="unseen">{ server.role.name }</span>
                </button>
            </th>
            { for shown.iter().map(|row| cell(row.cells.get(index).and_then(Option::as_deref))) }
        </tr>
    }
}

fn cell(versions: Option<&[String]>) -> Html {
    let Some(versions) = versions else {
        return html! { <td class="soft"><span aria-hidden="true">{ "–" }</span><span class="unseen">{ say!("nothing") }</span></td> };
    };
    html! { <td>{ for versions.iter().map(|version| html! { <span class="version">{ version }</span> }) }</td> }
}

/// The ring, with its shares in words beside it.
fn drawing(ring: &RingPicture) -> Html {
    let shares = ring.shares.iter().map(|(owner, ppm)| {
        let percent = ((ppm + 5_000) / 10_000).to_string();
        html! { <li class={owner_class(owner.index())}><b>{ owner.to_string() }</b>{ [" ", &percent, " %"].concat() }</li> }
    });
    let label = say!("{ring}, as {node} sees it", ring = ring.title, node = ring.seen_by);
    html! {
        <figure class="ring">
            <svg viewBox="0 0 1000 1000" role="img" aria-label={label.clone()}>
                { for ring.arcs.iter().map(part) }
                { for ring.keys.iter().map(dot) }
            </svg>
            <figcaption><span class="soft">{ label }</span><ul class="shares">{ for shares }</ul></figcaption>
        </figure>
    }
}

fn owner_class(index: u16) -> String {
    ["owner-", &(index % OWNERS).to_string()].concat()
}

/// A coordinate of the unit square as one of the drawing.
fn place(at: f64) -> String {
    ((500.0 + 400.0 * at).round() as i64).to_string()
}

fn part(arc: &Arc) -> Html {
    let [x0, y0, x1, y1] = [arc.from.x, arc.from.y, arc.to.x, arc.to.y].map(place);
    let large = if arc.large { "1" } else { "0" };
    let d = ["M", &x0, " ", &y0, "A400 400 0 ", large, " 1 ", &x1, " ", &y1].concat();
    let own = arc.own.then_some("own");
    html! {
        <g class={classes!("arc", owner_class(arc.owner.index()), own)}>
            <path {d} />
            <circle cx={x1} cy={y1} r="11" />
            if arc.is_labelled() {
                <text x={place(arc.label_at.x)} y={place(arc.label_at.y)}>{ arc.owner.to_string() }</text>
            }
        </g>
    }
}

fn dot(key: &KeyDot) -> Html {
    html! {
        <g class={classes!("key-dot", key.held.then_some("held"))}>
            <title>{ &key.title }</title>
            <circle cx={place(key.at.x)} cy={place(key.at.y)} r="13" />
            <text x={place(key.at.x * 0.86)} y={place(key.at.y * 0.86)}>{ &key.label }</text>
        </g>
    }
}

//! The log table: entries aligned by index across nodes, with positions marked in place.

use std::rc::Rc;

use netsplit_sim::describe::Tone;
use netsplit_view::log_table::{LogRow, LogTable, log_table};
use netsplit_view::node_picture::CellPicture;
use yew::prelude::{Html, Properties, classes, component, html, use_state_eq};

use super::PanelProps;
use crate::button::Button;
use crate::msg::{Msg, Selection};
use crate::stage_contract::AppHandle;

/// How many entries stand side by side.
const WIDTH: usize = 24;

/// The log table.
#[component]
pub fn Log(props: &PanelProps) -> Html {
    let first = use_state_eq(|| None::<u64>);
    let table = Rc::new(props.app.read(|model| log_table(model.session().run(), *first, WIDTH)));
    let start = table.columns.first().copied().unwrap_or(1);
    let go = |to: Option<u64>| {
        let first = first.clone();
        move |_| first.set(to)
    };
    let width = WIDTH as u64;
    html! {
        <>
            if table.last > width {
                <div class="panel-tools">
                    <span class="soft">{ range(&table) }</span>
                    <Button onclick={go(Some(start.saturating_sub(width).max(1)))}>{ "Earlier" }</Button>
                    <Button onclick={go(Some(start + width))}>{ "Later" }</Button>
                    <Button onclick={go(None)}>{ "Follow the end" }</Button>
                </div>
            }
            <Grid app={props.app.clone()} {table} selection={props.selection} />
        </>
    }
}

fn range(table: &LogTable) -> String {
    let (Some(from), Some(to)) = (table.columns.first(), table.columns.last()) else { return String::new() };
    format!("Entries {from} to {to} of {}", table.last)
}

#[derive(Clone, PartialEq, Properties)]
struct GridProps {
    app: AppHandle,
    table: Rc<LogTable>,
    selection: Option<Selection>,
}

#[component]
fn Grid(props: &GridProps) -> Html {
    let table = &*props.table;
    if table.rows.is_empty() {
        return html! { <p class="nothing">{ "No participant of this protocol keeps a log." }</p> };
    }
    html! {
        <table class="log">
            <caption class="unseen">{ "The logs of all servers, aligned by index. A solid frame is an entry known to be committed, a dashed one is not yet." }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "server" }</th>
                    { for table.columns.iter().map(|index| html! { <th scope="col" class="mono">{ *index }</th> }) }
                    <th class="log-rest"><span class="unseen">{ "after the end" }</span></th>
                </tr>
            </thead>
            <tbody>
                { for table.rows.iter().map(|row| line(props, row)) }
            </tbody>
            <tfoot>
                <tr><td colspan={(table.columns.len() + 2).to_string()} class="soft">{ letters(table) }</td></tr>
            </tfoot>
        </table>
    }
}

fn line(props: &GridProps, row: &LogRow) -> Html {
    let selected = props.selection == Some(Selection::Node(row.node));
    let choose = props.app.sends(Msg::Select(Some(Selection::Node(row.node))));
    html! {
        <tr class={classes!(selected.then_some("selected"), tone(row.role.tone))} key={row.node.to_string()}>
            <th scope="row">
                <button type="button" class="log-node" onclick={choose}>
                    <b class="letter" aria-hidden="true">{ row.role.letter }</b>
                    <span class="log-name">{ row.node.to_string() }</span>
                    <span class="soft">{ &row.badge }</span>
                    <span class="unseen">{ row.role.name }</span>
                </button>
            </th>
            { for row.cells.iter().zip(&row.marks).map(|(cell, marks)| entry(cell.as_ref(), marks)) }
            <td class="log-rest soft">{ rest(row) }</td>
        </tr>
    }
}

fn entry(cell: Option<&CellPicture>, marks: &[String]) -> Html {
    let marks = if marks.is_empty() {
        Html::default()
    } else {
        html! {
            <span class="log-marks" title={marks.join(", ")}>
                <span aria-hidden="true">{ short(marks) }</span>
                <span class="unseen">{ marks.join(", ") }</span>
            </span>
        }
    };
    let Some(cell) = cell else { return html! { <td>{ marks }</td> } };
    let state = match (cell.settled, cell.durable) {
        (true, _) => "settled",
        (false, true) => "open",
        (false, false) => "unsynced",
    };
    html! {
        <td>
            <span class={classes!("cell", state)} title={cell.title.clone()}>
                { &cell.label }<span class="epoch">{ &cell.epoch }</span>
            </span>
            { marks }
        </td>
    }
}

/// `commit`, `match n2` and `match n4` in the room of one cell: `c m:2,4`. The legend tells the letters.
fn short(marks: &[String]) -> String {
    let mut text = String::new();
    let mut last = "";
    for mark in marks {
        let (word, of) = mark.split_once(' ').unwrap_or((mark, ""));
        let number = of.trim_start_matches(char::is_alphabetic);
        if word == last && !number.is_empty() {
            text.push(',');
        } else {
            text.push_str(if text.is_empty() { "" } else { " " });
            text.extend(word.chars().take(1));
            text.push_str(if number.is_empty() { "" } else { ":" });
        }
        text.push_str(number);
        last = word;
    }
    text
}

/// What the letters under the cells mean: `c commit, m match`.
fn letters(table: &LogTable) -> String {
    let mut words: Vec<&str> = Vec::new();
    let rows = table.rows.iter().flat_map(|row| row.marks.iter().flatten().chain(&row.marks_before));
    for word in rows.filter_map(|mark| mark.split(' ').next()) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
        .iter()
        .map(|word| word.chars().take(1).chain([' ']).chain(word.chars()).collect::<String>())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Marks that stand before the first entry or past the last one shown.
fn rest(row: &LogRow) -> String {
    let before = row.marks_before.iter().map(|mark| [mark, " 0"].concat());
    let after = row.marks_after.iter().map(|(mark, index)| [mark, " ", &index.to_string()].concat());
    before.chain(after).collect::<Vec<_>>().join(", ")
}

/// The class of a colour role.
pub(super) const fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Lead => "tone-lead",
        Tone::Contend => "tone-contend",
        Tone::Assent => "tone-assent",
        Tone::Client => "tone-client",
        Tone::Plain => "tone-plain",
        Tone::Info => "tone-info",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_many_nodes_take_the_room_of_one() {
        let marks = ["durable", "commit", "match n2", "match n4", "next c1"].map(str::to_owned);
        assert_eq!(short(&marks), "d c m:2,4 n:1");
        assert_eq!(short(&[]), "");
    }
}

//! The log table: entries aligned by index across nodes, with positions marked in place.

use netsplit_view::log_table::{LogRow, LogTable, log_table};
use netsplit_view::node_picture::CellPicture;
use netsplit_words::say;
use yew::prelude::{Html, classes, html};

use super::{DetailsProps, store};
use crate::button::{Look, button};
use crate::msg::{Choices, Msg, Selection};
use crate::tone;

/// How many entries stand side by side.
const WIDTH: u64 = 24;

/// The log table.
pub(super) fn log(props: &DetailsProps) -> Html {
    let table =
        props.app.read(|model| log_table(model.session().run(), props.choices.log_from, WIDTH as usize));
    if table.rows.is_empty() {
        return store::store(props);
    }
    html! {
        <>
            <div class="panel-tools">
                <span class="soft log-legend">{ letters(&table) }</span>
                { windows(props, &table) }
            </div>
            <table class="log">
                <caption class="unseen">{ say!("The logs of all servers, aligned by index. A solid frame is an entry known to be committed, a dashed one is not yet.") }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ say!("server") }</th>
                        { for table.columns.iter().map(|index| html! { <th scope="col" class="mono">{ *index }</th> }) }
                        <th class="log-rest"><span class="unseen">{ say!("after the end") }</span></th>
                    </tr>
                </thead>
                <tbody>{ for table.rows.iter().map(|row| line(props, row)) }</tbody>
            </table>
        </>
    }
}

/// Moving along a log that is longer than the table.
fn windows(props: &DetailsProps, table: &LogTable) -> Html {
    let (Some(from), Some(to)) = (table.columns.first(), table.columns.last()) else {
        return Html::default();
    };
    if table.last <= WIDTH {
        return Html::default();
    }
    let go = |words, log_from| {
        button(Look::Quiet, words, props.app.sends(Msg::Choose(Choices { log_from, ..props.choices })))
    };
    html! {
        <>
            <span class="soft">{ say!("Entries {from} to {to} of {last}", from, to, last = table.last) }</span>
            { go(say!("Earlier"), Some(from.saturating_sub(WIDTH).max(1))) }
            { go(say!("Later"), Some(from + WIDTH)) }
            { go(say!("Follow the end"), None) }
        </>
    }
}

fn line(props: &DetailsProps, row: &LogRow) -> Html {
    let selected = props.selection == Some(Selection::Node(row.node));
    let choose = props.app.sends(Msg::Select(Some(Selection::Node(row.node))));
    html! {
        <tr class={classes!(selected.then_some("selected"), tone::class(row.role.tone))} key={row.node.to_string()}>
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
        let number = of.trim_start_matches(|c: char| c.is_ascii_alphabetic());
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

/// What the letters under the cells mean: `Under an entry: c commit, m:2 match n2.`
fn letters(table: &LogTable) -> String {
    let mut words: Vec<&str> = Vec::new();
    let mut meanings = Vec::new();
    for row in &table.rows {
        for mark in row.marks.iter().flatten().chain(&row.marks_before) {
            let word = mark.split(' ').next().unwrap_or_default();
            if !words.contains(&word) {
                words.push(word);
                meanings.push([&*short(std::slice::from_ref(mark)), " = ", mark].concat());
            }
        }
    }
    if meanings.is_empty() {
        return String::new();
    }
    say!("Under an entry: {meanings}", meanings = meanings.join(", "))
}

/// Marks that stand before the first entry or past the last one shown, in words.
fn rest(row: &LogRow) -> String {
    let mut text = String::new();
    let before = row.marks_before.iter().map(|mark| (mark, 0));
    for (mark, index) in before.chain(row.marks_after.iter().map(|(mark, index)| (mark, *index))) {
        text.push_str(if text.is_empty() { "" } else { ", " });
        text.push_str(mark);
        text.push_str(": ");
        text.push_str(&index.to_string());
    }
    text
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

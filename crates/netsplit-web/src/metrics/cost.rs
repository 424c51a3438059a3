//! Cost: messages and bytes per answered operation, by kind of message.

use netsplit_view::metrics::cost::{CostBar, CostPicture, CostRow};
use netsplit_words::{say, word};
use yew::prelude::{Html, classes, html};

use super::plot::{empty, figure, of_run};
use crate::decimal::percent;

/// Cost.
pub(super) fn draw(picture: Option<&CostPicture>) -> Html {
    const CLASS: &str = "metric-cost";
    const TITLE: &str = word!("Cost per operation");
    let Some(picture) = picture else { return empty(CLASS, TITLE, say!("Nothing was answered yet.")) };
    let content = html! {
        <>
            { for picture.totals.iter().map(|total| html! { <p class="soft">{ total }</p> }) }
            <table class="costs">
                <thead>
                    <tr>
                        <th scope="col">{ say!("message") }</th>
                        <th class="cost-bars"><span class="unseen">{ say!("drawn") }</span></th>
                        <th scope="col">{ say!("each") }</th>
                        <th scope="col">{ say!("bytes") }</th>
                    </tr>
                </thead>
                <tbody>{ for picture.kinds.iter().map(kind) }</tbody>
            </table>
        </>
    };
    figure(CLASS, TITLE, content)
}

fn kind(row: &CostRow) -> Html {
    let numbers = |text: fn(&CostBar) -> &String| {
        html! { <td class="mono">{ for row.bars.iter().enumerate().map(|(index, bar)| html! {
            <span class={of_run(index)}>{ text(bar) }</span>
        }) }</td> }
    };
    html! {
        <tr key={row.kind.clone()}>
            <th scope="row">{ &row.kind }</th>
            <td class="cost-bars">{ for row.bars.iter().enumerate().map(|(index, bar)| length(index, bar)) }</td>
            { numbers(|bar| &bar.messages) }
            { numbers(|bar| &bar.bytes) }
        </tr>
    }
}

fn length(index: usize, bar: &CostBar) -> Html {
    html! {
        <svg class={classes!("cost-bar", of_run(index))} width="100%" height="9" aria-hidden="true">
            <rect class="bar" width={percent(bar.length)} height="9" rx="1.5" />
        </svg>
    }
}

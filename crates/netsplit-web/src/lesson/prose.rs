//! Prose as elements: text nodes only, nothing is ever parsed in the page.

use netsplit_scenarios::lesson::Control;
use netsplit_scenarios::lesson::content::{Block, Span};
use yew::prelude::{Callback, Html, MouseEvent, html};

use super::learning::Learning;
use super::{Change, Spot, blocks};
use crate::msg::{Msg, Origin};
use crate::stage_contract::AppHandle;

/// Blocks one after the other. Without a step they are the lesson's introduction, in which nothing is asked.
pub(super) fn blocks(app: &AppHandle, learning: &Learning, step: Option<usize>, body: &[Block]) -> Html {
    let draw = |(block, content): (usize, &Block)| {
        let spot = step.map(|step| Spot { step, block });
        one(app, learning, spot, content)
    };
    html! { <>{ for body.iter().enumerate().map(draw) }</> }
}

fn one(app: &AppHandle, learning: &Learning, spot: Option<Spot>, block: &Block) -> Html {
    match (block, spot) {
        (Block::Paragraph(text), _) => html! { <p>{ spans(app, learning, text) }</p> },
        (Block::Heading(text), _) => html! { <h4>{ spans(app, learning, text) }</h4> },
        (Block::List { ordered, items }, _) => list(app, learning, *ordered, items),
        (Block::Quote(inner), _) => html! { <blockquote>{ blocks(app, learning, None, inner) }</blockquote> },
        (Block::Code(text), _) => html! { <pre tabindex="0"><code>{ text }</code></pre> },
        (Block::Table { head, rows }, _) => table(app, learning, head, rows),
        (Block::Predict(predict), Some(spot)) => blocks::predict(app, learning, spot, predict),
        (Block::Goal(goal), Some(_)) => blocks::goal(app, learning, goal),
        (Block::Question(question), Some(spot)) => blocks::question(app, learning, spot, question),
        (Block::Predict(_) | Block::Goal(_) | Block::Question(_), None) => Html::default(),
    }
}

fn list(app: &AppHandle, learning: &Learning, ordered: bool, items: &[Vec<Block>]) -> Html {
    let items = items.iter().map(|item| match &item[..] {
        // A line of a list needs no paragraph.
        [Block::Paragraph(text)] => html! { <li>{ spans(app, learning, text) }</li> },
        item => html! { <li>{ blocks(app, learning, None, item) }</li> },
    });
    if ordered {
        html! { <ol>{ for items }</ol> }
    } else {
        html! { <ul>{ for items }</ul> }
    }
}

fn table(app: &AppHandle, learning: &Learning, head: &[Vec<Span>], rows: &[Vec<Vec<Span>>]) -> Html {
    let cell = |text: &Vec<Span>| html! { <td>{ spans(app, learning, text) }</td> };
    let row = |row: &Vec<Vec<Span>>| html! { <tr>{ for row.iter().map(cell) }</tr> };
    let title = |text: &Vec<Span>| html! { <th scope="col">{ spans(app, learning, text) }</th> };
    html! {
        <div class="lesson-table" tabindex="0">
            <table>
                <thead><tr>{ for head.iter().map(title) }</tr></thead>
                <tbody>{ for rows.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

/// Runs of text.
pub(super) fn spans(app: &AppHandle, learning: &Learning, text: &[Span]) -> Html {
    html! { <>{ for text.iter().map(|part| span(app, learning, part)) }</> }
}

fn span(app: &AppHandle, learning: &Learning, part: &Span) -> Html {
    match part {
        Span::Text(text) => Html::from(text.clone()),
        Span::Code(text) => html! { <code>{ text }</code> },
        Span::Emphasis(inner) => html! { <em>{ spans(app, learning, inner) }</em> },
        Span::Strong(inner) => html! { <strong>{ spans(app, learning, inner) }</strong> },
        Span::Control(label, control) => does(app, label, control),
        Span::Lesson(inner, place) => opens(app, learning, inner, format!("#lesson={place}")),
        Span::Run(inner, fragment) => {
            opens(app, learning, inner, format!("{fragment}&lesson={}", learning.place()))
        }
        Span::Elsewhere(inner, address) => html! {
            <a href={address.clone()} target="_blank" rel="noopener noreferrer">{ spans(app, learning, inner) }</a>
        },
    }
}

fn does(app: &AppHandle, label: &str, control: &Control) -> Html {
    let onclick = app.sends(Msg::Lesson(Change::Do(control.clone())));
    html! { <button type="button" class="do" {onclick}>{ label.to_owned() }</button> }
}

/// A link into this page: it opens here, or where the person wants it.
fn opens(app: &AppHandle, learning: &Learning, inner: &[Span], fragment: String) -> Html {
    let onclick = {
        let (app, fragment) = (app.clone(), fragment.clone());
        Callback::from(move |event: MouseEvent| {
            if !event.ctrl_key() && !event.meta_key() && !event.shift_key() {
                event.prevent_default();
                app.send(Msg::Open(fragment.clone(), Origin::Inside));
            }
        })
    };
    html! { <a href={fragment} {onclick}>{ spans(app, learning, inner) }</a> }
}

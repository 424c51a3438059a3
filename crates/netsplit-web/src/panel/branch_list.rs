//! The branches as a list: each can be shown, renamed and deleted.

use netsplit_words::say;
use web_sys::{Event, HtmlInputElement};
use yew::prelude::{Callback, Html, TargetCast, html};

use crate::button::icon_button;
use crate::icon::Icon;
use crate::msg::Msg;
use crate::session::{Branch, Session};
use crate::stage_contract::AppHandle;

/// The branches; nothing while there is only one.
pub(super) fn branch_list(app: &AppHandle, session: &Session) -> Html {
    if session.branches().len() < 2 {
        return Html::default();
    }
    html! {
        <>
            <h3>{ say!("Branches") }</h3>
            <p class="soft">{ say!("Futures of the same past. Doing something where a future is known begins another.") }</p>
            <ul class="branch-list">{ for session.branches().iter().map(|branch| row(app, session, branch)) }</ul>
        </>
    }
}

fn row(app: &AppHandle, session: &Session, branch: &Branch) -> Html {
    let shown = branch.id == session.branch().id;
    let left = session.fork_of(branch).and_then(|fork| {
        let parent = session.branches().iter().find(|other| other.id == fork.from)?;
        Some(say!(
            "{outcome}, left {branch} at {time}",
            outcome = branch.outcome().text,
            branch = parent.name,
            time = netsplit_view::format::time(fork.at),
        ))
    });
    html! {
        <li key={branch.id.0}>
            <input
                type="radio"
                name="branch"
                aria-label={say!("Show {branch}", branch = branch.name)}
                checked={shown}
                onchange={app.sends(Msg::ShowBranch(branch.id))}
            />
            <input class="field" aria-label={say!("Name of the branch")} value={branch.name.clone()} onchange={rename(app, branch)} />
            { icon_button(Icon::Close, say!("Delete the branch"), app.sends(Msg::DeleteBranch(branch.id))) }
            <span class="soft branch-told">{ left.unwrap_or_else(|| branch.outcome().text) }</span>
        </li>
    }
}

fn rename(app: &AppHandle, branch: &Branch) -> Callback<Event> {
    let (app, id) = (app.clone(), branch.id);
    Callback::from(move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            app.send(Msg::RenameBranch(id, input.value()));
        }
    })
}

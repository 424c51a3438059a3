//! What a line of the fault script does, and to whom: every part of it can be changed.

use netsplit_sim::id::{Link, NodeId, OrderName, TamperName, Topology};
use netsplit_sim::intervention::{CrashKind, Intervention};
use netsplit_words::{say, told, word};
use yew::prelude::{Callback, Html, Properties, UseStateHandle, component, html, use_state};

use super::what_typed::Typed;
use crate::button::{Look, button};
use crate::msg::{Dialog, Msg};
use crate::session::ScriptEdit;
use crate::stage::field::choice;
use crate::stage::request_form::Asks;
use crate::stage_contract::AppHandle;

/// A line that is open.
#[derive(Clone, PartialEq, Properties)]
pub struct WhatProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// Its position in the script.
    pub index: usize,
    /// What it does.
    pub what: Intervention,
}

/// The kinds of crashes.
const CRASHES: [(CrashKind, &str); 3] = [
    (CrashKind::KeepWritten, word!("keeps what it wrote")),
    (CrashKind::LoseUnsynced, word!("loses unsynced writes")),
    (CrashKind::LoseDisk, word!("loses its disk")),
];

/// What the line does, to be changed. A component, because what is typed is applied only when asked.
#[component]
pub fn WhatForm(props: &WhatProps) -> Html {
    let typed = use_state(|| Typed::of(&props.what, props.app.read(|model| Asks::of(model.session().run()))));
    html! {
        <div class="what-form">
            { targets(props) }
            { numbers(props, &typed) }
        </div>
    }
}

impl WhatProps {
    /// Has the line do something else.
    fn replace(&self, what: Intervention) {
        self.app.send(Msg::Edit(ScriptEdit::Replace(self.index, what, None)));
    }

    fn topology(&self) -> Topology {
        self.app.read(|model| model.session().run().topology())
    }

    /// A list of what can be chosen for one part of it.
    fn choose<T: PartialEq + Copy + 'static>(
        &self,
        label: &'static str,
        all: Vec<(T, String)>,
        now: T,
        become_with: impl Fn(T) -> Intervention + 'static,
    ) -> Html {
        let names: Vec<String> = all.iter().map(|(_, name)| name.clone()).collect();
        let selected = all.iter().position(|(value, _)| *value == now).unwrap_or_default();
        let props = self.clone();
        let chosen = Callback::from(move |index: usize| {
            if let Some((value, _)) = all.get(index) {
                props.replace(become_with(*value));
            }
        });
        choice(label, &names, selected, chosen)
    }

    fn server(&self, now: NodeId, become_with: impl Fn(NodeId) -> Intervention + 'static) -> Html {
        self.choose(word!("server"), named(self.topology().servers()), now, become_with)
    }

    fn anyone(&self, now: NodeId, become_with: impl Fn(NodeId) -> Intervention + 'static) -> Html {
        self.choose(word!("node"), named(self.topology().everyone()), now, become_with)
    }

    /// From whom and to whom.
    fn ends(&self, link: Link, become_with: impl Fn(Link) -> Intervention + Clone + 'static) -> Html {
        let topology = self.topology();
        let linked = move |from: NodeId, to: NodeId| from != to && !(from.is_client() && to.is_client());
        let senders = named(topology.everyone().filter(|from| linked(*from, link.to)));
        let receivers = named(topology.everyone().filter(|to| linked(link.from, *to)));
        let other = become_with.clone();
        html! {
            <>
                { self.choose(word!("from"), senders, link.from, move |from| become_with(Link::new(from, link.to))) }
                { self.choose(word!("to"), receivers, link.to, move |to| other(Link::new(link.from, to))) }
            </>
        }
    }
}

fn named(nodes: impl Iterator<Item = NodeId>) -> Vec<(NodeId, String)> {
    nodes.map(|id| (id, id.to_string())).collect()
}

/// To whom it is done, and in which way.
fn targets(props: &WhatProps) -> Html {
    match props.what.clone() {
        Intervention::Crash(id, kind) => {
            let kinds = CRASHES.iter().map(|(kind, name)| (*kind, told(name).to_owned())).collect();
            html! {
                <>
                    { props.server(id, move |id| Intervention::Crash(id, kind)) }
                    { props.choose(word!("and"), kinds, kind, move |kind| Intervention::Crash(id, kind)) }
                </>
            }
        }
        Intervention::Restart(id) => props.server(id, Intervention::Restart),
        Intervention::Pause(id) => props.server(id, Intervention::Pause),
        Intervention::Resume(id) => props.server(id, Intervention::Resume),
        Intervention::Order(id, order) => {
            let orders = props.app.read(|model| model.session().run().about().orders);
            let orders = (0..).map(OrderName).zip(orders.iter().map(|order| order.name.to_owned()));
            html! {
                <>
                    { props.server(id, move |id| Intervention::Order(id, order)) }
                    { props.choose(word!("is told to"), orders.collect(), order, move |order| Intervention::Order(id, order)) }
                </>
            }
        }
        Intervention::Tamper(id, how) => {
            let tampers = props.app.read(|model| model.session().run().about().tampers);
            let tampers = (0..).map(TamperName).zip(tampers.iter().map(|known| known.name.to_owned()));
            props.choose(word!("somebody will"), tampers.collect(), how, move |how| {
                Intervention::Tamper(id, how)
            })
        }
        Intervention::ClockOffset(id, by) => props.anyone(id, move |id| Intervention::ClockOffset(id, by)),
        Intervention::ClockDrift(id, by) => props.anyone(id, move |id| Intervention::ClockDrift(id, by)),
        Intervention::FireTimer(id, timer) => {
            let kinds = props.app.read(|model| model.session().run().about().timers);
            let timers =
                (0..).map(netsplit_sim::id::TimerName).zip(kinds.iter().map(|kind| kind.name.to_owned()));
            html! {
                <>
                    { props.anyone(id, move |id| Intervention::FireTimer(id, timer)) }
                    { props.choose(word!("timer"), timers.collect(), timer, move |timer| Intervention::FireTimer(id, timer)) }
                </>
            }
        }
        Intervention::SetLink(link, model) => {
            props.ends(link, move |link| Intervention::SetLink(link, model.clone()))
        }
        Intervention::ResetLink(link) => props.ends(link, Intervention::ResetLink),
        Intervention::SetWall(..) => button(
            Look::Framed,
            say!("Choose who is on which side…"),
            props.app.sends(Msg::OpenDialog(Dialog::WallOfLine(props.index))),
        ),
        Intervention::RemoveWall(_)
        | Intervention::Drop(_)
        | Intervention::Duplicate(_)
        | Intervention::DeliverNow(_)
        | Intervention::Retime(..)
        | Intervention::Request { .. } => Html::default(),
    }
}

/// What has to be typed, and applied when it is complete.
fn numbers(props: &WhatProps, typed: &UseStateHandle<Typed>) -> Html {
    let put = {
        let typed = typed.clone();
        Callback::from(move |next| typed.set(next))
    };
    let Some(fields) = typed.fields(&put) else { return Html::default() };
    let apply = {
        let (props, typed) = (props.clone(), typed.clone());
        Callback::from(move |_| match typed.done(&props.what) {
            Ok(what) => props.replace(what),
            Err(sentence) => props.app.send(Msg::Warn(sentence)),
        })
    };
    html! { <>{ fields }{ button(Look::Framed, say!("Apply"), apply) }</> }
}

//! An operation that a client is made to ask for.

use netsplit_sim::describe::shown_key;
use netsplit_sim::history::{Function, Operation, Value};
use netsplit_sim::id::{NodeId, Topology};
use netsplit_sim::intervention::Intervention;
use netsplit_view::format;
use netsplit_view::geometry::Point;
use web_sys::{Event, HtmlSelectElement};
use yew::prelude::{Callback, Html, Properties, TargetCast, UseStateHandle, component, html, use_state};

use super::form::Form;

/// What the form is made of.
#[derive(Clone, PartialEq, Properties)]
pub struct RequestFormProps {
    /// Who takes part.
    pub topology: Topology,
    /// The client, if one is meant.
    pub client: Option<NodeId>,
    /// Whom it asks, if one is meant.
    pub via: Option<NodeId>,
    /// A value that was never written.
    pub fresh: i64,
    /// Where the form opens.
    pub at: Point,
    /// Does this to the system.
    pub on_do: Callback<Vec<Intervention>>,
    /// It is to be closed.
    pub on_close: Callback<bool>,
}

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Choice {
    client: NodeId,
    via: Option<NodeId>,
    function: Function,
    key: u32,
}

/// The form of an operation.
#[component]
pub fn RequestForm(props: &RequestFormProps) -> Html {
    let first = props.client.unwrap_or(NodeId::client(0));
    let choice = use_state(|| Choice { client: first, via: props.via, function: Function::Write, key: 0 });
    let on_done = {
        let (choice, props) = (*choice, props.clone());
        Callback::from(move |()| props.on_do.emit(vec![asked(choice, props.fresh)]))
    };
    let (clients, servers) = (props.topology.clients(), props.topology.servers());
    html! {
        <Form title="Ask for an operation" at={props.at} done="Ask" {on_done} on_close={props.on_close.clone()}>
            <fieldset>
                { select(&choice, "client", clients.map(|id| (id.to_string(), Choice { client: id, ..*choice }))) }
                { select(&choice, "operation", operations(*choice, props.fresh)) }
                { select(&choice, "key", (0..3).map(|key| (shown_key(key), Choice { key, ..*choice }))) }
                { select(&choice, "asks", whom(*choice, servers)) }
            </fieldset>
        </Form>
    }
}

fn operations(choice: Choice, fresh: i64) -> impl Iterator<Item = (String, Choice)> {
    [Function::Write, Function::Read].into_iter().map(move |function| {
        let choice = Choice { function, ..choice };
        (format::operation(&operation(choice, fresh)), choice)
    })
}

fn whom(choice: Choice, servers: impl Iterator<Item = NodeId>) -> impl Iterator<Item = (String, Choice)> {
    let usual = std::iter::once(("whom it thinks best".to_owned(), Choice { via: None, ..choice }));
    usual.chain(servers.map(move |id| (id.to_string(), Choice { via: Some(id), ..choice })))
}

/// A list of choices that differ in one part.
fn select(
    choice: &UseStateHandle<Choice>,
    label: &'static str,
    options: impl Iterator<Item = (String, Choice)>,
) -> Html {
    let options: Vec<(String, Choice)> = options.collect();
    let choices: Vec<Choice> = options.iter().map(|(_, choice)| *choice).collect();
    let onchange = {
        let choice = choice.clone();
        Callback::from(move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            if let Some(next) = usize::try_from(index).ok().and_then(|index| choices.get(index)) {
                choice.set(*next);
            }
        })
    };
    html! {
        <label>
            <span>{ label }</span>
            <select {onchange}>
                { for options.iter().map(|(name, option)| html! {
                    <option selected={*option == **choice}>{ name }</option>
                }) }
            </select>
        </label>
    }
}

fn operation(choice: Choice, fresh: i64) -> Operation {
    match choice.function {
        Function::Read => Operation::read(choice.key),
        Function::Write | Function::Cas => Operation::write(choice.key, fresh),
    }
}

fn asked(choice: Choice, fresh: i64) -> Intervention {
    Intervention::Request { client: choice.client, operation: operation(choice, fresh), via: choice.via }
}

/// The least positive number that no operation of the history has written.
pub fn fresh_value(written: impl IntoIterator<Item = Value>) -> i64 {
    let highest = written.into_iter().filter_map(|value| match value {
        Value::Number(number @ 1..1_000) => Some(number),
        _ => None,
    });
    highest.max().map_or(1, |highest| highest + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_value_follows_the_letters_written() {
        assert_eq!(fresh_value([]), 1);
        assert_eq!(fresh_value([Value::Number(3), Value::Absent, Value::Number(1)]), 4);
        // Generated values of other clients lie far above, and letters are easier to follow.
        assert_eq!(fresh_value([Value::Number(2), Value::Number(1_000_001)]), 3);
    }
}

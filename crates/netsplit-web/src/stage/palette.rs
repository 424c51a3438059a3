//! The palette: tools that a click takes in hand, and walls that can be dragged out of it.

use netsplit_words::{say, told, word};
use yew::prelude::{Callback, Html, KeyboardEvent, classes, component, html};

use super::gesture::Way;
use super::grip_name::GripName;
use super::icon::{Icon, glyph};
use crate::msg::{Dialog, Msg, Tool};
use crate::stage_contract::StageProps;

/// A tool as the palette shows it.
struct Entry {
    tool: Tool,
    icon: Icon,
    name: &'static str,
    help: &'static str,
    drag: Option<Way>,
}

const ENTRIES: [Entry; 7] = [
    Entry {
        tool: Tool::Wall,
        icon: Icon::Wall,
        name: word!("wall"),
        help: word!("Wall: drag it onto the stage, or take it and draw, or click the nodes of one side"),
        drag: Some(Way::Both),
    },
    Entry {
        tool: Tool::OneWay,
        icon: Icon::OneWay,
        name: word!("one-way"),
        help: word!(
            "One-way wall: stops one direction only; drag it onto the stage, or click who is no longer heard by whom"
        ),
        drag: Some(Way::One),
    },
    Entry {
        tool: Tool::Crash,
        icon: Icon::Crash,
        name: word!("crash"),
        help: word!("Crash: click a server, click again to restart it"),
        drag: None,
    },
    Entry {
        tool: Tool::Pause,
        icon: Icon::Pause,
        name: word!("pause"),
        help: word!("Pause: freeze a server, click again to let it go on"),
        drag: None,
    },
    Entry {
        tool: Tool::Slow,
        icon: Icon::Slow,
        name: word!("slow"),
        help: word!("Slow: make a link ten times as slow"),
        drag: None,
    },
    Entry {
        tool: Tool::Lose,
        icon: Icon::Lose,
        name: word!("lose"),
        help: word!("Lose: make a link lose messages, or lose the message clicked"),
        drag: None,
    },
    Entry {
        tool: Tool::Request,
        icon: Icon::Client,
        name: word!("request"),
        help: word!("Request: send a client's read or write"),
        drag: None,
    },
];

/// The palette.
#[component]
pub fn Palette(props: &StageProps) -> Html {
    let open = {
        let app = props.app.clone();
        Callback::from(move |_| app.send(Msg::OpenDialog(Dialog::Partition(None))))
    };
    html! {
        <div class="palette" role="toolbar" aria-label={say!("Tools")}>
            { for ENTRIES.iter().map(|entry| tool(entry, props)) }
            <hr class="palette-rule" />
            <button type="button" class="tool" onclick={open} title={say!("Partition: tick nodes into groups")}>
                { glyph(Icon::Groups, 22) }
                <span>{ say!("groups") }</span>
            </button>
        </div>
    }
}

fn tool(entry: &Entry, props: &StageProps) -> Html {
    let armed = props.tool == entry.tool;
    let next = if armed { Tool::Hand } else { entry.tool };
    let (app, keys) = (props.app.clone(), props.app.clone());
    let onclick = Callback::from(move |_| app.send(Msg::Tool(next)));
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if armed && event.key() == "Escape" {
            keys.send(Msg::Tool(Tool::Hand));
        }
    });
    html! {
        <button type="button" class={classes!("tool", entry.drag.map(|_| "is-grabbable"))} title={told(entry.help)}
            aria-pressed={if armed { "true" } else { "false" }} {onclick} {onkeydown}
            data-grip={entry.drag.map(|way| GripName::Palette(way).to_string())}>
            { glyph(entry.icon, 22) }
            <span>{ told(entry.name) }</span>
        </button>
    }
}

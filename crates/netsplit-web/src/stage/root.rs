//! The stage as one component: it reads the run, and hands what it read to what draws.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use netsplit_view::flights::Motion;
use netsplit_words::say;
use web_sys::{FocusEvent, HtmlCanvasElement, KeyboardEvent};
use yew::prelude::{
    Callback, Html, MouseEvent, NodeRef, classes, component, hook, html, use_effect_with, use_memo,
    use_mut_ref, use_node_ref, use_reducer_eq,
};

use super::brush::Brush;
use super::desk::Desk;
use super::dim::Dim;
use super::draw::Layers;
use super::gesture::{Gesture, Preview};
use super::hand::{Change, Hand};
use super::listen::{self, use_pointer};
use super::look::{Look, look};
use super::shown::Shown;
use super::size::use_size;
use super::tool_bar::ToolBarProps;
use super::words::{About, head, legend};
use super::{dom, invitation, keys, overlay, tool_bar, tool_click};
use crate::history;
use crate::msg::{Msg, Tool};
use crate::stage_contract::{Side, StageProps};
use netsplit_view::board::Board;

/// The stage.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let (root, canvas) = (use_node_ref(), use_node_ref());
    let (width, height) = use_size(&root).unwrap_or((1_044.0, 582.0));
    let board = Board::new(width, height);
    let hand = use_reducer_eq(Hand::default);
    let motion = if props.still { Motion::Slots } else { Motion::Glide };
    let moving = match hand.preview {
        Some(Preview::Node(node, at)) => Some((node, board.to_stage(at))),
        _ => None,
    };
    let (app, side) = (props.app.clone(), props.side);
    let seen = (props.revision, props.selection, board, moving, motion, props.playing);
    let roles = use_mut_ref(BTreeSet::new);
    let shown = use_memo(seen, |(_, _, board, moving, motion, playing)| {
        let focusable = (!playing).then_some(*motion);
        app.read(|model| {
            let shown = Shown::read(model, side, board, *moving, focusable, &mut roles.borrow_mut());
            Shown { dim: Dim::of(model, side), ..shown }
        })
    });
    let look = app.read(|model| look(model.side(side).run(), &shown.scene, &hand, &board));
    let brush = use_brush(props, &canvas, &shown, board, motion);
    let desk = Desk {
        app,
        tool: props.tool,
        board,
        scene: shown.scene.clone(),
        picture: shown.picture.clone(),
        hand: hand.clone(),
        gesture: use_mut_ref(Gesture::default),
        brush,
        root: root.clone(),
    };
    use_pointer(&desk, side == Side::First);
    use_effect_with(props.tool, move |_| hand.dispatch(Change::Tool));
    stage(props, &desk, &shown, &look, canvas)
}

/// What draws on every frame; it is told whenever something else is to be drawn.
#[hook]
fn use_brush(
    props: &StageProps,
    canvas: &NodeRef,
    shown: &Rc<Shown>,
    board: Board,
    motion: Motion,
) -> Rc<RefCell<Brush>> {
    let (app, side, revision) = (&props.app, props.side, props.revision);
    let brush = use_mut_ref(|| Brush::new((*shown.scene).clone(), board));
    {
        let (app, canvas, brush) = (app.clone(), canvas.clone(), brush.clone());
        use_effect_with((), move |()| {
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                brush.borrow_mut().take(canvas);
            }
            let painter = app.on_frame(move |model| brush.borrow_mut().paint(model.side(side).run()));
            move || drop(painter)
        });
    }
    {
        let (app, shown, brush) = (app.clone(), shown.clone(), brush.clone());
        use_effect_with((revision, shown.scene.clone(), shown.dim.clone(), board, motion), move |_| {
            let mut brush = brush.borrow_mut();
            brush.set(&shown, board, motion);
            app.read(|model| brush.paint(model.side(side).run()));
        });
    }
    brush
}

fn stage(props: &StageProps, desk: &Desk, shown: &Shown, look: &Look, canvas: NodeRef) -> Html {
    let layers = Layers { desk, shown, look, selection: props.selection };
    let topology = shown.scene.layout.topology();
    let label = say!(
        "Stage: {servers, plural, one {# server} other {# servers}} and {clients, plural, one {# client} other {# clients}}",
        servers = topology.servers,
        clients = topology.clients,
    );
    html! {
        <div ref={desk.root.clone()} class={classes!("stage", shown.dim.blind.then_some("is-blind"))} data-tool={tool_name(props.tool)} onkeydown={on_key(desk)}
            onfocusin={on_focus(desk)} oncontextmenu={on_menu(desk)}>
            { head(shown.headline.as_ref(), &shown.chips, &on_claim(props)) }
            <svg class="stage-svg" role="group" aria-label={label}>
                <rect class="stage-ground" width="100%" height="100%" />
                { layers.draw() }
            </svg>
            <canvas ref={canvas} class="stage-canvas" aria-hidden="true"></canvas>
            { overlay::labels(desk, look) }
            { legend(&shown.legend, shown.has_cells(), !shown.timers().is_empty()) }
            { invitation(props, desk, shown) }
            { tool_bar(props, desk) }
            { overlay::opened(desk) }
        </div>
    }
}

fn invitation(props: &StageProps, desk: &Desk, shown: &Shown) -> Html {
    let wanted = shown.untouched
        && !desk.hand.invited
        && !props.embedded
        && props.tool == Tool::Hand
        && props.app.read(|model| model.versus().is_none());
    if wanted { invitation::invitation() } else { Html::default() }
}

fn tool_bar(props: &StageProps, desk: &Desk) -> Html {
    let chosen = desk.hand.side_a.len();
    let Some(hint) = tool_click::hint(props.tool, desk.hand.first, chosen) else { return Html::default() };
    let on_raise = (chosen > 0).then(|| {
        let desk = desk.clone();
        Callback::from(move |()| desk.raise_sides())
    });
    tool_bar::tool_bar(&ToolBarProps { hint, on_raise, on_leave: props.app.sends(Msg::Tool(Tool::Hand)) })
}

const fn tool_name(tool: Tool) -> &'static str {
    match tool {
        Tool::Hand => "hand",
        Tool::Wall | Tool::OneWay => "wall",
        Tool::Slow | Tool::Lose => "link",
        Tool::Crash | Tool::Pause | Tool::Request => "node",
    }
}

fn on_claim(props: &StageProps) -> Callback<About> {
    let app = props.app.clone();
    Callback::from(move |about: About| {
        app.send(match about {
            About::Moment(moment) => Msg::SeekStep(moment.step),
            About::History(Some(moment)) => Msg::History(history::Change::Moment(moment)),
            About::History(None) => Msg::History(history::Change::Show),
        });
    })
}

fn on_key(desk: &Desk) -> Callback<KeyboardEvent> {
    let desk = desk.clone();
    Callback::from(move |event: KeyboardEvent| {
        let with_others = event.ctrl_key() || event.alt_key() || event.meta_key();
        if with_others || dom::is_inside(&event, "button, input, select") {
            return;
        }
        let focus = dom::grip_of_event(&event);
        let grabbed = desk.hand.grabbed.is_some();
        if let Some(deed) = keys::key_deed(&event.key(), event.shift_key(), focus, grabbed) {
            event.prevent_default();
            event.stop_propagation();
            desk.key(deed, focus, event.shift_key());
        }
    })
}

fn on_focus(desk: &Desk) -> Callback<FocusEvent> {
    let hand = desk.hand.dispatcher();
    Callback::from(move |event: FocusEvent| {
        if let Some(name) = dom::grip_of_event(&event)
            && let Some(stop) = name.stop()
        {
            hand.dispatch(Change::Focus(stop, name));
        }
    })
}

fn on_menu(desk: &Desk) -> Callback<MouseEvent> {
    let desk = desk.clone();
    Callback::from(move |event: MouseEvent| {
        if let Some((selection, at)) = listen::asked_for_menu(&desk, &event) {
            event.prevent_default();
            desk.interrupt();
            desk.menu(selection, at);
        }
    })
}

//! The diagram as one component: heads of lanes, and the picture beside them.

use std::rc::Rc;

use netsplit_view::format;
use netsplit_view::spacetime::SpaceTime;
use netsplit_words::say;
use web_sys::HtmlCanvasElement;
use yew::prelude::{
    Callback, Html, KeyboardEvent, NodeRef, Properties, component, hook, html, use_effect_with, use_mut_ref,
    use_node_ref, use_state,
};

use super::brush::Brush;
use super::diagram::{Change, Diagram};
use super::gesture::Gesture;
use super::hands::Hands;
use super::heads::heads;
use super::keys::{Deed, deed};
use super::listen::use_listeners;
use super::source::Source;
use crate::msg::{Msg, Selection};
use crate::stage::size::use_size;
use crate::stage_contract::AppHandle;

/// What the diagram shows.
#[derive(Clone, PartialEq, Properties)]
pub struct SpaceTimeProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// Grows, now and then while it plays, when the run shows something else.
    pub revision: u64,
    /// What is selected.
    pub selection: Option<Selection>,
    /// What of the run is shown.
    pub diagram: Diagram,
}

/// The diagram.
#[component]
pub fn SpaceTimePanel(props: &SpaceTimeProps) -> Html {
    let (plot, below, above) = (use_node_ref(), use_node_ref(), use_node_ref());
    let said = use_state(String::new);
    let hands = Hands {
        app: props.app.clone(),
        brush: use_mut_ref(Brush::default),
        gesture: use_mut_ref(Gesture::default),
        plot: plot.clone(),
        say: said.setter(),
    };
    use_canvases(&hands, &below, &above, props);
    use_listeners(&hands);
    let picture = picture(&hands);
    let blur = hands.clone();
    html! {
        <div class="spacetime">
            { props.app.read(|model| heads(&props.app, model)) }
            <div ref={plot} class="spacetime-plot" role="group" tabindex="0" aria-label={name(&picture)}
                aria-describedby="spacetime-keys" onkeydown={on_key(&hands)} onblur={Callback::from(move |_| blur.blur())}>
                <canvas ref={below} aria-hidden="true"></canvas>
                <canvas ref={above} aria-hidden="true"></canvas>
                { remarks(&picture) }
                <p class="unseen" id="spacetime-keys">
                    { say!("Arrows go along a lane and between lanes, Enter selects, Shift and Enter goes there, plus and minus zoom, 0 shows the whole run, Escape lets everything be lit again.") }
                </p>
                <p class="unseen" aria-live="polite">{ &*said }</p>
            </div>
        </div>
    }
}

/// Draws on every frame, and whenever the canvas has another size.
#[hook]
fn use_canvases(hands: &Hands, below: &NodeRef, above: &NodeRef, props: &SpaceTimeProps) {
    let size = use_size(&hands.plot);
    {
        let (app, brush) = (hands.app.clone(), hands.brush.clone());
        let (below, above) = (below.clone(), above.clone());
        use_effect_with((), move |()| {
            let canvas = |node: NodeRef| node.cast::<HtmlCanvasElement>();
            if let Some((below, above)) = canvas(below).zip(canvas(above)) {
                brush.borrow_mut().take(below, above);
            }
            let painter = app.on_frame(move |model| brush.borrow_mut().paint(model));
            move || drop(painter)
        });
    }
    let (app, brush) = (hands.app.clone(), hands.brush.clone());
    use_effect_with((size, props.clone()), move |(size, _)| {
        if let Some(size) = size {
            brush.borrow_mut().resize(*size);
        }
        app.read(|model| brush.borrow_mut().paint(model));
    });
}

fn picture(hands: &Hands) -> Rc<SpaceTime> {
    hands.app.read(|model| {
        let source = Source::of(model);
        hands.brush.borrow_mut().picture(&source, || source.picture(model))
    })
}

/// `Space-time diagram from 0.300 s to 1.200 s: 7 lanes, 131 messages, 9 lost. wall: n1 | n2, n3`.
fn name(picture: &SpaceTime) -> String {
    let window = picture.scale.window;
    let messages: u64 = picture.arrows.iter().map(|arrow| u64::from(arrow.count)).sum();
    let lost = picture.arrows.iter().filter(|arrow| arrow.end.is_lost()).map(|arrow| u64::from(arrow.count));
    let mut name = say!(
        "Space-time diagram from {from} to {to}: {lanes, plural, one {# lane} other {# lanes}}, {messages, plural, one {# message} other {# messages}}, {lost} lost",
        from = window.from,
        to = window.to,
        lanes = picture.lanes.len(),
        messages = format::grouped(messages),
        lost = lost.sum::<u64>(),
    );
    for band in &picture.bands {
        name.push_str("; ");
        name.push_str(&band.label);
    }
    name
}

/// What is left out; or that there is nothing yet.
fn remarks(picture: &SpaceTime) -> Html {
    let empty = picture.arrows.is_empty() && picture.dots.is_empty() && picture.density.is_empty();
    html! {
        <>
            if !picture.remarks.is_empty() {
                <p class="spacetime-remark">{ picture.remarks.join(" ") }</p>
            }
            if empty && picture.remarks.is_empty() {
                <p class="spacetime-remark is-empty">{ say!("Nothing has happened in this stretch yet. Play, or step forward.") }</p>
            }
        </>
    }
}

fn on_key(hands: &Hands) -> Callback<KeyboardEvent> {
    let hands = hands.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let Some(deed) = deed(&event.key(), event.shift_key()) else { return };
        match deed {
            Deed::Rove(way) => hands.rove(way),
            Deed::Select => hands.enter(false),
            Deed::Go => hands.enter(true),
            Deed::Zoom(factor) => hands.zoom(factor),
            Deed::Whole => hands.app.send(Msg::Diagram(Change::Whole)),
            Deed::Escape if !hands.escape() => return,
            Deed::Escape => {}
        }
        event.prevent_default();
        event.stop_propagation();
    })
}

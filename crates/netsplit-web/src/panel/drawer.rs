//! The drawer under the transport: resizable, closable.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::{
    Callback, Html, KeyboardEvent, PointerEvent, classes, component, html, use_node_ref, use_state_eq,
};

use super::tabs::Tabs;
use super::{BELOW, PanelProps, content};
use crate::button::IconButton;
use crate::icon::Icon;
use crate::msg::Msg;

/// The least and the most height of an open drawer in pixels; the stage keeps the rest.
const HEIGHTS: (i32, i32) = (110, 520);
/// A step of the keys.
const STEP: i32 = 24;

/// The drawer; only its tabs while it is closed.
#[component]
pub fn Drawer(props: &PanelProps) -> Html {
    let height = use_state_eq(|| 0);
    let node = use_node_ref();
    let resize = {
        let height = height.clone();
        Callback::from(move |wanted: i32| {
            let wanted = wanted.clamp(HEIGHTS.0, HEIGHTS.1);
            set_height(wanted);
            height.set(wanted);
        })
    };
    let measure = {
        let node = node.clone();
        move || node.cast::<HtmlElement>().map_or(0, |drawer| drawer.offset_height())
    };
    let onpointermove = {
        let (node, resize) = (node.clone(), resize.clone());
        Callback::from(move |event: PointerEvent| {
            let grip = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if grip.is_some_and(|grip| grip.has_pointer_capture(event.pointer_id())) {
                let bottom =
                    node.cast::<Element>().map_or(0.0, |drawer| drawer.get_bounding_client_rect().bottom());
                resize.emit(bottom as i32 - event.client_y());
            }
        })
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => STEP,
            "ArrowDown" => -STEP,
            _ => return,
        };
        event.prevent_default();
        resize.emit(measure() + by);
    });
    let Some(shown) = props.shown else {
        return html! {
            <section class="area-drawer panel" aria-label="Drawer">
                <div class="panel-head"><Tabs app={props.app.clone()} label="Drawer" panels={&BELOW[..]} shown={None} /></div>
            </section>
        };
    };
    html! {
        <section ref={node} class={classes!("area-drawer", "panel", "open")} aria-label="Drawer">
            <div
                class="grip"
                role="separator"
                tabindex="0"
                aria-orientation="horizontal"
                aria-label="Height of the drawer"
                aria-valuemin={HEIGHTS.0.to_string()}
                aria-valuemax={HEIGHTS.1.to_string()}
                aria-valuenow={height.to_string()}
                onpointerdown={Callback::from(capture)}
                {onpointermove}
                {onkeydown}
            />
            <div class="panel-head">
                <Tabs app={props.app.clone()} label="Drawer" panels={&BELOW[..]} shown={props.shown} />
                <IconButton icon={Icon::Close} name="Close the drawer" onclick={props.app.sends(Msg::Panel(shown))} />
            </div>
            { content(props) }
        </section>
    }
}

fn capture(event: PointerEvent) {
    if let Some(grip) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
        // Without capture a drag that leaves the grip ends there.
        let _captured = grip.set_pointer_capture(event.pointer_id());
    }
}

/// A style attribute would be against the page's policy; this way is not.
fn set_height(pixels: i32) {
    let root = web_sys::window().and_then(|window| window.document()?.document_element());
    if let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        // The height stays as it is if it cannot be set.
        let _set = root.style().set_property("--drawer-height", &[&pixels.to_string(), "px"].concat());
    }
}

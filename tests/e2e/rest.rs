//! When nothing may move, nothing moves.

use serde_json::{Value, json};

use crate::harness::{Page, tell};

#[tokio::test]
async fn while_paused_no_frame_is_asked_for() {
    tell("paused-is-at-rest", async |story| {
        let page = story.open("").await;
        page.leader().await;
        assert!(frames_in_a_second(&page).await > 5, "while it plays, frames are drawn");
        page.pause().await;
        assert_eq!(frames_in_a_second(&page).await, 0, "while it rests, none is");
    })
    .await;
}

/// How many animation frames the page asks for within a second.
async fn frames_in_a_second(page: &Page) -> u64 {
    let asked = page
        .script_later(
            "const done = arguments[0];
             const ask = window.requestAnimationFrame;
             let asked = 0;
             window.requestAnimationFrame = (paint) => { asked += 1; return ask.call(window, paint); };
             setTimeout(() => { window.requestAnimationFrame = ask; done(asked); }, 1000);",
        )
        .await;
    asked.as_u64().expect("a count")
}

#[tokio::test]
async fn under_reduced_motion_nothing_starts_by_itself_and_play_goes_event_by_event() {
    tell("reduced-motion", async |story| {
        let page = story.fresh().await;
        let reduced = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
        page.dev_tools("Emulation.setEmulatedMedia", reduced).await;
        for address in ["", "?play=1"] {
            page.go(address).await;
            assert_eq!(page.look("isPlaying()").await, Value::Bool(false), "{address:?} starts by itself");
        }
        page.script(
            "window.steps = [];
             new MutationObserver(() => window.steps.push(moment().step))
               .observe(document.querySelector('main'), { attributeFilter: ['data-step'] });",
        )
        .await;
        page.play().await;
        page.until("some events have happened", "window.steps.length >= 4").await;
        let steps = page.look("window.steps.slice(0, 4)").await;
        assert_eq!(steps, json!([1, 2, 3, 4]), "one event after the other");
    })
    .await;
}

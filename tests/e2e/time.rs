//! Time: steps, scrubbing, and rest.

use serde_json::{Value, json};

use crate::harness::{Page, link, tell};

/// A moment of the first scenario with messages under way.
const SOMEWHERE: &str = "#scenario=raft/playground&step=120";

#[tokio::test]
async fn a_moment_is_the_same_after_any_wandering() {
    tell("wandering-in-time", async |story| {
        let page = story.open(SOMEWHERE).await;
        let here = page.until_step(120).await;
        page.keys(&["Alt+j"; 9]).await;
        page.until_step(111).await;
        page.keys(&["Alt+l"; 14]).await;
        page.until_step(125).await;
        page.keys(&["Alt+j"; 5]).await;
        assert_eq!(page.until_step(120).await, here, "after steps by Alt+J and Alt+L");

        page.click("grip('node:n4')").await;
        page.keys(&["Escape"]).await;
        page.keys(&[",", ",", "."]).await;
        page.until_step(119).await;
        page.click("button(/^One event forward$/)").await;
        assert_eq!(page.until_step(120).await, here, "after steps by keys of the stage and by button");

        page.keys(&["Alt+k"]).await;
        page.until("it plays", "isPlaying() && moment().step > 120").await;
        page.click("grip('node:n4')").await;
        page.keys(&["Escape", "Space"]).await;
        page.until("Space on the stage pauses", "!isPlaying()").await;

        scrub_by_keys(&page).await;
        scrub_by_pointer(&page).await;
        page.script(&format!("location.hash = '{SOMEWHERE}';")).await;
        assert_eq!(page.until_step(120).await, here, "after scrubbing");
    })
    .await;
}

/// Home, End and arrows on the timeline; where they lead depends on nothing but the keys.
async fn scrub_by_keys(page: &Page) {
    page.tab_to("field(/^Time$/)").await;
    page.keys(&["Home"]).await;
    page.until("the beginning", "moment().time_ns < 1e6").await;
    page.keys(&["ArrowRight"; 10]).await;
    let there = settled_after(page, "moment().time_ns > 1e6").await;
    page.keys(&["End"]).await;
    page.until("the end of what was seen", &format!("moment().time_ns > {}", there.time_ns)).await;
    page.keys(&["Home"]).await;
    page.until("the beginning again", "moment().time_ns < 1e6").await;
    page.keys(&["ArrowRight"; 10]).await;
    assert_eq!(
        settled_after(page, "moment().time_ns > 1e6").await,
        there,
        "the same keys lead to the same moment"
    );
}

/// A press on the timeline and a drag along it.
async fn scrub_by_pointer(page: &Page) {
    let bounds = page.look("(({ left, right, top, bottom }) => ({ left, right, y: (top + bottom) / 2 }))(field(/^Time$/).getBoundingClientRect())").await;
    let read = |name: &str| bounds[name].as_f64().expect("the timeline has a place");
    let at = |part: f64| crate::harness::Spot {
        x: (read("left") + (read("right") - read("left")) * part).round(),
        y: read("y") - 12.0,
    };
    page.click_at(at(0.62)).await;
    let there = settled_after(page, "moment().time_ns > 1e8").await;
    page.drag(at(0.62), at(0.2)).await;
    page.let_go().await;
    page.until("an earlier moment", &format!("moment().time_ns < {}", there.time_ns / 2)).await;
    page.click_at(at(0.62)).await;
    page.until("the same moment", &format!("moment().time_ns === {}", there.time_ns)).await;
    assert_eq!(page.moment().await, there, "a press in the same place leads to the same moment");
}

/// The moment at which the cursor rests once this is true.
async fn settled_after(page: &Page, expression: &str) -> crate::harness::Moment {
    page.until("the cursor has moved", expression).await;
    let mut before = page.moment().await;
    loop {
        // Two frames later nothing is left that was asked for.
        page.script_later("requestAnimationFrame(() => requestAnimationFrame(() => arguments[0]()));").await;
        let now = page.moment().await;
        if now == before {
            return now;
        }
        before = now;
    }
}

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

#[tokio::test]
async fn intervening_in_the_past_offers_undo_and_undo_brings_the_run_back() {
    tell("undo", async |story| {
        let page = story.open(&link::quiet_cluster()).await;
        page.keys(&["Alt+l"; 10]).await;
        page.until_step(10).await;
        crash(&page, "n2").await;
        page.keys(&["Alt+l"; 6]).await;
        let later = page.until_step(17).await;
        page.keys(&["Alt+j"; 9]).await;
        let past = page.until_step(8).await;
        crash(&page, "n3").await;
        page.until("it is told what was discarded", "button(/^Undo$/)").await;
        page.click("button(/^Undo$/)").await;
        assert_eq!(page.until_step(8).await, past, "the cursor is where the change was made");
        page.keys(&["Alt+l"; 9]).await;
        assert_eq!(page.until_step(17).await, later, "and what was discarded is to come again");
    })
    .await;
}

async fn crash(page: &Page, id: &str) {
    page.click(&format!("grip('node:{id}')")).await;
    page.click("button(/^Crash$/)").await;
    page.until(&format!("{id} is down"), &format!("/crashed/.test(nameOf(grip('node:{id}')))")).await;
}

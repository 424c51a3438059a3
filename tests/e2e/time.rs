//! Going about in time: by steps, and along the timeline.

use crate::harness::{Moment, Page, Spot, tell};

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
    let there = ten_steps_right(page).await;
    page.keys(&["End"]).await;
    page.until("the end of what was seen", &format!("moment().time_ns > {}", there.time_ns)).await;
    page.keys(&["Home"]).await;
    page.until("the beginning again", "moment().time_ns < 1e6").await;
    assert_eq!(ten_steps_right(page).await, there, "the same keys lead to the same moment");
}

/// Ten times the arrow key, each once the cursor is where the one before led.
async fn ten_steps_right(page: &Page) -> Moment {
    let mut here = page.moment().await;
    for _ in 0..10 {
        page.keys(&["ArrowRight"]).await;
        here = settled_after(page, &format!("moment().time_ns > {}", here.time_ns)).await;
    }
    here
}

/// A press on the timeline and a drag along it.
async fn scrub_by_pointer(page: &Page) {
    let bounds = page.look("(({ left, right, top, bottom }) => ({ left, right, y: (top + bottom) / 2 }))(field(/^Time$/).getBoundingClientRect())").await;
    let read = |name: &str| bounds[name].as_f64().expect("the timeline has a place");
    let at = |part: f64| Spot {
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
async fn settled_after(page: &Page, expression: &str) -> Moment {
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

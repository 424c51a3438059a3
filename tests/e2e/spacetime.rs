//! The space-time diagram: what happened by time and participant, and what could have influenced what.

use crate::harness::{Page, Spot, tell};
use crate::look::violations;

/// A wall went up a while ago, messages died at it, two lead.
const MOMENT: &str = "#scenario=raft/minority-leader&step=250";
const PLOT: &str = "document.querySelector('.spacetime-plot')";
const SIZES: [(u32, u32); 3] = [(1440, 900), (1024, 768), (390, 844)];

#[tokio::test]
async fn the_light_diagram_shows_a_wall_a_lost_message_and_a_cone() {
    tell("spacetime-light", async |story| show(&story.fresh().await, "light").await).await;
}

#[tokio::test]
async fn the_dark_diagram_shows_a_wall_a_lost_message_and_a_cone() {
    tell("spacetime-dark", async |story| show(&story.fresh().await, "dark").await).await;
}

/// Opens the diagram at each size, selects an event by keys, and keeps a picture.
async fn show(page: &Page, theme: &str) {
    for (width, height) in SIZES {
        page.resize(width, height).await;
        page.go(&format!("?theme={theme}&size={width}{MOMENT}")).await;
        open(page).await;
        page.until(
            "a wall and what it cost are told",
            &named("/[1-9]\\d* lost; wall: n1, n5, c1 \\| n2, n3, n4, c2/"),
        )
        .await;
        select_an_arrival(page).await;
        page.until(
            "others are dim",
            "all('.node.is-dim').length > 0 && all('.node:not(.is-dim)').length > 0",
        )
        .await;
        let size = if width == 1440 { String::new() } else { format!("-{width}x{height}") };
        page.picture(&format!("spacetime-{theme}{size}")).await;
        let complaints = violations(page).await;
        assert!(complaints.is_empty(), "{width}: {complaints:#?}");
    }
}

#[tokio::test]
async fn an_event_is_selected_and_gone_to_by_keys_and_escape_lights_everything_again() {
    tell("spacetime-by-keys", async |story| {
        let page = story.open(MOMENT).await;
        open(&page).await;
        select_an_arrival(&page).await;
        page.until(
            "the inspector tells it",
            "/What happened/.test(tidy(document.querySelector('.area-side').textContent))",
        )
        .await;
        page.keys(&["Shift+Enter"]).await;
        page.until("the cursor went there", "moment().step < 250").await;
        page.keys(&["Escape"]).await;
        page.until("nothing is dim", "all('.node.is-dim').length === 0").await;
    })
    .await;
}

#[tokio::test]
async fn a_click_on_an_empty_place_goes_to_that_time_and_a_drag_only_looks_there() {
    tell("spacetime-by-pointer", async |story| {
        let page = story.open(MOMENT).await;
        open(&page).await;
        let before = page.moment().await;
        let name = page.look(&format!("nameOf({PLOT})")).await;
        // The lane of a client that did nothing is empty.
        let spot = inside(&page, 0.3).await;
        page.drag(spot, inside(&page, 0.6).await).await;
        page.let_go().await;
        page.until("another stretch is shown", &format!("nameOf({PLOT}) !== {name}")).await;
        assert_eq!(page.moment().await, before, "a drag moves no cursor");
        page.click_at(spot).await;
        page.until("an earlier moment", &format!("moment().time_ns < {}", before.time_ns)).await;
    })
    .await;
}

#[tokio::test]
async fn what_one_server_can_know_leaves_the_other_side_of_the_wall_dim() {
    tell("spacetime-knowledge", async |story| {
        let page = story.open(MOMENT).await;
        open(&page).await;
        page.script(
            "const list = field(/^Whose knowledge/);
             list.value = 'n1';
             list.dispatchEvent(new Event('change', { bubbles: true }));",
        )
        .await;
        page.until("n3 is not as n1 can know it", "/dim/.test(nameOf(grip('node:n3')))").await;
        page.until("n1 knows itself", "!/dim/.test(nameOf(grip('node:n1')))").await;
        page.until(
            "the head of n3 tells how old the news is",
            "/n1 can know n3 as it was at/.test(tidy(document.querySelector('.lane-heads').textContent))",
        )
        .await;
        page.picture("spacetime-knowledge").await;
    })
    .await;
}

#[tokio::test]
async fn a_lane_is_hidden_and_comes_back() {
    tell("spacetime-lanes", async |story| {
        let page = story.open(MOMENT).await;
        open(&page).await;
        page.until("seven lanes", &named("/7 lanes/")).await;
        page.click("button(/^Hide the lane of c2$/)").await;
        page.until("six lanes", &named("/6 lanes/")).await;
        page.click("button(/^1 hidden, show$/)").await;
        page.until("seven lanes again", &named("/7 lanes/")).await;
    })
    .await;
}

async fn open(page: &Page) {
    page.click("named('[role=tab]', /^Space-time$/)").await;
    page.until("the diagram is there", PLOT).await;
}

/// An expression: whether the diagram's name matches.
fn named(pattern: &str) -> String {
    format!("{pattern}.test(nameOf({PLOT}))")
}

/// Goes by keys from the cursor to an earlier event, and selects it.
async fn select_an_arrival(page: &Page) {
    page.script(&format!("{PLOT}.focus();")).await;
    page.keys(&["ArrowLeft"; 8]).await;
    page.until("an event is told", &format!("tidy({PLOT}.querySelector('[aria-live]').textContent)")).await;
    page.keys(&["Enter"]).await;
}

/// A spot of the lowest lane, so far across.
async fn inside(page: &Page, across: f64) -> Spot {
    let place = page.look(&format!("(({{ left, right, bottom }}) => ({{ x: left, y: bottom, right }}))({PLOT}.getBoundingClientRect())")).await;
    let corner = Spot::of(&place);
    let right = place["right"].as_f64().expect("the diagram has a place");
    Spot { x: (corner.x + (right - corner.x) * across).round(), y: corner.y - 34.0 }
}

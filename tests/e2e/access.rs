//! Everybody: axe-core over every view in every theme, narrow and zoomed pages, forced colours, targets large
//! enough for a finger, and a wall drawn by touch.

use serde_json::json;

use crate::harness::{Page, Spot, Story, tell};
use crate::look::violations;

/// A wall stands, two lead, messages are under way.
const MOMENT: &str = "#scenario=raft/minority-leader&step=300";

/// A view: what it is called, the address after the theme, and what is clicked one after another.
struct View {
    name: &'static str,
    address: &'static str,
    clicks: &'static [&'static str],
}

const fn view(name: &'static str, address: &'static str, clicks: &'static [&'static str]) -> View {
    View { name, address, clicks }
}

/// Panels beside and under the stage.
const PANELS: [View; 8] = [
    view("the stage", MOMENT, &[]),
    view("space-time", MOMENT, &["named('[role=tab]', /^Space-time$/)"]),
    view("history", "#scenario=register/ap-lab&step=300", &["named('[role=tab]', /^History/)"]),
    view("metrics", "#scenario=register/ap-lab&step=300", &["named('[role=tab]', /^Metrics$/)"]),
    view("events", MOMENT, &["named('[role=tab]', /^Events$/)"]),
    view("why", MOMENT, &["named('[role=tab]', /^Why/)"]),
    view("settings", MOMENT, &["named('[role=tab]', /^Settings$/)"]),
    view("script", MOMENT, &["named('[role=tab]', /^Script$/)"]),
];

/// What lies on top of the page.
const DIALOGS: [View; 8] = [
    view("the gallery", MOMENT, &["button(/^Raft/)"]),
    view("help", MOMENT, &["button(/^Help$/)"]),
    view("comparing", MOMENT, &["button(/^Compare$/)"]),
    view("opening a link", MOMENT, &["button(/^Raft/)", "button(/^Open a link/)"]),
    view("groups", MOMENT, &["button(/^groups$/)"]),
    view("sharing", MOMENT, &["button(/^Share$/)"]),
    view("sharing an embed", MOMENT, &["button(/^Share$/)", "named('dialog [role=tab]', /^Embed$/)"]),
    view("sharing a picture", MOMENT, &["button(/^Share$/)", "named('dialog [role=tab]', /^Picture$/)"]),
];

/// Other ways to meet the page.
const WAYS: [View; 5] = [
    view("a lesson", "#lesson=first-cut", &[]),
    view("an embed", "&embed=1#scenario=register/ap-lab", &[]),
    view("a menu", MOMENT, &["grip('node:n3')"]),
    view("a broken link", "#s=z1.broken", &[]),
    view("a bad option", "&speed=much#scenario=register/cp-lab", &[]),
];

#[tokio::test]
async fn axe_finds_nothing_in_the_panels_in_any_theme() {
    tell("access-panels", async |story| look_at(story, &PANELS).await).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_the_dialogs_in_any_theme() {
    tell("access-dialogs", async |story| look_at(story, &DIALOGS).await).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_lessons_embeds_menus_and_notices_in_any_theme() {
    tell("access-ways", async |story| look_at(story, &WAYS).await).await;
}

#[tokio::test]
async fn at_320_pixels_and_at_twice_the_size_no_view_has_to_be_scrolled_sideways() {
    tell("access-reflow", async |story| {
        let page = story.fresh().await;
        let mut complaints = Vec::new();
        // 720 by 450 is what a window of 1440 by 900 shows at 200 %.
        for (width, height) in [(320, 640), (720, 450)] {
            page.resize(width, height).await;
            for view in PANELS.iter().take(1).chain(&WAYS) {
                open(&page, view, "light").await;
                page.picture(&format!("reflow-{width}-{}", view.name.replace(' ', "-"))).await;
                let found = page.look("overflowing()").await.to_string();
                if found != "[]" {
                    complaints.push(format!("{} at {width}: {found}", view.name));
                }
            }
        }
        assert!(complaints.is_empty(), "{complaints:#?}");
    })
    .await;
}

#[tokio::test]
async fn what_can_be_pressed_is_large_enough_for_a_finger() {
    tell("access-targets", async |story| {
        let page = story.fresh().await;
        let mut complaints = Vec::new();
        for (width, height) in [(1440, 900), (390, 844)] {
            page.resize(width, height).await;
            for view in PANELS.iter().take(2).chain(&WAYS) {
                open(&page, view, "light").await;
                let found = page.look("small_targets()").await.to_string();
                if found != "[]" {
                    complaints.push(format!("{} at {width}: {found}", view.name));
                }
            }
        }
        assert!(complaints.is_empty(), "{complaints:#?}");
    })
    .await;
}

#[tokio::test]
async fn with_forced_colours_nodes_walls_and_the_focus_can_still_be_seen() {
    tell("access-forced", async |story| {
        let page = story.fresh().await;
        let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
        page.dev_tools("Emulation.setEmulatedMedia", forced).await;
        open(&page, &PANELS[0], "light").await;
        page.until("colours are forced", "matchMedia('(forced-colors: active)').matches").await;
        page.tab_to("button(/^Play$/)").await;
        page.picture("access-forced").await;
        let focus = page.look("getComputedStyle(document.activeElement).outlineStyle").await;
        assert_ne!(focus, "none", "the focus has an outline");
        // What is drawn has the colour of the system's text, not one that the page chose.
        let text = page.look("system_colour('CanvasText')").await;
        for part in [".node-body", ".client-body", ".wall-edge"] {
            let drawn =
                page.look(&format!("getComputedStyle(document.querySelector('{part}')).stroke")).await;
            assert_eq!(drawn, text, "{part}");
        }
    })
    .await;
}

#[tokio::test]
async fn on_a_phone_a_finger_drags_the_wall_onto_the_cluster_and_plays() {
    tell("access-touch", async |story| {
        let page = story.fresh().await;
        page.resize(390, 844).await;
        page.dev_tools("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
        page.go("?play=0#scenario=raft/playground&step=120").await;
        page.until("the invitation is there", "document.querySelector('.invitation')").await;
        let from = page.spot("document.querySelector('.invitation')").await;
        let to = Spot::of(&page.look("middle('main')").await);
        touch(&page, from, to).await;
        page.until("a wall stands", "walls().length === 1").await;
        page.picture("access-touch").await;
        let play = page.spot("button(/^Play$/)").await;
        touch(&page, play, play).await;
        page.until("it plays", "isPlaying()").await;
    })
    .await;
}

/// Looks at views in three themes, and fails with all complaints at once.
async fn look_at(story: &Story, views: &[View]) {
    let page = story.fresh().await;
    let mut complaints = Vec::new();
    for theme in ["light", "dark", "contrast"] {
        for view in views {
            open(&page, view, theme).await;
            page.picture(&format!("access-{theme}-{}", view.name.replace(' ', "-"))).await;
            let found = violations(&page).await;
            complaints.extend(found.into_iter().map(|found| format!("{}, {theme}: {found}", view.name)));
        }
    }
    assert!(complaints.is_empty(), "{complaints:#?}");
}

async fn open(page: &Page, view: &View, theme: &str) {
    let View { name, address, clicks } = view;
    let name = name.replace(' ', "-");
    page.go(&format!("?theme={theme}&play=0&view={name}{address}")).await;
    page.until("everybody is on the stage", "people().length > 3").await;
    page.until("all of the page is there", "document.querySelector('.notices')").await;
    for click in *clicks {
        page.until(&format!("there is {click}"), click).await;
        page.click(click).await;
    }
}

/// A finger goes down, moves, rests and is lifted. Lifted in full swing it would begin a fling, which the browser
/// lets the next tap stop, and do nothing else.
async fn touch(page: &Page, from: Spot, to: Spot) {
    const STEPS: u32 = 10;
    const RESTS: u32 = 40;
    let at = |spot: Spot| json!([{ "x": spot.x, "y": spot.y }]);
    let put = async |kind: &str, points| {
        page.dev_tools("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points })).await;
    };
    put("touchStart", at(from)).await;
    if from != to {
        for step in 1..=STEPS {
            put("touchMove", at(from.towards(to, f64::from(step) / f64::from(STEPS)))).await;
        }
        for rest in 1..=RESTS {
            put("touchMove", at(Spot { x: to.x + f64::from(rest % 2), ..to })).await;
        }
    }
    put("touchEnd", json!([])).await;
}

//! The CAP lab: the same wall, drawn by hand, in a design that gives up availability and in one that gives up
//! consistency.

use serde_json::{Value, json};

use crate::harness::{Page, Spot, Story, tell};
use crate::look::violations;

/// The smaller side of the wall.
const MINORITY: [&str; 3] = ["n1", "n2", "c1"];
const SIZES: [(u32, u32); 3] = [(1440, 900), (1024, 768), (390, 844)];

#[tokio::test]
async fn a_wall_silences_the_minority_of_the_consistent_design_and_no_answer_is_wrong() {
    tell("cap-lab-cp", async |story| {
        let (page, raised) = parted(story, "cp").await;
        page.until("the minority gives up", &says("c1", "[?✗]")).await;
        page.until("the majority goes on", &says("c2", "✓")).await;
        page.pause().await;
        let answered = operations(&page).await.into_iter().filter(|told| {
            told.starts_with("c1's") && told.contains(", answered, ") && asked_at(told) > raised
        });
        assert_eq!(
            answered.collect::<Vec<_>>(),
            Vec::<String>::new(),
            "on the smaller side after {raised} s"
        );
        let said = verdict(&page).await;
        assert!(said.starts_with("No linearizability violation so far: "), "{said}");
        assert_replayed(story, &page, &said).await;
    })
    .await;
}

#[tokio::test]
async fn the_same_wall_makes_the_available_design_answer_wrongly_and_healing_takes_nothing_back() {
    tell("cap-lab-ap", async |story| {
        let (page, raised) = parted(story, "ap").await;
        page.until("the verdict turns", "all('.verdict').some((chip) => /Not linearizable since/.test(tidy(chip.textContent)))").await;
        page.pause().await;
        for client in ["c1", "c2"] {
            let own = operations(&page).await.into_iter().filter(|told| {
                told.starts_with(&format!("{client}'s")) && told.contains(", answered, ") && asked_at(told) > raised
            });
            assert!(own.count() > 0, "{client} is answered on its side of the wall");
        }
        let turned = verdict(&page).await;
        assert!(turned.starts_with("Linearizability violated: "), "{turned}");
        page.until("what cannot be explained stands out", "document.querySelector('.history-op.is-stuck')").await;
        assert_replayed(story, &page, &turned).await;

        drag_wall_away(&page).await;
        page.play().await;
        page.until(
            "replicas agree, and the violation stays",
            "all('.verdict').some((chip) => /Replicas agree again\\. .* stays a violation/.test(tidy(chip.textContent)))",
        )
        .await;
        page.pause().await;
        let healed = verdict(&page).await;
        assert_replayed(story, &page, &healed).await;
    })
    .await;
}

#[tokio::test]
async fn a_click_on_an_operation_goes_to_its_answer_and_lights_what_served_it() {
    tell("cap-lab-operation", async |story| {
        let (page, _) = parted(story, "cp").await;
        page.until("many operations are answered", "moment().time_ns > 1.5e9").await;
        page.pause().await;
        operations(&page).await;
        let before = page.moment().await.step;
        page.click("all('.history-op.is-done').at(-1)").await;
        page.until("the cursor went to its answer", &format!("moment().step <= {before}")).await;
        page.until("it is selected", "document.querySelector('.history-op[aria-selected=true]')").await;
        page.until(
            "who did not serve it is dim",
            "all('.node.is-dim').length > 0 && all('.node:not(.is-dim)').length > 0",
        )
        .await;
        page.until(
            "its state is told",
            "/held .* in the order/.test(tidy(document.querySelector('.history-tip')?.textContent))",
        )
        .await;
        page.tab_to("document.querySelector('.history-op[tabindex=\"0\"]')").await;
        page.keys(&["ArrowLeft", "Enter"]).await;
        page.until(
            "the one before is selected",
            "hasFocus(document.querySelector('.history-op[aria-selected=true]'))",
        )
        .await;
        page.keys(&["Escape"]).await;
        page.until("nothing is dim", "all('.node.is-dim').length === 0").await;
    })
    .await;
}

#[tokio::test]
async fn the_history_with_its_witness_is_shown_in_both_themes_at_three_sizes() {
    tell("cap-lab-look", async |story| {
        let (page, _) = parted(story, "ap").await;
        page.until("the verdict turns", "all('.verdict').some((chip) => /Not linearizable since/.test(tidy(chip.textContent)))").await;
        page.pause().await;
        let link = page.copy_link().await;
        let fragment = link.split_once('#').expect("a link has a fragment").1;
        for theme in ["light", "dark"] {
            for (width, height) in SIZES {
                page.resize(width, height).await;
                page.go(&format!("?theme={theme}&size={width}#{fragment}")).await;
                open_history(&page).await;
                page.until("it is judged", "/^Linearizability violated/.test(tidy(document.querySelector('.history-says')?.textContent))").await;
                page.picture(&format!("history-{theme}-{width}x{height}")).await;
                let complaints = violations(&page).await;
                assert!(complaints.is_empty(), "{theme} {width}: {complaints:#?}");
            }
        }
    })
    .await;
}

/// The lab with a wall round the minority, drawn by hand, and playing; and when the wall went up, in seconds.
async fn parted(story: &Story, design: &str) -> (Page, f64) {
    // Paused at its beginning.
    let page = story.open(&format!("?speed=0.2#scenario=register/{design}-lab&step=0")).await;
    page.play().await;
    page.until("both clients were answered", &format!("{} && {}", says("c1", "✓"), says("c2", "✓"))).await;
    page.pause().await;
    let (from, to) = page.stroke_round(&MINORITY).await;
    page.drag(from, to).await;
    page.let_go().await;
    page.until("a wall stands", "walls().length === 1").await;
    let raised = page.moment().await.time_ns as f64 / 1e9;
    page.play().await;
    (page, raised)
}

/// Whether somebody on the stage says what matches.
fn says(id: &str, pattern: &str) -> String {
    format!("people().some((one) => one.id === '{id}' && /{pattern}/.test(one.label))")
}

async fn open_history(page: &Page) {
    if page.look("!document.querySelector('.history')").await == json!(true) {
        page.click("document.querySelector('#tab-history')").await;
    }
    page.until("the history is shown", "document.querySelector('.history-op')").await;
}

/// All operations, as those hear them who do not see the page.
async fn operations(page: &Page) -> Vec<String> {
    open_history(page).await;
    page.click("named('button', /^Whole$/, document.querySelector('.history'))").await;
    page.until("all is shown", "all('.history-op').length > 1").await;
    let told = page.look("all('.history-op').map(nameOf)").await;
    told.as_array().expect("a list").iter().map(text).collect()
}

/// When an operation was asked for, in seconds.
fn asked_at(told: &str) -> f64 {
    let rest = told.split_once("asked at ").expect("it says when").1;
    rest.split(' ').next().and_then(|number| number.parse().ok()).expect("seconds")
}

/// What the history says of the chosen claim.
async fn verdict(page: &Page) -> String {
    open_history(page).await;
    let says = "tidy(document.querySelector('.history-says')?.textContent)";
    let settled = format!("{says} && !/^Checking/.test({says}) && {says}");
    text(&page.until("it is judged", &settled).await)
}

/// The link opens the same run with the same verdict in a fresh profile.
async fn assert_replayed(story: &Story, page: &Page, said: &str) {
    let here = page.moment().await;
    let link = page.copy_link().await;
    let elsewhere = story.fresh().await;
    elsewhere.visit(&link).await;
    elsewhere.until_step(here.step).await;
    assert_eq!(elsewhere.moment().await, here);
    assert_eq!(verdict(&elsewhere).await, said);
}

/// By pointer, off the stage.
async fn drag_wall_away(page: &Page) {
    let wall = page.spot("grip('wall:1')").await;
    page.drag(wall, Spot { x: wall.x, y: 4.0 }).await;
    page.let_go().await;
    page.until("no wall stands", "walls().length === 0").await;
}

fn text(value: &Value) -> String {
    value.as_str().expect("this is text").to_owned()
}

//! A minute of using the page: a cluster runs, a wall cuts its leader off, time goes back, another lab, a link.

use std::time::Duration;

use serde_json::json;

use super::film::{Film, POINTER};
use super::keep;
use crate::harness::{Page, Site, Spot, tell};

const SIZE: (u32, u32) = (1280, 800);

#[tokio::test]
async fn a_minute() {
    tell("tour-minute", async |story| {
        // A document of no page, on which a film may be encoded; browsers ask for an icon of it, and there is none.
        story.fails_on_purpose();
        let site = Site::with_page("tour", "/");
        let page = story.fresh().await;
        page.resize(SIZE.0, SIZE.1).await;
        page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": POINTER })).await;
        page.go("?theme=dark&speed=0.05").await;
        page.leader().await;
        let mut film = Film::of(&page, SIZE);
        partition(&page, &mut film).await;
        heal(&page, &mut film).await;
        look_back(&page, &mut film).await;
        another_lab(&page, &mut film).await;
        share(&page, &mut film).await;
        let length = film.length();
        let laboratory = story.fresh().await;
        laboratory.visit(&site.url("manifest.webmanifest")).await;
        keep("tour.webm", &film.developed(&laboratory).await);
        assert!((40..80).contains(&length.as_secs()), "it is a minute, more or less, and not {length:?}");
    })
    .await;
}

async fn partition(page: &Page, film: &mut Film<'_>) {
    film.roll(Duration::from_secs(5)).await;
    let sides = page.sides_round_leader().await;
    let old = page.leader().await;
    let (from, to) = page.stroke_round(&sides.inside_ids()).await;
    slow_stroke(page, film, from, to).await;
    film.roll(Duration::from_secs(12)).await;
    // The film stands still while this takes longer.
    page.leader_after(old.term(), &sides.inside_ids()).await;
    film.roll(Duration::from_secs(2)).await;
}

async fn slow_stroke(page: &Page, film: &mut Film<'_>, from: Spot, to: Spot) {
    page.drag(from, from.towards(to, 0.02)).await;
    for part in 1..=16 {
        page.drag_on(from.towards(to, f64::from(part) / 16.0)).await;
        film.roll(Duration::from_millis(60)).await;
    }
    page.let_go().await;
}

/// By dragging the wall off the stage.
async fn heal(page: &Page, film: &mut Film<'_>) {
    page.click("named('[role=tab]', /^History/)").await;
    film.roll(Duration::from_secs(4)).await;
    let wall = page.spot("grip('wall:1')").await;
    slow_stroke(page, film, wall, Spot { x: wall.x, y: 4.0 }).await;
    page.until("no wall stands", "walls().length === 0").await;
    film.roll(Duration::from_secs(7)).await;
}

async fn look_back(page: &Page, film: &mut Film<'_>) {
    page.pause().await;
    page.click("named('[role=tab]', /^Space-time/)").await;
    film.roll(Duration::from_secs(2)).await;
    for _ in 0..12 {
        page.keys(&["Alt+j"; 8]).await;
        film.roll(Duration::from_millis(350)).await;
    }
    film.roll(Duration::from_secs(1)).await;
}

async fn another_lab(page: &Page, film: &mut Film<'_>) {
    page.click("button(/^Raft/)").await;
    page.until("the gallery is open", "dialog(/^Choose/)").await;
    film.roll(Duration::from_secs(2)).await;
    page.tab_to("field(/^Search/)").await;
    for letter in ["t", "i", "c", "k", "e", "t"] {
        page.type_text(letter).await;
        film.roll(Duration::from_millis(150)).await;
    }
    film.roll(Duration::from_secs(1)).await;
    page.click("button(/ticket/i)").await;
    page.until("it is open", "!dialog(/./)").await;
    film.roll(Duration::from_secs(9)).await;
}

async fn share(page: &Page, film: &mut Film<'_>) {
    page.click("button(/^Share$/)").await;
    page.until("the dialog shows a link", "field(/^Link to this run$/)?.value").await;
    film.roll(Duration::from_secs(4)).await;
}

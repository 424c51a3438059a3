//! The gallery, the seed, and the way back.

use serde_json::Value;

use crate::harness::{Page, tell};

#[tokio::test]
async fn a_scenario_is_found_by_keyboard_and_back_returns_to_the_one_before() {
    tell("the-gallery", async |story| {
        let page = story.open("").await;
        page.leader().await;
        page.keys(&["Alt+k"]).await;
        page.until("the run rests", "!isPlaying()").await;
        let before = crumb(&page).await;
        page.tab_to("button(/^Raft/)").await;
        page.keys(&["Enter"]).await;
        page.until("the gallery is open", "dialog(/^Lessons and scenarios$/)").await;
        page.until("the search has the focus", "document.activeElement === field(/^Search/)").await;
        let all = page.look("all('dialog .card').length").await;
        page.type_text("split vote").await;
        page.until("fewer are left", &format!("all('dialog .card').length < {all}")).await;
        page.tab_to("button(/^Split vote|^The split vote|split vote/i)").await;
        page.keys(&["Enter"]).await;
        page.until("it is open", "!dialog(/./) && /split vote/i.test(nameOf(button(/^Raft/)))").await;
        page.until("it plays", "isPlaying() && moment().step > 0").await;
        page.client().back().await.expect("there is a way back");
        page.until("the one before is open", &format!("nameOf(button(/^Raft/)) === {before}")).await;
    })
    .await;
}

#[tokio::test]
async fn a_word_of_the_field_finds_what_shows_it_and_its_picture_is_of_the_run() {
    tell("the-gallery-by-word", async |story| {
        let page = story.open("").await;
        page.click("button(/^Raft/)").await;
        page.until("the gallery is open", "dialog(/^Lessons and scenarios$/)").await;
        page.until("what is in view has pictures", "all('dialog .card-picture svg').length > 3").await;
        page.type_text("split brain").await;
        let titles = "all('dialog .card-title').map(card => card.textContent)";
        page.until("few are left", "all('dialog .card').length < 8").await;
        let found = page.look(titles).await.to_string();
        assert!(found.contains("The minority leader") && found.contains("splits its brain"), "{found}");
        let minority = "all('dialog .card').find(card => /minority leader/.test(card.textContent))";
        page.until(
            "its picture has a wall",
            &format!("{minority}.querySelector('.card-picture svg')?.textContent.includes('n5')"),
        )
        .await;
        page.tab_to("button(/minority leader/)").await;
        let picture = format!("{minority}.querySelector('.card-picture').innerHTML");
        let before = page.look(&picture).await;
        page.until("it plays while it has the focus", &format!("{picture} !== {before}")).await;
        page.keys(&["Escape"]).await;
    })
    .await;
}

#[tokio::test]
async fn a_question_mark_opens_help_which_leads_to_lessons() {
    tell("help", async |story| {
        let page = story.open("").await;
        page.keys(&["?"]).await;
        page.until("help is open", "dialog(/^Help$/)").await;
        page.until("it names the keys", "/Alt K/.test(dialog(/^Help$/).textContent)").await;
        page.tab_to("button(/^Lessons and scenarios$/)").await;
        page.keys(&["Enter"]).await;
        page.until("the gallery is open", "dialog(/^Lessons and scenarios$/)").await;
        page.type_text("first cut").await;
        page.tab_to("button(/^The first cut/)").await;
        page.keys(&["Enter"]).await;
        page.until("the lesson is open", "!dialog(/./) && /lesson=first-cut/.test(location.hash)").await;
    })
    .await;
}

#[tokio::test]
async fn the_same_seed_gives_the_same_run_another_seed_another_and_reset_the_first() {
    tell("seeds", async |story| {
        let page = story.open("#scenario=raft/playground&step=0").await;
        let first = forward(&page).await;
        choose_seed(&page, "/^Same seed/").await;
        assert_eq!(forward(&page).await, first, "the same seed");
        choose_seed(&page, "/^New seed/").await;
        assert_ne!(forward(&page).await, first, "another seed");
        page.keys(&["Alt+r"]).await;
        page.until_step(0).await;
        assert_eq!(forward(&page).await, first, "reset");
    })
    .await;
}

/// The digest forty events from the beginning.
async fn forward(page: &Page) -> String {
    page.keys(&["Alt+l"; 40]).await;
    page.until_step(40).await.digest
}

async fn choose_seed(page: &Page, choice: &str) {
    page.click("button(/^seed \\d+$/)").await;
    page.click(&format!("button({choice})")).await;
    page.until_step(0).await;
}

async fn crumb(page: &Page) -> Value {
    page.look("nameOf(button(/^Raft/))").await
}

//! Bad links: a sentence that names what is wrong, the page alive, the run on it untouched.

use serde_json::{Value, json};

use crate::harness::{Page, link, tell};

/// What is wrong with a link, the link, and the sentence that must name it.
struct Bad {
    what: &'static str,
    fragment: String,
    says: &'static str,
}

fn bad_links() -> Vec<Bad> {
    let whole = link::quiet_cluster();
    let bad = |what, fragment, says| Bad { what, fragment, says };
    vec![
        bad("truncated", whole[..whole.len() / 2].to_owned(), "/cut short/i"),
        bad("corrupted", corrupted(&whole), "/damaged/i"),
        bad("too long", format!("#s=j1.{}.00000000", "A".repeat(70_000)), "/longer than 65536 bytes/i"),
        bad(
            "of a newer envelope",
            format!("#s={}", link::sealed("z2", "{}")),
            "/newer version.*envelope 2/i",
        ),
        bad("of a newer schema", edited("schema", json!(99)), "/newer version.*schema 99/i"),
        bad("of an unknown protocol", edited("protocol", json!("telepathy")), "/no protocol “telepathy”/i"),
        bad("of too many servers", edited("nodes", json!(1_000_000)), "/nodes must be .*not 1000000/i"),
        bad("of a negative time", edited("until", json!(-5)), "/until must be .*not -5/i"),
        bad("of an endless run", edited("until", json!(9e300)), "/until must be .*not/i"),
        bad("of a field unknown", edited("colour", json!("red")), "/colour is not a field/i"),
        bad("without JSON inside", format!("#s={}", link::sealed("j1", "{not json")), "/not valid JSON/i"),
        bad("of an unknown name", "#scenario=raft/no-such-story".to_owned(), "/no “raft\\/no-such-story”/i"),
        bad(
            "of an absurd step",
            "#scenario=raft/playground&step=-1".to_owned(),
            "/step in this link must be/i",
        ),
    ]
}

/// One letter of the payload is another.
fn corrupted(fragment: &str) -> String {
    let middle = fragment.len() / 2;
    let other = if &fragment[middle..=middle] == "A" { "B" } else { "A" };
    format!("{}{other}{}", &fragment[..middle], &fragment[middle + 1..])
}

/// A document with one field edited by hand.
fn edited(field: &str, value: Value) -> String {
    let mut document = json!({ "schema": 1, "engine": 1, "protocol": "raft", "behaviour": 1, "seed": "1" });
    document[field] = value;
    link::fragment(&document)
}

#[tokio::test]
async fn a_bad_link_in_the_address_bar_leaves_the_run_as_it_was() {
    tell("a-bad-link-later", async |story| {
        let page = story.open(&link::quiet_cluster()).await;
        page.keys(&["Alt+l"; 12]).await;
        let here = page.until_step(12).await;
        for bad in bad_links() {
            page.script(&format!("location.hash = {:?};", bad.fragment)).await;
            assert_refused(&page, &bad).await;
            assert_eq!(page.moment().await, here, "a link that is {} changed the run", bad.what);
            page.click("button(/^Dismiss$/)").await;
        }
        assert_alive(&page, here.step).await;
    })
    .await;
}

#[tokio::test]
async fn a_page_opened_with_a_bad_link_says_so_and_stays_alive() {
    tell("a-bad-link-at-first", async |story| {
        let page = story.fresh().await;
        for (number, bad) in bad_links().iter().enumerate() {
            // Another query, since another fragment alone opens nothing anew.
            page.go(&format!("?n={number}{}", bad.fragment)).await;
            assert_refused(&page, bad).await;
            assert_eq!(page.look("isPlaying()").await, Value::Bool(false), "it is no silent demonstration");
        }
        let here = page.moment().await;
        assert_alive(&page, here.step).await;
    })
    .await;
}

async fn assert_refused(page: &Page, bad: &Bad) {
    let what = format!("a link that is {} is refused by name", bad.what);
    let notice = format!("all('.notice .what').some((said) => {}.test(tidy(said.textContent)))", bad.says);
    page.until(&what, &notice).await;
}

/// The page still does what it is told.
async fn assert_alive(page: &Page, step: u64) {
    page.keys(&["Alt+l"]).await;
    page.until_step(step + 1).await;
}
